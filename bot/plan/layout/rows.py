"""Rows of a schedule table as records: repeated heads, wrapped cells, month headings, merged and empty
cells.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.plan.dates import expressions
from bot.plan.document import Row
from bot.plan.layout.columns import head_kinds, sub_head
from bot.plan.record import Record
from bot.vocabulary import find_mentions, fold

_END = re.compile(
    r"^\s*(?:nơi nhận|người lập|duyệt|xác nhận|t/m|tm\.|kt\.|cụm trưởng\s*$|hiệu trưởng\s*$)", re.IGNORECASE
)
_MONTH_ONLY = re.compile(
    (
        r"^\s*[-*•+]?\s*(?:\d+[.)]\s*|[ivx]+[.)]\s*)?(?:\*\s*)?tháng\s+\d{1,2}(?:\s*(?:/|-|"
        r"năm)\s*\d{4})?\s*[:.]?\s*$"
    ),
    re.IGNORECASE,
)


def month_heading(text: str) -> str | None:
    """The month of a line that is nothing else ("Tháng 10/2023:"), or None."""
    return text.strip(" :.-*•+") if _MONTH_ONLY.match(text) else None


def records(
    rows: Sequence[Row], kinds: Sequence[str], *, ruled: bool, head: Sequence[str] = ()
) -> list[Record]:
    """The sessions of the rows below a head.  `ruled` tells cells from the lines that a wrapped cell
    leaves in text; `head` are the words of the head itself.
    """
    found: list[Record] = []
    columns = list(kinds)
    month = ""
    fresh = True
    titles = [cell.strip() for cell in head] or [""] * len(columns)
    for row in rows:
        cells = [cell.strip() for cell in row.cells[: len(columns)]]
        cells += [""] * (len(columns) - len(cells))
        filled = [cell for cell in (c.strip() for c in row.cells) if cell]
        if not filled or _numbers_only(filled):
            continue
        again = head_kinds(cells)
        if again is not None:
            columns, titles, fresh = again, cells, True
            continue
        lower = sub_head(cells, columns) if fresh else None
        if lower is not None:
            columns, titles = lower, cells
            continue
        fresh = False
        heading = month_heading(filled[0]) if len(set(filled)) == 1 else None
        if heading:
            month = heading
            continue
        if _END.match(filled[0]) and found:
            break
        month = _add(
            found, _record(row, _of_roles(cells, columns, titles), columns, month), cells, columns, ruled
        )
    return found


def _of_roles(cells: Sequence[str], kinds: Sequence[str], titles: Sequence[str]) -> list[str]:
    """The cells with those of a role's own column written as a phrase: "02" under "GV cốt cán"."""
    told: list[str] = []
    for cell, kind, title in zip(cells, kinds, titles, strict=True):
        if kind != "role" or not cell or find_mentions(cell):
            told.append(cell)
        elif re.fullmatch(r"(?i)0+|-+|không", cell):
            told.append("")
        else:
            number = re.match(r"\d{1,3}", cell)
            told.append(f"{number.group()} {title}{cell[number.end() :]}" if number else title)
    return told


def _numbers_only(filled: Sequence[str]) -> bool:
    return len(filled) > 2 and all(re.fullmatch(r"\(?[\dA-I]{1,2}\)?", cell) for cell in filled)


def _record(row: Row, cells: Sequence[str], kinds: Sequence[str], month: str) -> Record:
    by_kind: dict[str, list[str]] = {}
    for kind, cell in zip(kinds, cells, strict=True):
        if cell:
            if kind == "part" and re.fullmatch(r"\d{1,2}|[IVX]{1,4}", cell):
                continue  # "Buổi" counts the sessions here
            bare = kind == "weekday" and re.fullmatch(r"(?i)hai|ba|tư|năm|sáu|bảy|[2-7]", cell)
            by_kind.setdefault(kind, []).append(f"thứ {cell}" if bare else cell)

    def joined(*names: str) -> str:
        return " ".join(text for name in names for text in by_kind.get(name, []))

    has = set(kinds)
    host: str | None = joined("host") if "host" in has else None
    place: str | None = joined("place") if "place" in has else None
    when = joined("weekday", "date", "part", "time")
    if "date_host" in has:
        cell = joined("date_host")
        dates = expressions.find(cell)
        cut = max((raw.end for raw in dates), default=0)
        when = f"{when} {cell[:cut]}".strip()
        host = host or cell[cut:].strip(" ,;:-–\n") or None
    audience: str | None = joined("audience") if "audience" in has else None
    if by_kind.get("role"):
        audience = ", ".join(filter(None, (audience, *by_kind["role"])))
    content: str | None = "\n".join(by_kind.get("content", [])) if "content" in has else None
    if "content_audience" in has:
        content, audience = _split_content(joined("content_audience"))
    return Record(
        row.line,
        when,
        joined("month") or month,
        joined("week"),
        host,
        place,
        content,
        audience,
        joined("note") or None,
        old=joined("old") or None,
    )


def _split_content(cell: str) -> tuple[str, str | None]:
    head, mark, rest = re.sub(r"(?i)nội dung\s*:\s*", "", cell).partition("Thành phần")
    return head.strip(" ;,.-\n"), re.sub(r"^[^:]{0,20}:\s*", "", rest).strip() or None if mark else None


def _add(found: list[Record], record: Record, cells: Sequence[str], kinds: Sequence[str], ruled: bool) -> str:
    """Appends the record, or joins it to the one above; returns the month that goes on below."""
    index = next((cell for kind, cell in zip(kinds, cells, strict=True) if kind == "index"), None)
    empty = not record.when and not (record.week and not found) and not _own_month(kinds, cells)
    if found and not ruled and index == "" and "index" in kinds and record.when and _wraps(found[-1], record):
        found[-1] = replace(_join(found[-1], record), when=f"{found[-1].when} {record.when}".strip())
        return found[-1].month
    if (
        found
        and not ruled
        and record.when
        and not record.host
        and not index
        and not expressions.find(found[-1].when)
    ):
        found[-1] = replace(_join(found[-1], record), when=f"{found[-1].when} {record.when}".strip())
        return found[-1].month
    if found and record.when and _is_same(record, found[-1], cells, kinds):
        found[-1] = _join(found[-1], record)
        return found[-1].month
    if found and empty and _continues(record, found[-1], index, ruled):
        found[-1] = _join(found[-1], record)
        return found[-1].month
    if found and not record.when and not _own_month(kinds, cells) and record.host and not record.week:
        record = replace(record, when=found[-1].when, month=found[-1].month, carried=bool(found[-1].when))
    elif found and not record.month and "month" in kinds:
        record = replace(record, month=found[-1].month)
    if record.when or record.month or record.week or record.host or record.content:
        found.append(record)
    return record.month


def _is_same(record: Record, above: Record, cells: Sequence[str], kinds: Sequence[str]) -> bool:
    """Whether merged cells give this row day, host and audience of the one above: one session."""
    indexed = "index" in kinds and any(
        kind == "index" and not cell for kind, cell in zip(kinds, cells, strict=True)
    )
    same = (record.when, record.host, record.audience) == (above.when, above.host, above.audience)
    return same and not indexed and bool(record.host) and record.content != above.content


def _wraps(above: Record, more: Record) -> bool:
    """Whether a line without a number goes on with the row above: one of the two has no whole day of
    its own.
    """
    return not expressions.find(above.when) or not expressions.find(more.when)


def _own_month(kinds: Sequence[str], cells: Sequence[str]) -> bool:
    return any(kind in ("month", "week") and cell for kind, cell in zip(kinds, cells, strict=True))


def _continues(record: Record, above: Record, index: str | None, ruled: bool) -> bool:
    if index:
        return False
    if not record.host:
        return True
    if ruled and record.content and record.audience:
        return False
    return not (
        record.content
        and record.content[:1].isupper()
        and record.audience
        and find_mentions(record.audience[:12])
    )


def _glue(first: str | None, second: str | None) -> str | None:
    if not first or not second:
        return first or second
    return f"{first} {second}" if fold(first) != fold(second) else first


def _join(above: Record, more: Record) -> Record:
    return replace(
        above,
        host=_glue(above.host, more.host),
        place=_glue(above.place, more.place),
        content=_glue(above.content, more.content),
        audience=_glue(above.audience, more.audience),
        notes=_glue(above.notes, more.notes),
    )
