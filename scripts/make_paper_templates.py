"""Draw the Word templates of data/papers anew (NĐ 30/2020, Phụ lục I).

A school may as well edit the .docx in Word: the words in {{ }} are filled in, {%p … %} repeats or leaves out
a paragraph.  This script overwrites such edits.
"""

import sys
from pathlib import Path

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

FOLDER = Path(__file__).resolve().parent.parent / "data" / "papers"
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


def invitation() -> Paper:
    made = paper()
    heads(made, "Số:          /{{ number }}")
    title(made, "GIẤY MỜI")
    body(made, "{{ issuer }} trân trọng kính mời:")
    tag(made, "{%p for one in invited %}")
    body(made, "- {{ one }}")
    tag(made, "{%p endfor %}")
    body(made, "Tới dự: Buổi sinh hoạt chuyên môn cụm trường, nội dung “{{ content }}”.")
    body(made, "Chủ trì: {{ chair }}.")
    body(made, "Thời gian: {{ time }}.")
    body(made, "Địa điểm: {{ place }}.")
    tag(made, "{%p if programme %}")
    body(made, "Chương trình:")
    tag(made, "{%p for one in programme %}")
    body(made, "{{ one }}")
    tag(made, "{%p endfor %}")
    tag(made, "{%p endif %}")
    close = "Rất mong các đồng chí sắp xếp thời gian tới dự đầy đủ, đúng giờ. "
    body(made, close + "Thông tin liên hệ: {{ contact }}./.")
    foot(made, ("- Như trên;", "- Cụm trưởng (để biết);", "- Lưu: VT."))
    return made


def request_letter() -> Paper:
    made = paper()
    heads(made, "Số:          /{{ number }}", "V/v {{ about }}")
    to = made.add_paragraph()
    to.paragraph_format.space_before = to.paragraph_format.space_after = Pt(18)
    write(to, "Kính gửi: {{ to }}.", align=ALIGN.CENTER)
    body(
        made,
        "Theo {{ basis }} về sinh hoạt chuyên môn cụm trường {{ cluster }}, buổi sinh hoạt chuyên môn "
        "{{ old_day }} do {{ hosts }} đăng cai, nội dung “{{ content }}”.",
    )
    body(made, "Lý do: {{ reason }}.")
    tag(made, "{%p if move %}")
    tag(made, "{%p if new_day %}")
    body(made, "{{ issuer }} xin chuyển buổi sinh hoạt trên sang {{ new_day }}.")
    tag(made, "{%p else %}")
    body(made, "{{ issuer }} xin chuyển buổi sinh hoạt trên sang ngày khác do {{ to }} cho ý kiến.")
    tag(made, "{%p endif %}")
    tag(made, "{%p else %}")
    body(made, "{{ issuer }} xin không tham dự buổi sinh hoạt trên.")
    tag(made, "{%p endif %}")
    body(made, "{{ issuer }} kính đề nghị {{ to }} xem xét, cho ý kiến./.")
    foot(made, ("- Như trên;", "- Cụm trưởng cụm {{ cluster }};", "- Lưu: VT."))
    return made


def change_notice() -> Paper:
    made = paper()
    heads(made, "Số:          /{{ number }}")
    title(made, "THÔNG BÁO")
    body(made, "Căn cứ {{ basis }} về sinh hoạt chuyên môn cụm trường {{ cluster }};")
    body(made, "Căn cứ {{ agreement }} về việc điều chỉnh lịch sinh hoạt chuyên môn cụm;")
    body(
        made,
        "Cụm trường {{ cluster }} thông báo thay đổi lịch sinh hoạt chuyên môn "
        "do {{ hosts }} đăng cai như sau:",
    )
    body(made, "1. Thời gian mới: {{ time }} (thay cho {{ old_day }}).")
    body(made, "2. Địa điểm: {{ place }}.")
    body(made, "3. Nội dung “{{ content }}” và thành phần dự giữ nguyên theo kế hoạch.")
    body(
        made,
        "Đề nghị các trường thông báo tới các đồng chí trong thành phần dự "
        "và sắp xếp tham dự đầy đủ, đúng giờ./.",
    )
    foot(made, ("- {{ to_authority }} (để b/c);", "- Các trường trong cụm;", "- Lưu: VT."))
    return made


def report() -> Paper:
    made = paper()
    heads(made, "Số:          /{{ number }}")
    title(made, "BÁO CÁO")
    body(
        made,
        "Thực hiện {{ basis }}, cụm trường {{ cluster }} báo cáo kết quả năm học {{ school_year }} như sau:",
    )
    body(
        made,
        "1. Số buổi theo kế hoạch: {{ planned }}; đã tổ chức: {{ held }}; "
        "đổi ngày: {{ moved }}; hủy: {{ cancelled }}.",
    )
    grid(
        made,
        "sessions",
        (
            ("Buổi", 14, "code"),
            ("Thời gian", 38, "when"),
            ("Đăng cai", 32, "hosts"),
            ("Nội dung", 51, "content"),
            ("Kết quả", 30, "state"),
        ),
    )
    body(made, "2. Người dự theo trường (số nhận lời trên số lượt được mời, các buổi đã tổ chức):")
    grid(
        made,
        "schools",
        (
            ("Đơn vị", 85, "name"),
            ("Lượt mời", 25, "invited"),
            ("Nhận lời", 30, "going"),
            ("Báo vắng", 25, "declined"),
        ),
    )
    body(made, "3. Người dự theo chức vụ:")
    grid(
        made,
        "roles",
        (
            ("Chức vụ", 85, "name"),
            ("Lượt mời", 25, "invited"),
            ("Nhận lời", 30, "going"),
            ("Báo vắng", 25, "declined"),
        ),
    )
    body(made, "Đánh giá, kiến nghị: [cụm trưởng ghi].")
    body(made, "Trên đây là báo cáo của cụm trường {{ cluster }}./.")
    foot(made, ("- {{ to_authority }} (để b/c);", "- Các trường trong cụm;", "- Lưu: VT."))
    return made


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


TEMPLATES = {
    "bao-cao": report,
    "giay-moi": invitation,
    "cong-van-xin-y-kien": request_letter,
    "thong-bao-thay-doi-lich": change_notice,
}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, draw in TEMPLATES.items():
        draw().save(str(FOLDER / f"{name}.docx"))
        sys.stdout.write(f"{name}.docx\n")


if __name__ == "__main__":
    main()
