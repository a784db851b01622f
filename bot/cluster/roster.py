"""A roster file as rows, or exactly what is wrong in it: nothing is taken from a file with errors."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.cluster.people import Post, Unit, UnitKind
from bot.cluster.roster_file import FileRow, read_rows
from bot.cluster.roster_posts import UnknownPostError, clip, parse_posts
from bot.errors import BadInputError
from bot.vocabulary import find_role, fold, fold_name, strip_marks

MAX_NAME = 100
MAX_NOTE = 500
MAX_ERRORS = 200  #: wrong lines that are collected before reading stops
_SHOWN_ERRORS = 20
_SEARCHED_FOR_TITLES = 20  #: rows above which the titles must stand
_TITLES: Mapping[str, tuple[str, ...]] = {
    "Họ và tên": ("hovaten", "hoten", "hotendem", "hovatendem", "ten"),
    "Chức vụ": ("chucvu", "chucdanh", "chucvuchucdanh"),
    "Đơn vị": ("donvi", "donvicongtac", "truong"),
    "Ghi chú": ("ghichu",),
    "Điện thoại": ("dienthoai", "sodienthoai", "sdt", "dt", "dienthoaididong"),
}
_REQUIRED = ("Họ và tên", "Chức vụ", "Đơn vị", "Ghi chú")
_NOT_A_NAME = re.compile(r"^[=+@\-]|[<>{}|\\^~`\ufffd]")


@dataclass(frozen=True, slots=True)
class RosterRow:
    line: int
    name: str
    posts: tuple[Post, ...]
    unit: Unit
    phone: str | None = field(repr=False)  #: "0912345678"; "" for an empty cell; None: no such column
    clerk: bool
    note: str


@dataclass(frozen=True, slots=True)
class LineError:
    line: int | None  #: None: the file as a whole
    message: str
    hint: str = ""  #: what may be written instead; shown once for several errors that have the same

    def text(self, *, hint: bool = True) -> str:
        said = f"{self.message}; {self.hint}" if hint and self.hint else self.message
        return f"Dòng {self.line}: {said}." if self.line is not None else f"{said}."


class RosterError(BadInputError):
    """Everything that is wrong in a roster; the sentence shows the first lines of it."""

    def __init__(self, errors: Sequence[LineError]) -> None:
        self.errors = tuple(errors)
        shown: list[str] = []
        hinted: set[str] = set()
        for error in self.errors[:_SHOWN_ERRORS]:
            shown.append(error.text(hint=error.hint not in hinted))
            hinted.add(error.hint)
        if len(self.errors) > _SHOWN_ERRORS:
            shown.append(f"… và {len(self.errors) - _SHOWN_ERRORS} chỗ khác.")
        head = f"Danh sách có {len(self.errors)} chỗ cần sửa, chưa nhập dòng nào:"
        last = "Đề nghị sửa trong tệp rồi gửi lại cả tệp."
        super().__init__("\n".join([head, *shown, last]), detail=f"{len(self.errors)} errors in a roster")


def read_roster(content: bytes, units: Sequence[Unit]) -> list[RosterRow]:
    """The rows of a .csv or .xlsx file.  `units` are the cluster's schools and authorities.

    Raises RosterError with every wrong line, or another BadInputError where there is no table to read.
    """
    rows = read_rows(content)
    columns, titles = _columns(rows)
    errors: list[LineError] = []
    found: list[RosterRow] = []
    first_line: dict[tuple[str, int], int] = {}
    for row in rows[titles + 1 :]:
        read = _read_row(row, columns, units, errors)
        if read is not None:
            key = (fold(read.name), read.unit.id)
            if key in first_line:
                errors.append(
                    LineError(
                        row.line,
                        f"“{clip(read.name)}”, {read.unit.label} đã có ở dòng {first_line[key]}",
                        "đề nghị bỏ một dòng, các chức vụ của một người ghi chung một ô, cách nhau bằng "
                        "dấu chấm phẩy; hai người trùng tên thì ghi thêm chữ để phân biệt",
                    )
                )
            first_line.setdefault(key, row.line)
            found.append(read)
        if len(errors) >= MAX_ERRORS:
            break
    if errors:
        raise RosterError(errors)
    if not found:
        raise RosterError(
            [LineError(None, "Tệp chỉ có dòng tiêu đề, chưa có người nào; đề nghị ghi mỗi người một dòng")]
        )
    return found


def is_name(text: str) -> bool:
    """Whether this can stand as a person's name: letters, of a usual length, and no marks of code."""
    return (
        0 < len(text) <= MAX_NAME
        and not _NOT_A_NAME.search(text)
        and any(letter.isalpha() for letter in text)
    )


def is_full_name(text: str) -> bool:
    """A name by which a stranger to the reader can be told from others: more than one word."""
    return is_name(text) and len(text.split()) > 1


def find_unit(text: str, units: Iterable[Unit]) -> Unit | None:
    """The unit that is written so; None where none is, or several could be."""
    known = list(units)
    exact = [unit for unit in known if fold(text) in {fold(unit.name), fold(unit.label)}]
    if len(exact) == 1:
        return exact[0]
    loose = [u for u in known if fold_name(text) in {fold_name(n) for n in (u.name, u.label, *u.aliases)}]
    if len(loose) == 1:
        return loose[0]
    body = find_role(text)
    if loose or body is None:
        return None
    same = [u for u in known if u.kind is UnitKind.AUTHORITY and _same_body(find_role(u.name), body)]
    return same[0] if len(same) == 1 else None


def _same_body(one: tuple[str, str | None] | None, other: tuple[str, str | None]) -> bool:
    """One body in two spellings; a place that only one of them names does not tell them apart."""
    return (
        one is not None
        and one[0] == other[0]
        and (not one[1] or not other[1] or fold(one[1]) == fold(other[1]))
    )


def _columns(rows: Sequence[FileRow]) -> tuple[dict[str, int], int]:
    """Where each column stands, and the index of the row of titles."""
    best: dict[str, int] = {}
    at = 0
    for index, row in enumerate(rows[:_SEARCHED_FOR_TITLES]):
        found: dict[str, int] = {}
        for column, cell in enumerate(row.cells):
            plain = re.sub(r"[^a-z0-9]", "", strip_marks(cell))
            title = next((name for name, spellings in _TITLES.items() if plain in spellings), None)
            if title is not None and title in found and len(found) > 1:
                raise RosterError([LineError(row.line, f"có hai cột “{title}”; đề nghị bỏ bớt một cột")])
            if title is not None:
                found.setdefault(title, column)
        if len(found) > len(best):
            best, at = found, index
    missing = [title for title in _REQUIRED if title not in best]
    if missing:
        names = ", ".join(f"“{title}”" for title in missing)
        wanted = ", ".join(_REQUIRED)
        raise RosterError(
            [
                LineError(
                    None,
                    f"Thiếu cột {names}. Dòng tiêu đề cần có các cột: {wanted} (có thể thêm Điện thoại)",
                )
            ]
        )
    return best, at


def _read_row(
    row: FileRow, columns: Mapping[str, int], units: Sequence[Unit], errors: list[LineError]
) -> RosterRow | None:
    """The row, or None with what is wrong added to `errors`."""
    before = len(errors)

    def wrong(message: str, hint: str = "") -> None:
        errors.append(LineError(row.line, message, hint))

    def cell(title: str) -> str:
        column = columns.get(title)
        return row.cells[column] if column is not None and column < len(row.cells) else ""

    for title, column in columns.items():
        if column in row.formulas:
            wrong(f"ô “{title}” là công thức; đề nghị chép lại thành chữ (Dán giá trị)")
    name, written_unit, written_posts = cell("Họ và tên"), cell("Đơn vị"), cell("Chức vụ")
    if not name:
        wrong("chưa có họ và tên")
    elif len(name) > MAX_NAME:
        wrong(f"họ và tên dài quá {MAX_NAME} chữ; đề nghị xem lại")
    elif not is_name(name):
        wrong(f"“{clip(name)}” không phải họ và tên; đề nghị xem lại")
    unit = find_unit(written_unit, units) if written_unit else None
    if not written_unit:
        wrong("chưa có đơn vị")
    elif unit is None:
        known = ", ".join(unit.label for unit in units)
        wrong(f"không có đơn vị “{clip(written_unit)}” trong cụm", f"viết một trong: {known}")
    posts: tuple[Post, ...] = ()
    try:
        posts = parse_posts(written_posts, unit)
        if not posts:
            wrong("chưa có chức vụ")
    except UnknownPostError as error:
        wrong(str(error), error.hint)
    phone = parse_phone(cell("Điện thoại")) if "Điện thoại" in columns else None
    if "Điện thoại" in columns and phone is None:
        wrong("số điện thoại không đúng; đề nghị ghi một số, 10 chữ số, bắt đầu bằng 0, hoặc để trống")
    note = cell("Ghi chú")
    if len(note) > MAX_NOTE:
        wrong(f"ghi chú dài quá {MAX_NOTE} chữ; đề nghị rút gọn")
    if unit is None or len(errors) > before:
        return None
    return RosterRow(row.line, name, posts, unit, phone, "quan tri" in strip_marks(note), note)


def parse_phone(text: str) -> str | None:
    """As in "0912345678", from "+84 912 345 678"; "" stays ""; None for what is no Vietnamese number.

    A mobile number without its first 0 is one that Excel kept as a number.
    """
    digits = re.sub(r"[\s.\-()]", "", text)
    if not digits:
        return ""
    digits = re.sub(r"^(?:\+84|0084|84(?=\d{9}$))0?", "0", digits)
    if re.fullmatch(r"[35789]\d{8}", digits, re.ASCII):
        digits = "0" + digits
    return digits if re.fullmatch(r"0[235789]\d{8,9}", digits, re.ASCII) else None
