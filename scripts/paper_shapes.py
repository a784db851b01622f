"""Shapes of an office paper (NĐ 30/2020, Phụ lục I), for make_paper_templates.py."""

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
LEFT, RIGHT = Mm(73), Mm(92)  # the two heads; together 210 - 30 - 15 mm


def paper() -> Paper:
    made = Document()
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(20), Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    page.header_distance = Mm(10)
    style = made.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        style.element.rPr.rFonts.set(qn(kind), FONT)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.space_before = Pt(0)
    _page_number(made)
    return made


def _page_number(made: Paper) -> None:
    """Arabic, centred in the upper margin, none on the first page (NĐ 30, Phụ lục I, mục II.9)."""
    page = made.sections[0]
    page.different_first_page_header_footer = True
    line = page.header.paragraphs[0]
    line.alignment = ALIGN.CENTER
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = line.add_run()
        run.font.size = Pt(13)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def write(
    line: Paragraph, text: str, *, size: float = 14, bold: bool = False, italic: bool = False, align: ALIGN
) -> None:
    line.alignment = align
    run = line.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def rule(line: Paragraph, width: Mm, room: Mm) -> None:
    """A drawn line of this width, centred: the lower border of an empty paragraph."""
    side = int((room - width) / 2)
    form = line.paragraph_format
    form.left_indent = form.right_indent = side
    form.line_spacing = Pt(4)
    borders = OxmlElement("w:pBdr")
    below = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        below.set(qn(f"w:{key}"), value)
    borders.append(below)
    line._p.get_or_add_pPr().append(borders)


def table(made: Paper, left: Mm = LEFT, right: Mm = RIGHT, rows: int = 1) -> list[tuple[_Cell, _Cell]]:
    grid = made.add_table(rows=rows, cols=2)
    grid.autofit = False
    grid.alignment = WD_TABLE_ALIGNMENT.LEFT
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        none = OxmlElement(f"w:{side}")
        none.set(qn("w:w"), "0")
        none.set(qn("w:type"), "dxa")
        margins.append(none)
    grid._tbl.tblPr.append(margins)
    grid.columns[0].width, grid.columns[1].width = left, right
    made_rows = []
    for row in grid.rows:
        one, two = row.cells
        one.width, two.width = left, right
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        made_rows.append((one, two))
    return made_rows


def next_line(cell: _Cell) -> Paragraph:
    """The cell's first paragraph if it is empty, else a new one."""
    first = cell.paragraphs[0]
    return first if len(cell.paragraphs) == 1 and not first.text else cell.add_paragraph()


def heads(made: Paper, number: str, subject: str = "") -> None:
    (left, right), (under, dated) = table(made, rows=2)
    write(next_line(left), "{{ parent }}", size=12, align=ALIGN.CENTER)
    write(next_line(left), "{{ school }}", size=12, bold=True, align=ALIGN.CENTER)
    rule(left.add_paragraph(), Mm(28), LEFT)
    write(next_line(right), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True, align=ALIGN.CENTER)
    write(next_line(right), "Độc lập - Tự do - Hạnh phúc", size=13, bold=True, align=ALIGN.CENTER)
    rule(right.add_paragraph(), Mm(60), RIGHT)
    for cell, text, size, italic in (
        (under, number, 13, False),
        (dated, "{{ town }}, ngày       tháng       năm {{ year }}", 13, True),
    ):
        line = next_line(cell)
        line.paragraph_format.space_before = Pt(8)
        write(line, text, size=size, italic=italic, align=ALIGN.CENTER)
    if subject:
        write(under.add_paragraph(), subject, size=12, align=ALIGN.CENTER)


def title(made: Paper, kind: str) -> None:
    line = made.add_paragraph()
    line.paragraph_format.space_before = Pt(20)
    write(line, kind, bold=True, align=ALIGN.CENTER)
    write(made.add_paragraph(), "{{ about }}", bold=True, align=ALIGN.CENTER)
    rule(made.add_paragraph(), Mm(45), Mm(165))
    made.paragraphs[-1].paragraph_format.space_after = Pt(12)


def body(made: Paper, text: str) -> None:
    line = made.add_paragraph()
    form = line.paragraph_format
    form.first_line_indent, form.space_after, form.line_spacing = Mm(12.7), Pt(6), 1.15
    write(line, text, align=ALIGN.JUSTIFY)


def tag(made: Paper, text: str) -> None:
    made.add_paragraph(text)


def foot(made: Paper, recipients: tuple[str, ...]) -> None:
    made.add_paragraph().paragraph_format.line_spacing = Pt(10)
    [(left, right)] = table(made, Mm(85), Mm(80))
    write(next_line(left), "Nơi nhận:", size=12, bold=True, italic=True, align=ALIGN.LEFT)
    for recipient in recipients:
        write(left.add_paragraph(), recipient, size=11, align=ALIGN.LEFT)
    next_line(right).add_run("{%p for one in titles %}")
    write(right.add_paragraph(), "{{ one }}", bold=True, align=ALIGN.CENTER)
    right.add_paragraph("{%p endfor %}")
    for _ in range(4):  # room for the signature and the seal
        right.add_paragraph()
    write(right.add_paragraph(), "{{ signer }}", bold=True, align=ALIGN.CENTER)


def grid(made: Paper, rows: str, columns: tuple[tuple[str, int, str], ...]) -> None:
    """A table with its headings, repeated on each page, and a line for each of `rows`."""
    made.paragraphs[-1].paragraph_format.keep_with_next = True
    drawn = made.add_table(rows=4, cols=len(columns))
    drawn.style = "Table Grid"
    drawn.autofit = False
    repeat = OxmlElement("w:tblHeader")
    drawn.rows[0]._tr.get_or_add_trPr().append(repeat)
    drawn.rows[1].cells[0].text = f"{{%tr for one in {rows} %}}"
    drawn.rows[3].cells[0].text = "{%tr endfor %}"
    for number, (heading, width, field) in enumerate(columns):
        drawn.columns[number].width = Mm(width)
        for row in drawn.rows:
            row.cells[number].width = Mm(width)
        drawn.rows[0].cells[number].paragraphs[0].paragraph_format.keep_with_next = True
        write(drawn.rows[0].cells[number].paragraphs[0], heading, size=13, bold=True, align=ALIGN.CENTER)
        across = ALIGN.CENTER if field in ("code", "invited", "going", "declined") else ALIGN.LEFT
        write(drawn.rows[2].cells[number].paragraphs[0], f"{{{{ one.{field} }}}}", size=13, align=across)
    after = made.add_paragraph()
    after.paragraph_format.line_spacing = Pt(8)
