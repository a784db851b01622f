"""Databases for these tests: one that takes `engine` runs on both."""

import pytest
from sqlalchemy import Engine

from bot.storage.work import Desk
from tests.databases import (
    database_url,
    engine,
    postgres_copy,
    postgres_kept,
    postgres_template,
    sqlite_template,
    sqlite_url,
)
from tests.flows.people.office import make_desk
from tests.long import DEEP
from tests.postgres import postgres, postgres_url

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
def desk(engine: Engine) -> Desk:
    """With the sample cluster, everybody registered."""
    if engine.dialect.name == "postgresql" and not DEEP:
        pytest.skip("each once more on PostgreSQL: NHACLICH_DEEP=1 runs it")
    return make_desk(engine)
