"""A table pasted with one cell per line: the heads stand one below the other, then the cells of each row."""

import re
from collections.abc import Sequence

from bot.plan.dates import expressions
from bot.plan.dates.times import read_time
from bot.plan.dates.weekdays import WEEKDAY
from bot.plan.document import Paragraph, Row, Table
from bot.plan.layout.columns import head_kinds, kind_of
from bot.plan.layout.footer import ends_schedule
from bot.plan.schools.names import name_of
from bot.vocabulary import find_mentions

_SECTION = re.compile(
    (
        r"^\s*(?:[IVX]{1,5}\.\s|\d{1,2}\.\s+\S|nơi nhận|trên đây|ghi chú\s*:|lưu ý|(?:trường|đơn "
        r"vị) (?:đăng cai|nào|tổ chức)\s+\S+\s|giấy mời|các trường \S+\s|cụm trưởng|đề nghị|mọi |"
        r"thời gian\s*:)"
    ),
    re.IGNORECASE,
)


def find_stacked(paragraphs: Sequence[Paragraph]) -> Table | None:
    """The table as rows of cells, head first; None if no run of heads stands in the text."""
    lines = [p for p in paragraphs if p.text.strip()]
    for at in range(len(lines)):
        width = _head_width(lines, at)
        if width:
            heads = [p.text.strip() for p in lines[at : at + width]]
            rows = _rows(lines[at + width :], heads)
            if rows:
                return Table((Row(tuple(heads), lines[at].line), *rows), ruled=True)
    return None


def _head_width(lines: Sequence[Paragraph], at: int) -> int:
    width = 0
    seen: list[str] = []
    for paragraph in lines[at : at + 12]:
        kind = kind_of(paragraph.text)
        if kind is None or "\t" in paragraph.text.strip() or (kind in seen and kind != "note"):
            break
        seen.append(kind)
        width += 1
    if width < 3 or head_kinds([p.text.strip() for p in lines[at : at + width]]) is None:
        return 0
    return width


def _rows(lines: Sequence[Paragraph], heads: Sequence[str]) -> list[Row]:
    kinds = head_kinds(heads) or []
    rows: list[Row] = []
    current: list[Paragraph] = []

    def flush() -> None:
        if current:
            rows.append(Row(tuple(_fit([p.text.strip() for p in current], kinds)), current[0].line))
            current.clear()

    at = 0
    while at < len(lines):
        width = _head_width(lines, at)
        if width:
            flush()
            at += width
            continue
        text = lines[at].text.strip()
        if (_SECTION.match(text) or ends_schedule(text)) and _complete(current, kinds):
            break
        if _begins(lines, at, kinds, len(rows), current):
            flush()
        current.append(lines[at])
        at += 1
    flush()
    return [row for row in rows if sum(1 for cell in row.cells if cell) > 1]


def _complete(current: Sequence[Paragraph], kinds: Sequence[str]) -> bool:
    return not current or len(current) >= len(kinds) - 1


def _is_when(text: str) -> bool:
    raws = expressions.find(text)
    return bool(raws) and raws[0].start <= 25 and len(text) - raws[0].end < 45


def _begins(
    lines: Sequence[Paragraph], at: int, kinds: Sequence[str], done: int, current: Sequence[Paragraph]
) -> bool:
    """Whether a row starts here: at its number where there is an index column, else at its date."""
    text = lines[at].text.strip()
    if kinds[0] == "index":
        number = re.fullmatch(r"0?(\d{1,2})[.)]?", text)
        return bool(number) and int(number.group(1)) == done + 1 + bool(current) if number else False
    place = next((i for i, kind in enumerate(kinds) if kind in ("date", "month", "date_host")), 0)
    return place == 0 and _is_when(text) and (not current or len(current) >= min(3, len(kinds) - 1))


def _score(text: str, kind: str) -> float:
    """How well a line fits a column; the lines of a row are laid over the columns in order, best sum
    first.
    """
    mentions = find_mentions(text)
    if kind == "index":
        return 5 if re.fullmatch(r"\d{1,2}[.)]?", text) else -6
    if kind in ("date", "month", "week", "date_host"):
        return 5 if _is_when(text) else 1 if read_time(text).start or WEEKDAY.search(text) else -4
    if kind == "time":
        return 4 if read_time(text).start else -3
    if kind in ("host", "place"):
        school = name_of(text) is not None or re.match(r"(?:trường|MN|MG|TH|THCS)\s", text, re.IGNORECASE)
        return 3 if school and len(text) < 60 else -2
    if kind == "audience":
        start = mentions and mentions[0].start < 14
        return 3 if start else 1 if mentions else -2
    if kind == "content":
        return (0.5 if len(text) > 15 else 0) - (
            2 if mentions and mentions[0].start == 0 and len(mentions) > 1 else 0
        )
    return -0.5


def _fit(texts: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """Lays the lines over the columns in order, several lines to a column if need be, an empty column
    at a price.
    """
    texts = list(texts)[:60]
    best: dict[tuple[int, int], tuple[float, int]] = {}
    for column in range(len(kinds) + 1):
        for taken in range(len(texts) + 1):
            if column == 0:
                best[column, taken] = (0.0 if taken == 0 else -1e9, 0)
                continue
            choices = []
            for start in range(taken + 1):
                run = texts[start:taken]
                gain = (
                    sum(_score(text, kinds[column - 1]) for text in run) - 0.3 * max(0, len(run) - 1)
                    if run
                    else -1.5
                )
                choices.append((best[column - 1, start][0] + gain, start))
            best[column, taken] = max(choices)
    cells: list[str] = []
    taken = len(texts)
    for column in range(len(kinds), 0, -1):
        start = best[column, taken][1]
        cells.append("\n".join(texts[start:taken]))
        taken = start
    return cells[::-1]
