"""Draw the Word templates of data/papers anew (NĐ 30/2020, Phụ lục I).

A school may as well edit the .docx in Word: the words in {{ }} are filled in, {%p … %} repeats or leaves out
a paragraph.  This script overwrites such edits.
"""

import sys
from pathlib import Path

from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Pt
from paper_shapes import body, foot, grid, heads, paper, tag, title, write

FOLDER = Path(__file__).resolve().parent.parent / "data" / "papers"


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
