"""Excel lists, opened again: text stays text, headings are frozen, the page is A4."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.notices.kinds import NAMES
from bot.notices.notice import Kind
from bot.outbox.port import State
from bot.papers import lists
from bot.papers.sheet import MOST_ROWS, workbook
from bot.papers.table import Column
from tests.papers.facts import CLUSTER, NOW, facts

PERSON = lists.Participant("Nguyễn Thị Hoa", "Hiệu trưởng", "MN Bát Trang", "Tham dự")


def opened(content: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def values(sheet: Worksheet) -> list[list[object]]:
    return [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]


def test_the_year_on_one_sheet() -> None:
    known = facts(start=dt.time(8), end=dt.time(11), room="Hội trường")
    week = facts(id=4, code="B4", date=None, date_text="tuần 2 tháng 3")
    made = lists.schedule(
        CLUSTER, [lists.Scheduled(known, "đã hủy"), lists.Scheduled(week, "chưa chốt ngày")]
    )
    assert made.name == "lich-an-tien-2023-2024.xlsx"
    sheet = opened(made.content)
    rows = values(sheet)
    assert rows[0] == ["LỊCH SINH HOẠT CHUYÊN MÔN CỤM TRƯỜNG AN TIẾN"]
    assert rows[3][:4] == [1, "B3", "8h00 đến 11h00, thứ Năm, 14/12/2023", "MN Trường Thành"]
    assert rows[3][-2:] == ["Hội trường", "Đã hủy"]
    assert rows[4][2] == "Tuần 2 tháng 3"
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")


def test_room_to_sign() -> None:
    sheet = opened(lists.sign_in(facts(), [PERSON] * 3).content)
    rows = values(sheet)
    assert rows[3] == ["TT", "Họ và tên", "Chức vụ", "Đơn vị", "Trả lời", "Ký tên"]
    assert rows[4] == [1, "Nguyễn Thị Hoa", "Hiệu trưởng", "MN Bát Trang", "Tham dự"]
    assert rows[-1] == [6]  # three empty lines for guests
    assert min(sheet.row_dimensions[at].height or 0 for at in range(5, 11)) >= 26


def test_the_delivery_record() -> None:
    one = lists.Delivery(NOW, "B3", Kind.INVITATION, "Nguyễn Thị Hoa", "MN Bát Trang", lists.STATES["sent"])
    rows = values(opened(lists.deliveries(CLUSTER, NOW, [one]).content))
    assert rows[3] == [
        "30/11/2023 01:00",
        "B3",
        "Mời người trong cụm",
        "Nguyễn Thị Hoa",
        "MN Bát Trang",
        "Đã gửi",
    ]


def test_everything_has_its_word() -> None:
    assert set(NAMES) == set(Kind)
    assert {state.value for state in State} - set(lists.STATES) == {"pending", "sending"}


@pytest.mark.parametrize(
    "typed", ["=1+1", "+84912", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"]
)
def test_what_was_typed_is_no_formula(typed: str) -> None:
    made = lists.sign_in(facts(content=typed), [lists.Participant(typed, typed, typed, typed)])
    sheet = opened(made.content)
    cell = sheet["B5"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (typed, "s", True)
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_control_letters_and_long_texts() -> None:
    made = workbook("x", ("T",), (Column("A", 10),), [["a\x00\x08b\ufffe"], ["ộ" * 5000]])
    rows = values(opened(made))
    assert rows[2] == ["ab"]
    assert rows[3] == ["ộ" * 1000 + "…"]


def test_too_many_rows_are_cut_visibly() -> None:
    rows = values(opened(workbook("x", ("T",), (Column("A", 10),), [[1]] * (MOST_ROWS + 3))))
    assert rows[-1] == ["Còn 3 dòng nữa không ghi ở đây."]
