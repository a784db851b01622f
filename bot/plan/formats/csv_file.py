"""CSV with commas, semicolons, tabs or pipes."""

import csv

from bot.plan import limits
from bot.plan.document import Document
from bot.plan.formats import grid
from bot.plan.layout.columns import head_kinds
from bot.plan.unicode_text import clean, decode, repair_fonts


def read(content: bytes) -> Document:
    """Raises BadInputError for bytes that are no text and for an over-long table."""
    text, encoding = decode(content)
    lines, repaired = repair_fonts(text.split("\n"))
    text = clean("\n".join(lines).replace("\r\n", "\n").replace("\r", "\n"))
    if text.count("\n") > limits.MAX_PARAGRAPHS:
        raise limits.too_long("csv over the line limit")
    separator = _separator(text)
    if text.lower().startswith("sep="):
        text = "\n" + text.partition("\n")[2]
    reader = csv.reader(text.split("\n"), delimiter=separator)
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            rows.append((reader.line_num, row))
            if len(rows) > limits.MAX_ROWS:
                raise limits.too_long("csv over the row limit")
    except csv.Error as error:
        raise limits.damaged(".csv", f"csv: {error}") from error
    remark = encoding or repaired
    rows = _above_whole(rows, separator)
    return Document(tuple(grid.blocks(rows)), (f"converted_{remark}",) if remark else ())


def _above_whole(rows: list[tuple[int, list[str]]], separator: str) -> list[tuple[int, list[str]]]:
    """The lines above the head as sentences again: their commas are no columns."""
    head = next((at for at, (_, cells) in enumerate(rows) if head_kinds(cells)), 0)
    joint = f"{separator} " if separator in ",;" else separator
    return [
        (number, [joint.join(cell.strip() for cell in cells if cell.strip())] if at < head else cells)
        for at, (number, cells) in enumerate(rows)
    ]


def _separator(text: str) -> str:
    if text.lower().startswith("sep=") and len(text) > 4:
        return text[4] if text[4] in ",;\t|" else ","

    def width(separator: str) -> tuple[int, int]:
        try:
            rows = [len(row) for row in csv.reader(text[:20_000].split("\n"), delimiter=separator)]
        except csv.Error:
            return (0, 0)
        wide = [size for size in rows if size > 2]
        common = max(set(wide), key=wide.count) if wide else 0
        return (wide.count(common), common)

    return max(",;\t|", key=width)
