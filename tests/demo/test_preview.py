"""Papers looked at before they are opened: their words as plain data, nothing of them rendered."""

import io
import json
import zipfile
from typing import Any

import docx
import openpyxl
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from bot.demo.botapi.model import File
from bot.demo.page.preview import COLUMNS, ROWS, picture_type, show
from bot.demo.page.shapes import encode
from bot.errors import BadInputError

NASTY = "<script>alert(1)</script> & “đậm”"
ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//
METHOD:PUBLISH
BEGIN:VEVENT
UID:1
DTSTART:20231109T010000Z
DTEND:20231109T040000Z
SUMMARY:Sinh hoạt cụm\\, buổi B2
LOCATION:Phòng họp
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20231214
SUMMARY:Buổi B3
STATUS:CANCELLED
END:VEVENT
END:VCALENDAR
"""


def shown(name: str, content: bytes) -> Any:
    """As the page gets it."""
    found = show(File("F1", name, content, "application/octet-stream", "document"))
    return json.loads(json.dumps(found, default=encode))


def letter() -> bytes:
    paper = docx.Document()
    heading = paper.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.add_run("GIẤY MỜI").bold = True
    paper.add_paragraph(NASTY)
    table = paper.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Nơi nhận"
    table.cell(1, 1).text = "HIỆU TRƯỞNG"
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def test_a_letter() -> None:
    blocks = shown("giấy mời.docx", letter())["blocks"]
    assert blocks[0] == {
        "runs": [{"text": "GIẤY MỜI", "bold": True, "italic": False}],
        "align": "center",
    }
    assert blocks[1]["runs"][0]["text"] == NASTY, "text, for the page to put into a text node"
    rows = blocks[2]["rows"]
    assert [len(row) for row in rows] == [1, 2], "a merged cell once"
    assert rows[1][1][0]["runs"][0]["text"] == "HIỆU TRƯỞNG"


def test_a_list_is_cut_to_what_can_be_looked_at() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Lịch"
    for row in range(ROWS + 20):
        sheet.append([row, NASTY, *range(COLUMNS)])
    out = io.BytesIO()
    book.save(out)
    (found,) = shown("lịch.xlsx", out.getvalue())["sheets"]
    assert (found["name"], found["more"], len(found["rows"])) == ("Lịch", True, ROWS)
    assert found["rows"][1][:3] == ["1", NASTY, "0"]
    assert len(found["rows"][0]) == COLUMNS


def test_a_calendar() -> None:
    first, second = shown("b2.ics", ICS.replace("\n", "\r\n").encode())["events"]
    assert first["summary"] == "Sinh hoạt cụm, buổi B2"
    assert first["from"] == "2023-11-09T01:00:00+00:00"
    assert first["where"] == "Phòng họp"
    assert not first["cancelled"]
    assert second["from"] == "2023-12-14"
    assert second["cancelled"]


def test_plain_text() -> None:
    assert shown("ds.csv", "\ufeffHọ và tên".encode()) == {"kind": "text", "text": "Họ và tên"}


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(64 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.docx", b"PK\x03\x04junk"), ("a.xlsx", b""), ("a.ics", b"BEGIN:VEVENT"), ("a.docx", bomb())],
    ids=["no archive", "empty", "half a calendar", "a bomb"],
)
def test_what_cannot_be_read_is_said(name: str, content: bytes) -> None:
    with pytest.raises(BadInputError, match="tải về"):
        shown(name, content)


def test_only_pictures_are_shown_as_they_are() -> None:
    assert picture_type(b"\x89PNG\r\n\x1a\n....") == "image/png"
    assert picture_type(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert picture_type(b"<svg onload='alert(1)'>") is None
    with pytest.raises(BadInputError):
        shown("a.html", b"<b>x</b>")
