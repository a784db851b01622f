"""One Excel sheet that prints on A4: a title, frozen headings repeated on every page, rows of text."""

from collections.abc import Sequence

from bot.papers.table import Column, Value

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 10_000


def workbook(
    name: str,
    title: Sequence[str],
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    *,
    landscape: bool = False,
    row_height: float | None = None,
    after: Sequence[str] = (),
) -> bytes:
    """The .xlsx.  `title`: the first line large.  `row_height` in points: room for signatures.

    More than MOST_ROWS rows are cut, and the last line says so.
    """
    from bot.papers.sheet_drawing import drawn  # only here: a start without openpyxl is quicker and smaller

    more = len(rows) - MOST_ROWS
    if more > 0:
        after = (*after, f"Còn {more} dòng nữa không ghi ở đây.")
    return drawn(name, title, columns, rows[:MOST_ROWS], landscape, row_height, after)
