"""A month as a grid of weeks, for choosing a day by eye."""

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from bot.sessions.free_days import Standing

HEADINGS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    month: int

    @classmethod
    def of(cls, day: dt.date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> "Month":
        """ "2023-11".  Raises ValueError: forged tokens hold anything."""
        return cls.of(dt.date.fromisoformat(f"{text}-01"))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def words(self) -> str:
        return f"Tháng {self.month}/{self.year}"

    @property
    def days(self) -> list[dt.date]:
        return [
            dt.date(self.year, self.month, day)
            for day in range(1, calendar.monthrange(self.year, self.month)[1] + 1)
        ]

    def later(self, months: int) -> "Month":
        number = self.year * 12 + self.month - 1 + months
        return Month(number // 12, number % 12 + 1)


@dataclass(frozen=True, slots=True)
class Cell:
    day: dt.date
    standing: Standing


def weeks(month: Month, standing: Callable[[dt.date], Standing]) -> list[tuple[Cell | None, ...]]:
    """Rows of seven from Monday to Sunday; None where a day belongs to another month."""
    cells: list[Cell | None] = [None] * month.days[0].weekday()
    cells += [Cell(day, standing(day)) for day in month.days]
    cells += [None] * (-len(cells) % 7)
    return [tuple(cells[i : i + 7]) for i in range(0, len(cells), 7)]
