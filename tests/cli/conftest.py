"""A folder of its own for each test, and the documents of the seed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.inside import Desk
from tests.cli.processes import ROOT, Chats, Office, chats

PLAN = ROOT / "data" / "plans" / "an-tien-2023-2024.txt"
ROSTER = ROOT / "data" / "roster" / "an-tien.csv"


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plan and the roster imported, to be copied."""
    folder = tmp_path_factory.mktemp("filled")
    for command, file in (("plan", PLAN), ("roster", ROSTER)):
        assert Desk(folder).run(command, "import", file, "--yes").code == 0
    return folder


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An empty folder."""
    folder = tmp_path / "office"
    folder.mkdir()
    return Office(folder)


@pytest.fixture
def cluster(filled: Path, tmp_path: Path) -> Office:
    """A folder with plan and roster."""
    shutil.copytree(filled, tmp_path / "cluster")
    return Office(tmp_path / "cluster")


@pytest.fixture
def phones() -> Iterator[Chats]:
    with chats() as server:
        yield server
