"""Migrations and `tables.py` say the same, on both engines, and keep the data that is there."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL, Engine, bindparam, create_engine, inspect, text

from bot.storage import migrate
from bot.storage.engine import open_engine
from bot.storage.sessions import SqlSessions
from bot.storage.tables import metadata
from bot.storage.types import Instant
from tests.outbox.stage import Stage
from tests.storage.world import NOW, make_world


def test_the_revisions_lead_to_the_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": False})
        assert compare_metadata(context, metadata) == []


def test_on_sqlite_every_statement_is_the_same(sqlite_url: URL, tmp_path: Path) -> None:
    direct = create_engine(f"sqlite:///{tmp_path / 'direct.db'}")
    metadata.create_all(direct)
    assert _sqlite_schema(open_engine(sqlite_url)) == _sqlite_schema(direct)


def test_on_postgresql_every_index_and_constraint_is_the_same(
    postgres_template: URL, postgres_url: URL
) -> None:
    direct = open_engine(postgres_url)
    metadata.create_all(direct)
    migrated = open_engine(postgres_template)
    try:
        assert _postgres_schema(migrated) == _postgres_schema(direct)
    finally:
        direct.dispose()
        migrated.dispose()


def test_upgrading_again_changes_nothing_and_keeps_the_data(database_url: URL, engine: Engine) -> None:
    stage = Stage(engine)
    stage.add_cluster(2)
    stage.put(stage.notices())
    migrate.upgrade(database_url)
    assert migrate.current(database_url) == migrate.newest()
    assert len(stage.states()) == 2


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_whom_schools_had_named_is_kept_when_the_cluster_may_name_too(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    postgres = kind == "postgresql"
    url = request.getfixturevalue("postgres_url") if postgres else f"sqlite:///{tmp_path / 'old.db'}"
    migrate.upgrade(url, "0010")
    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            world = make_world(connection)
            values = {"session": world.session.id, "cluster": world.cluster.id, "unit": world.unit.id}
            connection.execute(
                text(
                    "INSERT INTO nomination (cluster_id, session_id, unit_id, part, person_ids, at) "
                    "VALUES (:cluster, :session, :unit, 'GV', '[1, 2]', :at)"
                ).bindparams(bindparam("at", type_=Instant)),
                {**values, "at": NOW},
            )
        migrate.upgrade(engine)
        with engine.begin() as connection:
            store = SqlSessions(connection)
            (kept,) = store.nominations(world.session.id)
            assert (kept.unit_id, kept.part, kept.person_ids) == (world.unit.id, "GV", (1, 2))
            store.put_nomination(replace(kept, unit_id=None))
            assert [one.unit_id for one in store.nominations(world.session.id)] == [world.unit.id, None]
    finally:
        engine.dispose()


def test_an_empty_database_has_no_revision(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    assert migrate.current(url) is None
    migrate.upgrade(open_engine(url))
    assert migrate.current(url) == migrate.newest()


def test_on_sqlite_a_database_that_does_not_fit_together_is_refused(sqlite_url: URL) -> None:
    loose = open_engine(sqlite_url, foreign_keys=False)
    with loose.begin() as connection:
        connection.execute(
            text("INSERT INTO card VALUES (99, 99, 'telegram', '1', '1')"),
        )
    with pytest.raises(migrate.MigrationError) as caught:
        migrate.upgrade(sqlite_url)
    assert "card" in caught.value.detail
    loose.dispose()


def test_every_constraint_has_a_name(engine: Engine) -> None:
    inspector = inspect(engine)
    for table in inspector.get_table_names():
        if table == "alembic_version":
            continue
        assert inspector.get_pk_constraint(table)["name"], table
        for constraint in (
            *inspector.get_foreign_keys(table),
            *inspector.get_unique_constraints(table),
            *inspector.get_check_constraints(table),
        ):
            assert constraint["name"], (table, constraint)


def _sqlite_schema(engine: Engine) -> dict[str, object]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
    engine.dispose()
    return {name: _parts(sql) for name, sql in rows if name != "alembic_version"}


def _parts(sql: str) -> list[str]:
    """The statement's lines in any order: the order of constraints means nothing."""
    plain = re.sub(r"[\"\t]|\s+$", "", sql, flags=re.MULTILINE)
    return sorted(line.strip().rstrip(",").lower() for line in plain.splitlines() if line.strip())


def _postgres_schema(engine: Engine) -> list[str]:
    queries = (
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) "
        "FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
        "SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || "
        "coalesce(column_default, '') FROM information_schema.columns WHERE table_schema = 'public'",
    )
    with engine.connect() as connection:
        found = [line for query in queries for line in connection.execute(text(query)).scalars()]
    return sorted(line for line in found if "alembic_version" not in line)
