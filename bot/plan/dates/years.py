"""What is known about the years of a document, and the year of a day that is written without or with a
faulty one.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.plan.reading import Precision

WEEKDAY_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_FIRST_MONTH = 8  #: a school year's papers run from August to July


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known about the years of a document: its school year, the day it was issued, the month
    of its cell.
    """

    school_year: tuple[int, int] | None = None
    issued: date | None = None
    month: int | None = None
    year: int | None = None

    def within(self, day: date) -> bool:
        """Whether the day lies in the school year, with the holidays before it."""
        if self.school_year is None:
            return True
        return date(self.school_year[0], 6, 1) <= day <= date(self.school_year[1], 8, 31)


@dataclass(frozen=True, slots=True)
class DateDoubt:
    """`remark`: nothing to settle about the day, only to be seen."""

    code: str
    message: str
    choices: tuple[str, ...] = ()
    remark: bool = False


@dataclass(frozen=True, slots=True)
class DateReading:
    """`day` is None where only a week or month is known, or nothing certain; `doubts` then say why."""

    day: date | None
    end: date | None
    precision: Precision
    text: str
    window: tuple[date, date] | None
    doubts: tuple[DateDoubt, ...] = ()


def show(day: date) -> str:
    """A day as offices write it, with its weekday: "thứ Năm, 12/3/2024" (leading 0 as in NĐ 30/2020)."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{WEEKDAY_NAMES[day.weekday()]}, {day.day:02d}/{month}/{day.year}"


def make(year: int, month: int, day: int) -> date | None:
    """The day, or None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def school_year_of(day: date) -> tuple[int, int]:
    """The school year a day belongs to."""
    first = day.year if day.month >= _FIRST_MONTH else day.year - 1
    return first, first + 1


def year_of(
    month: int, day: int, written: str | None, calendar: Calendar
) -> tuple[int | None, DateDoubt | None]:
    """The year of a month and day, and a doubt where it is not simply what the paper says."""
    if written is None:
        if calendar.year is not None and calendar.month == month:
            return calendar.year, None
        if calendar.school_year is not None:
            return calendar.school_year[0 if month >= _FIRST_MONTH else 1], None
        if calendar.issued is not None:
            guess = make(calendar.issued.year, month, min(day or 1, 28))
            late = guess is not None and guess >= calendar.issued - timedelta(days=31)
            return calendar.issued.year if late else calendar.issued.year + 1, None
        return None, DateDoubt("year_unknown", "Tài liệu không ghi năm học. Buổi này thuộc năm nào?")
    if len(written) == 4:
        year = int(written)
        day_written = make(year, month, min(day or 1, 28)) if 2000 <= year <= 2100 else None
        if day_written is not None and calendar.within(day_written):
            return year, None
        if calendar.school_year is None and 2000 <= year <= 2100:
            return year, None
        return _expected(month, written, calendar, "outside_school_year", day)
    if len(written) == 2:
        year = 2000 + int(written)
        day_written = make(year, month, min(day or 1, 28))
        if day_written is not None and calendar.within(day_written):
            return year, None
    return _expected(month, written, calendar, "year_repair")


def _expected(
    month: int, written: str, calendar: Calendar, code: str, day: int = 0
) -> tuple[int | None, DateDoubt | None]:
    """The year that the school year gives, with the doubt; `day` is 0 where only a month is written."""
    if calendar.school_year is not None:
        year = calendar.school_year[0 if month >= _FIRST_MONTH else 1]
        years = f"năm học {calendar.school_year[0]}-{calendar.school_year[1]}"
        if len(written) != 4:
            told = f"Năm “{written}” viết thiếu hoặc lạ"
        else:
            named = f"Ngày {day:02d}/{month}" if day else f"Tháng {month}"
            told = f"{named}/{written} không thuộc {years}"
        return year, DateDoubt(code, f"{told}; đọc là năm {year}. Đúng không?")
    if calendar.issued is not None:
        year = school_year_of(calendar.issued)[0 if month >= _FIRST_MONTH else 1]
        return year, DateDoubt(code, f"Năm “{written}” viết thiếu hoặc lạ; đọc là {year}. Đúng không?")
    return None, DateDoubt(code, f"Năm “{written}” không rõ. Buổi này thuộc năm nào?")
