"""Who covers, in the store, on both engines."""

from dataclasses import replace

import pytest
from sqlalchemy import URL, Connection, Engine, delete, text

from bot.errors import OutdatedError
from bot.sessions.cover import Cover, CoverState
from bot.storage import migrate
from bot.storage.sessions import SqlSessions
from bot.storage.tables import person as person_table
from tests.storage.world import DAY, NOW, World, make_world


def test_an_older_database_gets_covers_and_keeps_its_people(engine: Engine, database_url: URL) -> None:
    with engine.begin() as db:
        made = make_world(db)
        for new in ("cover", "cover_off"):
            db.execute(text(f"DROP TABLE {new}"))
        db.execute(text("DROP INDEX uq_nomination_of_cluster"))
        db.execute(text("UPDATE alembic_version SET version_num = '0009'"))
    migrate.upgrade(database_url)
    with engine.begin() as db:
        store = SqlSessions(db)
        assert store.get(made.session.id) == made.session
        assert store.add_cover(a_cover(made)).state is CoverState.ASKED
        assert store.not_covering(made.cluster.id) == frozenset()


def a_cover(world: World, **other: object) -> Cover:
    absent, covers, head = world.people
    values: dict[str, object] = {
        "id": 0,
        "cluster_id": world.cluster.id,
        "session_id": world.session.id,
        "absent_id": absent.id,
        "person_id": covers.id,
        "name": None,
        "state": CoverState.ASKED,
        "date_revision": 1,
        "day": DAY,
        "asked": 1,
        "named_by": head.id,
        "at": NOW,
    }
    return Cover(**(values | other))  # type: ignore[arg-type]


def test_what_is_put_is_what_is_read_until_it_is_closed(store: SqlSessions, world: World) -> None:
    stored = store.add_cover(a_cover(world))
    assert stored == a_cover(world, id=stored.id)
    assert store.covers(world.session.id) == [stored]
    closed = replace(stored, state=CoverState.CLOSED)
    store.save_cover(closed, stored)
    assert store.covers(world.session.id) == []
    assert store.cover(stored.id) == closed
    assert store.cover(999) is None


def test_one_who_goes_has_one_cover(store: SqlSessions, world: World) -> None:
    first = store.add_cover(a_cover(world))
    named = a_cover(world, person_id=None, name="cô Hoa lớp 4A", state=CoverState.WORD)
    with pytest.raises(OutdatedError, match="Vừa có thay đổi khác"):
        store.add_cover(named)
    store.save_cover(replace(first, state=CoverState.CLOSED), first)
    assert store.add_cover(named).name == "cô Hoa lớp 4A"


def test_nobody_covers_for_two(store: SqlSessions, world: World) -> None:
    first = store.add_cover(a_cover(world))
    other = a_cover(world, absent_id=world.people[2].id)
    with pytest.raises(OutdatedError):
        store.add_cover(other)
    refused = replace(first, state=CoverState.DECLINED)
    store.save_cover(refused, first)
    store.add_cover(other)
    with pytest.raises(OutdatedError):
        store.save_cover(first, refused)
    assert store.cover(first.id) == refused, "the transaction goes on"


def test_of_two_who_change_the_same_the_second_is_told(store: SqlSessions, world: World) -> None:
    stored = store.add_cover(a_cover(world))
    store.save_cover(replace(stored, state=CoverState.ACCEPTED), stored)
    with pytest.raises(OutdatedError):
        store.save_cover(replace(stored, state=CoverState.DECLINED), stored)
    again = replace(stored, asked=2)
    with pytest.raises(OutdatedError):
        store.save_cover(replace(again, state=CoverState.CLOSED), again)


def test_who_named_may_leave(db: Connection, store: SqlSessions, world: World) -> None:
    stored = store.add_cover(a_cover(world))
    db.execute(delete(person_table).where(person_table.c.id == stored.named_by))
    db.execute(delete(person_table).where(person_table.c.id == stored.person_id))
    assert store.cover(stored.id) == replace(stored, named_by=None, person_id=None)
    db.execute(delete(person_table).where(person_table.c.id == stored.absent_id))
    assert store.cover(stored.id) is None


def test_a_school_switches_it_off_and_on(db: Connection, store: SqlSessions, world: World) -> None:
    other = make_world(db, "Núi Đối", "XYZXYZ")
    by = world.people[0].id
    for _ in range(2):
        store.set_covering(world.unit.id, by, NOW, on=False)
        assert store.not_covering(world.cluster.id) == {world.unit.id}
    assert store.not_covering(other.cluster.id) == frozenset()
    store.set_covering(world.unit.id, by, NOW, on=True)
    assert store.not_covering(world.cluster.id) == frozenset()
