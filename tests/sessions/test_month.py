"""A month for choosing a day: a grid of whole weeks, and what speaks against each day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sessions.free_days import Standing, free_days, standing
from bot.sessions.month import Month, weeks
from bot.workdays import Workdays

WORKDAYS = Workdays.load()
TODAY = dt.date(2023, 11, 1)
months = st.builds(Month, st.integers(2000, 2100), st.integers(1, 12))


@given(months)
def test_every_day_stands_once_under_its_weekday(month: Month) -> None:
    grid = weeks(month, lambda _: Standing.FREE)
    assert all(len(week) == 7 for week in grid)
    assert 4 <= len(grid) <= 6
    shown = [(column, cell.day) for week in grid for column, cell in enumerate(week) if cell]
    assert [day for _, day in shown] == month.days
    assert all(day.weekday() == column for column, day in shown)
    assert month.days[0].day == 1
    assert month.days[-1] + dt.timedelta(days=1) == month.later(1).days[0]


@given(months, st.integers(-30, 30))
def test_months_are_turned_forth_and_back(month: Month, count: int) -> None:
    assert month.later(count).later(-count) == month
    assert (month.later(count) > month) == (count > 0)
    assert Month.read(str(month)) == month


@pytest.mark.parametrize("text", ["", "2023", "2023-13", "2023-1", "hôm nào", "2023-11-01", "9" * 60])
def test_a_forged_month_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Month.read(text)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2023, 10, 31), Standing.PAST),
        (TODAY, Standing.PAST),
        (dt.date(2023, 11, 2), Standing.SOON),
        (dt.date(2023, 11, 4), Standing.REST),  # a Saturday, too soon as well: rest is what is said
        (dt.date(2023, 11, 6), Standing.SOON),  # its invitations would have had to arrive today
        (dt.date(2023, 11, 7), Standing.FREE),
        (dt.date(2023, 11, 8), Standing.TAKEN),
        (dt.date(2024, 1, 1), Standing.REST),
        (dt.date(2024, 2, 8), Standing.REST),  # Tết
    ],
)
def test_what_speaks_against_a_day(day: dt.date, expected: Standing) -> None:
    assert standing(day, TODAY, WORKDAYS, {dt.date(2023, 11, 8)}, invite_days=3) is expected


@given(st.sets(st.integers(0, 60)), st.integers(1, 6))
def test_what_is_offered_bears_its_number_in_the_month(busy: set[int], invite_days: int) -> None:
    taken = {TODAY + dt.timedelta(days=n) for n in busy}
    for day in free_days(dt.date(2023, 11, 8), TODAY, WORKDAYS, taken, invite_days=invite_days):
        assert standing(day, TODAY, WORKDAYS, taken, invite_days=invite_days) is Standing.FREE
