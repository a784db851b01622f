"""The queue's contract, on SQLite and on PostgreSQL (invariants 1, 3, 4)."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import URL, Connection, Engine, event, select

from bot.message import Message
from bot.notices.notice import Kind
from bot.outbox.port import Address, Claimed, Composed, Dropped, Outcome, Parcel, State
from bot.storage import claiming
from bot.storage import tables as t
from bot.storage.engine import open_engine, reading
from bot.storage.turns import ROUND
from tests.outbox.stage import NOW, Stage

LEASE = timedelta(seconds=90)
HOUR = timedelta(hours=1)
CHAT = Address("telegram", "1000")


@pytest.fixture
def stage(engine: Engine) -> Stage:
    stage = Stage(engine)
    stage.add_cluster(3)
    return stage


def sent(row: Claimed, message_id: str = "7") -> Outcome:
    return Outcome(row, State.SENT, address=CHAT, message_id=message_id, card_session_id=row.session_id)


def test_a_due_row_is_claimed_once_and_recorded(stage: Stage) -> None:
    stage.put(stage.notices())
    queue = stage.queue()
    rows = queue.claim(NOW, 10, LEASE)
    assert [row.attempt for row in rows] == [1, 1, 1]
    assert queue.claim(NOW, 10, LEASE) == []
    queue.record([sent(row) for row in rows], NOW)
    assert stage.states() == [State.SENT] * 3
    assert queue.next_due() is None


def test_what_is_not_due_yet_waits(stage: Stage) -> None:
    stage.put(stage.notices(due=NOW + HOUR))
    queue = stage.queue()
    assert queue.claim(NOW, 10, LEASE) == []
    assert queue.next_due() == NOW + HOUR
    assert len(queue.claim(NOW + HOUR, 10, LEASE)) == 3


def test_the_same_notice_cannot_be_queued_twice(stage: Stage) -> None:
    stage.put(stage.notices())
    stage.put(stage.notices(due=NOW + HOUR))
    assert len(stage.states()) == 3
    assert len(stage.queue().claim(NOW, 10, LEASE)) == 3


def test_oldest_first_within_the_limit(stage: Stage) -> None:
    one, two, three = stage.of_cluster[stage.clusters[0]]
    for person, minutes in ((one, 3), (two, 1), (three, 2)):
        stage.put(stage.notices(people=[person], due=NOW - timedelta(minutes=minutes)))
    claimed = stage.queue().claim(NOW, 2, LEASE)
    assert [row.recipient_id for row in claimed] == [one, three]


def test_with_a_row_comes_everything_due_to_that_person(stage: Stage) -> None:
    person = stage.of_cluster[stage.clusters[0]][0]
    stage.put(stage.notices(people=[person], due=NOW - HOUR))
    stage.put(stage.notices(due=NOW, kind=Kind.REMINDER))
    claimed = stage.queue().claim(NOW, 1, LEASE)
    assert [(row.recipient_id, row.kind) for row in claimed] == [
        (person, Kind.INVITATION),
        (person, Kind.REMINDER),
    ]


def test_a_large_cluster_does_not_hold_up_a_small_one(stage: Stage) -> None:
    large = stage.add_cluster(3 * ROUND, first_chat=5000)
    small = stage.add_cluster(4, first_chat=9000)
    stage.put(stage.notices(cluster=large, due=NOW - HOUR))
    stage.put(stage.notices(cluster=small))
    claimed = stage.queue().claim(NOW, ROUND + 4, LEASE)
    assert sorted(row.cluster_id for row in claimed) == [large] * ROUND + [small] * 4


def test_what_was_sent_long_ago_is_not_read_at_a_wake(sqlite_url: URL) -> None:
    """Without statistics SQLite would rather read the whole outbox in the order of clusters."""
    engine = open_engine(sqlite_url)
    statements: list[tuple[str, object]] = []

    def note(_c: object, _u: object, statement: str, given: object, *_: object) -> None:
        statements.append((statement, given))

    event.listen(engine, "before_cursor_execute", note)
    queue = Stage(engine).queue()
    queue.claim(NOW, 7, LEASE)
    queue.next_due()
    event.remove(engine, "before_cursor_execute", note)
    used = []
    with engine.connect() as db:
        for statement, given in statements:
            if statement.lstrip().startswith(("SELECT", "WITH")):
                plan = db.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)  # type: ignore[arg-type]
                used += [row[3] for row in plan if " notice " in f"{row[3]} "]
    engine.dispose()
    assert len(used) >= 5
    assert all("ix_notice_due" in line or "ix_notice_lease" in line for line in used), used


def test_what_is_useful_no_longer_is_missed(stage: Stage) -> None:
    stage.put(stage.notices(due=NOW - HOUR, useful_until=NOW))
    assert stage.queue().claim(NOW, 10, LEASE) == []
    assert stage.states() == [State.MISSED] * 3


def test_a_year_of_late_notices_is_marked_in_pieces(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claiming, "LATE_AT_ONCE", 2)
    stage.put(stage.notices(due=NOW - HOUR, useful_until=NOW))
    stage.put(stage.notices(occurrence="now"))
    queue = stage.queue()
    assert len(queue.claim(NOW, 10, LEASE)) == 3, "what is of use does not wait for what is not"
    assert stage.count(State.MISSED) == 2
    assert queue.next_due() == NOW - HOUR, "it is looked at again"
    assert queue.claim(NOW, 10, LEASE) == []
    assert stage.count(State.MISSED) == 3


def test_after_a_crash_a_lapsed_row_is_due_again(stage: Stage) -> None:
    stage.put(stage.notices())
    stage.queue().claim(NOW, 10, LEASE)
    after = stage.queue()
    assert after.claim(NOW + LEASE / 2, 10, LEASE) == []
    assert after.next_due() == NOW + LEASE
    again = after.claim(NOW + LEASE, 10, LEASE)
    assert [row.attempt for row in again] == [2, 2, 2]


def test_after_a_crash_only_begun_rows_of_a_kind_said_once_are_uncertain(stage: Stage) -> None:
    stage.put(stage.notices(kind=Kind.REMINDER))
    queue = stage.queue()
    rows = queue.claim(NOW, 10, LEASE)
    queue.begin(rows[:1], NOW)
    again = stage.queue().claim(NOW + LEASE, 10, LEASE)
    assert {row.id for row in again} == {row.id for row in rows[1:]}
    assert stage.states() == [State.UNCERTAIN, State.SENDING, State.SENDING]


def test_an_acknowledgement_that_comes_too_late_is_ignored(stage: Stage) -> None:
    stage.put(stage.notices())
    slow, quick = stage.queue(), stage.queue()
    old = slow.claim(NOW, 10, LEASE)
    new = quick.claim(NOW + LEASE, 10, LEASE)
    slow.record([Outcome(row, State.FAILED, error="late") for row in old], NOW + LEASE)
    assert stage.states() == [State.SENDING] * 3
    quick.record([sent(row) for row in new], NOW + LEASE)
    slow.record([Outcome(row, State.FAILED, error="late") for row in old], NOW + LEASE)
    assert stage.states() == [State.SENT] * 3


def test_own_rows_stay_own_when_the_clock_leaps(stage: Stage) -> None:
    stage.put(stage.notices())
    queue = stage.queue()
    rows = queue.claim(NOW, 10, LEASE)
    for leap in (timedelta(days=1), -timedelta(days=1)):
        assert queue.claim(NOW + leap, 10, LEASE) == []
        assert queue.next_due() is None
    queue.record([sent(row) for row in rows], NOW)
    assert stage.states() == [State.SENT] * 3


def test_a_lease_from_before_the_clock_was_set_back_has_lapsed(stage: Stage) -> None:
    stage.put(stage.notices(due=NOW - timedelta(days=2)))
    stage.queue().claim(NOW, 10, LEASE)
    assert len(stage.queue().claim(NOW - timedelta(days=1), 10, LEASE)) == 3


def test_a_retry_waits_and_counts_its_tries(stage: Stage) -> None:
    stage.put(stage.notices(people=stage.of_cluster[1][:1]))
    queue = stage.queue()
    (row,) = queue.claim(NOW, 10, LEASE)
    queue.record([Outcome(row, State.PENDING, retry_at=NOW + HOUR, address=CHAT, error="502")], NOW)
    assert queue.claim(NOW, 10, LEASE) == []
    (row,) = queue.claim(NOW + HOUR, 10, LEASE)
    assert (row.attempt, row.tries) == (2, 1)
    queue.record([Outcome(row, State.PENDING, retry_at=row.due)], NOW)
    (row,) = queue.claim(NOW + HOUR, 10, LEASE)
    assert (row.attempt, row.tries) == (3, 1), "a row that was not handed over was not tried"


def test_a_sent_invitation_leaves_a_card_and_a_line_of_history(stage: Stage) -> None:
    stage.put(stage.notices(people=stage.of_cluster[1][:1]))
    queue = stage.queue()
    for number, at in ((1, NOW), (2, NOW + HOUR)):
        (row,) = queue.claim(at, 10, LEASE)
        queue.record([sent(row, str(number))], at)
        stage.put(stage.notices(people=stage.of_cluster[1][:1], occurrence="2", due=NOW + HOUR))
    with reading(stage.engine) as db:
        (card,) = db.execute(select(t.card)).all()
        history = db.execute(select(t.delivery).order_by(t.delivery.c.id)).all()
    assert (card.person_id, card.chat_id, card.message_id) == (row.recipient_id, "1000", "2")
    assert [(one.message_id, one.state, one.at) for one in history] == [
        ("1", "sent", NOW),
        ("2", "sent", NOW + HOUR),
    ]


def test_recording_twice_changes_nothing(stage: Stage) -> None:
    stage.put(stage.notices())
    queue = stage.queue()
    rows = queue.claim(NOW, 10, LEASE)
    for _ in range(2):
        queue.record([sent(row) for row in rows], NOW)
    with reading(stage.engine) as db:
        assert len(db.execute(select(t.delivery)).all()) == 3


def test_what_failed_for_good_is_told_in_the_same_transaction(stage: Stage) -> None:
    told: list[object] = []

    def gone(db: Connection, address: Address, now: datetime) -> None:
        told.append(address.chat_id)

    def undelivered(db: Connection, rows: object, now: datetime) -> None:
        told.append([row.id for row in rows])  # type: ignore[attr-defined]
        raise RuntimeError("a fault in what is told")

    stage.add_cluster(0, without_chat=1)
    stage.put(stage.notices(people=stage.of_cluster[1][:1]))
    stage.put(stage.notices(cluster=stage.clusters[1]))
    stage.put(stage.notices(people=stage.of_cluster[1][2:]))
    queue = stage.queue(gone=gone, undelivered=undelivered)
    one, two, three = queue.claim(NOW, 10, LEASE)
    queue.record(
        [
            Outcome(one, State.UNREACHABLE, address=CHAT, error="blocked"),
            Outcome(two, State.UNREACHABLE, error="no chat"),
            Outcome(three, State.FAILED, address=CHAT, error="bad request"),
        ],
        NOW,
    )
    assert told == ["1000", [one.id, two.id, three.id]]
    assert stage.states() == [State.UNREACHABLE, State.UNREACHABLE, State.FAILED]


def test_who_registered_meanwhile_is_sent_it_after_all(stage: Stage) -> None:
    told: list[object] = []
    stage.put(stage.notices(people=stage.of_cluster[1][:1]))
    queue = stage.queue(undelivered=lambda db, rows, now: told.append(rows))
    for _ in range(4):
        (row,) = queue.claim(NOW, 10, LEASE)
        queue.record([Outcome(row, State.UNREACHABLE, error="no chat")], NOW)
        assert stage.states() == [State.PENDING]
    assert told == []
    (row,) = queue.claim(NOW, 10, LEASE)
    queue.record([Outcome(row, State.UNREACHABLE, error="no chat")], NOW)
    assert stage.states() == [State.UNREACHABLE], "but it is not tried for ever"


def test_one_row_that_cannot_be_composed_does_not_hold_up_the_others(stage: Stage) -> None:
    broken = stage.of_cluster[1][1]

    def compose(db: Connection, rows: object, now: datetime) -> list[Composed]:
        if any(row.recipient_id == broken for row in rows):  # type: ignore[attr-defined]
            raise KeyError("room")
        return [Parcel((row,), CHAT, Message("x")) for row in rows]  # type: ignore[attr-defined]

    stage.put(stage.notices())
    queue = stage.queue(compose)
    composed = queue.compose(queue.claim(NOW, 10, LEASE), NOW)
    assert len(composed) == 2
    assert broken not in {row.recipient_id for result in composed for row in result.rows}


def test_a_composer_that_forgets_a_row_is_not_believed(stage: Stage) -> None:
    stage.put(stage.notices())
    queue = stage.queue(lambda db, rows, now: [Dropped(tuple(rows[:1]), State.CANCELLED, "no need")])
    rows = queue.claim(NOW, 10, LEASE)
    assert len(queue.compose(rows, NOW)) == 3, "asked one by one it forgets nothing"


def test_who_takes_over_frees_what_others_hold(stage: Stage) -> None:
    stage.put(stage.notices())
    before, after = stage.queue(), stage.queue()
    before.claim(NOW, 2, LEASE)
    mine = after.claim(NOW, 1, LEASE)
    after.take_over(NOW)
    assert stage.states() == [State.PENDING, State.PENDING, State.SENDING]
    after.record([sent(row) for row in mine], NOW)
    assert len(after.claim(NOW, 10, LEASE)) == 2
