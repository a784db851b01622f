"""Excel workbooks: every sheet in order, merged cells repeated downwards, real dates written as d/m/yyyy."""

import warnings
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from bot.plan import limits
from bot.plan.document import Block, Document
from bot.plan.formats import grid
from bot.plan.formats.archive import Archive
from bot.plan.unicode_text import clean

_MAX_SHEETS = 12
_MAX_SHEET_BYTES = 12 * 1024 * 1024
_MAX_MERGES = 5_000


def read(content: bytes) -> Document:
    """Raises BadInputError for a damaged, encrypted or over-long workbook."""
    import openpyxl  # only here: a start without it is quicker and smaller
    from openpyxl.utils.exceptions import InvalidFileException

    kind = "Excel (.xlsx)"
    archive = Archive(content, kind)
    for name in archive.names:
        if name.endswith((".xml", ".rels")):
            data = archive.part(name)
            if name.startswith("xl/worksheets/"):
                _check_size(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(content), data_only=True)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:_MAX_SHEETS]
            found: list[Block] = []
            for sheet in sheets:
                found.extend(grid.blocks(_rows(sheet)))
    except (InvalidFileException, ParseError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise limits.damaged(kind, f"openpyxl: {type(error).__name__}") from error
    except (
        IndexError,
        OSError,
        EOFError,
        ArithmeticError,
        SyntaxError,
        AssertionError,
        RecursionError,
    ) as error:
        raise limits.damaged(kind, f"openpyxl: {type(error).__name__}") from error
    return Document(tuple(found))


def _check_size(data: bytes) -> None:
    if len(data) > _MAX_SHEET_BYTES or data.count(b"<row") > limits.MAX_ROWS:
        raise limits.too_long("sheet over the limit")
    if data.count(b"<mergeCell ") > _MAX_MERGES:
        raise limits.too_long("too many merged cells")


def _rows(sheet: Any) -> list[tuple[int, list[str]]]:
    cells: dict[tuple[int, int], str] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.value is not None and column <= limits.MAX_COLUMNS:
            cells[row, column] = _text(cell.value)
    for merged in sheet.merged_cells.ranges:
        left, top, right, bottom = merged.bounds
        value = cells.get((top, left))
        if value and bottom - top < limits.MAX_ROWS and (right - left) < limits.MAX_COLUMNS:
            for row in range(top + 1, bottom + 1):
                cells[row, left] = value
    if not cells:
        return []
    width = max(column for _, column in cells)
    last = max(row for row, _ in cells)
    filled = sorted({row for row, _ in cells})
    if last - len(filled) > limits.MAX_ROWS:
        filled = filled[: limits.MAX_ROWS]
    return [(row, [cells.get((row, column), "") for column in range(1, width + 1)]) for row in filled]


def _text(value: object) -> str:
    if isinstance(value, datetime):
        day = f"{value.day:02d}/{value.month:02d}/{value.year}"
        return day if value.time() == time() else f"{value.hour}h{value.minute:02d} {day}"
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
    if isinstance(value, time):
        return f"{value.hour}h{value.minute:02d}"
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60}h{minutes % 60:02d}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return clean(str(value))
