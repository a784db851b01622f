"""Copies of the database: whole, made while others write, and put back only where they can be used."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import URL

from bot.errors import BadInputError
from bot.storage.care import back_up, last_beat, restore_from
from bot.storage.engine import open_engine, writing
from bot.storage.talks import SqlTalks
from tests.storage.world import NOW


def _note(url: URL, name: str, value: object) -> None:
    engine = open_engine(url)
    with writing(engine) as db:
        SqlTalks(db).put_fact(name, value, NOW)
    engine.dispose()


def _facts(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as db:
        return {name: str(value).strip('"') for name, value in db.execute("SELECT name, value FROM fact")}


def test_a_copy_made_while_others_write_is_whole(sqlite_url: URL, tmp_path: Path) -> None:
    """Both facts of each transaction are in the copy, or none."""
    stop = threading.Event()
    engine = open_engine(sqlite_url)

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with writing(engine) as db:
                SqlTalks(db).put_fact("left", number, NOW)
                SqlTalks(db).put_fact("right", number, NOW)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            copy = tmp_path / f"copy-{number}.db"
            back_up(str(sqlite_url), copy)
            facts = _facts(copy)
            assert facts.get("left") == facts.get("right")
    finally:
        stop.set()
        writer.join()
        engine.dispose()


def test_a_copy_is_one_file_and_replaces_an_older_one(sqlite_url: URL, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    _note(sqlite_url, "a", "one")
    back_up(str(sqlite_url), copies / "copy.db")
    _note(sqlite_url, "a", "two")
    back_up(str(sqlite_url), copies / "copy.db")
    assert [p.name for p in copies.iterdir()] == ["copy.db"]
    assert _facts(copies / "copy.db") == {"a": "two"}


def test_what_was_there_is_kept_aside(sqlite_url: URL, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    _note(sqlite_url, "a", "one")
    back_up(str(sqlite_url), copy)
    _note(sqlite_url, "a", "two")
    kept = restore_from(str(sqlite_url), copy)
    assert kept is not None
    assert _facts(kept) == {"a": "two"}
    assert last_beat(str(sqlite_url), "a") == "one"
    assert _facts(copy) == {"a": "one"}


def test_a_copy_goes_where_nothing_was(sqlite_url: URL, tmp_path: Path) -> None:
    back_up(str(sqlite_url), tmp_path / "copy.db")
    fresh = f"sqlite:///{tmp_path / 'fresh.db'}"
    assert last_beat(fresh, "a") is None
    assert not (tmp_path / "fresh.db").exists()
    assert restore_from(fresh, tmp_path / "copy.db") is None
    assert last_beat(fresh, "a") is None


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\xff" * 4000])
def test_what_is_no_copy_changes_nothing(sqlite_url: URL, tmp_path: Path, content: bytes) -> None:
    _note(sqlite_url, "a", "one")
    file = tmp_path / "file.db"
    file.write_bytes(content)
    with pytest.raises(BadInputError, match=r"file\.db không phải bản chép"):
        restore_from(str(sqlite_url), file)
    assert last_beat(str(sqlite_url), "a") == "one"
    assert list(tmp_path.glob("*.part*")) == []


def test_the_database_is_no_copy_of_itself(sqlite_url: URL) -> None:
    path = Path(sqlite_url.database or "")
    with pytest.raises(BadInputError):
        restore_from(str(sqlite_url), path)
    with pytest.raises(BadInputError):
        back_up(str(sqlite_url), path)


def test_postgresql_has_tools_of_its_own(tmp_path: Path) -> None:
    for work in (back_up, restore_from):
        with pytest.raises(BadInputError, match="pg_dump"):
            work("postgresql://u:p@host/x", tmp_path / "copy.db")
