"""A sheet of cells as blocks: rows with one filled cell are paragraphs, the others tables."""

from collections.abc import Iterable, Sequence

from bot.plan import limits
from bot.plan.document import Block, Paragraph, Row, Table


def blocks(rows: Iterable[tuple[int, Sequence[str]]]) -> list[Block]:
    """`rows` are (1-based row number, cells).  Raises BadInputError over the limits."""
    found: list[Block] = []
    table: list[Row] = []
    characters = 0
    for count, (number, cells) in enumerate(rows):
        characters += sum(map(len, cells))
        if count >= limits.MAX_ROWS or characters > limits.MAX_CHARACTERS:
            raise limits.too_long("sheet over the limit")
        texts = tuple(cell.strip() for cell in cells[: limits.MAX_COLUMNS])
        filled = [text for text in texts if text]
        if len(filled) > 1:
            table.append(Row(texts, number))
            continue
        alone = texts.index(filled[0]) if filled else 0
        if table and filled and alone > 0:
            table.append(Row(texts, number))
            continue
        if table:
            found.append(Table(tuple(table)))
            table = []
        found.extend(Paragraph(line, number) for line in (filled[0].split("\n") if filled else [""]))
    if table:
        found.append(Table(tuple(table)))
    return found
