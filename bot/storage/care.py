"""A consistent copy of the database while the bot runs, and back."""

import json
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import BadInputError, NhacLichError
from bot.storage.migrate import upgrade

HEARTBEAT = "heartbeat"  #: the fact that a running process writes down every few seconds
_USE_PG_DUMP = "Cơ sở dữ liệu PostgreSQL: đề nghị dùng pg_dump và pg_restore của PostgreSQL."
_ASIDE = ("", "-wal", "-shm")  #: a database in WAL mode is up to three files


def back_up(url: str, target: Path) -> None:
    """SQLite's online backup: writers go on meanwhile.  The copy is one file, checked before it counts.

    Raises BadInputError.
    """
    source = _sqlite_file(url)
    if not source.exists():
        raise BadInputError("Chưa có cơ sở dữ liệu để chép.")
    if target.resolve() == source.resolve():
        raise BadInputError("Đề nghị chép ra một tệp khác, không phải chính cơ sở dữ liệu.")
    if target.is_dir():
        raise BadInputError(f"{target.name} là một thư mục. Đề nghị ghi cả tên tệp.")
    part = target.with_name(target.name + ".part")
    try:
        _copy(source, part)
        os.replace(part, target)
    except (OSError, sqlite3.Error) as error:
        _remove(part)
        raise BadInputError("Không chép được. Đề nghị kiểm tra thư mục đích.", detail=str(error)) from None


def restore_from(url: str, source: Path) -> Path | None:
    """Put a copy in the database's place, brought up to date.  Returns where the database before it went.

    Nobody may be using the database.  Raises BadInputError; then nothing has changed.
    """
    target = _sqlite_file(url)
    if not source.is_file():
        raise BadInputError(f"Không thấy tệp {source.name}. Đề nghị kiểm tra lại đường dẫn.")
    if source.resolve() == target.resolve():
        raise BadInputError("Tệp này chính là cơ sở dữ liệu đang dùng.")
    no_copy = f"{source.name} không phải bản chép của Nhắc Lịch."
    part = target.with_name(target.name + ".part")
    try:
        with closing(_open(source)) as copy:
            if not copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
                raise BadInputError(no_copy)
        _copy(source, part)
        upgrade(make_url(url).set(database=str(part)))
        _one_file(part)
    except (sqlite3.Error, OSError) as error:
        _remove(part)
        raise BadInputError(no_copy, detail=str(error)) from None
    except NhacLichError:
        _remove(part)
        raise
    except Exception as error:  # a revision that this version of the program does not know
        _remove(part)
        raise BadInputError(
            f"{source.name} là bản chép của một phiên bản khác. Đề nghị cài phiên bản mới nhất rồi chạy lại.",
            detail=type(error).__name__,
        ) from None
    kept = _set_aside(target)
    os.replace(part, target)
    return kept


def last_beat(url: str, name: str) -> Any:
    """The fact `name` in the database as it is, without bringing it up to date; None: there is none."""
    try:
        file = _sqlite_file(url)
        with closing(_open(file)) as database:
            row = database.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
    except (BadInputError, sqlite3.Error):
        return None
    value = row[0] if row else None
    return json.loads(value) if isinstance(value, str) else value  # SQLite keeps a number as one


def _copy(source: Path, part: Path) -> None:
    _remove(part)
    with closing(_open(source)) as database, closing(sqlite3.connect(part)) as copy:
        database.backup(copy)
    _one_file(part)


def _one_file(path: Path) -> None:
    """What stands in a write-ahead log goes into the file itself.  Raises sqlite3.DatabaseError if broken."""
    with closing(sqlite3.connect(path)) as database:
        (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError("integrity_check failed")
        database.execute("PRAGMA journal_mode=DELETE")


def _set_aside(target: Path) -> Path | None:
    if not target.exists():
        return None
    kept = target.with_name(target.name + ".truoc")
    _remove(kept)
    with suppress(sqlite3.Error):  # a broken database is kept as it is
        _one_file(target)
    for ending in _ASIDE:
        part = target.with_name(target.name + ending)
        if part.exists():
            os.replace(part, kept.with_name(kept.name + ending))
    return kept


def _remove(path: Path) -> None:
    for ending in _ASIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    """To read only, and never made anew."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _sqlite_file(url: str) -> Path:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise BadInputError("DATABASE_URL không đọc được. Ví dụ: sqlite:///nhaclich.db") from None
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise BadInputError(_USE_PG_DUMP)
    return Path(parsed.database)
