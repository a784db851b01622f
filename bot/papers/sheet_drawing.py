"""How a sheet is drawn: cells, borders and the page, with openpyxl (see `bot.papers.sheet`)."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.papers.safe import clean
from bot.papers.table import Column, Value

FONT = "Times New Roman"
_LONGEST = 1000  #: letters of one cell
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_THIN = Side(style="thin", color="808080")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GREY = PatternFill("solid", fgColor="E7E6E6")


def drawn(
    name: str,
    title: Sequence[str],
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    landscape: bool,
    row_height: float | None,
    after: Sequence[str],
) -> bytes:
    """The .xlsx; the arguments are those of `workbook`."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    for line in title:
        _put_line(sheet, line, columns, large=line is title[0])
    head = sheet.max_row + 1 if title else 1
    _put_headings(sheet, head, columns)
    for at, row in enumerate(rows, head + 1):
        _put_row(sheet, at, row, columns, row_height)
    for line in after:
        sheet.append([])
        _put_line(sheet, line, columns, left=True)
    _page(sheet, head, len(columns), landscape=landscape)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put_text(cell: Cell | MergedCell, value: Value) -> None:
    """What a person typed stays text: =, +, -, @ begin no formula, also when the cell is edited later."""
    if isinstance(value, int):
        cell.value = value
        return
    text = clean(value, _LONGEST)
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_FORMULA):
        cell.quotePrefix = True


def _put_line(
    sheet: Worksheet, text: str, columns: Sequence[Column], *, large: bool = False, left: bool = False
) -> None:
    at = sheet.max_row + (0 if sheet.max_row == 1 and sheet["A1"].value is None else 1)
    cell = sheet.cell(at, 1)
    put_text(cell, text)
    cell.font = Font(name=FONT, size=14 if large else 12, bold=large)
    cell.alignment = Alignment(horizontal="left" if left else "center", vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=len(columns))
    room = int(sum(column.width for column in columns) * (0.8 if large else 1))
    sheet.row_dimensions[at].height = (20 if large else 17) * -(-max(len(text), 1) // room)


def _put_headings(sheet: Worksheet, at: int, columns: Sequence[Column]) -> None:
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(at, number, column.heading)
        cell.font = Font(name=FONT, size=12, bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border, cell.fill = _BOX, _GREY
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[at].height = 32


def _put_row(
    sheet: Worksheet, at: int, row: Sequence[Value], columns: Sequence[Column], height: float | None
) -> None:
    lines = 1
    for number, (value, column) in enumerate(zip(row, columns, strict=True), 1):
        cell = sheet.cell(at, number)
        put_text(cell, value)
        cell.font = Font(name=FONT, size=12)
        across = "center" if column.centred else "left"
        cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
        cell.border = _BOX
        written = str(value).split("\n")
        lines = max(lines, sum(-(-len(line) // max(int(column.width) - 1, 1)) or 1 for line in written))
    # Programs that open the file do not all work out the height of wrapped text.
    sheet.row_dimensions[at].height = max(height or 0, 16.5 * min(lines, 24) + 2)


def _page(sheet: Worksheet, head: int, width: int, *, landscape: bool) -> None:
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_title_rows = f"{head}:{head}"
    page = sheet.page_setup
    page.paperSize = "9"  # A4
    page.orientation = "landscape" if landscape else "portrait"
    page.fitToWidth, page.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_area = f"A1:{get_column_letter(width)}{sheet.max_row}"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.6, 0.4, 0.6, 0.8  # inches
    margins.footer = 0.4
    assert sheet.oddFooter is not None
    sheet.oddFooter.center.text = "Trang &P/&N"
