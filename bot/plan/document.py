"""The one form in which every file format hands over its text: paragraphs and tables, in order, with
positions.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, or one line of a plain text (tabs and runs of spaces kept).

    `line` is the 1-based line, row or paragraph number; `item` is true for an automatically numbered one.
    """

    text: str
    line: int
    item: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one table row; a merged cell is repeated in every place that it covers going down."""

    cells: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a table.  `ruled` is false where the columns were found in plain text."""

    rows: tuple[Row, ...]
    ruled: bool = True


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """What a format reader returns.  `remarks` are machine names of what happened on the way
    ("tracked_changes").
    """

    blocks: tuple[Block, ...]
    remarks: tuple[str, ...] = ()

    def fragments(self) -> Iterator[Paragraph]:
        """Every line of text outside and inside tables, in reading order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block
                continue
            for row in block.rows:
                for cell in row.cells:
                    for text in cell.split("\n"):
                        yield Paragraph(text, row.line)
