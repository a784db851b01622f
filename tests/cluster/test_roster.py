"""Roster files: the good one in every dress, and bad ones named line by line."""

import io
import unicodedata
import zipfile
from collections.abc import Sequence

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.cluster import roster_file
from bot.cluster.people import Post
from bot.cluster.roster import RosterError, RosterRow, find_unit, parse_phone, read_roster
from bot.errors import BadInputError
from tests.cluster.sample import AN_TIEN, PHONG, ROSTER, SAO_SANG, UNITS, sample_people

GOOD = ROSTER.read_bytes()
TEXT = GOOD.decode("utf-8-sig")
HEAD = "Họ và tên,Chức vụ,Đơn vị,Ghi chú\n"


def errors_of(content: bytes | str) -> list[str]:
    with pytest.raises(RosterError) as caught:
        read_roster(content.encode() if isinstance(content, str) else content, UNITS)
    assert "chưa nhập dòng nào" in str(caught.value)
    return [error.text() for error in caught.value.errors]


def one(line: str, head: str = HEAD) -> RosterRow:
    [row] = read_roster((head + line).encode(), UNITS)
    return row


def sheet(rows: Sequence[Sequence[object]], title: str = "Danh sách") -> bytes:
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    active.title = title
    for row in rows:
        active.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


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
    ("line", "said"),
    [
        ("Nguyễn A,TTXM,MN Sao Sáng,", "Dòng 2: không có chức vụ “TTXM”, có phải là “TTCM”; viết một trong"),
        ("Nguyễn Thị A,TTXM mẫu giáo,MN Sao Sáng,", "có phải là “TTCM”"),
        ("Nguyễn Thị A,hieu truong,MN Sao Sáng,", "có phải là “HT”"),
        ("Nguyễn Thị A,HT; ???,MN Sao Sáng,", "Dòng 2: không có chức vụ “???”; viết một trong"),
        ("Nguyễn Thị A,HT abc,MN Sao Sáng,", "không có chức vụ “HT abc”"),
        ("Nguyễn Thị A,,MN Sao Sáng,", "Dòng 2: chưa có chức vụ."),
        ("Nguyễn Thị A,;;,MN Sao Sáng,", "Dòng 2: chưa có chức vụ."),
        ("Nguyễn Thị A,HT,MN Hoa Hồng,", "đơn vị “MN Hoa Hồng” trong cụm; viết một trong: MN Sao Sáng,"),
        ("Nguyễn Thị A,HT,,", "Dòng 2: chưa có đơn vị."),
        (",HT,MN Sao Sáng,", "Dòng 2: chưa có họ và tên."),
        ("12345,HT,MN Sao Sáng,", "Dòng 2: “12345” không phải họ và tên"),
        ("=HYPERLINK(1),HT,MN Sao Sáng,", "không phải họ và tên"),
        ("<b>An</b>,HT,MN Sao Sáng,", "không phải họ và tên"),
        ("A" * 101 + ",HT,MN Sao Sáng,", "họ và tên dài quá 100 chữ"),
        ("A" * 9000 + ",HT,MN Sao Sáng,", "họ và tên dài quá 100 chữ"),
        ("Nguyễn Thị A,TTCM " + "x" * 200 + ",MN Sao Sáng,", "ô “Chức vụ” dài quá"),
        ("Lê A," + ";".join(f"TTCM {n}" for n in range(11)) + ",MN Sao Sáng,", "không giữ quá 10 chức vụ"),
        ("Nguyễn Thị A,HT,MN Sao Sáng," + "x" * 501, "ghi chú dài quá 500 chữ"),
        ("Nguyễn Thị A,Lãnh đạo PGD,MN Sao Sáng,", "của cơ quan quản lý, không phải của MN Sao Sáng"),
        ("Nguyễn Thị A,HT,Phòng GD&ĐT,", "của trường, không phải của Phòng GD&ĐT"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named(line: str, said: str) -> None:
    [error] = errors_of(HEAD + line + "\n")
    assert said in error
    assert error.endswith(".")


def test_every_wrong_line_is_named_at_once_and_what_may_be_written_only_once() -> None:
    lines = ["Nguyễn Thị A,TTXM,MN Sao Sáng,", "Nguyễn Thị B,XYZ,MN Hoa Hồng,", "", "Trần C,QQQ,MN An Tiến,"]
    with pytest.raises(RosterError) as caught:
        read_roster((HEAD + "\n".join(lines)).encode(), UNITS)
    assert [error.line for error in caught.value.errors] == [2, 3, 3, 5]
    assert str(caught.value).count("viết một trong: HT,") == 1
    assert "Dòng 5: không có chức vụ “QQQ”." in str(caught.value)


def test_a_roster_wrong_everywhere_gives_a_short_answer() -> None:
    with pytest.raises(RosterError) as caught:
        read_roster((HEAD + "x" * 90 + ",yyy,zzz,\n" * 3000).encode(), UNITS)
    assert len(str(caught.value)) < 4096
    assert "chỗ khác" in str(caught.value)


def test_the_line_is_that_of_the_file_also_behind_a_cell_of_several_lines() -> None:
    [error] = errors_of(HEAD + '"Nguyễn\nThị A",HT,MN Sao Sáng,"ghi\nchú"\nTrần B,QQ,MN An Tiến,\n')
    assert error.startswith("Dòng 5:")


def test_the_same_person_twice() -> None:
    [error] = errors_of(HEAD + "Nguyễn Thị A,HT,MN Sao Sáng,\nnguyễn  thị a,TTCM,Sao Sáng,\n")
    assert error.startswith("Dòng 3: “nguyễn thị a”, MN Sao Sáng đã có ở dòng 2; đề nghị bỏ một dòng")
    assert len(read_roster((HEAD + "Lê A,HT,MN Sao Sáng,\nLê A,HT,MN An Tiến,\n").encode(), UNITS)) == 2


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("Họ và tên,Đơn vị,Ghi chú\n", "Thiếu cột “Chức vụ”."),
        ("Họ và tên,Chức vụ,Đơn vị\n", "Thiếu cột “Ghi chú”."),
        ("Nguyễn Thị A,HT,MN Sao Sáng,\n", "Thiếu cột “Họ và tên”, “Chức vụ”, “Đơn vị”, “Ghi chú”."),
        ("Họ và tên,Họ tên,Chức vụ,Chức danh,Đơn vị,Ghi chú\n", "có hai cột “Chức vụ”"),
    ],
)
def test_the_columns(head: str, said: str) -> None:
    [error] = errors_of(head + "Nguyễn Thị A,HT,MN Sao Sáng,\n")
    assert said in error


def test_a_roster_of_titles_only() -> None:
    [error] = errors_of(HEAD)
    assert error.startswith("Tệp chỉ có dòng tiêu đề")


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


def test_a_wrong_phone_is_named_by_its_line_and_not_repeated() -> None:
    head = "Họ và tên,Chức vụ,Đơn vị,Ghi chú,Điện thoại\n"
    [error] = errors_of(head + "Nguyễn Thị A,HT,MN Sao Sáng,,0912x\n")
    assert error.startswith("Dòng 2: số điện thoại không đúng")
    assert "0912x" not in error
    assert one("Nguyễn Thị A,HT,MN Sao Sáng,,\n", head).phone == ""


def test_units_that_several_spellings_or_none_name() -> None:
    assert find_unit("Trường mầm non Sao Sáng", UNITS) == SAO_SANG
    assert find_unit("PGD&ĐT", UNITS) == PHONG
    assert find_unit("Sở GD&ĐT", UNITS) is None
    assert find_unit("MN", UNITS) is None


def test_formulas_are_refused() -> None:
    head = ["Họ và tên", "Chức vụ", "Đơn vị", "Ghi chú"]
    [error] = errors_of(sheet([head, ["Nguyễn Thị A", "HT", '=CONCAT("MN ","Sao Sáng")', ""]]))[:1]
    assert error == "Dòng 2: ô “Đơn vị” là công thức; đề nghị chép lại thành chữ (Dán giá trị)."


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "trống"),
        (b"\xef\xbb\xbf \r\n", "trống"),
        (b"\n,,,\n , \n", "trống"),
        (b"x" * (10 * 1024 * 1024 + 1), "lớn quá 10 MB"),
        (bytes(range(256)) * 10, "Không đọc được chữ"),
        (b"a\x00b,c", "không phải bảng danh sách"),
        (b"%PDF-1.7 abc", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, "kiểu cũ"),
        (b"PK\x03\x04 not a zip", "hỏng"),
        (GOOD[: len(GOOD) // 2] + b"\xff", "chưa nhập dòng nào"),
        (zipped({"word/document.xml": b"<w/>"}), "không phải bảng danh sách Excel"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "hỏng"),
        (zipped({"xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "khai báo lạ"),
        (zipped({"xl/workbook.xml": b"<x/>", "xl/bomb.xml": b" " * (90 * 1024 * 1024)}), "quá lớn"),
        (zipped({"xl/workbook.xml": b"<x/>", **{f"p{n}": b"" for n in range(2100)}}), "quá lớn"),
        (HEAD.encode() + b'"' + b"a" * 200_000, "bảng bị lỗi"),
        (HEAD.encode() + b"a,b,c,d\n" * 20_001, "dài quá 20000 dòng"),
    ],
)
def test_a_file_that_is_no_roster(content: bytes, said: str) -> None:
    with pytest.raises(BadInputError) as caught:
        read_roster(content, UNITS)
    assert said in str(caught.value)


def test_a_workbook_that_is_cut_or_damaged_anywhere_is_refused() -> None:
    good = sheet([["Họ và tên", "Chức vụ", "Đơn vị", "Ghi chú"], ["Nguyễn Thị A", "HT", "MN Sao Sáng", ""]])
    for size in range(4, len(good), 97):
        with pytest.raises(BadInputError):
            read_roster(good[:size], UNITS)
    for at in range(0, len(good), 53):
        damaged = good[:at] + bytes([good[at] ^ 0x5A]) + good[at + 1 :]
        try:
            read_roster(damaged, UNITS)
        except BadInputError:
            continue


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


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"PK\x03\x04")
@example(b"\xff\xfe\x00\xd8")
def test_any_bytes_give_only_our_errors(content: bytes) -> None:
    with pytest.raises(BadInputError):
        read_roster(content, UNITS)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=40), st.text(max_size=60))
def test_any_cells_are_read_or_named(name: str, posts: str, unit: str, note: str) -> None:
    rows = [["Họ và tên", "Chức vụ", "Đơn vị", "Ghi chú"], [name, posts, unit, note]]
    content = "\n".join("\t".join(cell.replace('"', "'") for cell in row) for row in rows)
    try:
        assert len(read_roster(content.encode("utf-8", errors="ignore"), UNITS)) >= 1
    except BadInputError as error:
        assert str(error)  # noqa: PT017


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_sample_with_one_byte_changed_is_read_or_refused(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD) - 1))
    content = GOOD[:at] + bytes([data.draw(st.integers(0, 255))]) + GOOD[at + 1 :]
    try:
        assert len(read_roster(content, UNITS)) >= 60
    except BadInputError as error:
        assert len(str(error)) < 4096  # noqa: PT017


def test_the_limits_are_the_stated_ones() -> None:
    assert (roster_file.MAX_BYTES, roster_file.MAX_ROWS) == (10 * 1024 * 1024, 20_000)
