"""What was claimed and never recorded: after a crash, too late, when the clock leaps (invariant 4)."""

from datetime import timedelta

import pytest

from bot.notices.notice import Kind
from bot.outbox.port import Outcome, State
from tests.outbox.stage import NOW, Stage
from tests.storage.queue.rows import LEASE, sent


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


def test_what_another_process_has_taken_up_is_not_begun(stage: Stage) -> None:
    stage.put(stage.notices(kind=Kind.REMINDER))
    slow, quick = stage.queue(), stage.queue()
    old = slow.claim(NOW, 10, LEASE)
    quick.record([sent(row) for row in quick.claim(NOW + LEASE, 1, LEASE)], NOW + LEASE)
    with pytest.raises(LookupError):
        slow.begin(old, NOW + LEASE)
    again = quick.claim(NOW + 2 * LEASE, 10, LEASE)
    assert len(again) == 2, "none of them was begun: they are due, not uncertain"


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


def test_who_takes_over_frees_what_others_hold(stage: Stage) -> None:
    stage.put(stage.notices())
    before, after = stage.queue(), stage.queue()
    before.claim(NOW, 2, LEASE)
    mine = after.claim(NOW, 1, LEASE)
    after.take_over(NOW)
    assert stage.states() == [State.PENDING, State.PENDING, State.SENDING]
    after.record([sent(row) for row in mine], NOW)
    assert len(after.claim(NOW, 10, LEASE)) == 2
