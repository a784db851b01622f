"""What is kept of handovers, and the lock, on both engines."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine, select

from bot.cluster.handover import Handover, Office
from bot.notices.notice import Kind, Notice
from bot.outbox.port import State
from bot.storage import tables as t
from bot.storage.engine import writing
from bot.storage.notices import SqlNotices
from bot.storage.people import SqlPeople
from tests.storage.world import NOW, World


@pytest.fixture
def db(engine: Engine) -> Iterator[Connection]:
    with writing(engine) as connection:
        yield connection


def a_handover(world: World, at: dt.datetime = NOW, *, leaves: bool = True) -> Handover:
    one, two, three = world.people
    offices = (Office("TTCM", "mẫu giáo"), Office("QUAN_TRI"))
    return Handover(0, world.cluster.id, world.unit.id, at, three.id, one.id, two.id, offices, leaves)


def test_what_is_kept_is_what_is_read_the_latest_first(db: Connection, world: World) -> None:
    store = SqlPeople(db)
    first = store.add_handover(a_handover(world))
    later = store.add_handover(a_handover(world, NOW + dt.timedelta(days=1), leaves=False))
    assert store.handover(first.id) == first == replace(a_handover(world), id=first.id)
    assert store.handovers(world.cluster.id, 5) == [later, first]
    assert store.handovers(world.cluster.id, 1) == [later]
    assert store.handovers(world.cluster.id + 1, 5) == []
    assert store.handover(999) is None


def test_it_stays_when_one_of_them_is_erased(db: Connection, world: World) -> None:
    store = SqlPeople(db)
    made = store.add_handover(a_handover(world))
    for person in world.people:
        store.erase(person.id)
    assert store.handover(made.id) == made


def test_a_chat_sleeps_when_its_person_has_left(db: Connection, world: World) -> None:
    store = SqlPeople(db)
    person = world.people[0]
    store.link(person, "telegram", "5", NOW)
    assert not store.has_left("telegram", "5")
    store.deactivate(person.id)
    assert store.has_left("telegram", "5")
    assert not store.has_left("zalo", "5")
    assert not store.has_left("telegram", "6")


def test_a_lock_takes_anybody_once_and_nobody_too(db: Connection, world: World) -> None:
    ids = [person.id for person in world.people]
    SqlPeople(db).lock([*ids, *ids, 999])
    SqlPeople(db).lock([])


def test_withdrawn_is_what_waits_for_her_of_these_kinds(db: Connection, world: World) -> None:
    one, two, _ = world.people
    notices = SqlNotices(db)
    queued = [
        Notice(
            kind=kind,
            cluster_id=world.cluster.id,
            session_id=world.session.id,
            date_revision=1,
            recipient_id=person.id,
            occurrence="1",
            due=NOW,
            useful_until=NOW + dt.timedelta(days=1),
        )
        for kind in (Kind.NUDGE, Kind.REMINDER)
        for person in (one, two)
    ]
    notices.put(queued)
    sent = t.notice.update().where(t.notice.c.kind == Kind.REMINDER.value).values(state=State.SENT.value)
    db.execute(sent)
    notices.withdraw(one.id, [Kind.NUDGE, Kind.REMINDER], NOW)
    notices.withdraw(two.id, [Kind.REMINDER], NOW)
    rows = db.execute(
        select(t.notice.c.kind, t.notice.c.recipient_id, t.notice.c.state).order_by(t.notice.c.id)
    )
    assert [tuple(row) for row in rows] == [
        ("nudge", one.id, "cancelled"),
        ("nudge", two.id, "pending"),
        ("reminder", one.id, "sent"),
        ("reminder", two.id, "sent"),
    ]
