"""Lines as items: continuation lines joined, sentences of one paragraph apart, a heading with its lines."""

import re
from collections.abc import Sequence

from bot.plan.dates import expressions
from bot.plan.dates.expressions import RawDate, Shape
from bot.plan.dates.times import without_time
from bot.plan.document import Paragraph
from bot.plan.layout.footer import ends_schedule
from bot.plan.layout.item_fields import FILLER

BULLET = re.compile(
    r"^\s*(?:[-–—*•+▪●◦○·✓>]\s*|\(?\d{1,2}\s?[.)/]\s+|\(?\d{1,2}\)\s*|[a-zđ][.)]\s+|[①-⑳]\s*)+"
)
COUNTER = re.compile(
    r"^\s*(?:B(?=\d+\s*[.:)])|buổi|lần|đợt|kỳ)\s*(?:sinh hoạt\s*)?(?:thứ\s*)?(?:số\s*)?(?:\d{1,2}|[IVX]{1,4}|"
    r"nhất|hai|ba|tư|bốn|năm|sáu|đầu tiên|cuối)(?!\w|/)\s*[:.,)–-]?\s*",
    re.IGNORECASE,
)
_DASHED = re.compile(
    r"^\s*(\d{1,2})\s*[-–—,]\s*(?=(?:ngày\s+|thứ\s+\w+,?\s+)?\d{1,2}\s?[/.-])", re.IGNORECASE
)


#: a sentence that is over; a long line that ends in a label goes on
_OPEN_END = re.compile(r"[.;!?]$|^.{0,60}:$", re.DOTALL)


def find_units(paragraphs: Sequence[Paragraph]) -> list[tuple[str, int]]:
    """The items of a text with their line numbers."""
    return _headed(_numbered(_joined(paragraphs)))


def _joined(paragraphs: Sequence[Paragraph]) -> list[tuple[str, int]]:
    """Items with their continuation lines joined, and sentences of prose that begin with their own date."""
    units: list[tuple[str, int]] = []
    joined = False
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        if not text:
            joined = False
            continue
        fresh = (
            bool(BULLET.match(text) or paragraph.item or COUNTER.match(text)) or lead_date(text) is not None
        )
        section = re.match(
            r"^\s*(?:[IVX]{1,5}\.|nơi nhận|các trường\s*:|cụm trưởng|ghi chú)", text, re.IGNORECASE
        )
        wrapped = (
            not ends_schedule(text)
            and joined
            and not fresh
            and not section
            and (text[0].islower() or text[0] in '(“"' or not _OPEN_END.search(units[-1][0]))
        )
        if wrapped and units:
            units[-1] = (f"{units[-1][0]} {text}", units[-1][1])
        else:
            units.append((text, paragraph.line))
            joined = fresh or len(text) > 50
    return [piece for text, line in units for piece in _sentences(text, line)]


def _numbered(units: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The items without a number before a dash ("1 - 12/10: …", "2 - 9/11: …"), which is no day of a span."""
    heads = [_DASHED.match(text) for text, _ in units]
    numbers = [int(head.group(1)) for head in heads if head]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return units
    return [
        (text[head.end() :] if head else text, line) for (text, line), head in zip(units, heads, strict=True)
    ]


def lead_date(text: str) -> RawDate | None:
    """The date at the head of an item ("Buổi 1 (12/10/2023)", "Sáng thứ Sáu, 17/11: …"), else None."""
    plain = without_time(text)
    bullet = BULLET.match(plain)
    body_at = bullet.end() if bullet else 0
    counter = COUNTER.match(plain[body_at:])
    body_at += counter.end() if counter else 0
    for raw in expressions.find(plain):
        if raw.start < body_at:
            continue
        gap = plain[body_at : raw.start]
        return raw if FILLER.fullmatch(gap) or len(gap) <= 2 else None
    return None


def _sentences(text: str, line: int) -> list[tuple[str, int]]:
    """A paragraph that tells of several sessions, one sentence (and what follows it) for each."""
    parts = re.split(
        r"(?<=[.;])\s+(?=[A-ZĐ\"“]|\d{1,2}/\d{1,2})|(?<=[.;:])\s+(?=(?i:buổi|lần|đợt|ngày)\s)", text
    )
    if len(parts) == 1:
        return [(text, line)]
    groups: list[str] = []
    dated = False
    for part in parts:
        raws = [
            raw
            for raw in expressions.find(without_time(part))
            if raw.shape is not Shape.MONTH or COUNTER.match(part) or "tháng" in part.lower()[:20]
        ]
        if groups and ends_schedule(part) and dated:
            break
        if groups and not (raws and (dated or COUNTER.match(part))):
            groups[-1] += " " + part
            dated = dated or bool(raws)
        else:
            groups.append(part)
            dated = bool(raws)
    return [(group, line) for group in groups]


def _headed(units: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Items that are only a day ("Buổi 1: thứ Năm, 23/10/2025, 8h") with their lines below."""
    found: list[tuple[str, int]] = []
    open_head = False
    for text, line in units:
        bare = text[match.end() :] if (match := BULLET.match(text)) else text
        dated = bool(expressions.find(without_time(text)))
        if open_head and not dated and not ends_schedule(bare) and not re.match(r"[IVX]{1,4}\.", text):
            found[-1] = (f"{found[-1][0].rstrip(' .;')}. {bare}", found[-1][1])
            continue
        open_head = dated and _only_when(text)
        found.append((text, line))
    return found


def _only_when(text: str) -> bool:
    plain = without_time(text)
    bullet = BULLET.match(plain)
    body = plain[bullet.end() :] if bullet else plain
    counter = COUNTER.match(body)
    if not counter:
        return False
    body = body[counter.end() :]
    for raw in reversed(expressions.find(body)):
        body = f"{body[: raw.start]} {body[raw.end :]}"
    return FILLER.fullmatch(body) is not None
