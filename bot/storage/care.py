"""A consistent copy of the database while the bot runs, and back."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from bot.errors import BadInputError
from bot.storage.migrate import upgrade

_USE_PG_DUMP = "Cơ sở dữ liệu PostgreSQL: đề nghị dùng pg_dump và pg_restore của PostgreSQL."


def back_up(url: str, target: Path) -> None:
    """SQLite's online backup: writers go on meanwhile.  Raises BadInputError."""
    source = _sqlite_file(url)
    if not source.exists():
        raise BadInputError("Chưa có cơ sở dữ liệu để chép.")
    if target.resolve() == source.resolve():
        raise BadInputError("Đề nghị chép ra một tệp khác, không phải chính cơ sở dữ liệu.")
    part = target.with_name(target.name + ".part")
    try:
        with closing(sqlite3.connect(source)) as database, closing(sqlite3.connect(part)) as copy:
            database.backup(copy)
            _check(copy)
        os.replace(part, target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise BadInputError("Không chép được. Đề nghị kiểm tra thư mục đích.", detail=str(error)) from None


def restore_from(url: str, source: Path) -> None:
    """Put a copy in the database's place.  Raises BadInputError; then nothing has changed."""
    target = _sqlite_file(url)
    if not source.is_file():
        raise BadInputError(f"Không thấy tệp {source.name}.")
    part = target.with_name(target.name + ".part")
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as copy:
            if not copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
                raise BadInputError(f"{source.name} không phải bản chép của Nhắc Lịch.")
            _check(copy)
            with closing(sqlite3.connect(part)) as database:
                copy.backup(database)
    except sqlite3.Error as error:
        part.unlink(missing_ok=True)
        raise BadInputError(f"{source.name} không phải bản chép của Nhắc Lịch.", detail=str(error)) from None
    for leftover in ("-wal", "-shm"):
        target.with_name(target.name + leftover).unlink(missing_ok=True)
    os.replace(part, target)
    upgrade(url)


def _check(database: sqlite3.Connection) -> None:
    (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError("integrity_check failed")


def _sqlite_file(url: str) -> Path:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise BadInputError(_USE_PG_DUMP)
    return Path(parsed.database)
