"""Dates as offices write them, resolved in the school year 2023-2024."""

from datetime import date, time

import pytest

from bot.plan.dates import expressions
from bot.plan.dates.resolve import find_dates
from bot.plan.dates.times import read_time
from bot.plan.dates.years import Calendar
from bot.plan.reading import Precision

YEAR = Calendar((2023, 2024))


@pytest.mark.parametrize(
    ("text", "day", "end"),
    [
        ("12/10/2023", date(2023, 10, 12), None),
        ("12/3/2024", date(2024, 3, 12), None),
        ("8h00 ngày 14/12/2023", date(2023, 12, 14), None),
        ("Ngày 12 tháng 10 năm 2023", date(2023, 10, 12), None),
        ("ngày 14 tháng 12 năm 2023 (thứ Năm)", date(2023, 12, 14), None),
        ("Thứ Năm, 12/10", date(2023, 10, 12), None),
        ("12/3 (thứ Ba)", date(2024, 3, 12), None),
        ("Sáng 09/4/2024", date(2024, 4, 9), None),
        ("12.10.2023", date(2023, 10, 12), None),
        ("12-10-2023", date(2023, 10, 12), None),
        ("12/10/23", date(2023, 10, 12), None),
        ("2023-10-12", date(2023, 10, 12), None),
        ("26-27/10/2023", date(2023, 10, 26), date(2023, 10, 27)),
        ("14 - 15/12", date(2023, 12, 14), date(2023, 12, 15)),
        ("ngày 26 và 27 tháng 10 năm 2023", date(2023, 10, 26), date(2023, 10, 27)),
        ("Từ 18/3 đến 22/3/2024", date(2024, 3, 18), date(2024, 3, 22)),
        ("30/12-02/01", date(2023, 12, 30), date(2024, 1, 2)),
        ("Thứ 4, 13/12/2023", date(2023, 12, 13), None),
        ("Buổi 2 - 14/11/2023", date(2023, 11, 14), None),
    ],
)
def test_a_plain_day(text: str, day: date, end: date | None) -> None:
    [(_, reading)] = find_dates(text, YEAR)
    assert (reading.day, reading.end, reading.precision, reading.doubts) == (day, end, Precision.DAY, ())


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("Thứ Sáu, 12/10/2023", date(2023, 10, 12), "weekday_mismatch"),
        ("14/l1/2O23", date(2023, 11, 14), "ocr_repair"),
        ("thứ Tư 10/4/224", date(2024, 4, 10), "year_repair"),
        ("12/3/2023", date(2024, 3, 12), "outside_school_year"),
        ("30/02/2024", None, "invalid_date"),
        ("31/11/2023", None, "invalid_date"),
        ("12/13/2023", None, "invalid_date"),
        ("10//2023", None, "invalid_date"),
        ("10/3 âm lịch", None, "lunar_date"),
    ],
)
def test_what_does_not_fit_is_doubted(text: str, day: date | None, code: str) -> None:
    [(_, reading)] = find_dates(text, YEAR)
    assert reading.day == day
    assert [doubt.code for doubt in reading.doubts] == [code]


@pytest.mark.parametrize(
    ("text", "precision", "window"),
    [
        ("Tháng 11/2023", Precision.MONTH, (date(2023, 11, 1), date(2023, 11, 30))),
        ("…/11/2023", Precision.MONTH, (date(2023, 11, 1), date(2023, 11, 30))),
        ("Tuần 3 tháng 10/2023", Precision.WEEK, (date(2023, 10, 16), date(2023, 10, 20))),
        ("Tuần 2 tháng 4", Precision.WEEK, (date(2024, 4, 8), date(2024, 4, 12))),
        ("tuần cuối tháng 3", Precision.WEEK, (date(2024, 3, 25), date(2024, 3, 29))),
    ],
)
def test_a_week_or_month_gives_no_day(text: str, precision: Precision, window: tuple[date, date]) -> None:
    [(_, reading)] = find_dates(text, YEAR)
    assert (reading.day, reading.precision, reading.window) == (None, precision, window)


@pytest.mark.parametrize(
    "text", ["năm học 2023-2024", "số 334/KH-PGDĐT", "02 GV/trường", "TT 27/2020/TT-BGDĐT", "24h"]
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text, YEAR) == []


def test_the_doubt_of_a_weekday_offers_both_days() -> None:
    [(_, reading)] = find_dates("Thứ Sáu, 12/10/2023", YEAR)
    assert reading.doubts[0].choices == ("thứ Năm, 12/10/2023", "thứ Sáu, 13/10/2023")


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("8h00 ngày 14/12/2023", (time(8), None)),
        ("7h30’ ngày 09/10/2024", (time(7, 30), None)),
        ("8 giờ 00 phút", (time(8), None)),
        ("8g30", (time(8, 30), None)),
        ("8h-10h30", (time(8), time(10, 30))),
        ("chiều 2h", (time(14), None)),
        ("lưu mẫu 24h", (None, None)),
        ("3 GV", (None, None)),
    ],
)
def test_hours(text: str, hours: tuple[time | None, time | None]) -> None:
    found = read_time(text)
    assert (found.start, found.end) == hours


@pytest.mark.parametrize("letter", "lLIiıİOoSsſBbZz")
def test_any_letter_that_a_digit_may_be_read_as(letter: str) -> None:
    """Where case is forgiven more letters match than are written in the pattern."""
    for text in (f"từ 1{letter}/10/2023 đến 2{letter}/10/2023", f"1{letter} tháng 1{letter} năm 2023"):
        for raw in expressions.find(text):
            assert raw.start < raw.end
