"""The planner on real days: which kinds are due when, and to whom.  Invariants 2, 3 and 9."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from bot.notices.timeline import SessionPlan, timeline
from bot.plan.reading import Precision
from bot.sessions.session import SessionState
from tests.notices.plans import (
    HEAD,
    POLICY,
    WORKDAYS,
    lines,
    local,
    notices,
    plan_on,
    session_on,
)

IMPORTED = "03/10/2023 09:00"
B1, B2 = date(2023, 10, 12), date(2023, 11, 8)


def moved(plan: SessionPlan, **changes: object) -> SessionPlan:
    return replace(plan, session=replace(plan.session, **changes))  # type: ignore[arg-type]


def whole(prepare: str, invite: str, watch: str, deadline: str, reminder: str, day: str) -> list[str]:
    return [
        f"prepare {prepare}",
        f"invitation {invite} 08:00",
        f"deadline_watch {watch} 08:00",
        f"authority_invitation {deadline} 08:00",
        f"released_by_itself {deadline} 08:00",
        f"deadline_watch (2) {deadline} 08:00",
        f"reminder {reminder} 15:30",
        f"same_day {day} 06:30",
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # Ten working days before 12/10 lie before the plan: prepare goes out at the import.
        (B1, ("Tue 03/10 09:00", "Thu 05/10", "Fri 06/10", "Mon 09/10", "Wed 11/10", "Thu 12/10")),
        (B2, ("Wed 25/10 08:00", "Wed 01/11", "Thu 02/11", "Fri 03/11", "Tue 07/11", "Wed 08/11")),
        (
            date(2023, 12, 14),
            ("Thu 30/11 08:00", "Thu 07/12", "Fri 08/12", "Mon 11/12", "Wed 13/12", "Thu 14/12"),
        ),
        (
            date(2024, 3, 12),
            ("Tue 27/02 08:00", "Tue 05/03", "Wed 06/03", "Thu 07/03", "Mon 11/03", "Tue 12/03"),
        ),
        # The first day after Tết: everything lies before the long rest.
        (
            date(2024, 2, 15),
            ("Thu 25/01 08:00", "Thu 01/02", "Fri 02/02", "Mon 05/02", "Wed 07/02", "Thu 15/02"),
        ),
        # A Monday: the reminder is Friday's.
        (
            date(2023, 10, 23),
            ("Mon 09/10 08:00", "Mon 16/10", "Tue 17/10", "Wed 18/10", "Fri 20/10", "Mon 23/10"),
        ),
        # A Saturday: the same-day notice goes out on its day.
        (
            date(2023, 10, 21),
            ("Mon 09/10 08:00", "Mon 16/10", "Tue 17/10", "Wed 18/10", "Fri 20/10", "Sat 21/10"),
        ),
    ],
)
def test_a_plan_imported_in_good_time(day: date, expected: tuple[str, ...]) -> None:
    assert lines(plan_on(day), IMPORTED) == whole(*expected)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (
            "06/10/2023 09:00",
            [
                "prepare Fri 06/10 09:00",
                "invitation Fri 06/10 09:00",
                "deadline_watch Fri 06/10 09:00",
                "authority_invitation Mon 09/10 08:00",
                "released_by_itself Mon 09/10 08:00",
                "deadline_watch (2) Mon 09/10 08:00",
                "reminder Wed 11/10 15:30",
                "same_day Thu 12/10 06:30",
            ],
        ),
        (  # the second watch stands above the first
            "09/10/2023 07:00",
            [
                "prepare Mon 09/10 07:00",
                "invitation Mon 09/10 07:00",
                "authority_invitation Mon 09/10 08:00",
                "released_by_itself Mon 09/10 08:00",
                "deadline_watch (2) Mon 09/10 08:00",
                "reminder Wed 11/10 15:30",
                "same_day Thu 12/10 06:30",
            ],
        ),
        (  # a Saturday: it waits for Monday
            "07/10/2023 10:00",
            [
                "prepare Mon 09/10 08:00",
                "invitation Mon 09/10 08:00",
                "authority_invitation Mon 09/10 08:00",
                "released_by_itself Mon 09/10 08:00",
                "deadline_watch (2) Mon 09/10 08:00",
                "reminder Wed 11/10 15:30",
                "same_day Thu 12/10 06:30",
            ],
        ),
        (
            "11/10/2023 16:00",
            [
                "prepare Wed 11/10 16:00",
                "invitation Wed 11/10 16:00",
                "authority_invitation Wed 11/10 16:00",
                "released_by_itself Wed 11/10 16:00",
                "reminder Wed 11/10 16:00",
                "same_day Thu 12/10 06:30",
            ],
        ),
        (  # only to whom no same-day notice goes is the reminder still said
            "12/10/2023 07:00",
            [
                "prepare Thu 12/10 07:00",
                "invitation Thu 12/10 07:00",
                "authority_invitation Thu 12/10 07:00",
                "released_by_itself Thu 12/10 07:00",
                "reminder Thu 12/10 07:00",
                "same_day Thu 12/10 07:00",
            ],
        ),
        ("12/10/2023 07:30", []),  # no hour is set: it is taken to have begun
        ("13/10/2023 09:00", []),
    ],
)
def test_a_plan_imported_late(now: str, expected: list[str]) -> None:
    assert lines(plan_on(B1), now) == expected


def test_imported_on_sunday_for_monday_morning_everything_goes_out_at_half_past_six() -> None:
    assert lines(plan_on(date(2023, 10, 16)), "15/10/2023 15:00") == [
        "prepare Mon 16/10 06:30",
        "invitation Mon 16/10 06:30",
        "authority_invitation Mon 16/10 06:30",
        "released_by_itself Mon 16/10 06:30",
        "reminder Mon 16/10 06:30",
        "same_day Mon 16/10 06:30",
    ]


def test_a_session_with_an_hour_is_of_interest_until_then() -> None:
    assert lines(plan_on(B1, start=time(14)), "12/10/2023 11:00") == [
        "same_day Thu 12/10 11:00",  # its own day has no quiet midday; the rest would come too late
    ]


@pytest.mark.parametrize(
    ("pressed", "due"),
    [
        ("03/10/2023 10:00", "Tue 03/10 10:00"),
        ("05/10/2023 11:15", "Thu 05/10 14:00"),  # pressed at midday
        ("06/10/2023 21:00", "Mon 09/10 08:00"),
        ("09/10/2023 07:00", "Mon 09/10 07:00"),
    ],
)
def test_the_host_releases_the_authoritys_invitation(pressed: str, due: str) -> None:
    plan = plan_on(B1, released_at=local(pressed), released_by=HEAD)
    found = lines(plan, pressed)
    assert f"authority_invitation {due}" in found
    assert not [line for line in found if line.startswith("released_by_itself")]


def test_after_a_move_everything_is_said_anew_for_the_new_day() -> None:
    plan = plan_on(date(2023, 11, 10), date_revision=2)
    now = "06/11/2023 10:00"
    assert lines(plan, now) == [
        "prepare Mon 06/11 10:00",
        "invitation Mon 06/11 10:00",
        "deadline_watch Mon 06/11 10:00",
        "authority_invitation Tue 07/11 08:00",
        "released_by_itself Tue 07/11 08:00",
        "deadline_watch (2) Tue 07/11 08:00",
        "reminder Thu 09/11 15:30",
        "same_day Fri 10/11 06:30",
    ]
    old = {notice.dedup_key for notice in notices(plan_on(B2), IMPORTED)}
    assert old.isdisjoint(notice.dedup_key for notice in notices(plan, now))


def test_a_deadline_in_calendar_days_on_a_sunday_is_met_on_friday() -> None:
    plan = plan_on(date(2023, 10, 18), working=False)
    assert plan.deadline == date(2023, 10, 15)
    found = lines(plan, IMPORTED)
    assert "authority_invitation Fri 13/10 08:00" in found
    assert "deadline_watch (2) Fri 13/10 08:00" in found
    assert "invitation Wed 11/10 08:00" in found


def test_a_session_over_several_days_counts_from_its_first() -> None:
    assert lines(plan_on(B1, date_end=date(2023, 10, 13)), IMPORTED) == lines(plan_on(B1), IMPORTED)


@pytest.mark.parametrize(
    "plan",
    [
        moved(plan_on(B1), state=SessionState.CANCELLED),
        moved(plan_on(B1), precision=Precision.WEEK),
        replace(plan_on(B1), session=session_on(None, precision=Precision.MONTH), deadline=None),
    ],
)
def test_invariant_9_without_a_fixed_day_nobody_is_told_anything(plan: SessionPlan) -> None:
    assert lines(plan, IMPORTED) == []


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        timeline(plan_on(B1), POLICY, WORKDAYS, datetime(2023, 10, 3))  # noqa: DTZ001
