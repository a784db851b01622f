"""Sessions, their duties, history and fixed dates in the store, on both engines."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import Connection, update

from bot.errors import OutdatedError
from bot.sessions.session import SessionState
from bot.sessions.store import Event, FixedDate
from bot.storage.sessions import SqlSessions
from bot.storage.tables import session as session_table
from tests.storage.world import DAY, NOW, World, a_session, make_world


def test_what_is_put_is_what_is_read(store: SqlSessions, world: World) -> None:
    stored = world.session
    assert stored == replace(a_session(world.cluster.id, (world.unit.id,)), id=stored.id, code="B1")
    assert store.get(stored.id) == stored
    assert store.many([stored.id, 999]) == {stored.id: stored}
    assert store.many([]) == {}
    assert store.get(999) is None


def test_codes_are_for_life_and_counted_in_each_cluster(
    db: Connection, store: SqlSessions, world: World
) -> None:
    second = store.add(a_session(world.cluster.id))
    other = make_world(db, "Núi Đối", "XYZXYZ")
    assert (second.code, other.session.code) == ("B2", "B1")
    assert store.by_code(world.cluster.id, "b2") == second
    assert store.by_code(other.cluster.id, "B2") is None
    assert store.of_cluster(other.cluster.id) == [other.session]


def test_sessions_come_in_the_order_of_their_days(store: SqlSessions, world: World) -> None:
    window = store.add(a_session(world.cluster.id, date=None))
    late = store.add(a_session(world.cluster.id, date=dt.date(2024, 3, 12)))
    nothing = store.add(replace(a_session(world.cluster.id, date=None), window=None))
    early = store.add(a_session(world.cluster.id, date=dt.date(2023, 10, 12)))
    codes = [s.code for s in store.of_cluster(world.cluster.id)]
    assert codes == [s.code for s in (early, world.session, window, late, nothing)]


def test_who_meets_on_a_day(db: Connection, store: SqlSessions, world: World) -> None:
    """Several days long or not, of this cluster, and taking place."""
    day, cluster = DAY, world.cluster.id
    long = store.add(replace(a_session(cluster), date=day - dt.timedelta(2), date_end=day))
    same = store.add(a_session(cluster))
    store.add(a_session(cluster, date=day + dt.timedelta(1)))
    store.add(a_session(cluster, date=None))
    store.add(replace(a_session(cluster), state=SessionState.CANCELLED))
    make_world(db, "Khác", "KHACKH")
    assert store.meeting(world.session) == [long, same]
    assert store.meeting(long) == [world.session, same]
    assert store.meeting(replace(world.session, state=SessionState.CANCELLED)) == []


def test_of_two_who_change_the_same_version_one_is_told(store: SqlSessions, world: World) -> None:
    mine = replace(world.session, room="Phòng 1", version=2, released_at=NOW, released_by=world.people[0].id)
    assert store.save(mine) == mine
    with pytest.raises(OutdatedError, match="Vừa có thay đổi khác"):
        store.save(replace(world.session, room="Phòng 2", version=2))
    assert store.get(mine.id) == mine
    store.save(replace(mine, version=3, date=None))


def test_duties_are_found_when_their_time_has_come(store: SqlSessions, world: World) -> None:
    later = store.add(a_session(world.cluster.id))
    assert store.next_duty() is None
    store.set_duty(later.id, NOW + dt.timedelta(hours=1))
    store.set_duty(world.session.id, NOW)
    assert store.next_duty() == NOW
    assert store.with_duty(NOW - dt.timedelta(seconds=1), 9) == []
    assert [s.id for s in store.with_duty(NOW, 9)] == [world.session.id]
    assert [s.id for s in store.with_duty(NOW + dt.timedelta(days=1), 9)] == [world.session.id, later.id]
    assert [s.id for s in store.with_duty(NOW + dt.timedelta(days=1), 1)] == [world.session.id]
    store.set_duty(world.session.id, None)
    assert store.next_duty() == NOW + dt.timedelta(hours=1)


def test_the_history_keeps_who_when_what(store: SqlSessions, world: World) -> None:
    steps = [
        Event(world.session.id, NOW, None, "planned", {}),
        Event(world.session.id, NOW, world.people[0].id, "asked", {"proposed": "2023-11-10", "vì": "trùng"}),
    ]
    for step in steps:
        store.note(step, world.cluster.id)
    assert store.history(world.session.id) == steps


def test_fixed_dates_are_kept_once(db: Connection, store: SqlSessions, world: World) -> None:
    dates = [FixedDate(DAY, "Hội nghị", "authority"), FixedDate(dt.date(2023, 11, 1), "Nghỉ", "day_off")]
    assert store.put_fixed_dates(world.cluster.id, [*dates, dates[0]]) == dates
    off = FixedDate(DAY, "Hội nghị", "day_off")
    assert store.put_fixed_dates(world.cluster.id, [*dates, off]) == [off]
    assert store.put_fixed_dates(world.cluster.id, []) == []
    assert [d.date for d in store.fixed_dates(world.cluster.id)] == [dt.date(2023, 11, 1), DAY, DAY]
    assert store.fixed_dates(make_world(db, "Núi Đối", "XYZXYZ").cluster.id) == []


def test_an_audience_of_an_earlier_version_is_read(db: Connection, store: SqlSessions, world: World) -> None:
    old = [{"role": "HT", "count": None, "scope": "each_school", "qualifier": None}]
    db.execute(update(session_table).values(audience=old))
    found = store.get(world.session.id)
    assert found is not None
    assert [(item.role, item.alternatives) for item in found.audience] == [("HT", ())]
