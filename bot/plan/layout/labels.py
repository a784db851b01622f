"""Blocks of "Thời gian: … / Địa điểm: … / Nội dung: …": one session each, in plans and invitations alike."""

import re
from collections.abc import Sequence

from bot.plan.dates import expressions
from bot.plan.document import Paragraph
from bot.plan.layout.columns import kind_of
from bot.plan.layout.footer import ends_schedule
from bot.plan.layout.item_fields import cut_when, read_fields
from bot.plan.record import Record

_LABEL = re.compile(
    r"^\s*(?:[-–+*•]|\d{1,2}[.)/]\d?[.)]?|[a-zđ][.)])?\s*([^\W\d_][^:\n\d]{2,45}?)\s*:\s*(.*)$", re.DOTALL
)
_HEADING = re.compile(
    r"^\s*(?:[-–+*•#]\s*)?(?:\d{1,2}[.)/]\s*|[IVX]+\.\s*)?(?:buổi|lần|đợt|chuyên đề|kỳ|"
    r"phiên)\s*(?:sinh hoạt\s*)?(?:thứ\s*)?(?:số\s*)?(?:\d{1,2}|[IVX]{1,4}|nhất|hai|ba|tư|"
    r"bốn|năm|sáu)(?!\w)\s*[:.)–-]?\s*(.*)$|"
    r"^\s*(?:[-–+*•#]\s*)?(?:\d{1,2}[.)/]\s*)?(tháng\s+\d{1,2}(?:\s*(?:/|năm|-)\s*\d{4})?)\s*[:.]?\s*$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"^\s*(?:[IVX]{1,4}\s?[.)]|nơi nhận|trên đây|rất mong|đề nghị|trân trọng|kính mong)", re.IGNORECASE
)


def label_of(text: str) -> tuple[str, str] | None:
    """(kind of column, value) of a line "Label: value"; None if the label is none that a schedule has."""
    match = _LABEL.match(text)
    kind = kind_of(match.group(1)) if match else None
    return (kind, match.group(2).strip()) if match and kind else None


def find_labelled(paragraphs: Sequence[Paragraph]) -> list[Record]:
    """The sessions given as labelled blocks; empty if fewer than two kinds of label stand together."""
    records: list[Record] = []
    parts: dict[str, str] = {}
    heading, line, last = "", 0, ""

    def flush() -> None:
        nonlocal parts, heading, last
        if (parts.keys() & {"date", "date_host", "time", "month"} or expressions.find(heading)) and len(
            parts
        ) > 1:
            records.append(_record(parts, heading, line))
        parts, last = {}, ""

    for paragraph in paragraphs:
        text = paragraph.text.strip()
        if not text:
            continue
        head = _HEADING.match(text)
        labelled = label_of(text)
        if head and not (labelled and labelled[0] not in ("content",)):
            flush()
            heading, line = (head.group(1) or head.group(2) or "").strip(), paragraph.line
            if heading and not expressions.find(heading):
                parts["title"] = heading
            continue
        if labelled:
            kind, value = labelled
            if kind in parts and kind in ("date", "date_host", "content", "host"):
                starts = kind
                flush()
                heading = "" if starts else heading
            line = line if parts else paragraph.line
            parts[kind] = f"{parts[kind]} {value}" if kind in parts else value
            last = kind
        elif _STOP.match(text) or ends_schedule(text):
            flush()
            heading = ""
        elif last:
            parts[last] = f"{parts[last]}\n{text}"
    flush()
    return records


def _from_heading(heading: str) -> dict[str, str]:
    """What a heading with its date says besides: "Ngày 17/10/2024 tại TH Việt Hùng"."""
    raws = expressions.find(heading)
    return read_fields(cut_when(heading, raws[0])[1].rstrip("."), ()) if raws else {}


def _record(parts: dict[str, str], heading: str, line: int) -> Record:
    when = " ".join(
        parts[kind] for kind in ("date", "weekday", "part", "time", "date_host") if parts.get(kind)
    )
    month = parts.get("month", "")
    if expressions.find(heading):
        if not expressions.find(when) and not re.search(r"(?i)ngày\s+\d", when):
            when = f"{heading} {when}".strip()
        elif not month:
            month = heading
    parts = {**_from_heading(heading), **parts}
    title = re.sub(r"^[\"“”]|[\"“”]$", "", parts.get("title", "")) or None
    return Record(
        line, when, month, parts.get("week", ""), parts.get("host"), parts.get("place"),
        parts.get("content") or title, parts.get("audience"), parts.get("note"),
    )  # fmt: skip
