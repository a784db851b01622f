"""Two sessions change days: both halves are always in the same state; one open request a session holds."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadInputError, OutdatedError
from bot.sessions import reschedule, swapping
from bot.sessions.changes import cancel, move
from bot.sessions.request import Cause, Request, RequestKind, RequestState, Swap
from tests.notices.plans import session_on

TODAY = dt.date(2023, 11, 1)
NOW = dt.datetime(2023, 11, 1, 2, 0, tzinfo=dt.UTC)
OWN = session_on(dt.date(2023, 11, 8), id=2, code="B2", host_ids=(2,))
OTHER = session_on(dt.date(2023, 12, 14), id=3, code="B3", host_ids=(3,))
ASK = reschedule.Ask(RequestKind.MOVE, 2, 20, Cause.OWN_WORK, None, None)


def offered(first: Request | None = None, second: Request | None = None) -> Swap:
    drawn = swapping.offer(OWN, OTHER, ASK, 3, (first, second), NOW, TODAY)
    return Swap(replace(drawn.first, id=1), replace(drawn.second, id=2))


def alone(step: Callable[[Request], Request]) -> Callable[[Swap], Swap]:
    """What is done to the one half, and what follows for the other."""

    def carried(swap: Swap) -> Swap:
        ended = step(swap.first)
        return Swap(ended, swapping.follow(swap.second, ended))

    return carried


STEPS: dict[str, Callable[[Swap], Swap]] = {
    "accept": lambda swap: swapping.accept(swap, NOW),
    "decline": lambda swap: swapping.decline(swap, 30, NOW),
    "agree": alone(lambda r: reschedule.agree(r, 5, NOW, on_paper=False)),
    "refuse": alone(lambda r: reschedule.refuse(r, 5, NOW, "bận", on_paper=True)),
    "withdraw": alone(reschedule.withdraw),
    "expire": alone(reschedule.expire),
    "supersede": alone(reschedule.supersede),
}
#: From which states a step may follow.
FROM = {
    "accept": {RequestState.OFFERED},
    "decline": {RequestState.OFFERED},
    "agree": {RequestState.REQUESTED},
    "refuse": {RequestState.REQUESTED},
}


def test_each_takes_the_others_day() -> None:
    swap = offered()
    assert (swap.first.old_date, swap.first.proposed) == (OWN.date, OTHER.date)
    assert (swap.second.old_date, swap.second.proposed) == (OTHER.date, OWN.date)
    assert (swap.first.unit_id, swap.second.unit_id) == (2, 3)
    assert swap.partner(swap.first) == swap.second
    assert swap.partner(swap.second) == swap.first


@given(steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=6))
def test_both_halves_are_always_in_the_same_state(steps: list[str]) -> None:
    swap = offered()
    for step in steps:
        before = swap.first.state
        allowed = before in FROM.get(step, {RequestState.OFFERED, RequestState.REQUESTED})
        if allowed:
            swap = STEPS[step](swap)
            assert swap.first.state is not before
        else:
            with pytest.raises(OutdatedError):
                STEPS[step](swap)
        assert swap.first.state is swap.second.state
        assert swap.first.decided_by == swap.second.decided_by
        assert swap.first.decision_reason == swap.second.decision_reason


@pytest.mark.parametrize("which", [0, 1])
def test_one_open_request_a_session(which: int) -> None:
    one = offered().first
    with pytest.raises(OutdatedError):
        offered(*((one, None) if which == 0 else (None, one)))
    with pytest.raises(OutdatedError):  # and no other request while two hosts talk
        reschedule.ask(OWN, replace(ASK, unit_id=9), one, NOW, TODAY)


def test_only_with_another_host_and_another_day() -> None:
    for other in (OWN, replace(OTHER, host_ids=(2, 3)), replace(OTHER, date=OWN.date)):
        with pytest.raises(BadInputError):
            swapping.offer(OWN, other, ASK, 3, (None, None), NOW, TODAY)
    with pytest.raises(BadInputError):  # not the host of that session
        swapping.offer(OWN, OTHER, ASK, 4, (None, None), NOW, TODAY)


@pytest.mark.parametrize("which", ["own", "other"])
def test_what_moved_meanwhile_does_not_change_days(which: str) -> None:
    swap = swapping.accept(offered(), NOW)
    swapping.check_days(swap, OWN, OTHER, TODAY)
    own, other = OWN, OTHER
    if which == "own":
        own = move(OWN, dt.date(2023, 11, 20), NOW)
    else:
        other = cancel(OTHER)
    with pytest.raises(OutdatedError):
        swapping.check_days(swap, own, other, TODAY)
    with pytest.raises(OutdatedError):  # the nearer day is today: too late for both
        swapping.check_days(swap, OWN, OTHER, dt.date(2023, 11, 9))
