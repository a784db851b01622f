"""Files that are no roster, too large, cut or damaged: read or refused in our words, whatever is in them."""

import io
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.cluster import roster_file
from bot.cluster.roster import read_roster
from bot.errors import BadInputError
from tests.cluster.rosters import GOOD, HEAD, sheet
from tests.cluster.sample import UNITS


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
