"""Working days and deadlines (the rule and the cases: cluster plan III.2, labour code art. 111, 112)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInputError
from bot.workdays import Workdays, read_years

WORKDAYS = Workdays.load()
STORED = st.dates(date(2023, 2, 1), date(2026, 11, 30))
COUNTS = st.integers(0, 30)
TET_2027 = {date(2027, 2, day): "Tết Đinh Mùi" for day in (4, 5, 8, 9, 10)}
SPRING_2027 = TET_2027 | {date(2027, 4, 30): "30/4", date(2027, 5, 1): "1/5"}


@pytest.mark.parametrize(
    ("session", "deadline", "strict"),
    [
        # The four sessions of the 2023-2024 plan.
        (date(2023, 10, 12), date(2023, 10, 9), date(2023, 10, 6)),
        (date(2023, 11, 8), date(2023, 11, 3), date(2023, 11, 2)),
        (date(2023, 12, 14), date(2023, 12, 11), date(2023, 12, 8)),
        (date(2024, 3, 12), date(2024, 3, 7), date(2024, 3, 6)),
        # Over Giỗ Tổ (Monday 07/4/2025).
        (date(2025, 4, 10), date(2025, 4, 4), date(2025, 4, 3)),
        # Over Ngày Văn hóa Việt Nam (24/11/2026).
        (date(2026, 11, 26), date(2026, 11, 20), date(2026, 11, 19)),
        # Over a Saturday worked in a swap (04/5/2024), back to the first day after 30/4 and 1/5.
        (date(2024, 5, 6), date(2024, 5, 2), date(2024, 4, 26)),
        # The first day after Tết Giáp Thìn.
        (date(2024, 2, 15), date(2024, 2, 5), date(2024, 2, 2)),
        # A Saturday session: the day itself is never counted.
        (date(2023, 10, 14), date(2023, 10, 11), date(2023, 10, 10)),
    ],
)
def test_the_deadline_is_three_working_days_before(session: date, deadline: date, strict: date) -> None:
    assert WORKDAYS.deadline(session, 3) == deadline
    assert WORKDAYS.strict_day(session, 3) == strict


def test_a_day_swapped_off_moves_the_deadline() -> None:
    swapped = Workdays.load({date(2026, 11, 23): "Hoán đổi với T7 28/11/2026"}, [date(2026, 11, 28)])
    assert swapped.deadline(date(2026, 11, 26), 3) == date(2026, 11, 19)
    assert swapped.is_workday(date(2026, 11, 28))
    assert swapped.unconfirmed(date(2026, 11, 23)) is None


def test_a_plan_that_is_silent_on_rest_days_counts_calendar_days() -> None:
    assert WORKDAYS.deadline(date(2024, 3, 12), 3, working=False) == date(2024, 3, 9)
    assert WORKDAYS.strict_day(date(2024, 3, 12), 3, working=False) == date(2024, 3, 8)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2023, 10, 12), None),
        (date(2023, 10, 14), "Thứ Bảy"),
        (date(2023, 10, 15), "Chủ nhật"),
        (date(2024, 2, 9), "Tết Giáp Thìn"),
        (date(2024, 2, 10), "Tết Nguyên Đán"),  # a Saturday: the library knows what it is
        (date(2023, 5, 3), "30/4 (CN) bù"),
        (date(2024, 4, 29), "Hoán đổi với T7 04/5/2024"),
        (date(2024, 5, 4), None),  # Saturday, worked
        (date(2026, 1, 2), "Hoán đổi với T7 10/01/2026"),  # the library lacks this swap
        (date(2026, 1, 10), None),
        (date(2026, 11, 24), "Ngày Văn hóa Việt Nam"),
        (date(2025, 11, 24), None),  # only a day off since 01/7/2026
        (date(2023, 11, 20), None),
        (date(2024, 3, 8), None),
        (date(2026, 11, 23), None),  # proposed, not decided
    ],
)
def test_it_knows_why_a_day_is_off(day: date, reason: str | None) -> None:
    assert WORKDAYS.off_reason(day) == reason
    assert WORKDAYS.is_workday(day) is (reason is None)


def test_the_clusters_own_days_win() -> None:
    own = Workdays.load({date(2024, 9, 9): "Nghỉ bão"}, [date(2023, 10, 14), date(2024, 9, 2)])
    assert own.off_reason(date(2024, 9, 9)) == "Nghỉ bão"
    assert own.is_workday(date(2023, 10, 14))  # schools that work on Saturday
    assert own.is_workday(date(2024, 9, 2))


def test_a_day_both_off_and_worked_is_off() -> None:
    day = date(2023, 10, 11)
    assert Workdays.load({day: ""}, [day]).off_reason(day) == "Ngày nghỉ"


def test_a_proposed_swap_is_said_to_be_unconfirmed() -> None:
    assert "chưa thấy quyết định" in (WORKDAYS.unconfirmed(date(2026, 11, 23)) or "")
    assert "chưa thấy quyết định" in (WORKDAYS.unconfirmed(date(2026, 11, 28)) or "")
    assert WORKDAYS.unconfirmed(date(2026, 11, 24)) is None


def test_a_year_without_days_off_is_missing_even_if_the_library_guesses() -> None:
    assert WORKDAYS.missing_years(date(2023, 9, 1), date(2026, 12, 31)) == []
    assert WORKDAYS.missing_years(date(2026, 9, 1), date(2027, 5, 31)) == [2027]
    assert not WORKDAYS.is_workday(date(2027, 2, 5))
    assert "dự kiến" in (WORKDAYS.unconfirmed(date(2027, 2, 5)) or "")


def test_an_imported_list_of_days_off_makes_a_year_known() -> None:
    school_year = (date(2026, 9, 1), date(2027, 5, 31))
    assert Workdays.load(SPRING_2027).missing_years(*school_year) == []
    assert Workdays.load({date(2027, 3, 1): "Nghỉ bão"}).missing_years(*school_year) == [2027]
    assert Workdays.load(TET_2027).missing_years(*school_year) == [2027]
    # What the list leaves out is still taken from the library: resting too much does no harm.
    assert not Workdays.load(SPRING_2027).is_workday(date(2027, 9, 2))


def test_the_files_name_every_weekday_that_the_library_has_off() -> None:
    guess = Workdays(())
    for number in range((date(2026, 12, 31) - date(2023, 1, 1)).days + 1):
        day = date(2023, 1, 1) + timedelta(days=number)
        if not guess.is_workday(day):
            assert not WORKDAYS.is_workday(day) or day.weekday() >= 5, day


def test_the_next_and_the_last_working_day_may_be_the_day_itself() -> None:
    assert WORKDAYS.next_workday(date(2024, 2, 8)) == date(2024, 2, 15)
    assert WORKDAYS.last_workday(date(2024, 2, 14)) == date(2024, 2, 7)
    assert WORKDAYS.next_workday(date(2024, 2, 15)) == date(2024, 2, 15)
    assert WORKDAYS.last_workday(date(2024, 2, 15)) == date(2024, 2, 15)


def test_negative_numbers_are_refused() -> None:
    for working in (True, False):
        with pytest.raises(ValueError, match="not negative"):
            WORKDAYS.deadline(date(2023, 10, 12), -1, working=working)


def test_a_calendar_without_any_working_day_is_refused() -> None:
    off = {date(2023, 1, 1) + timedelta(days=number): "nghỉ" for number in range(1000)}
    with pytest.raises(BadInputError, match="ngày nghỉ"):
        Workdays.load(off).before(date(2025, 6, 1), 1)


@pytest.mark.parametrize(
    "text",
    [
        "year = ",
        "year = 2023",
        "year = 2023\ncomplete = true\nholidays = 1",
        "year = 2023\ncomplete = true\n[[off]]\ndate = 2024-01-01\nname = 'a'\nsource = 'b'",
        "year = 2023\ncomplete = true\n[[off]]\ndate = 2023-01-01\nname = 'a'\nsource = 'b'",
        "year = 2023\ncomplete = true\n[[worked]]\ndate = 2023-01-02\nname = 'a'\nsource = 'b'",
        "year = 2023\ncomplete = true\n" + 2 * "[[off]]\ndate = 2023-01-03\nname = 'a'\nsource = 'b'\n",
    ],
)
def test_a_broken_calendar_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "2023.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match=r"2023\.toml"):
        read_years(tmp_path)


def test_a_year_stands_in_one_file_only(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text("year = 2023\ncomplete = true\n", encoding="utf-8")
    with pytest.raises(BadInputError, match=r"b\.toml"):
        read_years(tmp_path)


@settings(deadline=None)
@given(day=STORED, n=st.integers(1, 30))
def test_n_working_days_lie_between(day: date, n: int) -> None:
    earlier, later = WORKDAYS.before(day, n), WORKDAYS.after(day, n)
    assert sum(WORKDAYS.is_workday(earlier + timedelta(days=i)) for i in range((day - earlier).days)) == n
    assert sum(WORKDAYS.is_workday(later - timedelta(days=i)) for i in range((later - day).days)) == n
    assert WORKDAYS.is_workday(earlier)
    assert WORKDAYS.is_workday(later)


@settings(deadline=None)
@given(day=STORED, n=COUNTS, m=COUNTS)
def test_counting_in_two_steps_is_counting_in_one(day: date, n: int, m: int) -> None:
    assert WORKDAYS.before(WORKDAYS.before(day, n), m) == WORKDAYS.before(day, n + m)
    assert WORKDAYS.after(WORKDAYS.after(day, n), m) == WORKDAYS.after(day, n + m)


@settings(deadline=None)
@given(day=STORED, n=COUNTS)
def test_from_a_working_day_there_and_back(day: date, n: int) -> None:
    worked = WORKDAYS.next_workday(day)
    assert WORKDAYS.after(WORKDAYS.before(worked, n), n) == worked


@settings(deadline=None)
@given(day=STORED, later=st.integers(0, 60), n=COUNTS)
def test_a_later_session_never_has_an_earlier_deadline(day: date, later: int, n: int) -> None:
    assert WORKDAYS.deadline(day, n) <= WORKDAYS.deadline(day + timedelta(days=later), n)
    assert WORKDAYS.strict_day(day, n) < WORKDAYS.deadline(day, n)
    assert WORKDAYS.deadline(day, n) <= WORKDAYS.deadline(day, n, working=False)
