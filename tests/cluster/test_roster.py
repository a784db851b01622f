"""A good roster in every dress, and how its cells may be written."""

import io
import unicodedata

import openpyxl
import pytest

from bot.cluster.people import Post
from bot.cluster.roster import find_unit, parse_phone, read_roster
from tests.cluster.rosters import GOOD, TEXT, one, sheet
from tests.cluster.sample import AN_TIEN, PHONG, SAO_SANG, UNITS, sample_people


def test_the_sample_roster_is_read_whole() -> None:
    rows = read_roster(GOOD, UNITS)
    assert [(r.name, r.posts, r.unit.id, r.clerk) for r in rows] == [
        (p.name, p.posts, p.unit_id, p.clerk) for p in sample_people()
    ]
    assert [r.line for r in rows] == list(range(2, 68))
    assert {r.phone for r in rows} == {None}


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        unicodedata.normalize("NFD", TEXT).encode(),
        TEXT.encode("utf-16"),
        b"\xff\xfe" + TEXT.replace(",", "\t").encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace(",", ";").replace("HT; Cụm trưởng", '"HT; Cụm trưởng"').encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\r\n", "\n").replace("\n", "\r").encode(),
        ("sep=,\n" + TEXT).encode(),
        ("DANH SÁCH CỤM\n\n" + TEXT).encode(),
        TEXT.replace("Họ và tên,Chức vụ", " HỌ  VÀ TÊN ,chức  vụ").encode(),
    ],
    ids="utf8 nfd utf16 tabs utf16be semicolons crlf cr sep title spacing".split(),
)
def test_the_sample_roster_in_another_dress(content: bytes) -> None:
    rows = read_roster(content, UNITS)
    assert [(r.name, r.posts) for r in rows] == [(p.name, p.posts) for p in sample_people()]


def test_an_old_code_page() -> None:
    marks = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    composed = "".join(
        base if not mark else unicodedata.normalize("NFC", base + "".join(rest)) + mark
        for letter in TEXT
        for parts in [unicodedata.normalize("NFD", letter)]
        for tone in [[p for p in parts[1:] if p in marks]]
        for base, rest, mark in [(parts[0], [p for p in parts[1:] if p not in marks], (tone or [""])[0])]
        for base in [base if mark else letter]
    )
    rows = read_roster(composed.encode("cp1258"), UNITS)
    assert rows[0].name == "Lê Thị Minh Hồng"
    assert len(rows) == 66


def test_a_workbook_with_titles_below_a_heading_columns_in_another_order_and_numbers() -> None:
    rows: list[list[object]] = [
        ["DANH SÁCH CÁN BỘ"],
        [],
        ["STT", "Đơn vị", "Ghi chú", "Họ và tên", "SĐT", "Chức vụ"],
        [1, "Trường MN Sao Sáng", "Quản trị", "Lê Thị Minh Hồng", 912345678, "HT; Cụm trưởng"],
        [2, "AN TIẾN", None, "Nguyễn Văn B", "+84 987 654 321", "bếp trưởng"],
    ]
    first, second = read_roster(sheet(rows), UNITS)
    assert (first.line, first.name, first.phone, first.clerk) == (4, "Lê Thị Minh Hồng", "0912345678", True)
    assert (second.unit, second.phone, second.posts) == (AN_TIEN, "0987654321", (Post("BEP_TRUONG"),))
    assert "0912345678" not in repr(first)


@pytest.mark.parametrize(
    ("written", "unit", "posts"),
    [
        ("HT", "MN Sao Sáng", (Post("HT"),)),
        ("Hiệu trưởng MN Sao Sáng", "MN Sao Sáng", (Post("HT"),)),
        ("Hiệu trưởng nhà trường", "MN Sao Sáng", (Post("HT"),)),
        ("HT, Cụm trưởng", "MN Sao Sáng", (Post("HT"), Post("CUM_TRUONG"))),
        ("HT kiêm cụm trưởng", "MN Sao Sáng", (Post("HT"), Post("CUM_TRUONG"))),
        ("HT cụm trưởng", "MN Sao Sáng", (Post("HT"), Post("CUM_TRUONG"))),
        ("PHTCM; PHT CSND", "MN Sao Sáng", (Post("PHT_CM"), Post("PHT_CSND"))),
        ("PHT phụ trách chăm sóc, nuôi dưỡng", "MN Sao Sáng", (Post("PHT_CSND"),)),
        ("TTCM MG", "MN Sao Sáng", (Post("TTCM", "mẫu giáo"),)),
        ("TTCM mẫu giáo; TTCM mẫu giáo;", "MN Sao Sáng", (Post("TTCM", "mẫu giáo"),)),
        ("TTCM nhà trẻ, GV cốt cán", "MN Sao Sáng", (Post("TTCM", "nhà trẻ"), Post("GV_COT_CAN"))),
        ("Lãnh đạo", "PGD", (Post("LD_PGD"),)),
        ("Phó trưởng phòng", "Phòng GDĐT", (Post("LD_PGD"),)),
        ("Chuyên viên mầm non", "Phòng Giáo dục và Đào tạo", (Post("CV_PGD"),)),
        ("Cốt cán", "Phòng GD&ĐT huyện An Lão", (Post("COT_CAN_PGD"),)),
        ("TTCM; Cốt cán PGD", "MN Sao Sáng", (Post("TTCM"), Post("COT_CAN_PGD"))),
    ],
)
def test_posts(written: str, unit: str, posts: tuple[Post, ...]) -> None:
    assert one(f'Nguyễn Thị A,"{written}","{unit}",').posts == posts


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("", ""),
        ("0912345678", "0912345678"),
        ("091 234 5678", "0912345678"),
        ("(+84) 912.345.678", "0912345678"),
        ("84912345678", "0912345678"),
        ("+84 0912345678", "0912345678"),
        ("912345678", "0912345678"),
        ("02253 123 456", "02253123456"),
        ("0912", None),
        ("0912345678 / 0987654321", None),
        ("không có", None),
        ("٠٩١٢٣٤٥٦٧٨", None),
        ("1234567890", None),
    ],
)
def test_phones(written: str, stored: str | None) -> None:
    assert parse_phone(written) == stored


def test_units_that_several_spellings_or_none_name() -> None:
    assert find_unit("Trường mầm non Sao Sáng", UNITS) == SAO_SANG
    assert find_unit("PGD&ĐT", UNITS) == PHONG
    assert find_unit("Sở GD&ĐT", UNITS) is None
    assert find_unit("MN", UNITS) is None


def test_a_hidden_first_sheet_is_passed_over() -> None:
    book = openpyxl.Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.sheet_state = "hidden"
    shown = book.create_sheet("Danh sách")
    shown.append(["Họ và tên", "Chức vụ", "Đơn vị", "Ghi chú"])
    shown.append(["Nguyễn Thị A", "HT", "MN Sao Sáng", ""])
    buffer = io.BytesIO()
    book.save(buffer)
    assert len(read_roster(buffer.getvalue(), UNITS)) == 1
