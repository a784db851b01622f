"""Bring a database, with what is in it, to the tables of this version of the program."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, text

from bot.errors import NhacLichError
from bot.storage.engine import open_engine

_HERE = Path(__file__).resolve().parent / "migrations"
_LOCK = 0x6E686163  #: PostgreSQL's advisory lock: two replicas that start together migrate one after another


class MigrationError(NhacLichError):
    """The database could not be brought up to date; it is as it was before."""


def upgrade(database: str | URL | Engine, revision: str = "head") -> None:
    """All missing revisions, in one transaction.  Raises MigrationError: then nothing has changed.

    On SQLite foreign keys are off meanwhile, since rebuilding a table would delete what refers to it,
    and are checked before the end.
    """
    with _connection(database) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        command.upgrade(_config(connection), revision)
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                tables = ", ".join(sorted({str(row[0]) for row in broken}))
                raise MigrationError(
                    "Không nâng cấp được cơ sở dữ liệu: dữ liệu cũ có chỗ không khớp. Chưa có gì thay đổi.",
                    detail=f"foreign_key_check found {len(broken)} rows in {tables}",
                )


def current(database: str | URL | Engine) -> str | None:
    """The revision of the database; None: it has none of our tables yet."""
    with _connection(database) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The revision that this version of the program needs."""
    head = ScriptDirectory(str(_HERE)).get_current_head()
    assert head is not None
    return head


def write_revision(database: str | URL | Engine, name: str, number: str) -> None:
    """For developers: a new file in versions/ with what `tables.py` has and the database has not."""
    with _connection(database) as connection:
        command.revision(_config(connection), message=name, rev_id=number, autogenerate=True)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _connection(database: str | URL | Engine) -> Iterator[Connection]:
    url = database.url if isinstance(database, Engine) else database
    engine = open_engine(url, foreign_keys=False)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
