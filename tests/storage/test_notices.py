"""What flows do to the queue: put, replan, revive (invariants 2, 3)."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from bot.notices.notice import Kind, Notice
from bot.outbox.port import Address, Outcome, State
from bot.storage import tables as t
from bot.storage.engine import reading, writing
from bot.storage.notices import SqlNotices
from tests.outbox.stage import HOUR, NOW, Stage
from tests.storage.queue.rows import LEASE

KINDS = (Kind.INVITATION,)


def finish(stage: Stage, state: State, number: int = 1) -> None:
    queue = stage.queue()
    rows = queue.claim(NOW, number, LEASE)
    queue.record([Outcome(row, state, address=Address("telegram", "1")) for row in rows], NOW)


def planned(stage: Stage, **changes: object) -> Sequence[Notice]:
    return stage.notices(**changes)  # type: ignore[arg-type]


def test_replanning_twice_changes_nothing(stage: Stage) -> None:
    stage.replan(KINDS, planned(stage))
    with reading(stage.engine) as db:
        before = db.execute(select(t.notice).order_by(t.notice.c.id)).all()
    stage.replan(KINDS, planned(stage))
    with reading(stage.engine) as db:
        assert db.execute(select(t.notice).order_by(t.notice.c.id)).all() == before


def test_what_is_not_wanted_any_more_is_cancelled_and_returns_when_wanted(stage: Stage) -> None:
    one, _, three = stage.of_cluster[1]
    stage.replan(KINDS, planned(stage))
    stage.replan(KINDS, planned(stage, people=[one]))
    assert stage.states() == [State.PENDING, State.CANCELLED, State.CANCELLED]
    stage.replan(KINDS, planned(stage, people=[one, three], due=NOW + HOUR))
    assert stage.states() == [State.PENDING, State.CANCELLED, State.PENDING]
    assert stage.queue().next_due() == NOW + HOUR


def test_what_was_sent_never_changes(stage: Stage) -> None:
    stage.replan(KINDS, planned(stage))
    finish(stage, State.SENT)
    stage.replan(KINDS, planned(stage, due=NOW + HOUR))
    assert stage.states() == [State.SENT, State.PENDING, State.PENDING]
    stage.replan(KINDS, [])
    assert stage.states() == [State.SENT, State.CANCELLED, State.CANCELLED]


@pytest.mark.parametrize("state", [State.FAILED, State.UNCERTAIN, State.MISSED])
def test_what_came_to_an_end_stays(stage: Stage, state: State) -> None:
    stage.replan(KINDS, planned(stage))
    finish(stage, state, 3)
    stage.replan(KINDS, planned(stage, due=NOW + HOUR))
    stage.replan(KINDS, [])
    assert stage.states() == [state] * 3


def test_a_row_that_is_being_sent_is_left_alone(stage: Stage) -> None:
    stage.replan(KINDS, planned(stage))
    stage.queue().claim(NOW, 1, LEASE)
    stage.replan(KINDS, [])
    assert stage.states() == [State.SENDING, State.CANCELLED, State.CANCELLED]


def test_other_kinds_and_other_sessions_are_not_touched(stage: Stage) -> None:
    other = stage.add_cluster(1, first_chat=7000)
    stage.put(planned(stage, kind=Kind.REMINDER))
    stage.put(planned(stage, cluster=other))
    stage.replan(KINDS, planned(stage))
    stage.replan(KINDS, [])
    assert stage.count(State.PENDING) == 4
    with pytest.raises(ValueError, match="not of this session"):
        stage.replan(KINDS, planned(stage, kind=Kind.REMINDER))


def test_a_row_put_off_by_the_queue_is_not_pulled_forward(stage: Stage) -> None:
    stage.replan(KINDS, planned(stage))
    queue = stage.queue()
    rows = queue.claim(NOW, 3, LEASE)
    queue.record([Outcome(row, State.PENDING, retry_at=NOW + HOUR) for row in rows], NOW)
    stage.replan(KINDS, planned(stage))
    assert queue.next_due() == NOW + HOUR
    stage.replan(KINDS, planned(stage, due=NOW + 2 * HOUR))
    assert queue.next_due() == NOW + 2 * HOUR


def test_who_registers_gets_what_is_still_useful(stage: Stage) -> None:
    one = stage.of_cluster[1][0]
    stage.replan(KINDS, planned(stage))
    stage.put(planned(stage, kind=Kind.REMINDER, people=[one], useful_until=NOW + HOUR))
    finish(stage, State.UNREACHABLE, 3)
    assert stage.states() == [State.UNREACHABLE] * 4
    with writing(stage.engine) as db:
        SqlNotices(db).revive(one, NOW + 2 * HOUR)
    assert stage.states() == [State.PENDING] + [State.UNREACHABLE] * 3


def test_a_new_text_reaches_rows_that_wait(stage: Stage) -> None:
    stage.replan(KINDS, planned(stage))
    changed = [
        Notice(n.kind, n.cluster_id, n.session_id, 1, n.recipient_id, "1", n.due, n.useful_until, {"n": 2})
        for n in planned(stage)
    ]
    stage.replan(KINDS, changed)
    assert {row.payload["n"] for row in stage.queue().claim(NOW, 3, LEASE)} == {2}
