"""What cannot be read ends in one clear sentence, quickly, whatever the bytes are."""

import io
import random
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from bot.errors import BadInputError
from bot.plan.reader import read_plan, read_text

FOLDER = Path(__file__).parent / "documents"
DOCX = (FOLDER / "00-an-tien-2023-2024.docx").read_bytes()
XLSX = (FOLDER / "00-an-tien-2023-2024.xlsx").read_bytes()
SECONDS = 2.0


def refused(name: str, content: bytes) -> str:
    began = time.process_time()
    with pytest.raises(BadInputError) as caught:
        read_plan(name, content)
    assert time.process_time() - began < SECONDS
    message = str(caught.value)
    assert "Hãy" in message
    assert "Traceback" not in message
    return message


def replaced(archive: bytes, part: str, data: bytes) -> bytes:
    """A copy of an office file with one part replaced."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, data if name == part else old.read(name))
    return result.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"", "trống"),
        ("a.txt", b" \r\n\t ", "trống"),
        ("a.docx", b"PK\x03\x04 broken", "nén"),
        ("a.docx", b"not a word file", "không phải dạng đó"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, ".docx"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, ".xlsx"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 600, "ảnh"),
        ("a.txt", b"\x00\x01\x02\x03" * 300, "không phải văn bản"),
        ("a.txt", bytes(range(128, 256)) * 30, "bảng mã"),
        ("a.rtf", b"{\\rtf1 abc}", "RTF"),
        ("a.doc", b"<html><body>abc</body></html>", "trang web"),
        ("a.pdf", b"%PDF-1.4\n%%EOF", "PDF"),
        ("a.txt", b"a" * (10 * 1024 * 1024 + 1), "10 MB"),
        ("a.txt", "Chào các cô, mai họp nhé".encode(), "Không tìm thấy bảng lịch"),
        ("a.txt", b"x" * 900_000, "quá dài"),
        ("a.txt", b"\n" * 30_000 + b"a", "quá dài"),
        ("", b"\x89PNG\r\n", "ảnh"),
    ],
)
def test_each_bad_file_gets_its_own_sentence(name: str, content: bytes, says: str) -> None:
    assert says in refused(name, content)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = b"<w:document>" + b" " * (400 * 1024 * 1024 // 4)
    assert "quá dài" in refused("a.docx", replaced(DOCX, "word/document.xml", bomb))


def test_an_xml_bomb_is_refused() -> None:
    entities = (
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "' + b"a" * 1000 + b'">]><w:document>&a;</w:document>'
    )
    assert "khai báo lạ" in refused("a.docx", replaced(DOCX, "word/document.xml", entities))
    assert "khai báo lạ" in refused("a.xlsx", replaced(XLSX, "xl/worksheets/sheet1.xml", entities))


def test_xml_nested_too_deep_is_refused() -> None:
    deep = b"<w:document>" + b"<a>" * 100_000
    refused("a.docx", replaced(DOCX, "word/document.xml", deep))


def test_a_sheet_of_50_000_rows_is_refused() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 50_001))
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows
        + b"</sheetData></worksheet>"
    )
    assert "quá dài" in refused("a.xlsx", replaced(XLSX, "xl/worksheets/sheet1.xml", sheet))


def test_a_table_of_50_000_lines_is_refused() -> None:
    assert "quá dài" in refused("a.csv", b"1;2;3\n" * 50_000)


def pdf_of(pages: int, extra: bytes = b"") -> bytes:
    """A PDF of empty pages, written by hand."""
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
    ]
    objects += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>"] * pages
    body, offsets = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    body += extra
    start = len(body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return body + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def test_a_pdf_of_10_000_pages_is_refused() -> None:
    assert "quá dài" in refused("a.pdf", pdf_of(10_000))


def test_a_pdf_without_letters_is_called_a_scan() -> None:
    assert "bản quét" in refused("a.pdf", pdf_of(2))


def test_a_pdf_bomb_is_refused() -> None:
    import zlib

    data = zlib.compress(b"0 0 m 1 1 l S\n" * 8_000_000, 9)
    bomb = b"9 0 obj << /Filter /FlateDecode /Length %d >> stream\n%s\nendstream endobj\n" % (len(data), data)
    assert "quá dài" in refused("a.pdf", pdf_of(1, bomb))


def test_a_workbook_without_a_session_says_what_is_needed() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "Điểm danh"
    content = io.BytesIO()
    book.save(content)
    assert "thời gian, đơn vị đăng cai" in refused("a.xlsx", content.getvalue())


def test_pasted_nothing_is_told_kindly() -> None:
    with pytest.raises(BadInputError, match="dán nội dung"):
        read_text("  \n ")


def test_truncated_files_are_refused_or_read() -> None:
    generator = random.Random(7)
    for name in ("00-an-tien-2023-2024.docx", "00-an-tien-2023-2024.xlsx"):
        source = (FOLDER / name).read_bytes()
        for _ in range(8):
            refused(name, source[: generator.randrange(10, len(source) - 30)])
