"""The bytes of a roster, .csv or .xlsx, as rows of cells.  Bounded; nothing in the file is run."""

import csv
import io
import re
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError

from bot.cluster.names import tidy
from bot.errors import BadInputError
from bot.plan.unicode_text import from_tcvn3, from_vni

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 50
MAX_CELL = 2_000  #: longer cells are cut: no field is as long, so that the cut one is refused as well
_MAX_UNPACKED = 80 * 1024 * 1024
_MAX_PARTS = 2_000
_SIGN = "họ và tên", "chức vụ", "đơn vị", "ghi chú"  #: words by which an encoding is recognised
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HOW_TO_SAVE = "Đề nghị mở tệp bằng Excel, chọn Lưu thành (Save As) “Excel Workbook (.xlsx)”, rồi gửi lại."


@dataclass(frozen=True, slots=True)
class FileRow:
    line: int  #: 1-based line of the file, or row of the sheet
    cells: tuple[str, ...]
    formulas: tuple[int, ...] = ()  #: 0-based columns that hold a formula


def read_rows(content: bytes) -> list[FileRow]:
    """All rows that are not blank.  Raises BadInputError where there are none, or too many, or no table."""
    if len(content) > MAX_BYTES:
        raise BadInputError(
            "Tệp lớn quá 10 MB. Danh sách cụm chỉ vài chục dòng: đề nghị gửi đúng tệp danh sách."
        )
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise BadInputError("Tệp danh sách trống. Đề nghị gửi tệp có dòng tiêu đề và mỗi người một dòng.")
    rows: list[FileRow] = []
    for row in _xlsx(content) if content.startswith(b"PK\x03\x04") else _csv(_text(content)):
        if any(row.cells) or row.formulas:
            rows.append(row)
        if len(rows) > MAX_ROWS:
            raise BadInputError(
                f"Danh sách dài quá {MAX_ROWS} dòng. Đề nghị tách riêng từng cụm rồi gửi lại."
            )
    if not rows:
        raise BadInputError("Tệp danh sách trống. Đề nghị gửi tệp có dòng tiêu đề và mỗi người một dòng.")
    return rows


def _text(content: bytes) -> str:
    """Decoded by its mark, as UTF-8, or by whichever legacy encoding makes the titles readable."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInputError(f"Tệp Excel kiểu cũ (.xls) chưa đọc được. {_HOW_TO_SAVE}")
    if content.startswith(b"%PDF"):
        raise BadInputError(f"Tệp PDF không phải bảng danh sách. {_HOW_TO_SAVE}")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _only_text(content.decode("utf-16", errors="replace"))
    try:
        return _only_text(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    scores = {read: _titles_seen(read(content[:8192])) for read in (_torn_utf8, _cp1258, _tcvn3, _vni)}
    best = max(scores, key=lambda read: scores[read])
    if scores[best] == 0:
        raise BadInputError(f"Không đọc được chữ trong tệp này. {_HOW_TO_SAVE}", detail="no encoding fits")
    return _only_text(best(content))


def _torn_utf8(content: bytes) -> str:
    return content.decode("utf-8-sig", errors="replace")


def _cp1258(content: bytes) -> str:
    return unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))


def _tcvn3(content: bytes) -> str:
    return from_tcvn3(content.decode("latin-1"))


def _vni(content: bytes) -> str:
    return from_vni(content.decode("latin-1"))


def _titles_seen(text: str) -> int:
    return sum(word in text.casefold() for word in _SIGN)


def _only_text(text: str) -> str:
    if "\x00" in text or text.count("\ufffd") > 20:
        raise BadInputError(f"Tệp này không phải bảng danh sách. {_HOW_TO_SAVE}", detail="binary content")
    return text


def _csv(text: str) -> Iterator[FileRow]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    skipped = 0
    if text[:4].casefold() == "sep=":
        _, _, text = text.partition("\n")
        skipped = 1
    titles = max(text.split("\n", 20)[:20], key=_titles_seen)
    separator = max(",;\t", key=titles.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    line = skipped + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadInputError(
                f"Dòng {line}: bảng bị lỗi, có ô quá dài hoặc thiếu dấu ngoặc kép. {_HOW_TO_SAVE}",
                detail=f"csv: {error}",
            ) from error
        yield FileRow(line, tuple(_cell(cell) for cell in cells[:MAX_COLUMNS]))
        line = skipped + reader.line_num + 1


def _xlsx(content: bytes) -> Iterator[FileRow]:
    """The first visible sheet.  Whatever goes wrong inside the parser is a damaged file, for the reader."""
    _check_archive(content)
    import openpyxl  # only here: a start without it is quicker and smaller

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
            sheet: Any = next((s for s in book.worksheets if s.sheet_state == "visible"), None)
            found = [] if sheet is None else list(_sheet_rows(sheet))
            book.close()
    except BadInputError:
        raise
    except (
        ParseError,
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        RecursionError,
        ArithmeticError,
    ) as error:
        raise _damaged(error) from error
    except (ValueError, TypeError, LookupError, AttributeError, AssertionError, SyntaxError) as error:
        raise _damaged(error) from error
    yield from found


def _sheet_rows(sheet: Any) -> Iterator[FileRow]:
    # A sheet's stated size is not to be believed: a million empty rows are cheap to claim.
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=4 * MAX_ROWS), start=1):
        formulas = tuple(column for column, cell in enumerate(row) if getattr(cell, "data_type", "") == "f")
        cells = tuple(_value(cell.value) for cell in row)
        if any(cells) or formulas:
            yield FileRow(number, cells, formulas)


def _value(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _cell(str(value))


def _cell(text: str) -> str:
    return tidy(text[:MAX_CELL])


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
                raise BadInputError(
                    "Tệp nén ra quá lớn so với một danh sách nên không đọc, để an toàn. "
                    "Đề nghị chép danh sách sang một tệp Excel mới rồi gửi lại.",
                    detail="archive over the limit",
                )
            if "xl/workbook.xml" not in archive.namelist():
                raise BadInputError(f"Tệp này không phải bảng danh sách Excel. {_HOW_TO_SAVE}")
            if any(part.flag_bits & 0x1 for part in parts):
                raise BadInputError("Tệp đang đặt mật khẩu. Đề nghị bỏ mật khẩu rồi gửi lại.")
            if any(
                _DECLARATION.search(archive.read(p)) for p in parts if p.filename.endswith((".xml", ".rels"))
            ):
                raise BadInputError(
                    f"Tệp có khai báo lạ bên trong nên không đọc, để an toàn. {_HOW_TO_SAVE}",
                    detail="DTD or entity declaration",
                )
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise _damaged(error) from error


def _damaged(error: Exception) -> BadInputError:
    return BadInputError(
        "Không mở được tệp Excel này: tệp bị hỏng hoặc chưa tải lên đủ. "
        "Đề nghị mở tệp trên máy, lưu lại một bản mới rồi gửi lại.",
        detail=f"xlsx: {type(error).__name__}",
    )
