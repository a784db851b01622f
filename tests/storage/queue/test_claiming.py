"""Which rows are claimed, in which order, and what is too late, on both engines (invariant 1)."""

from datetime import timedelta

import pytest
from sqlalchemy import URL, event

from bot.notices.notice import Kind
from bot.outbox.port import State
from bot.storage import claiming
from bot.storage.engine import open_engine
from bot.storage.turns import ROUND
from tests.outbox.stage import HOUR, NOW, Stage
from tests.storage.queue.rows import LEASE, sent


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
