"""Sessions written as lines: bullets, numbered lines, chat messages and sentences."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.plan.dates import expressions
from bot.plan.dates.expressions import RawDate, Shape
from bot.plan.dates.purpose import own_days
from bot.plan.dates.times import without_time
from bot.plan.document import Paragraph
from bot.plan.layout.footer import ends_schedule
from bot.plan.layout.item_fields import FILLER, SCHOOL, cut_when, read_fields
from bot.plan.record import Record
from bot.plan.schools.hosts import mentioned
from bot.plan.schools.names import name_of
from bot.vocabulary import find_mentions

_BULLET = re.compile(
    r"^\s*(?:[-–—*•+▪●◦○·✓>]\s*|\(?\d{1,2}\s?[.)/]\s+|\(?\d{1,2}\)\s*|[a-zđ][.)]\s+|[①-⑳]\s*)+"
)
_COUNTER = re.compile(
    r"^\s*(?:buổi|lần|đợt|kỳ)\s*(?:sinh hoạt\s*)?(?:thứ\s*)?(?:số\s*)?(?:\d{1,2}|[IVX]{1,4}|"
    r"nhất|hai|ba|tư|bốn|năm|sáu|đầu tiên|cuối)(?!\w|/)\s*[:.,)–-]?\s*",
    re.IGNORECASE,
)
_NO_SESSION = re.compile(
    r"^\W*(?:căn cứ|thực hiện|theo|thống nhất|số\s*:|nơi nhận|cuộc họp|biên bản|năm học|kính "
    r"gửi|giấy mời|trên đây|hạn|nộp|báo cáo|hoàn thành|đăng ký|gửi|tháng\s+\d+\s*(?:trường|"
    r"các trường)?\s*(?:báo cáo|nộp|đăng ký|xây dựng)|thời hạn|các trường (?:gửi|nộp|báo)|"
    r"trường nào)",
    re.IGNORECASE,
)
_DASHED = re.compile(
    r"^\s*(\d{1,2})\s*[-–—,]\s*(?=(?:ngày\s+|thứ\s+\w+,?\s+)?\d{1,2}\s?[/.-])", re.IGNORECASE
)
_NO_MEETING = re.compile(
    r"họp[^.;]{0,60}(?:thống nhất|xây dựng|bàn|triển khai)[^.;]{0,40}(?:kế hoạch|lịch)|"
    r"tựu trường|khai giảng|bế giảng|kết thúc học kỳ|nghỉ tết",
    re.IGNORECASE,
)
_MEETS = re.compile(
    r"^\W*(?:theo|thực hiện)(?!\w)(?=.*(?:buổi|sinh hoạt|chuyên đề))(?=.*(?:tổ chức|đăng cai|diễn ra))",
    re.IGNORECASE,
)
_DAY_OF_MONTH = re.compile(r"(?<!\w)ngày\s+\d{1,2}(?![\d/.-]|\s*(?:tháng|[-–]\s*\d))", re.IGNORECASE)
_JOINED = re.compile(
    r"\s*(?:,|;|và|hoặc|hay|&|\+|-|–)?\s*(?:,\s*)?(?:và\s+)?(?:(?:buổi|lần|đợt)\s+\d\s*:?\s*)?(?:(?:sáng|chiều)\s+)?"
    r"(?:ngày\s+)?",
    re.IGNORECASE,
)
_ISSUED = re.compile(r"[^\d,:;]{2,40},\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}\W*", re.IGNORECASE)


def find_items(paragraphs: Sequence[Paragraph], schools: Sequence[str]) -> list[Record]:
    """Records of the lines that tell of a session; `schools` is the list of the document, if it has one."""
    records: list[Record] = []
    month = ""
    for text, line in _numbered(_units(paragraphs)):
        heading = re.fullmatch(
            r"\W*((?:tháng|T)\s*\d{1,2}(?:\s*(?:/|năm|-)\s*\d{4})?)\W*", text, re.IGNORECASE
        )
        if heading:
            month = heading.group(1)
            continue
        record = _read(text, line, schools, month)
        if record:
            records.append(record)
    return [_with_host(record) for record in records] if any(r.host for r in records) else records


def _numbered(units: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The items without a number before a dash ("1 - 12/10: …", "2 - 9/11: …"), which is no day of a span."""
    heads = [_DASHED.match(text) for text, _ in units]
    numbers = [int(head.group(1)) for head in heads if head]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return units
    return [
        (text[head.end() :] if head else text, line) for (text, line), head in zip(units, heads, strict=True)
    ]


def _with_host(record: Record) -> Record:
    """A record whose words begin with a school, as its neighbours do: "Hoa Phượng, làm quen với toán"."""
    head, _, rest = re.sub(r"\s*[,:]\s|\s+[-–—]\s+", "\n", record.content or "", count=1).partition("\n")
    if record.host or not rest or len(head.split()) < 2 or name_of(head) is None:
        return record
    return replace(record, host=head, content=rest)


def _units(paragraphs: Sequence[Paragraph]) -> list[tuple[str, int]]:
    """Items with their continuation lines joined, and sentences of prose that begin with their own date."""
    units: list[tuple[str, int]] = []
    joined = False
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        if not text:
            joined = False
            continue
        fresh = (
            bool(_BULLET.match(text) or paragraph.item or _COUNTER.match(text))
            or _lead_date(text) is not None
        )
        section = re.match(
            r"^\s*(?:[IVX]{1,5}\.|nơi nhận|các trường\s*:|cụm trưởng|ghi chú)", text, re.IGNORECASE
        )
        wrapped = (
            not ends_schedule(text)
            and joined
            and not fresh
            and not section
            and (text[0].islower() or text[0] in '(“"' or not re.search(r"[.;:!?]$", units[-1][0]))
        )
        if wrapped and units:
            units[-1] = (f"{units[-1][0]} {text}", units[-1][1])
        else:
            units.append((text, paragraph.line))
            joined = fresh or len(text) > 50
    return [piece for text, line in units for piece in _sentences(text, line)]


def _lead_date(text: str) -> RawDate | None:
    """The date at the head of an item ("Buổi 1 (12/10/2023)", "Sáng thứ Sáu, 17/11: …"), else None."""
    plain = without_time(text)
    bullet = _BULLET.match(plain)
    body_at = bullet.end() if bullet else 0
    counter = _COUNTER.match(plain[body_at:])
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
        r"(?<=[.;])\s+(?=[A-ZĐ\"“]|\d{1,2}/\d{1,2})|(?<=[.;:])\s+(?=(?:buổi|lần|đợt|ngày)\s)", text
    )
    if len(parts) == 1:
        return [(text, line)]
    groups: list[str] = []
    dated = False
    for part in parts:
        raws = [
            raw
            for raw in expressions.find(without_time(part))
            if raw.shape is not Shape.MONTH or _COUNTER.match(part) or "tháng" in part.lower()[:20]
        ]
        if groups and not (raws and dated):
            groups[-1] += " " + part
            dated = dated or bool(raws)
        else:
            groups.append(part)
            dated = bool(raws)
    return [(group, line) for group in groups]


def _read(text: str, line: int, schools: Sequence[str], month: str) -> Record | None:
    bullet = _BULLET.match(text)
    body = text[bullet.end() :] if bullet else text
    counter = _COUNTER.match(body)
    body = body[counter.end() :] if counter and counter.end() < len(body) else body
    if (
        _ISSUED.fullmatch(body.strip())
        or (_NO_SESSION.match(body) and not _MEETS.match(body))
        or _NO_MEETING.search(body)
        or len(body) > 3000
        or (body.startswith("(") and body.rstrip(".").endswith(")") and not counter)
    ):
        return None
    if re.search(
        r"(?<!\w)trước\s+(?:ít nhất\s+)?\d+\s+ngày|ít nhất \d+ (?:ngày|tuần)", body
    ) and not _lead_date(text):
        return None
    plain = without_time(body)
    everything = expressions.find(plain) or expressions.find_loose(plain)
    raws = own_days(plain, everything)
    if not raws:
        return None if everything else _undated(body, line, schools, month, bool(bullet or counter))
    raw = raws[0]
    inner = _DAY_OF_MONTH.search(plain, raw.end) if raw.shape is Shape.MONTH else None
    if inner:
        body, month = f"{body[: inner.start()].rstrip(' (')} {body[inner.end() :].lstrip(' )')}", raw.text
    schoolless = not mentioned(body, schools) and not SCHOOL.search(body)
    lead = _lead_date(text) is not None or raw.start < 30
    evidence = 2 * (not schoolless) + bool(find_mentions(body)) + bool(bullet or counter) + lead
    vague = raw.shape in (Shape.MONTH, Shape.WEEK)
    if evidence < 3 and not (vague and re.match(r"(?i)\s*buổi", body) and raw.start < 8):
        return None
    when, rest = cut_when(body, whole(plain, raws, everything))
    if inner:
        when = inner.group().strip()
    fields = read_fields(rest, schools)
    if raw.start < 8 and vague and schoolless and not find_mentions(body) and not fields.get("content"):
        fields = {}
    if vague and re.search(r"chốt sau|tính sau|bàn sau|thông báo sau|báo sau|thống nhất sau|sẽ chốt", rest):
        fields = {}
        when = body[: raw.end]
    return Record(
        line,
        when,
        month,
        "",
        fields.get("host"),
        fields.get("place"),
        fields.get("content"),
        fields.get("audience"),
        fields.get("note"),
    )


def whole(text: str, own: Sequence[RawDate], everything: Sequence[RawDate]) -> RawDate:
    """The first of a session's own days with all that are named in one breath with it, spare ones too."""
    last = own[0]
    for raw in everything:
        if raw.start < last.end:
            continue
        gap = text[last.end : raw.start]
        if raw in own and _JOINED.fullmatch(gap):
            last = raw
        elif raw not in own and re.fullmatch(r"\s*[(,;]\s*[^\d():]{3,30}", gap):
            closing = re.match(r"\s*\)", text[raw.end :])
            last = replace(raw, end=raw.end + (closing.end() if closing else 0))
        else:
            break
    return replace(own[0], end=last.end, text=text[own[0].start : last.end].strip())


def _undated(body: str, line: int, schools: Sequence[str], month: str, item: bool) -> Record | None:
    day = re.match(r"^\s*(?:ngày\s*)?(\d{1,2})\s*[:.,–-]\s*", body, re.IGNORECASE)
    if not month or not item or not (mentioned(body, schools) or SCHOOL.search(body)):
        return None
    fields = read_fields(body[day.end() :] if day else body, schools)
    return Record(
        line,
        f"ngày {day.group(1)}" if day else "",
        month,
        "",
        fields.get("host"),
        fields.get("place"),
        fields.get("content"),
        fields.get("audience"),
    )
