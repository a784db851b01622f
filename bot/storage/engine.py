"""One way to reach the database, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

BUSY_TIMEOUT_MS = 10_000
#: PostgreSQL: nobody waits long for a lock, and a process that was stopped within a transaction loses it.
LOCK_TIMEOUT_MS = 5_000
IDLE_TRANSACTION_MS = 6_000


def open_engine(url: str | URL, *, foreign_keys: bool = True) -> Engine:
    """An engine on which every transaction is a write transaction on SQLite (BEGIN IMMEDIATE).

    SQLite runs in WAL mode with synchronous=FULL: what was committed survives a power cut.
    `foreign_keys=False` is for migrations on SQLite, which rebuild tables; PostgreSQL ignores it.
    """
    url = make_url(url)
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    sqlite = url.get_backend_name() == "sqlite"
    # No error tells what was written: names, phone numbers, codes.
    engine = create_engine(url, pool_pre_ping=not sqlite, hide_parameters=True)
    if sqlite:
        _set_up_sqlite(engine, foreign_keys)
    else:
        _set_up_postgres(engine)
    return engine


def _set_up_postgres(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(dbapi_connection, _record) -> None:  # type: ignore[no-untyped-def]
        with dbapi_connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {LOCK_TIMEOUT_MS}")
            cursor.execute(f"SET idle_in_transaction_session_timeout = {IDLE_TRANSACTION_MS}")
        dbapi_connection.commit()


def _set_up_sqlite(engine: Engine, foreign_keys: bool) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(dbapi_connection, _record) -> None:  # type: ignore[no-untyped-def]
        # SQLAlchemy's event, not the driver, opens transactions: pysqlite's own BEGIN is deferred.
        dbapi_connection.isolation_level = None
        cursor = dbapi_connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        mode = "DEFERRED" if connection.get_execution_options().get("read_only") else "IMMEDIATE"
        connection.exec_driver_sql(f"BEGIN {mode}")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One write transaction: committed at the end, rolled back on any exception."""
    with engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent read; it never waits for a writer on SQLite."""
    with engine.connect().execution_options(read_only=True) as connection, connection.begin():
        yield connection
