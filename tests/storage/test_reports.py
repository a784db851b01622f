"""What the rooms above ask the outbox, on both engines."""

import datetime as dt

import pytest
from sqlalchemy import Connection, insert, select, update

from bot.notices.notice import Kind, Notice
from bot.outbox.port import State
from bot.outbox.reports import Backlog, Upcoming
from bot.storage.notices import SqlNotices
from bot.storage.reports import SqlReports
from bot.storage.tables import delivery, notice
from tests.storage.world import NOW, World, make_world

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def reports(db: Connection) -> SqlReports:
    return SqlReports(db)


def put(
    db: Connection,
    world: World,
    person: int,
    kind: Kind,
    state: State = State.PENDING,
    *,
    revision: int = 1,
    due: dt.datetime = NOW,
) -> None:
    """A row of the queue in this state."""
    one = Notice(
        kind=kind,
        cluster_id=world.cluster.id,
        session_id=world.session.id,
        date_revision=revision,
        recipient_id=world.people[person].id,
        occurrence="1",
        due=due,
        useful_until=due + 24 * HOUR,
    )
    SqlNotices(db).put([one])
    finished = None if state in (State.PENDING, State.SENDING) else due
    db.execute(
        update(notice)
        .where(notice.c.dedup_key == one.dedup_key)
        .values(state=state.value, finished_at=finished, error="gone" if state is State.FAILED else None)
    )


def test_who_was_told_what(db: Connection, world: World, reports: SqlReports) -> None:
    put(db, world, 0, Kind.INVITATION, State.SENT)
    put(db, world, 0, Kind.REMINDER, State.UNCERTAIN)
    put(db, world, 0, Kind.CARD, State.SENT)  # drawing a card anew tells nobody anything
    put(db, world, 1, Kind.INVITATION, State.SENDING)
    put(db, world, 2, Kind.INVITATION, State.FAILED)
    put(db, world, 2, Kind.CHANGE, State.SENT, revision=2)
    one, two, three = (p.id for p in world.people)
    first = {one: frozenset({Kind.INVITATION, Kind.REMINDER}), two: frozenset({Kind.INVITATION})}
    assert reports.told(world.session.id, 1) == first
    assert reports.told(world.session.id) == first | {three: frozenset({Kind.CHANGE})}
    assert reports.told(999) == {}


def test_who_only_covers_was_told_of_that_and_not_of_the_session(
    db: Connection, world: World, reports: SqlReports
) -> None:
    put(db, world, 0, Kind.COVER_ASKED, State.SENT)
    put(db, world, 0, Kind.COVER_ASKED, State.SENT, revision=2)
    put(db, world, 1, Kind.COVER_ASKED, State.UNREACHABLE)
    put(db, world, 1, Kind.COVER_OPEN, State.SENT)
    put(db, world, 2, Kind.WHO_COVERS, State.SENT)
    told = {world.people[2].id: frozenset({Kind.WHO_COVERS})}
    assert reports.told(world.session.id) == told
    said = reports.said(world.session.id, Kind.COVER_ASKED)
    assert {who for who, _ in said} == {world.people[0].id}
    assert reports.said(world.session.id, Kind.COVER_OFF) == frozenset()


def test_when_a_chat_was_last_told_something(db: Connection, world: World, reports: SqlReports) -> None:
    put(db, world, 0, Kind.INVITATION, State.SENT)
    put(db, world, 1, Kind.CARD, State.SENT)
    invitation, drawn = db.execute(select(notice.c.id).order_by(notice.c.id)).scalars()

    def tried(of: int, state: State, hours: int, channel: str = "telegram") -> None:
        where = {"channel": channel, "chat_id": "7", "attempt": 1, "message_id": "m"}
        db.execute(insert(delivery).values(notice_id=of, state=state.value, at=NOW + hours * HOUR, **where))

    assert reports.last_told("telegram", "7") is None
    tried(invitation, State.SENT, 1)
    tried(invitation, State.UNCERTAIN, 2)  # perhaps it was read
    tried(invitation, State.FAILED, 3)
    tried(drawn, State.SENT, 4)  # no message
    tried(invitation, State.SENT, 5, "zalo")
    assert reports.last_told("telegram", "7") == NOW + 2 * HOUR
    assert reports.last_told("telegram", "8") is None


def test_who_is_still_to_be_told_and_when(db: Connection, world: World, reports: SqlReports) -> None:
    put(db, world, 0, Kind.CHANGE, due=NOW + HOUR)
    put(db, world, 1, Kind.CHANGE)
    put(db, world, 2, Kind.CHANGE, State.SENT)
    session = world.session.id
    assert reports.queued(session, 1, Kind.CHANGE) == {world.people[0].id, world.people[1].id}
    assert reports.queued(session, 2, Kind.CHANGE) == frozenset()
    assert reports.due_of(session, 1, Kind.CHANGE) == NOW
    assert reports.due_of(session, 1, Kind.INVITATION) is None


def test_who_was_not_reached_by_any_of_these_kinds(db: Connection, world: World, reports: SqlReports) -> None:
    put(db, world, 0, Kind.INVITATION, State.UNREACHABLE)
    put(db, world, 0, Kind.CHANGE, State.SENT)  # reached later
    put(db, world, 1, Kind.INVITATION, State.FAILED)
    put(db, world, 2, Kind.INVITATION, State.MISSED)
    put(db, world, 2, Kind.REMINDER, State.SENT)  # another kind
    inviting = (Kind.INVITATION, Kind.CHANGE)
    assert reports.unreached(world.session.id, 1, inviting) == {world.people[1].id, world.people[2].id}
    assert reports.unreached(world.session.id, 2, inviting) == frozenset()
    assert reports.unreached(world.session.id, 1, ()) == frozenset()


def test_the_queue_of_a_cluster(db: Connection, world: World, reports: SqlReports) -> None:
    put(db, world, 0, Kind.REMINDER, due=NOW + HOUR)
    put(db, world, 1, Kind.REMINDER, due=NOW + HOUR)
    put(db, world, 2, Kind.INVITATION)
    put(db, world, 2, Kind.PREPARE, State.SENT, due=NOW - HOUR)
    cluster, session = world.cluster.id, world.session.id
    assert reports.next_due(cluster) == NOW
    assert reports.upcoming(cluster) == [
        Upcoming(NOW, Kind.INVITATION, session, 1),
        Upcoming(NOW + HOUR, Kind.REMINDER, session, 2),
    ]
    assert reports.counts(cluster) == {State.PENDING: 3, State.SENT: 1}
    other = make_world(db, "Núi Đối", "XYZXYZ").cluster.id
    assert (reports.next_due(other), reports.upcoming(other), reports.counts(other)) == (None, [], {})


def test_the_last_that_ended_oldest_first(db: Connection, world: World, reports: SqlReports) -> None:
    put(db, world, 0, Kind.PREPARE, State.SENT, due=NOW - 2 * HOUR)
    put(db, world, 1, Kind.PREPARE, State.FAILED, due=NOW - HOUR)
    put(db, world, 2, Kind.PREPARE, State.MISSED)
    put(db, world, 2, Kind.REMINDER)
    last = reports.finished(world.cluster.id, 2)
    assert [(one.recipient_id, one.state, one.error) for one in last] == [
        (world.people[1].id, State.FAILED, "gone"),
        (world.people[2].id, State.MISSED, None),
    ]
    assert last[0].finished_at == NOW - HOUR


def test_the_backlog_is_what_is_due_now(db: Connection, world: World, reports: SqlReports) -> None:
    assert reports.backlog(NOW) == Backlog(0, 0, None)
    put(db, world, 0, Kind.REMINDER, due=NOW - 2 * HOUR)
    put(db, world, 1, Kind.REMINDER, due=NOW)
    put(db, world, 0, Kind.SAME_DAY, due=NOW + HOUR)
    put(db, world, 1, Kind.SAME_DAY, State.SENDING)
    put(db, world, 0, Kind.INVITATION, State.UNREACHABLE)
    assert reports.backlog(NOW) == Backlog(2, 1, NOW - 2 * HOUR)
    assert reports.states() == {State.PENDING: 3, State.SENDING: 1, State.UNREACHABLE: 1}
