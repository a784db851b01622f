"""Databases for these tests."""

from tests.databases import (
    database_url,
    engine,
    postgres_copy,
    postgres_kept,
    postgres_template,
    sqlite_template,
    sqlite_url,
)
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
