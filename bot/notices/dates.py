"""Days and hours as a Vietnamese office writes them; the weekday always."""

import datetime as dt

from bot.plan.dates.years import WEEKDAY_NAMES as WEEKDAYS
from bot.plan.dates.years import show


def capital(text: str) -> str:
    """The first letter large, the others as they are ("Thứ Năm")."""
    return text[:1].upper() + text[1:]


def weekday(day: dt.date) -> str:
    return WEEKDAYS[day.weekday()]


def written_day(day: dt.date) -> str:
    """12/3/2024 as offices write it: days under 10 and months 1 and 2 take a leading 0 (NĐ 30/2020)."""
    return show(day).partition(", ")[2]


def full_day(day: dt.date) -> str:
    """ "thứ Năm, 12/10/2023"."""
    return show(day)


def short_day(day: dt.date) -> str:
    """ "thứ Năm 12/10": where the year is plain."""
    return f"{weekday(day)} {written_day(day).rsplit('/', 1)[0]}"


def days_between(day: dt.date, last: dt.date | None) -> str:
    if last is None or last == day:
        return full_day(day)
    return f"{full_day(day)} đến {full_day(last)}"


def iso_day(written: str) -> str:
    """A day that was stored as "2023-10-12"."""
    return full_day(dt.date.fromisoformat(written))


def hour(moment: dt.time) -> str:
    """ "8h00"."""
    return f"{moment.hour}h{moment.minute:02}"


def hours(start: dt.time, end: dt.time | None) -> str:
    return hour(start) if end is None else f"{hour(start)} đến {hour(end)}"


def formal_hour(moment: dt.time) -> str:
    """ "8 giờ 00 phút": in letters and to the authority."""
    return f"{moment.hour} giờ {moment.minute:02} phút"


def days_left(today: dt.date, day: dt.date) -> str:
    """Calendar days on the day it is said (invariant 11): "hôm nay", "ngày mai", "còn 3 ngày"."""
    left = (day - today).days
    if left == 0:
        return "hôm nay"
    if left == 1:
        return "ngày mai"
    return f"còn {left} ngày" if left > 0 else "đã qua"
