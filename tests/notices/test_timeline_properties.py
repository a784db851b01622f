"""What holds of every plan at every instant (invariants 2 and 3)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.notices.hours import session_end, session_start
from bot.notices.notice import Notice
from bot.notices.quiet import is_open
from bot.notices.timeline import VIETNAM, SessionPlan, timeline
from tests.notices.plans import POLICY, WORKDAYS, plan_on

PEOPLE = st.frozensets(st.integers(1, 12), max_size=8)
HOURS = st.times(time(7), time(19))
BEFORE = st.integers(-40 * 24 * 60, 2 * 24 * 60)  #: minutes from the session's day


@st.composite
def plans(draw: st.DrawFn) -> SessionPlan:
    day = draw(st.dates(date(2023, 3, 1), date(2026, 11, 30)))
    plan = plan_on(
        day,
        draw(st.integers(0, 6)),
        working=draw(st.booleans()),
        date_end=draw(st.none() | st.just(day + timedelta(days=1))),
        start=draw(st.none() | HOURS),
        end=draw(st.none() | HOURS),
        date_revision=draw(st.integers(1, 3)),
        released_at=draw(st.none() | BEFORE.map(lambda minutes: moment(day, minutes))),
        released_by=draw(st.none() | st.integers(1, 12)),
    )
    invited = draw(PEOPLE)
    return replace(
        plan,
        invited=invited,
        authority=draw(PEOPLE),
        cooks=frozenset(draw(st.lists(st.sampled_from(sorted(invited))))) if invited else frozenset(),
        host_heads=draw(PEOPLE),
        leads=draw(PEOPLE),
        declined=draw(PEOPLE),
        told=draw(PEOPLE),
    )


def moment(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(0), VIETNAM).astimezone(UTC) + timedelta(minutes=minutes)


def planned(plan: SessionPlan, minutes: int) -> tuple[datetime, list[Notice]]:
    assert plan.session.date is not None
    now = moment(plan.session.date, minutes)
    return now, timeline(plan, POLICY, WORKDAYS, now)


@settings(deadline=None)
@given(plans(), BEFORE)
def test_invariant_2_replanning_changes_nothing(plan: SessionPlan, minutes: int) -> None:
    assert planned(plan, minutes) == planned(plan, minutes)


@settings(deadline=None)
@given(plans(), BEFORE)
def test_invariant_2_nothing_is_due_in_the_past_or_past_its_use(plan: SessionPlan, minutes: int) -> None:
    now, found = planned(plan, minutes)
    for notice in found:
        assert now <= notice.due < notice.useful_until
        assert notice.due < session_start(plan.session, POLICY, VIETNAM)
    if now >= session_end(plan.session, POLICY, VIETNAM):
        assert found == []


@settings(deadline=None)
@given(plans(), BEFORE)
def test_every_notice_is_due_in_an_open_hour_and_in_order(plan: SessionPlan, minutes: int) -> None:
    _, found = planned(plan, minutes)
    day = plan.session.date
    assert all(is_open(n.due, n.kind, POLICY, WORKDAYS, VIETNAM, session_day=day) for n in found)
    assert [n.due for n in found] == sorted(n.due for n in found)


@settings(deadline=None)
@given(plans(), BEFORE)
def test_invariant_3_each_person_is_told_each_thing_once(plan: SessionPlan, minutes: int) -> None:
    _, found = planned(plan, minutes)
    assert len({n.dedup_key for n in found}) == len(found)
    assert all(n.date_revision == plan.session.date_revision for n in found)


@settings(deadline=None)
@given(plans(), BEFORE, st.integers(0, 20 * 24 * 60))
def test_time_going_by_adds_nothing(plan: SessionPlan, minutes: int, later: int) -> None:
    """And what is not due yet never moves back: what waits for 08:00 may go at once after 06:00."""
    now, first = planned(plan, minutes)
    _, second = planned(plan, minutes + later)
    dues = {notice.dedup_key: notice.due for notice in first}
    for notice in second:
        assert notice.dedup_key in dues
        if dues[notice.dedup_key] > now + timedelta(minutes=later):
            assert notice.due <= dues[notice.dedup_key]
