"""Quiet hours.  Local times are Việt Nam's; 12/10/2023 is a Thursday."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInputError
from bot.notices.notice import Kind
from bot.notices.policy import Policy
from bot.notices.quiet import is_open, open_time
from bot.workdays import Workdays

TZ = ZoneInfo("Asia/Ho_Chi_Minh")
POLICY = Policy.load()
WORKDAYS = Workdays.load()
THURSDAY, SATURDAY = date(2023, 10, 12), date(2023, 10, 14)


def local(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=TZ)


def opens(
    text: str, kind: Kind = Kind.REMINDER, session_day: date | None = None, useful_until: str | None = None
) -> str:
    limit = local(useful_until) if useful_until else None
    found = open_time(local(text), kind, POLICY, WORKDAYS, TZ, session_day=session_day, useful_until=limit)
    assert found.tzinfo is UTC
    return found.astimezone(TZ).strftime("%a %d/%m/%Y %H:%M")


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("12/10/2023 06:00", "Thu 12/10/2023 06:00"),
        ("12/10/2023 10:29", "Thu 12/10/2023 10:29"),
        ("12/10/2023 10:30", "Thu 12/10/2023 14:00"),  # meal and nap
        ("12/10/2023 13:59", "Thu 12/10/2023 14:00"),
        ("12/10/2023 20:29", "Thu 12/10/2023 20:29"),
        ("12/10/2023 20:30", "Fri 13/10/2023 08:00"),  # night
        ("12/10/2023 05:59", "Thu 12/10/2023 08:00"),
        ("13/10/2023 21:00", "Mon 16/10/2023 08:00"),  # Friday night
        ("14/10/2023 09:00", "Mon 16/10/2023 08:00"),
        ("15/10/2023 15:00", "Mon 16/10/2023 08:00"),
        ("08/02/2024 09:00", "Thu 15/02/2024 08:00"),  # Tết
        ("04/05/2024 09:00", "Sat 04/05/2024 09:00"),  # a Saturday worked in a swap
        ("29/04/2024 09:00", "Thu 02/05/2024 08:00"),
    ],
)
def test_what_falls_due_in_quiet_time_waits(instant: str, expected: str) -> None:
    assert opens(instant) == expected


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        ("14/10/2023 06:30", "Sat 14/10/2023 06:30"),
        ("14/10/2023 05:00", "Sat 14/10/2023 06:30"),
        ("14/10/2023 11:00", "Sat 14/10/2023 11:00"),  # also at midday: it is today
        ("13/10/2023 21:00", "Sat 14/10/2023 06:30"),
        ("14/10/2023 20:30", "Mon 16/10/2023 08:00"),
    ],
)
def test_the_same_day_notice_goes_out_on_its_day(instant: str, expected: str) -> None:
    assert opens(instant, Kind.SAME_DAY, SATURDAY) == expected


@pytest.mark.parametrize("kind", [Kind.CHANGE, Kind.CANCELLATION, Kind.DETAILS])
@pytest.mark.parametrize(
    ("instant", "session_day", "expected"),
    [
        ("14/10/2023 09:00", date(2023, 10, 16), "Sat 14/10/2023 09:00"),
        ("15/10/2023 12:00", date(2023, 10, 16), "Sun 15/10/2023 12:00"),
        ("15/10/2023 21:00", date(2023, 10, 16), "Mon 16/10/2023 07:00"),
        ("12/10/2023 05:00", date(2023, 10, 12), "Thu 12/10/2023 07:00"),
        ("12/10/2023 11:00", date(2023, 10, 13), "Thu 12/10/2023 11:00"),
        ("12/10/2023 06:10", date(2023, 10, 13), "Thu 12/10/2023 06:10"),  # open to everybody
        ("14/10/2023 09:00", date(2023, 10, 17), "Sun 15/10/2023 07:00"),  # near from Sunday on
        ("14/10/2023 09:00", date(2023, 10, 18), "Mon 16/10/2023 07:00"),
        ("14/10/2023 09:00", date(2023, 10, 19), "Mon 16/10/2023 08:00"),  # not near
        ("14/10/2023 09:00", date(2023, 10, 13), "Mon 16/10/2023 08:00"),  # over
        ("14/10/2023 09:00", None, "Mon 16/10/2023 08:00"),
    ],
)
def test_a_change_near_at_hand_does_not_wait(
    kind: Kind, instant: str, session_day: date | None, expected: str
) -> None:
    assert opens(instant, kind, session_day) == expected


def test_redrawing_a_card_makes_no_sound() -> None:
    assert opens("15/10/2023 02:00", Kind.CARD) == "Sun 15/10/2023 02:00"


@pytest.mark.parametrize(
    ("instant", "limit", "expected"),
    [
        # Monday's session begins at 07:30: at 08:00 an invitation would be of no use.
        ("15/10/2023 15:00", "16/10/2023 07:30", "Mon 16/10/2023 06:30"),
        ("15/10/2023 15:00", "16/10/2023 09:00", "Mon 16/10/2023 08:00"),
        ("16/10/2023 05:00", "16/10/2023 08:00", "Mon 16/10/2023 06:30"),
    ],
)
def test_what_would_come_too_late_goes_out_early(instant: str, limit: str, expected: str) -> None:
    assert opens(instant, Kind.INVITATION, useful_until=limit) == expected


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        open_time(datetime(2023, 10, 12), Kind.REMINDER, POLICY, WORKDAYS, TZ)  # noqa: DTZ001


def test_a_calendar_without_working_days_is_refused() -> None:
    off = {date(2023, 1, 1) + timedelta(days=number): "nghỉ" for number in range(1000)}
    with pytest.raises(BadInputError, match="ngày nghỉ"):
        open_time(local("12/10/2023 09:00"), Kind.REMINDER, POLICY, Workdays.load(off), TZ)


INSTANTS = st.datetimes(datetime(2023, 1, 1), datetime(2026, 11, 30), timezones=st.just(UTC))  # noqa: DTZ001
KINDS = st.sampled_from(Kind)
DAYS = st.none() | st.integers(-3, 6)
SPANS = st.none() | st.timedeltas(timedelta(0), timedelta(days=5))


@settings(deadline=None)
@given(INSTANTS, KINDS, DAYS, SPANS)
def test_it_is_open_then_never_earlier_and_once_is_enough(
    instant: datetime, kind: Kind, days: int | None, span: timedelta | None
) -> None:
    session_day = None if days is None else instant.astimezone(TZ).date() + timedelta(days=days)
    limit = None if span is None else instant + span

    def open_for(moment: datetime) -> datetime:
        return open_time(moment, kind, POLICY, WORKDAYS, TZ, session_day=session_day, useful_until=limit)

    found = open_for(instant)
    assert found >= instant
    assert is_open(found, kind, POLICY, WORKDAYS, TZ, session_day=session_day)
    assert open_for(found) == found


@settings(deadline=None)
@given(INSTANTS, KINDS, DAYS, st.timedeltas(timedelta(0), timedelta(days=4)))
def test_it_never_comes_on_a_later_day_for_what_was_due_earlier(
    instant: datetime, kind: Kind, days: int | None, later: timedelta
) -> None:
    session_day = None if days is None else instant.astimezone(TZ).date() + timedelta(days=days)
    first, second = (
        open_time(moment, kind, POLICY, WORKDAYS, TZ, session_day=session_day).astimezone(TZ).date()
        for moment in (instant, instant + later)
    )
    assert first <= second
