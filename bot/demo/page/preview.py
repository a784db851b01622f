"""What a file in a chat shows before it is opened: plain data, from which the page builds its own nodes.

Nothing of a file is ever rendered as it is: neither markup nor links nor pictures inside a document.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import docx
import icalendar
import openpyxl
from docx.enum.text import WD_ALIGN_PARAGRAPH

from bot.demo.botapi.model import File, Json
from bot.errors import BadInputError

BLOCKS, ROWS, COLUMNS, LETTERS, EVENTS = 400, 80, 16, 4000, 100
UNPACKED = 40 * 1024 * 1024  #: bytes of everything in a Word or Excel file
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_ALIGNED = {WD_ALIGN_PARAGRAPH.CENTER: "center", WD_ALIGN_PARAGRAPH.RIGHT: "right"}
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def picture_type(content: bytes) -> str | None:
    """The type of a picture that a browser may show, by how it begins; None for anything else."""
    return next((mime for start, mime in _PICTURES.items() if content.startswith(start)), None)


def can_show(name: str) -> bool:
    return _ending(name) in _READERS


def show(file: File) -> Json:
    """{"kind": "letter", "tables", "events" or "text", …}.  Raises BadInputError where it cannot."""
    reader = _READERS.get(_ending(file.name))
    if reader is None:
        raise BadInputError("Tệp này không xem trước được. Hãy tải về để mở.")
    try:
        return reader(file.content)
    except Exception as error:  # whatever a visitor's file holds, the demo goes on
        raise BadInputError("Tệp này không đọc được để xem trước. Hãy tải về để mở.") from error


def _letter(content: bytes) -> Json:
    """{"blocks": [{"runs": [{"text", "bold", "italic"}], "align"} | {"rows": [[[block, …], …], …]}]}"""
    _weigh(content)
    return {"kind": "letter", "blocks": list(_blocks(docx.Document(io.BytesIO(content))))[:BLOCKS]}


def _blocks(holder: Any) -> Iterator[Json]:
    for block in holder.iter_inner_content():
        if hasattr(block, "rows"):
            yield {"rows": [[list(_blocks(cell)) for cell in _cells(row)] for row in block.rows[:ROWS]]}
        else:
            runs = [
                {"text": run.text[:LETTERS], "bold": bool(run.bold), "italic": bool(run.italic)}
                for run in block.runs
            ]
            yield {"runs": runs, "align": _ALIGNED.get(block.alignment, "")}


def _cells(row: Any) -> list[Any]:
    """Each cell once, also where it spans several columns."""
    seen: dict[int, Any] = {id(cell._tc): cell for cell in row.cells}
    return list(seen.values())[:COLUMNS]


def _tables(content: bytes) -> Json:
    """{"sheets": [{"name", "rows": [[text, …], …], "more": whether it goes on}]}"""
    _weigh(content)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheets = []
        for sheet in book.worksheets[:8]:
            rows = [
                [_cell(value) for value in row[:COLUMNS]]
                for row in sheet.iter_rows(max_row=ROWS + 1, values_only=True)
            ]
            sheets.append({"name": sheet.title, "rows": rows[:ROWS], "more": len(rows) > ROWS})
        return {"kind": "tables", "sheets": sheets}
    finally:
        book.close()


def _cell(value: object) -> str:
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}" if value.time() == dt.time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)[:LETTERS]


def _events(content: bytes) -> Json:
    """{"events": [{"from": instant or day, "until", "summary", "where", "cancelled"}]}, hours in Viet Nam."""
    calendar = icalendar.Calendar.from_ical(content)
    cancelled = str(calendar.get("method", "")).upper() == "CANCEL"
    events = [
        {
            "from": _when(event.get("dtstart")),
            "until": _when(event.get("dtend")),
            "summary": str(event.get("summary", ""))[:LETTERS],
            "where": str(event.get("location", ""))[:LETTERS],
            "cancelled": cancelled or str(event.get("status", "")).upper() == "CANCELLED",
        }
        for event in calendar.walk("VEVENT")[:EVENTS]
    ]
    return {"kind": "events", "events": events}


def _when(stamp: Any) -> dt.date | None:
    """An instant, aware, or a day."""
    value = getattr(stamp, "dt", None)
    if isinstance(value, dt.datetime):
        return value if value.tzinfo else value.replace(tzinfo=VIETNAM)
    return value if isinstance(value, dt.date) else None


def _text(content: bytes) -> Json:
    return {"kind": "text", "text": content.decode("utf-8-sig", errors="replace")[: 10 * LETTERS]}


def _weigh(content: bytes) -> None:
    """Raises ValueError for an archive that would unpack to too much."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > UNPACKED:
            raise ValueError("too large unpacked")


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


_READERS: dict[str, Callable[[bytes], Json]] = {
    "docx": _letter,
    "xlsx": _tables,
    "ics": _events,
    "txt": _text,
    "csv": _text,
}
