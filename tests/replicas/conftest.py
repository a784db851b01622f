"""Databases for these tests."""

from tests.databases import postgres_copy, postgres_kept, postgres_template, sqlite_template, sqlite_url
from tests.postgres import postgres

__all__ = ["postgres", "postgres_copy", "postgres_kept", "postgres_template", "sqlite_template", "sqlite_url"]
