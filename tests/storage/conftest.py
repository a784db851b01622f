"""Databases for these tests, and a cluster in one."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from bot.storage.sessions import SqlSessions
from tests.databases import (
    database_url,
    engine,
    postgres_copy,
    postgres_kept,
    postgres_template,
    sqlite_template,
    sqlite_url,
)
from tests.outbox.stage import Stage
from tests.postgres import postgres, postgres_url
from tests.storage.world import World, make_world

__all__ = [
    "database_url",
    "engine",
    "postgres",
    "postgres_copy",
    "postgres_kept",
    "postgres_template",
    "postgres_url",
    "sqlite_template",
    "sqlite_url",
]


@pytest.fixture
def db(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        yield connection


@pytest.fixture
def world(db: Connection) -> World:
    return make_world(db)


@pytest.fixture
def store(db: Connection) -> SqlSessions:
    """Of sessions, answers and requests."""
    return SqlSessions(db)


@pytest.fixture
def stage(engine: Engine) -> Stage:
    """A cluster whose notices are queued."""
    stage = Stage(engine)
    stage.add_cluster(3)
    return stage
