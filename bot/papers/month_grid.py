"""A month in small: rest days pale, feast days tinted, sessions marked."""

import datetime as dt
from collections.abc import Mapping

from bot.papers.canvas import ACCENT, FEAST, FEAST_INK, INK, REST, WARN_INK, Sheet, Style
from bot.sessions.free_days import Standing
from bot.sessions.month import HEADINGS, Month, weeks
from bot.workdays import Workdays

WEEKEND = ("Thứ Bảy", "Chủ nhật")


def height_of(month: Month, row: float) -> float:
    """Of the headings and the weeks, each `row` high."""
    return row * (1 + len(weeks(month, lambda _: Standing.FREE)))


def draw_month(
    sheet: Sheet,
    x: float,
    y: float,
    month: Month,
    workdays: Workdays,
    marked: Mapping[dt.date, str],
    *,
    cell: tuple[float, float],
    size: int,
) -> None:
    """`marked`: the days of sessions, with a remark where something is open about them."""
    wide, high = cell
    for column, words in enumerate(HEADINGS):
        ink = REST if column > 4 else ACCENT
        sheet.text(x + (column + 0.5) * wide, y + high / 2, words, Style(round(size * 0.8), True, ink), "mm")
    for number, week in enumerate(weeks(month, lambda _: Standing.FREE), 1):
        for column, one in enumerate(week):
            if one is not None:
                middle = (x + (column + 0.5) * wide, y + (number + 0.5) * high)
                _day(sheet, *middle, one.day, workdays, marked, cell, size)


def _day(
    sheet: Sheet,
    x: float,
    y: float,
    day: dt.date,
    workdays: Workdays,
    marked: Mapping[dt.date, str],
    cell: tuple[float, float],
    size: int,
) -> None:
    wide, high = cell
    if day in marked:
        sheet.disc(x, y, min(cell) * 0.47, WARN_INK if marked[day] == "đang xin đổi lịch" else ACCENT)
        sheet.text(x, y, str(day.day), Style(size, True, "#FFFFFF"), "mm")
        return
    ink = INK
    if is_feast(workdays, day):
        sheet.box(x - wide * 0.48, y - high * 0.44, wide * 0.96, high * 0.88, FEAST, radius=8)
        ink = FEAST_INK
    elif not workdays.is_workday(day):
        ink = REST
    sheet.text(x, y, str(day.day), Style(size, False, ink), "mm")


def is_feast(workdays: Workdays, day: dt.date) -> bool:
    """Off for another reason than the weekend; a weekend between such days belongs to them."""
    return _off(workdays, day) or (
        not workdays.is_workday(day) and _reaches(workdays, day, 1) and _reaches(workdays, day, -1)
    )


def _off(workdays: Workdays, day: dt.date) -> bool:
    reason = workdays.off_reason(day)
    return reason is not None and reason not in WEEKEND


def _reaches(workdays: Workdays, day: dt.date, step: int) -> bool:
    """From this rest day a feast day is reached over rest days alone."""
    for _ in range(3):
        day += dt.timedelta(days=step)
        if _off(workdays, day):
            return True
        if workdays.is_workday(day):
            return False
    return False
