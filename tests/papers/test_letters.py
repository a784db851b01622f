"""The letters: their words, their form, what was typed into them, and the PDF that LibreOffice makes."""

import datetime as dt
import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.shared import Mm
from pypdf import PdfReader

from bot.cluster.people import Unit, UnitKind
from bot.papers import letters
from bot.papers.formal import formal_day, school_list
from bot.papers.letterhead import Letterhead, formal_authority
from bot.papers.word import TemplateFault, filled
from bot.plan.reading import AudienceItem, Scope
from bot.resources import data_path
from bot.sessions.request import Cause, Request, RequestKind, RequestState
from tests.long import only_deep
from tests.papers.facts import NOW, SCHOOLS, facts

HOST = SCHOOLS[2]
ISSUER = letters.Issuer(HOST, Letterhead(), None)
FULL = Letterhead(parent="UBND huyện An Lão", place="An Lão", code="MNTT", contact="đ/c Hoa, 0912 345 678")
AROUND = letters.Around(
    schools=SCHOOLS,
    hosts=("Trường Mầm non Trường Thành",),
    authority=formal_authority("Phòng GD&ĐT"),
    core_team=True,
    today=dt.date(2023, 11, 30),
)
MOVE = Request(
    id=1,
    cluster_id=1,
    session_id=3,
    date_revision=1,
    kind=RequestKind.MOVE,
    state=RequestState.AGREED,
    unit_id=3,
    asked_by=1,
    asked_at=NOW,
    cause=Cause.OTHER,
    reason="Trường đón đoàn kiểm tra",
    old_date=dt.date(2023, 12, 14),
    proposed=None,
    decided_at=NOW,
)


def body(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    return [p.text for p in document.paragraphs if p.text]


def cells(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    found = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [text.replace("\u00a0", " ").strip() for text in found]


def test_giay_moi_with_what_the_plan_knows() -> None:
    made = letters.invitation(facts(), AROUND, ISSUER)
    assert made.name == "giay-moi-b3-truong-thanh.docx"
    assert body(made.content) == [
        "GIẤY MỜI",
        "Dự sinh hoạt chuyên môn cụm trường An Tiến",
        "Trường Mầm non Trường Thành trân trọng kính mời:",
        "- Đại diện lãnh đạo, chuyên viên Phòng Giáo dục và Đào tạo;",
        "- Đội ngũ cốt cán do Phòng Giáo dục và Đào tạo lập;",
        "- Ban giám hiệu, tổ trưởng chuyên môn các trường mầm non: Sao Sáng, Bát Trang, Trường Thọ, An Tiến.",
        "Tới dự: Buổi sinh hoạt chuyên môn cụm trường, nội dung “Đổi mới hoạt động lễ hội "
        "(Sân chơi chiến sĩ tí hon)”.",
        "Chủ trì: [họ và tên], Hiệu trưởng Trường Mầm non Trường Thành.",
        "Thời gian: […] giờ […] phút, thứ Năm, ngày 14 tháng 12 năm 2023.",
        "Địa điểm: [phòng], Trường Mầm non Trường Thành.",
        "Rất mong các đồng chí sắp xếp thời gian tới dự đầy đủ, đúng giờ. "
        "Thông tin liên hệ: [tên, điện thoại]./.",
    ]
    assert cells(made.content) == [
        "[TÊN CƠ QUAN CHỦ QUẢN]\nTRƯỜNG MẦM NON TRƯỜNG THÀNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "Số:          /GM-[ký hiệu trường]",
        "[Địa danh], ngày       tháng       năm 2023",
        "Nơi nhận:\n- Như trên;\n- Cụm trưởng (để biết);\n- Lưu: VT.",
        "HIỆU TRƯỞNG\n\n\n\n\n[Họ và tên]",
    ]


def test_giay_moi_when_all_is_known() -> None:
    f = facts(start=dt.time(8), end=dt.time(11), room="Hội trường", programme="8h00 Đón khách\n8h30 Dự giờ")
    words = body(letters.invitation(f, AROUND, letters.Issuer(HOST, FULL, "Nguyễn Thị Hoa")).content)
    assert "Chủ trì: Nguyễn Thị Hoa, Hiệu trưởng Trường Mầm non Trường Thành." in words
    assert "Thời gian: 8 giờ 00 phút đến 11 giờ 00 phút, thứ Năm, ngày 14 tháng 12 năm 2023." in words
    assert "Địa điểm: Hội trường, Trường Mầm non Trường Thành." in words
    assert words[-4:-1] == ["Chương trình:", "8h00 Đón khách", "8h30 Dự giờ"]
    assert not any("[" in line for line in words)


def test_the_form_of_the_decree() -> None:
    document = docx.Document(io.BytesIO(letters.invitation(facts(), AROUND, ISSUER).content))
    page = document.sections[0]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(margin / Mm(1)) for margin in margins if margin is not None] == [20, 20, 30, 15]
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_the_invited_in_order_with_numbers_and_teams() -> None:
    items = (
        AudienceItem("BEP_TRUONG"),
        AudienceItem("GV_COT_CAN", 4),
        AudienceItem("PHT_CSND"),
        AudienceItem("HT"),
        AudienceItem("GV", scope=Scope.HOST),
    )
    words = body(letters.invitation(facts(audience=items), replace(AROUND, core_team=False), ISSUER).content)
    assert words[4] == (
        "- Hiệu trưởng, phó hiệu trưởng phụ trách chăm sóc, nuôi dưỡng, 04 giáo viên cốt cán mỗi trường, "
        "bếp trưởng các trường mầm non: Sao Sáng, Bát Trang, Trường Thọ, An Tiến;"
    )
    assert words[5] == "- Giáo viên của trường đăng cai."


def test_one_in_another_s_place_is_said_in_the_plan_s_words() -> None:
    f = facts(audience_text="HT hoặc PHT, TTCM các trường")
    assert "- Hiệu trưởng hoặc Phó hiệu trưởng, Tổ trưởng chuyên môn các trường." in body(
        letters.invitation(f, AROUND, ISSUER).content
    )


def test_days_under_ten_and_months_one_and_two() -> None:
    assert formal_day(dt.date(2024, 2, 5)) == "thứ Hai, ngày 05 tháng 02 năm 2024"
    assert formal_day(dt.date(2024, 3, 12)) == "thứ Ba, ngày 12 tháng 3 năm 2024"


def test_schools_of_several_kinds_are_named_in_full() -> None:
    mixed = (SCHOOLS[0], Unit(9, 1, UnitKind.SCHOOL, "An Tiến", "TH An Tiến"))
    assert school_list(mixed) == "Trường Mầm non Sao Sáng, Trường Tiểu học An Tiến"


def test_cong_van_asks_and_thong_bao_tells() -> None:
    asked = letters.request_letter(facts(), AROUND, ISSUER, MOVE)
    words = body(asked.content)
    assert "Lý do: Trường đón đoàn kiểm tra." in words
    by_authority = "xin chuyển buổi sinh hoạt trên sang ngày khác do Phòng Giáo dục và Đào tạo cho ý kiến."
    assert f"Trường Mầm non Trường Thành {by_authority}" in words
    assert words[-1].endswith("kính đề nghị Phòng Giáo dục và Đào tạo xem xét, cho ý kiến./.")
    assert "V/v xin ý kiến điều chỉnh lịch sinh hoạt chuyên môn cụm" in cells(asked.content)[2]
    absent = letters.request_letter(facts(), AROUND, ISSUER, replace(MOVE, kind=RequestKind.ABSENCE))
    assert "Trường Mầm non Trường Thành xin không tham dự buổi sinh hoạt trên." in body(absent.content)
    told = letters.change_notice(facts(), AROUND, ISSUER, replace(MOVE, on_paper=True))
    assert any("Công văn [số, ngày] của Phòng Giáo dục và Đào tạo" in line for line in body(told.content))


def test_what_was_typed_breaks_nothing() -> None:
    nasty = "<w:p>&amp;</w:p> {{ 7*7 }} {% raw %} \x00\x07\ufffe “”"
    f = facts(content=nasty, room=nasty, programme=nasty + "\n" + nasty, audience_text=nasty, audience=())
    made = letters.invitation(f, AROUND, letters.Issuer(HOST, Letterhead(contact=nasty), nasty))
    text = "\n".join(body(made.content))
    assert "<w:p>&amp;</w:p> {{ 7*7 }} {% raw %}" in text
    assert "49" not in text


def test_a_broken_template_is_refused_with_its_place(tmp_path: Path) -> None:
    broken = docx.Document()
    broken.add_paragraph("Chủ trì: {{ chairman }}")
    broken.save(str(tmp_path / "giay-moi.docx"))
    with pytest.raises(TemplateFault, match="chairman"):
        filled("giay-moi", {}, folder=tmp_path)
    broken.paragraphs[0].runs[0].text = "{%p if %}"
    broken.save(str(tmp_path / "giay-moi.docx"))
    with pytest.raises(TemplateFault, match=r"\{% if %\}"):
        filled("giay-moi", {}, folder=tmp_path)
    (tmp_path / "giay-moi.docx").write_bytes(b"no zip")
    with pytest.raises(TemplateFault, match="Không đọc được mẫu"):
        filled("giay-moi", {}, folder=tmp_path)


def test_a_template_reaches_nothing_but_its_facts(tmp_path: Path) -> None:
    hostile = docx.Document()
    hostile.add_paragraph("{{ x.__class__.__mro__ }}")
    hostile.save(str(tmp_path / "m.docx"))
    with pytest.raises(TemplateFault):
        filled("m", {"x": ""}, folder=tmp_path)


def test_templates_hold_no_macro_and_no_link_out() -> None:
    for path in data_path("papers").glob("*.docx"):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            rels = archive.read("word/_rels/document.xml.rels")
        assert not [name for name in names if "vba" in name.lower() or "embed" in name.lower()]
        assert b"External" not in rels


@only_deep("LibreOffice")
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_forty_bodies_go_on_over_the_page(tmp_path: Path) -> None:
    many = tuple(
        Unit(n, 1, UnitKind.SCHOOL, f"Trường Thứ {n} Tên Rất Dài Của Xã", f"MN số {n}") for n in range(40)
    )
    made = letters.invitation(facts(), replace(AROUND, schools=many), ISSUER)
    (tmp_path / "many.docx").write_bytes(made.content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "many.docx")], check=True, capture_output=True, timeout=90)
    assert len(PdfReader(tmp_path / "many.pdf").pages) == 2
