"""Tables typed into plain text: columns by tabs, pipes or alignment become Table blocks."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from bot.plan.document import Block, Paragraph, Row, Table
from bot.plan.layout.columns import head_kinds
from bot.plan.layout.headless import guess_kinds
from bot.plan.layout.rows import month_heading

Splitter = Callable[[str], list[str]]
_RULE = re.compile(r"^[\s|+:=\-─━═┼├┤┌┐└┘┬┴╔╗╚╝╠╣╦╩╬_]*$")
_SECTION = re.compile(
    r"^\s*(?:[IVX]{1,5}\s?[.)/-]|\d{1,2}\.\s|[a-zđ]\)|[A-ZĐ]\.\s|[-*•+]\s|nơi nhận|ghi chú|"
    r"lưu ý|trên đây|đề nghị|thời gian\s*:|"
    r"trường đăng cai|căn cứ|giấy mời|các trường|cụm trưởng|yêu cầu)",
    re.IGNORECASE,
)
_PAGE = re.compile(r"^\s*(?:-\s*)?(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*-)?\s*$", re.IGNORECASE)


def _pipes(line: str) -> list[str]:
    line = re.sub("[│┃║¦]", "|", line).strip()
    if line.count("|") < 2 and not (line.count("|") == 1 and not line.startswith("|")):
        return [line]
    line = line.removeprefix("|")
    line = line.removesuffix("|")
    return [cell.strip() for cell in line.split("|")]


def _tabs(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("\t")]


def _gaps(line: str) -> list[str]:
    return [cell for cell in re.split(r"\s{2,}", line.strip()) if cell]


def find_tables(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks with every typed table as a Table; lines that belong to none stay paragraphs."""
    result: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        found = _table_at(blocks, at) if isinstance(block, Paragraph) else None
        if found is None:
            result.append(block)
            at += 1
        else:
            table, at = found
            result.append(table)
    return result


def _table_at(blocks: Sequence[Block], at: int) -> tuple[Table, int] | None:
    block = blocks[at]
    assert isinstance(block, Paragraph)
    line = block.text
    if ("|" in line or "│" in line) and head_kinds(_pipes(line)):
        return _separated(blocks, at, _pipes)
    if "\t" in line.strip() and head_kinds(_tabs(line)):
        return _separated(blocks, at, _tabs)
    if "\t" in line.strip() and head_kinds([cell for cell in _tabs(line) if cell]):
        return _separated(
            blocks,
            at,
            lambda text: [cell for cell in _tabs(text) if cell] if "\t" in text.strip() else [text],
        )
    if "   " in line.strip() and head_kinds(_gaps(line)):
        return _aligned(blocks, at)
    return _headless(blocks, at, _pipes if line.count("|") >= 2 else _tabs)


_MOST_HEADLESS = 60  #: rows; a longer table has a head


def _headless(blocks: Sequence[Block], at: int, split: Splitter) -> tuple[Table, int] | None:
    """Lines of as many columns each, one under another, with days and schools but without a head."""
    above = blocks[at - 1] if at else None
    if isinstance(above, Paragraph) and len(split(above.text)) >= 3:
        return None  # the run was looked at from its first line
    rows: list[Row] = []
    for block in blocks[at : at + _MOST_HEADLESS]:
        cells = split(block.text) if isinstance(block, Paragraph) else []
        if len(cells) < 3 or (rows and len(cells) != len(rows[0].cells)):
            break
        rows.append(Row(tuple(cells), block.line if isinstance(block, Paragraph) else 0))
    return (Table(tuple(rows), ruled=False), at + len(rows)) if guess_kinds(rows) else None


def _separated(blocks: Sequence[Block], at: int, split: Splitter) -> tuple[Table, int] | None:
    rows: list[Row] = []
    bars: list[int] = []
    end = at
    width = len(split(blocks[at].text))  # type: ignore[union-attr]
    for position in range(at, len(blocks)):
        block = blocks[position]
        if not isinstance(block, Paragraph):
            break
        text = block.text
        if not text.strip() or _RULE.match(text) or _PAGE.match(text):
            bars.extend([len(rows)] if text.strip() and rows else [])
            continue
        cells = split(text)
        if len(cells) > 1 and cells[0].lower().startswith("nơi nhận"):
            break
        if len(cells) == 1 and rows:
            if month_heading(text):
                cells = [text.strip()]
            elif _SECTION.match(text) or not _more(blocks, position + 1, split):
                break
            else:
                rows[-1] = _extend(rows[-1], text.strip())
                end = position
                continue
        if len(cells) > width:
            filled = [cell for cell in cells if cell]
            cells = filled if len(filled) == width else cells
        rows.append(Row(tuple(cells), block.line))
        end = position
    rows = _between_bars(rows, bars)
    return (Table(tuple(rows), ruled=False), end + 1) if len(rows) > 1 else None


def _between_bars(rows: list[Row], bars: Sequence[int]) -> list[Row]:
    """Where rules are drawn between the rows, the lines between two rules are one row each."""
    edges = sorted({0, *bars, len(rows)})
    if len(edges) < 4 or len(edges) == len(rows) + 1:
        return rows
    joined: list[Row] = []
    for start, end in pairwise(edges):
        group = rows[start:end]
        width = max(len(row.cells) for row in group)
        columns = [
            [row.cells[i] for row in group if i < len(row.cells) and row.cells[i]] for i in range(width)
        ]
        joined.append(Row(tuple(" ".join(column) for column in columns), group[0].line))
    return joined


def _extend(row: Row, text: str) -> Row:
    last = max((i for i, cell in enumerate(row.cells) if cell), default=0)
    return Row((*row.cells[:last], f"{row.cells[last]} {text}".strip(), *row.cells[last + 1 :]), row.line)


def _more(blocks: Sequence[Block], at: int, split: Splitter) -> bool:
    """Whether a row of the table follows within a few lines."""
    seen = 0
    for block in blocks[at : at + 8]:
        if not isinstance(block, Paragraph):
            return False
        if not block.text.strip():
            continue
        seen += 1
        cells = split(block.text)
        if len(cells) > 2:
            return not cells[0].lower().startswith("nơi nhận")
        if _SECTION.match(block.text) or seen > 3:
            return False
    return False


def _fragments(line: str) -> list[tuple[int, str]]:
    return [(match.start(), match.group()) for match in re.finditer(r"\S+(?: \S+)*", line.expandtabs(8))]


def _aligned(blocks: Sequence[Block], at: int) -> tuple[Table, int] | None:
    head = blocks[at]
    assert isinstance(head, Paragraph)
    starts = [start for start, _ in _fragments(head.text)]
    lines: list[Paragraph] = []
    end, blanks = at, 0
    for position in range(at, len(blocks)):
        block = blocks[position]
        if not isinstance(block, Paragraph):
            break
        text = block.text
        if not text.strip():
            blanks += 1
            continue
        fragments = _fragments(text)
        if _RULE.match(text) or _PAGE.match(text):
            continue
        alone = len(fragments) == 1 and fragments[0][0] < starts[1] - 1
        beyond = alone and len(fragments[0][1]) > starts[1] - fragments[0][0] + 1
        if lines and alone and not month_heading(text) and (_SECTION.match(text) or beyond or blanks):
            break
        if lines and text.strip().lower().startswith("nơi nhận"):
            break
        lines.append(block)
        end, blanks = position, 0
    if len(lines) < 2:
        return None
    starts = _settle(starts, [block.text for block in lines])
    rows = _head_rows([Row(tuple(_cut(block.text, starts)), block.line) for block in lines])
    return Table(tuple(rows), ruled=False), end + 1


def _settle(starts: list[int], lines: Sequence[str]) -> list[int]:
    """Column starts moved left where whole rows begin before a centred head."""
    full = [[start for start, _ in _fragments(line)] for line in lines[1:]]
    full = [row for row in full if len(row) == len(starts)]
    if not full:
        return starts
    lowest = [min(column) for column in zip(*full, strict=True)]
    return [
        min(head, low) if place == 0 or min(head, low) > starts[place - 1] else head
        for place, (head, low) in enumerate(zip(starts, lowest, strict=True))
    ]


def _cut(line: str, starts: Sequence[int]) -> list[str]:
    line = line.expandtabs(8)
    cells = [""] * len(starts)
    for start, text in _fragments(line):
        column = max((i for i, left in enumerate(starts) if left <= start + 1), default=0)
        while (
            column + 1 < len(starts)
            and start + len(text) > starts[column + 1]
            and _free(line, starts[column + 1])
        ):
            width = starts[column + 1] - start
            cells[column] = f"{cells[column]} {text[:width].strip()}".strip()
            start, text = starts[column + 1], text[width:].strip()
            column += 1
        cells[column] = f"{cells[column]} {text}".strip()
    return cells


def _free(line: str, position: int) -> bool:
    return 0 < position < len(line) and line[position - 1] == " "


def _head_rows(rows: list[Row]) -> list[Row]:
    """Joins the lines of a wrapped head ("Đơn vị" over "đăng cai") into its first row."""
    head = rows[0]
    taken = 1
    for row in rows[1:3]:
        if (
            any(re.search(r"\d", cell) for cell in row.cells)
            or any(len(cell) > 25 for cell in row.cells)
            or row.cells[0]
        ):
            break
        joined = tuple(f"{a} {b}".strip() for a, b in zip(head.cells, row.cells, strict=True))
        if head_kinds(joined) is None:
            break
        head, taken = Row(joined, head.line), taken + 1
    return [head, *rows[taken:]]
