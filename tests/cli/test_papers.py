"""`nhaclich papers`: every paper into a file, none overwritten unasked."""

import io
import re
from pathlib import Path

import docx
import openpyxl
import pytest
from icalendar import Calendar

from tests.cli.inside import Desk
from tests.cli.processes import Office


@pytest.fixture
def desk(cluster: Office) -> Desk:
    return Desk(cluster.folder)


def words(path: Path) -> str:
    document = docx.Document(io.BytesIO(path.read_bytes()))
    inside = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*inside, *(p.text for p in document.paragraphs)])


def test_an_invitation_into_a_file(desk: Desk) -> None:
    said = desk.run("papers", "invitation", "B2", "-o", "giay-moi.docx")
    assert (said.code, said.out.strip()) == (0, "giay-moi.docx")
    made = words(desk.folder / "giay-moi.docx")
    assert "thứ Tư, ngày 08 tháng 11 năm 2023" in made
    assert (
        "- Hiệu trưởng, phó hiệu trưởng phụ trách chăm sóc, nuôi dưỡng, 04 giáo viên cốt cán mỗi trường"
        in made
    )
    assert desk.run("papers", "invitation", "b3").out.strip() == "giay-moi-b3-truong-thanh.docx"


def test_a_file_that_is_there_stays(desk: Desk) -> None:
    mine = desk.folder / "giay-moi.docx"
    mine.write_bytes(b"mine")
    said = desk.run("papers", "invitation", "B2", "-o", "giay-moi.docx", typed="không\n")
    assert "Chưa ghi gì." in said.out
    assert mine.read_bytes() == b"mine"
    assert desk.run("papers", "invitation", "B2", "-o", "giay-moi.docx", "--yes").code == 0
    assert mine.read_bytes() != b"mine"


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (("invitation", "B9"), "Không có buổi B9"),
        (("request", "B1"), "Chưa có trường nào xin"),
        (("notice", "B1"), "không có thay đổi lịch"),
        (("invitation", "B1", "-o", "no/where.docx"), "Không ghi được where.docx"),
        (("letterhead", "MN Không Có"), "Không có đơn vị “MN Không Có”"),
        (("letterhead", "MN Sao Sáng", "--parent", "x" * 201), "tối đa 200"),
    ],
)
def test_what_cannot_be_made_is_said(desk: Desk, command: tuple[str, ...], what: str) -> None:
    assert what in desk.refused("papers", *command)


def test_lists_and_calendar(desk: Desk) -> None:
    for command in (("schedule",), ("sign-in", "B3"), ("deliveries",)):
        name = desk.run("papers", *command).out.strip()
        openpyxl.load_workbook(desk.folder / name)
    assert "BÁO CÁO" in words(desk.folder / desk.run("papers", "report").out.strip())
    name = desk.run("papers", "calendar").out.strip()
    assert len(Calendar.from_ical((desk.folder / name).read_bytes()).walk("VEVENT")) == 4


def test_a_letterhead_is_given_once(desk: Desk) -> None:
    given = ("--parent", "UBND huyện An Lão", "--place", "An Lão", "--code", "MNSS", "--contact", "đ/c Hồng")
    desk.run("papers", "letterhead", "MN Sao Sáng", *given)
    assert "UBND huyện An Lão" in desk.run("papers", "letterhead", "Sao Sáng").out
    desk.run("papers", "invitation", "B1", "-o", "b1.docx")
    made = words(desk.folder / "b1.docx")
    assert "UBND HUYỆN AN LÃO" in made
    assert "/GM-MNSS" in made
    assert "Chủ trì: Lê Thị Minh Hồng, Hiệu trưởng Trường Mầm non Sao Sáng." in made
    desk.run("papers", "letterhead", "Sao Sáng", "--code", "")
    assert "(chưa có)" in desk.run("papers", "letterhead", "Sao Sáng").out


def test_letters_rest_on_the_plan_unless_told_otherwise(desk: Desk) -> None:
    assert desk.run("papers", "basis").out.strip() == "Kế hoạch ngày 03/10/2023"
    given = "Kế hoạch số 12/KH-CT ngày 03/10/2023"
    assert desk.run("papers", "basis", given).out.strip() == given
    assert desk.run("papers", "basis").out.strip() == given


def test_sheets_for_every_school(desk: Desk) -> None:
    said = desk.run("papers", "sheets", "in", "--yes")
    files = [desk.folder / line for line in said.out.split()]
    assert len(files) == 6
    codes: set[str] = set()
    for file in files:
        assert file.stat().st_mode & 0o077 == 0
        codes |= set(re.findall(r"<code>(.+?)</code>", file.read_text("utf-8")))
    assert len(codes) == 66
    assert "Chưa cấp mã nào." in desk.run("papers", "sheets", "in", typed="không\n").out


def test_every_session_has_its_papers(desk: Desk) -> None:
    for code in ("B1", "B2", "B3", "B4"):
        assert desk.run("papers", "invitation", code, "--yes").code == 0
        assert desk.run("papers", "sign-in", code, "--yes").code == 0
