"""What was said about who covers, against who goes now and on which day."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cluster.charges import Charge, charge_of
from bot.cluster.people import Person, Post
from bot.errors import OutdatedError
from bot.sessions.cover import Cover, CoverState
from bot.sessions.covering import Step, Why, answered, kept_up, lines, taken_back
from bot.sessions.session import Session, SessionState
from tests.notices.plans import local, session_on

NOW = local("01/11/2023 09:00")
DAY, LATER = dt.date(2023, 11, 8), dt.date(2023, 11, 10)
SESSION = session_on(DAY)
MOVED = replace(SESSION, date=LATER, date_revision=2)
CANCELLED = replace(SESSION, state=SessionState.CANCELLED)
AWAY, COVERS = 1, 2
HERE = {AWAY: 7, COVERS: 7}
STATES = [state for state in CoverState if state is not CoverState.CLOSED]


def a_cover(state: CoverState = CoverState.ASKED, person: int | None = COVERS) -> Cover:
    if state in (CoverState.WORD, CoverState.NOT_NEEDED):
        person = None
    return Cover(5, 1, 10, AWAY, person, None, state, 1, DAY, 1, 3, NOW)


def step(
    cover: Cover,
    session: Session = SESSION,
    away: frozenset[int] = frozenset({AWAY}),
    invited: frozenset[int] = frozenset({AWAY}),
    here: dict[int, int] | None = None,
) -> Step | None:
    return next(kept_up(session, [cover], away, invited, HERE if here is None else here, NOW), None)


@pytest.mark.parametrize(
    ("posts", "charge"),
    [
        (("GV_COT_CAN",), Charge.CLASS),
        (("TTCM",), Charge.CLASS),
        (("BEP_TRUONG",), Charge.KITCHEN),
        (("TT_NUOI_DUONG",), Charge.KITCHEN),
        (("GV", "BEP_TRUONG"), Charge.CLASS),
        (("HT",), None),
        (("PHT_CSND", "BEP_TRUONG"), None),
        (("VAN_THU",), None),
        ((), None),
    ],
)
def test_what_is_left_behind(posts: tuple[str, ...], charge: Charge | None) -> None:
    person = Person(1, 1, 7, "Nguyễn Thị A", tuple(Post(role) for role in posts))
    assert charge_of(person) is charge
    assert [line.charge for line in lines([person], [])] == ([charge] if charge else [])


@pytest.mark.parametrize("state", STATES)
def test_as_long_as_nothing_changes_nothing_is_done(state: CoverState) -> None:
    found = step(a_cover(state))
    assert found is None or state is CoverState.PAUSED


@pytest.mark.parametrize(
    ("state", "off"),
    [
        (CoverState.ASKED, Why.STAYS),
        (CoverState.ACCEPTED, Why.STAYS),
        (CoverState.DECLINED, None),
        (CoverState.WORD, None),
        (CoverState.NOT_NEEDED, None),
    ],
)
def test_nobody_is_away_any_more(state: CoverState, off: Why | None) -> None:
    found = step(a_cover(state), away=frozenset())
    assert found is not None
    assert (found.now.state, found.off, found.opened, found.asks) == (CoverState.CLOSED, off, None, None)


@pytest.mark.parametrize("state", STATES)
def test_another_day_asks_anew_and_what_was_settled_is_open(state: CoverState) -> None:
    found = step(a_cover(state), MOVED)
    assert found is not None
    if state.holds:
        assert found.asks is Why.MOVED
        assert (found.now.state, found.now.asked) == (CoverState.ASKED, 2)
        assert (found.now.day, found.now.date_revision) == (LATER, 2)
    else:
        assert (found.now.state, found.asks) == (CoverState.CLOSED, None)
    assert found.off is None


@pytest.mark.parametrize("state", [CoverState.ASKED, CoverState.ACCEPTED])
def test_cancelled_and_put_back(state: CoverState) -> None:
    off = step(a_cover(state), CANCELLED)
    assert off is not None
    assert (off.now.state, off.off) == (CoverState.PAUSED, Why.CANCELLED)
    back = step(off.now)
    assert back is not None
    assert (back.now.state, back.asks, back.now.asked) == (CoverState.ASKED, Why.RESTORED, 2)


@pytest.mark.parametrize("state", [CoverState.DECLINED, CoverState.WORD, CoverState.NOT_NEEDED])
def test_what_nobody_need_hear_outlives_a_cancellation(state: CoverState) -> None:
    assert step(a_cover(state), CANCELLED) is None


def test_who_covers_is_invited_herself_or_has_left() -> None:
    invited = step(a_cover(CoverState.ACCEPTED), invited=frozenset({AWAY, COVERS}))
    left = step(a_cover(CoverState.ACCEPTED), here={AWAY: 7})
    elsewhere = step(a_cover(CoverState.ACCEPTED), here={AWAY: 7, COVERS: 8})
    assert invited is not None
    assert (invited.now.state, invited.off, invited.opened) == (CoverState.CLOSED, Why.INVITED, Why.INVITED)
    for gone in (left, elsewhere):
        assert gone is not None
        assert (gone.now.state, gone.off, gone.opened) == (CoverState.CLOSED, None, Why.LEFT)


def test_an_answer() -> None:
    cover = a_cover()
    yes, no = answered(cover, True, 1, NOW), answered(cover, False, 1, NOW)
    assert yes is not None
    assert no is not None
    assert (yes.now.state, yes.opened) == (CoverState.ACCEPTED, None)
    assert (no.now.state, no.opened) == (CoverState.DECLINED, Why.DECLINED)
    assert answered(yes.now, True, 1, NOW) is None
    for stale in (a_cover(CoverState.CLOSED), a_cover(CoverState.PAUSED), replace(cover, asked=2)):
        with pytest.raises(OutdatedError):
            answered(stale, True, 1, NOW)


def test_taken_back() -> None:
    assert taken_back(a_cover(CoverState.ACCEPTED), NOW).off is Why.OTHER
    assert taken_back(a_cover(CoverState.DECLINED), NOW).off is None
    was = a_cover(CoverState.ASKED)
    assert taken_back(was, NOW + dt.timedelta(hours=1)).was == was


@given(
    st.sampled_from(STATES),
    st.sampled_from([SESSION, MOVED, CANCELLED]),
    st.sets(st.just(AWAY)),
    st.sets(st.sampled_from([AWAY, COVERS])),
    st.sampled_from([HERE, {AWAY: 7}, {AWAY: 7, COVERS: 8}]),
)
def test_twice_changes_nothing(
    state: CoverState, session: Session, away: set[int], invited: set[int], here: dict[int, int]
) -> None:
    first = step(a_cover(state), session, frozenset(away), frozenset(invited), here)
    if first is None or first.now.state is CoverState.CLOSED:
        return
    assert step(first.now, session, frozenset(away), frozenset(invited), here) is None
