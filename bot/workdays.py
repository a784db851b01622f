"""Working days of Vietnamese schools and offices, and deadlines counted in them.

Rest days are Saturday, Sunday, public holidays (Bộ luật Lao động 2019, Đ.112), their make-up days
(Đ.111 khoản 3) and days swapped off by the yearly notice; a Saturday worked in a swap counts.
The stored files of `data/calendar/` win over the `holidays` library, and a cluster's own days over both.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Self

import holidays
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from bot.errors import BadInputError
from bot.resources import data_path

SATURDAY, SUNDAY = 5, 6
LONGEST_REST = 366  #: days in a row without a working day: more is a broken calendar

_ONE_DAY = timedelta(days=1)
_WEEKEND = {SATURDAY: "Thứ Bảy", SUNDAY: "Chủ nhật"}


class CalendarDay(BaseModel):
    """A day of a calendar file: its Vietnamese name and the notice or law it rests on."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    date: date
    name: str
    source: str


class CalendarYear(BaseModel):
    """One file of `data/calendar/`: `complete` says that the year's official notice was read whole."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    year: int
    complete: bool
    off: list[CalendarDay] = []
    worked: list[CalendarDay] = []
    unconfirmed: list[CalendarDay] = []

    @model_validator(mode="after")
    def _check_days(self) -> Self:
        days = [entry.date for entry in (*self.off, *self.worked, *self.unconfirmed)]
        if any(day.year != self.year for day in days):
            raise ValueError(f"a day is not in {self.year}")
        if len(set(days)) != len(days):
            raise ValueError("a day stands there twice")
        if any(entry.date.weekday() in _WEEKEND for entry in self.off):
            raise ValueError("a day off on a weekend is not written down")
        if any(entry.date.weekday() not in _WEEKEND for entry in self.worked):
            raise ValueError("only a Saturday or a Sunday can be worked in a swap")
        return self


def read_years(folder: Path) -> tuple[CalendarYear, ...]:
    """The calendar files of a folder.  Raises BadInputError where one cannot be used."""
    years: dict[int, CalendarYear] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            year = CalendarYear.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
            if year.year in years:
                raise ValueError(f"{year.year} is in two files")
        except (OSError, ValueError, ValidationError) as error:
            raise BadInputError(
                f"Tệp ngày nghỉ {path.name} không dùng được: xin sửa lại theo mẫu của các năm khác.",
                detail=f"{path.name}: {error}",
            ) from error
        years[year.year] = year
    return tuple(years.values())


class Workdays:
    """Which days are worked.  Immutable; every question about one day is answered in constant time."""

    def __init__(
        self,
        years: Iterable[CalendarYear],
        extra_off: Mapping[date, str] | None = None,
        extra_worked: Iterable[date] = (),
    ) -> None:
        """`extra_off`: the cluster's own days off with their reasons; `extra_worked`: days it works although
        they would be off.  A day in both is off."""
        stored = tuple(years)
        self._extra_off = dict(extra_off or {})
        self._extra_worked = frozenset(extra_worked)
        self._whole = frozenset(year.year for year in stored if year.complete)
        self._off = {entry.date: entry.name for year in stored for entry in year.off}
        self._worked = frozenset(entry.date for year in stored for entry in year.worked)
        self._unconfirmed = {entry.date: entry.name for year in stored for entry in year.unconfirmed}
        self._known = self._whole | {day.year for day in self._extra_off if self._covers(day.year)}

    @classmethod
    def load(
        cls, extra_off: Mapping[date, str] | None = None, extra_worked: Iterable[date] = ()
    ) -> "Workdays":
        """With the calendar that is installed.  Raises BadInputError where one of its files is broken."""
        return cls(_installed_years(), extra_off, extra_worked)

    def is_workday(self, day: date) -> bool:
        return self.off_reason(day) is None

    def off_reason(self, day: date) -> str | None:
        """Why the day is off, in Vietnamese ("Chủ nhật", "Tết Giáp Thìn"); None on a working day."""
        own = self._extra_off.get(day)
        if own is not None:
            return own or "Ngày nghỉ"
        if day in self._extra_worked or day in self._worked:
            return None
        if (stored := self._off.get(day)) is not None:
            return stored
        weekend = _WEEKEND.get(day.weekday())
        if weekend is None and day.year in self._whole:
            return None
        return _library_days(day.year).get(day) or weekend

    def before(self, day: date, n: int) -> date:
        """The nth working day before `day`, which is not counted; `day` itself for n = 0."""
        return self._walk(day, n, -_ONE_DAY)

    def after(self, day: date, n: int) -> date:
        """The nth working day after `day`, which is not counted; `day` itself for n = 0."""
        return self._walk(day, n, _ONE_DAY)

    def next_workday(self, day: date) -> date:
        """`day` if it is worked, else the first working day after it."""
        return day if self.is_workday(day) else self.after(day, 1)

    def last_workday(self, day: date) -> date:
        """`day` if it is worked, else the last working day before it."""
        return day if self.is_workday(day) else self.before(day, 1)

    def deadline(self, day: date, days: int, *, working: bool = True) -> date:
        """The day by whose end an invitation must have arrived ("trước 03 ngày (không kể ngày nghỉ)"):
        `days` working days before the session's `day`, or plain calendar days if not `working`
        (a plan that says only "03 ngày").  The session's day is not counted."""
        if working:
            return self.before(day, days)
        if days < 0:
            raise ValueError("a number of days is not negative")
        return day - timedelta(days=days)

    def strict_day(self, day: date, days: int, *, working: bool = True) -> date:
        """The deadline with `days` clear days between: one day earlier, the day to chase."""
        return self.deadline(day, days + 1, working=working)

    def unconfirmed(self, day: date) -> str | None:
        """What is uncertain about this day, in Vietnamese, or None.  A proposed swap is not counted until it
        is decided; a holiday of a year whose notice was not read is a guess, counted as off."""
        if day in self._extra_off or day in self._extra_worked:
            return None
        if (proposed := self._unconfirmed.get(day)) is not None:
            return proposed
        if day.year not in self._known and (guess := _library_days(day.year).get(day)) is not None:
            return f"{guess} (dự kiến, chưa có thông báo ngày nghỉ năm {day.year})"
        return None

    def missing_years(self, first: date, last: date) -> list[int]:
        """The calendar years between two days for which no days off are stored (guesses do not count)."""
        return [year for year in range(first.year, last.year + 1) if year not in self._known]

    def _walk(self, day: date, n: int, step: timedelta) -> date:
        if n < 0:
            raise ValueError("a number of working days is not negative")
        rest = 0
        while n:
            day += step
            if self.is_workday(day):
                n, rest = n - 1, 0
            elif (rest := rest + 1) > LONGEST_REST:
                raise BadInputError(
                    "Lịch nghỉ không còn ngày làm việc nào trong một năm: xin xem lại các ngày nghỉ đã nhập.",
                    detail=f"no working day near {day}",
                )
        return day

    def _covers(self, year: int) -> bool:
        """Whether the cluster's own days are a year's list, not a single closure: at least three days
        of Tết, and 30/4 and 1/5 where they are weekdays."""
        tet = sum(1 for day in self._extra_off if date(year, 1, 20) <= day <= date(year, 2, 25))
        fixed = (date(year, 4, 30), date(year, 5, 1))
        return tet >= 3 and all(day in self._extra_off or day.weekday() in _WEEKEND for day in fixed)


@cache
def _installed_years() -> tuple[CalendarYear, ...]:
    return read_years(data_path("calendar"))


@cache
def _library_days(year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays("VN", years=year, language="vi", expand=False))
