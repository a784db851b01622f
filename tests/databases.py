"""One empty, migrated database on each engine: a test that takes `engine` runs on both."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, make_url

from bot.storage.engine import open_engine
from bot.storage.migrate import upgrade
from tests.postgres import postgres_database

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: URL) -> Iterator[URL]:
    with postgres_database(postgres) as url:
        upgrade(url)
        yield url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> URL:
    shutil.copy(sqlite_template, tmp_path / "test.db")
    return make_url(f"sqlite:///{tmp_path / 'test.db'}")


@pytest.fixture
def postgres_copy(postgres: URL, postgres_template: URL) -> Iterator[URL]:
    with postgres_database(postgres, template=postgres_template) as url:
        yield url


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> Iterator[URL]:
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    else:
        yield request.getfixturevalue("postgres_copy")


@pytest.fixture
def engine(database_url: URL) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()
