"""The life of a request: from each state, what may follow and what may not."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadInputError, OutdatedError
from bot.sessions import reschedule
from bot.sessions.free_days import free_days
from bot.sessions.request import Cause, Request, RequestKind, RequestState
from bot.workdays import Workdays
from tests.notices.plans import session_on

TODAY = dt.date(2023, 11, 1)
NOW = dt.datetime(2023, 11, 1, 2, 0, tzinfo=dt.UTC)
SESSION = session_on(dt.date(2023, 11, 8))
NEW = dt.date(2023, 11, 10)
WORKDAYS = Workdays.load()

Step = Callable[[Request], Request]
STEPS: dict[str, Step] = {
    "agree": lambda r: reschedule.agree(r, 5, NOW, on_paper=False),
    "refuse": lambda r: reschedule.refuse(r, 5, NOW, None, on_paper=False),
    "counter": lambda r: reschedule.counter(r, 5, NOW, NEW, on_paper=False),
    "withdraw": reschedule.withdraw,
    "expire": reschedule.expire,
    "supersede": reschedule.supersede,
}


def asked(**other: object) -> Request:
    what = reschedule.Ask(RequestKind.MOVE, 1, 1, Cause.OWN_WORK, None, NEW)
    return replace(reschedule.ask(SESSION, what, None, NOW, TODAY), **other)  # type: ignore[arg-type]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", RequestState)
def test_only_an_open_request_can_change(state: RequestState, step: str) -> None:
    request = asked(state=state)
    decided = step in ("agree", "refuse", "counter")
    if state.open and not (state is RequestState.OFFERED and decided):
        assert STEPS[step](request).state is not RequestState.REQUESTED
        return
    with pytest.raises(OutdatedError) as refused:
        STEPS[step](request)
    assert reschedule.STATE_WORDS[state] in str(refused.value)


def test_an_absence_has_no_other_day() -> None:
    with pytest.raises(BadInputError):
        STEPS["counter"](asked(kind=RequestKind.ABSENCE))


def test_the_agreed_day_is_the_last_one_named() -> None:
    other = dt.date(2023, 11, 15)
    assert reschedule.agreed_day(asked(), None) == NEW
    assert reschedule.agreed_day(asked(countered=other), None) == other
    assert reschedule.agreed_day(asked(countered=other), dt.date(2023, 11, 16)) == dt.date(2023, 11, 16)
    with pytest.raises(BadInputError):
        reschedule.agreed_day(asked(proposed=None), None)


def test_a_second_clash_joins_the_open_request() -> None:
    first = asked(id=7)
    what = reschedule.Ask(RequestKind.MOVE, 2, 9, Cause.OWN_WORK, None, None)
    assert reschedule.ask(SESSION, what, first, NOW, TODAY).attached_to == 7
    absence = replace(what, kind=RequestKind.ABSENCE)
    assert reschedule.ask(SESSION, absence, first, NOW, TODAY).attached_to is None
    with pytest.raises(OutdatedError):
        reschedule.ask(SESSION, replace(what, unit_id=1), first, NOW, TODAY)


@pytest.mark.parametrize("day", [TODAY, dt.date(2023, 10, 1), dt.date(2023, 11, 8), dt.date(2025, 1, 1)])
def test_a_day_that_cannot_be(day: dt.date) -> None:
    with pytest.raises(BadInputError):
        reschedule.check_day(SESSION, day, TODAY)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "x" * 501])
def test_a_reason_is_some_words_and_bounded(text: str) -> None:
    with pytest.raises(BadInputError):
        reschedule.check_reason(text)


@given(
    near=st.dates(dt.date(2023, 9, 5), dt.date(2024, 5, 31)),
    before=st.integers(-30, 60),
    taken=st.sets(st.integers(-20, 20), max_size=10),
    invite_days=st.integers(1, 5),
)
def test_free_days_are_free(near: dt.date, before: int, taken: set[int], invite_days: int) -> None:
    today = near - dt.timedelta(days=before)
    busy = {near + dt.timedelta(days=offset) for offset in taken}
    found = free_days(near, today, WORKDAYS, busy, invite_days=invite_days)
    assert found == sorted(set(found))
    assert len(found) <= 3
    for day in found:
        assert day > today
        assert day != near
        assert day not in busy
        assert WORKDAYS.is_workday(day)
        assert WORKDAYS.before(day, invite_days) > today
