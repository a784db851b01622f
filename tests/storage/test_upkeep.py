"""The archive keeps what is asked later and nothing else; what has expired is dropped."""

import datetime as dt
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from bot.notices.notice import Kind, Notice
from bot.outbox.port import State
from bot.storage import tables as t
from bot.storage.notices import SqlNotices
from bot.storage.reports import SqlReports
from bot.storage.sessions import SqlSessions
from bot.storage.upkeep import SqlUpkeep
from tests.storage.world import DAY, NOW, World, a_session

LATER = dt.datetime.combine(DAY, dt.time(5), dt.UTC) + dt.timedelta(days=100)
CUTOFF = LATER - dt.timedelta(days=60)


def put(
    db: Connection, world: World, state: State = State.SENT, *, ended: dt.datetime = NOW, **given: Any
) -> None:
    """One more notice, in this state, with a try."""
    number = db.execute(select(func.count()).select_from(t.notice)).scalar_one()
    values: dict[str, Any] = {
        "session_id": world.session.id,
        "kind": Kind.INVITATION,
        "recipient_id": world.people[0].id,
    }
    values |= given
    one = Notice(
        cluster_id=world.cluster.id,
        date_revision=1,
        occurrence=str(number),
        due=NOW,
        useful_until=NOW + dt.timedelta(days=400),
        payload={"n": "Lan"},
        **values,
    )
    SqlNotices(db).put([one])
    finished = None if state in (State.PENDING, State.SENDING) else ended
    row = update(t.notice).where(t.notice.c.dedup_key == one.dedup_key)
    stored = db.execute(row.values(state=state.value, finished_at=finished).returning(t.notice.c.id))
    tried = {"notice_id": stored.scalar_one(), "attempt": 1, "chat_id": "1", "state": "sent", "at": NOW}
    db.execute(insert(t.delivery), [tried])


def archive(db: Connection, after: int = 0, limit: int = 1000) -> int | None:
    return SqlUpkeep(db).archive(after, limit, CUTOFF, CUTOFF.date())


def left(db: Connection) -> list[int]:
    return list(db.execute(select(t.notice.c.id).order_by(t.notice.c.id)).scalars())


def test_what_is_over_goes_and_what_is_not_stays(db: Connection, world: World) -> None:
    sessions = SqlSessions(db)
    ahead = sessions.add(a_session(world.cluster.id, date=LATER.date() + dt.timedelta(days=9))).id
    undated = sessions.add(a_session(world.cluster.id, date=None)).id
    called_off = sessions.add(a_session(world.cluster.id, date=None)).id
    db.execute(update(t.session).where(t.session.c.id == called_off).values(state="cancelled"))
    for state in (State.SENT, State.FAILED, State.MISSED, State.CANCELLED):
        put(db, world, state)
    put(db, world, session_id=None, kind=Kind.APPROVAL)
    put(db, world, session_id=called_off)
    gone = left(db)
    put(db, world, State.PENDING)
    put(db, world, State.SENDING)
    put(db, world, session_id=ahead)
    put(db, world, session_id=undated)
    put(db, world, ended=CUTOFF + dt.timedelta(hours=1))
    kept = [one for one in left(db) if one not in gone]
    assert archive(db) == kept[-1]
    assert left(db) == kept
    assert db.execute(select(func.count()).select_from(t.notice_archive)).scalar_one() == len(gone)
    tries = db.execute(select(t.delivery.c.notice_id).order_by(t.delivery.c.notice_id)).scalars()
    assert list(tries) == kept, "chats and tries are not kept"


def test_step_by_step_to_the_end(db: Connection, world: World) -> None:
    for _ in range(5):
        put(db, world)
    first = archive(db, 0, 2)
    assert first is not None
    assert len(left(db)) == 3
    second = archive(db, first, 2)
    assert second is not None
    assert archive(db, second, 2) is not None
    assert left(db) == []
    assert archive(db, 99, 2) is None


def test_reports_do_not_notice(db: Connection, world: World) -> None:
    one, two, three = (person.id for person in world.people)
    put(db, world, State.SENT, recipient_id=one)
    put(db, world, State.UNCERTAIN, recipient_id=one, kind=Kind.REMINDER)
    put(db, world, State.UNREACHABLE, recipient_id=two)
    put(db, world, State.SENT, recipient_id=three, kind=Kind.CARD)
    put(db, world, State.FAILED, recipient_id=three, ended=NOW + dt.timedelta(hours=1))

    def asked() -> list[object]:
        reports = SqlReports(db)
        last = reports.finished(world.cluster.id, 3)
        return [
            reports.told(world.session.id),
            reports.told(world.session.id, 1),
            reports.told(world.session.id, 2),
            reports.unreached(world.session.id, 1, [Kind.INVITATION]),
            reports.counts(world.cluster.id),
            reports.counts(world.cluster.id + 1),
            [(sent.recipient_id, sent.kind, sent.state, sent.finished_at) for sent in last],
        ]

    before = asked()
    archive(db)
    assert left(db) == []
    assert asked() == before


def test_a_row_that_gets_an_archived_ones_number_is_archived_too(db: Connection, world: World) -> None:
    """SQLite gives the number of the last row again once it is deleted."""
    for _ in range(2):
        put(db, world)
        archive(db)
    assert db.execute(select(func.count()).select_from(t.notice_archive)).scalar_one() == 2


def test_what_has_expired_is_dropped(db: Connection, world: World) -> None:
    person = world.people[0].id
    old, new = LATER - dt.timedelta(days=500), LATER - dt.timedelta(minutes=1)
    soon = LATER + dt.timedelta(minutes=1)
    chat = {"channel": "zalo", "chat_id": "1"}
    for when, ends, mark in ((old, old, "a"), (new, soon, "b")):
        update_ = {"bot": "1", "chat_id": "1", "message_id": mark, "at": when, "update": {}}
        talk = {"channel": mark, "chat_id": "1", "name": "x", "step": "x", "data": {}, "expires_at": ends}
        code = {"person_id": person, "code_hash": mark, "expires_at": ends}
        for table, values in (
            (t.inbox, update_),
            (t.choice, chat | {"options": [], "expires_at": ends}),
            (t.dialog, talk),
            (t.code_attempt, chat | {"at": when}),
            (t.registration_code, code),
            (t.quota, {"bot": "1", "month": when.strftime("%Y-%m")}),
        ):
            db.execute(insert(table), [values])
    SqlUpkeep(db).tidy(LATER)
    for table in (t.inbox, t.choice, t.dialog, t.code_attempt, t.registration_code, t.quota):
        assert db.execute(select(func.count()).select_from(table)).scalar_one() == 1, table.name
