"""One empty, migrated database on each engine: a test that takes `engine` runs on both."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, Engine, create_engine, make_url

from bot.storage.engine import open_engine
from bot.storage.migrate import upgrade
from tests.postgres import postgres_database

#: What a test changes besides rows: the tables themselves, their columns, the version.
_SHAPE = (
    "SELECT c.oid, c.relname, c.relnatts, v.version_num FROM pg_class c, alembic_version v "
    "WHERE c.relnamespace = 'public'::regnamespace ORDER BY c.oid"
)
_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
ENGINES = ("sqlite", "postgresql")


class Kept:
    """One database on PostgreSQL for test after test, emptied for each: to make one takes many times as long.
    After a test that changed more than rows it is made anew."""

    def __init__(self, server: URL, template: URL) -> None:
        self._server = server
        self._template = template
        self._made = ExitStack()
        self._url: URL | None = None
        self._shape: list[object] = []

    def clean(self) -> URL:
        if self._url is None or not self._emptied(self._url):
            self.close()
            self._url = self._made.enter_context(postgres_database(self._server, template=self._template))
            with _admin(self._url) as db:
                self._shape = list(db.exec_driver_sql(_SHAPE))
        return self._url

    def _emptied(self, url: URL) -> bool:
        with _admin(url) as db:
            db.exec_driver_sql(_OTHERS)
            if list(db.exec_driver_sql(_SHAPE)) != self._shape:
                return False
            tables = ", ".join(f'"{name}"' for name in db.exec_driver_sql(_TABLES).scalars())
            db.exec_driver_sql(f"TRUNCATE {tables} RESTART IDENTITY")
            return True

    def close(self) -> None:
        self._made.close()
        self._url = None


@contextmanager
def _admin(url: URL) -> Iterator[Connection]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        yield db
    engine.dispose()


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


@pytest.fixture(scope="session")
def postgres_kept(postgres: URL, postgres_template: URL) -> Iterator[Kept]:
    with closing(Kept(postgres, postgres_template)) as kept:
        yield kept


@pytest.fixture
def postgres_copy(postgres_kept: Kept) -> URL:
    return postgres_kept.clean()


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
