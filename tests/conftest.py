"""Who opens an SQLite database closes it: Python says so from 3.13 on only, and then in some later test."""

import os
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

_ROOT = str(Path(__file__).parent.parent)
_FRAMES = 5  #: of our own code, the innermost first
#: What was opened since the last look, and by whom.
_opened: list[tuple[sqlite3.Connection, str]] = []


def _note(event: str, args: tuple[object, ...]) -> None:
    if event == "sqlite3.connect/handle" and isinstance(args[0], sqlite3.Connection):
        _opened.append((args[0], _opener()))


sys.addaudithook(_note)


def _opener() -> str:
    ours = [
        f"{frame.f_code.co_filename.removeprefix(_ROOT + os.sep)}:{line}"
        for frame, line in traceback.walk_stack(None)
        if _is_ours(frame.f_code.co_filename)
    ][:_FRAMES]
    return f"{os.environ.get('PYTEST_CURRENT_TEST')} {' < '.join(ours)}"


def _is_ours(file: str) -> bool:
    return file.startswith(_ROOT) and "site-packages" not in file and file != __file__


def _is_open(database: sqlite3.Connection) -> bool:
    with suppress(sqlite3.ProgrammingError):
        return database.total_changes >= 0
    return False


@pytest.fixture(scope="module", autouse=True)
def _databases_are_closed() -> Iterator[None]:
    """After the last test of each file, and all that it stood on."""
    yield
    left = [opener for database, opener in _opened if _is_open(database)]
    _opened.clear()
    assert not left, "databases left open, opened in\n" + "\n".join(left)
