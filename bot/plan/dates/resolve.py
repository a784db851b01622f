"""Resolves date expressions against the school year; what does not fit is doubted, never repaired in
silence.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from bot.plan.dates import expressions
from bot.plan.dates.expressions import RawDate, Shape
from bot.plan.dates.times import without_time
from bot.plan.dates.years import (
    WEEKDAY_NAMES,
    Calendar,
    DateDoubt,
    DateReading,
    make,
    show,
    year_of,
)
from bot.plan.reading import Precision


def find_dates(text: str, calendar: Calendar) -> list[tuple[RawDate, DateReading]]:
    """All dates of a text, resolved."""
    return [(raw, resolve(raw, calendar)) for raw in expressions.find(without_time(text))]


def resolve(raw: RawDate, calendar: Calendar) -> DateReading:
    """One expression as a day, a week or a month."""
    if raw.shape is Shape.BROKEN:
        return DateReading(None, None, Precision.DAY, raw.text, None, (_unreadable(raw),))
    if raw.shape is Shape.MONTH:
        return _month(raw, calendar)
    if raw.shape is Shape.WEEK:
        return _week(raw, calendar)
    return _day(raw, calendar)


def _unreadable(raw: RawDate) -> DateDoubt:
    return DateDoubt("invalid_date", f"Không rõ ngày “{raw.text}” là ngày nào. Buổi này họp ngày nào?")


def _day(raw: RawDate, calendar: Calendar) -> DateReading:
    doubts: list[DateDoubt] = []
    if raw.lunar:
        doubt = DateDoubt("lunar_date", f"“{raw.text}” là ngày âm lịch. Ngày dương lịch là ngày nào?")
        return DateReading(None, None, Precision.DAY, raw.text, None, (doubt,))
    month, written = raw.month or calendar.month or 0, raw.year
    if raw.shape is Shape.RANGE and written is None and raw.last_year and raw.month <= raw.last_month:
        written = raw.last_year
    year, unsure = year_of(month, raw.day, written, calendar) if 1 <= month <= 12 else (None, None)
    if unsure:
        doubts.append(unsure)
    day = make(year, month, raw.day) if year else None
    if day is None:
        if not doubts or year is not None:
            doubts.append(_no_such_day(raw, year, month))
        return DateReading(None, None, Precision.DAY, raw.text, None, tuple(doubts))
    if raw.letters:
        doubts.append(
            DateDoubt(
                "ocr_repair",
                f"“{raw.text}” có chữ lẫn trong số; đọc là {show(day)}. Đúng không?",
                (show(day), "Ngày khác"),
            )
        )
    if raw.weekday is not None and raw.weekday != day.weekday():
        doubts.append(_weekday_doubt(raw, day))
    if raw.apart:
        return _listed(raw, day, calendar, doubts)
    end, end_doubt = _end(raw, day, calendar)
    if end_doubt:
        doubts.append(end_doubt)
    return DateReading(day, end, Precision.DAY, raw.text, (day, end or day), tuple(doubts))


def _listed(raw: RawDate, day: date, calendar: Calendar, doubts: list[DateDoubt]) -> DateReading:
    """Two days that do not follow one another: which of them, or both, is for a person to say."""
    month = raw.last_month or day.month
    other = make(day.year + (1 if month < day.month else 0), month, raw.last_day)
    days = (day, other) if other and other != day else (day,)
    doubts.append(several(raw.text, days))
    return DateReading(day, None, Precision.DAY, raw.text, (day, day), tuple(doubts))


def several(text: str, days: Sequence[date]) -> DateDoubt:
    """The question which of several days is meant."""
    listed = tuple(show(day) for day in days)
    return DateDoubt("several_days", f"“{text}” ghi nhiều ngày: {', '.join(listed)}. Ngày nào đúng?", listed)


def _no_such_day(raw: RawDate, year: int | None, month: int) -> DateDoubt:
    if year and 1 <= month <= 12:
        last = monthrange(year, month)[1]
        return DateDoubt(
            "invalid_date",
            f"Không có ngày “{raw.text}”: tháng {month}/{year} chỉ có {last} ngày. Buổi này họp ngày nào?",
        )
    return DateDoubt("invalid_date", f"Không có ngày “{raw.text}”. Buổi này họp ngày nào?")


def _weekday_doubt(raw: RawDate, day: date) -> DateDoubt:
    wanted = raw.weekday or 0
    near = day + timedelta(days=(wanted - day.weekday() + 3) % 7 - 3)
    return DateDoubt(
        "weekday_mismatch",
        f"Tài liệu ghi “{raw.text}”, nhưng ngày {_plain(day)} là {WEEKDAY_NAMES[day.weekday()]}; "
        f"{WEEKDAY_NAMES[wanted]} là ngày {_plain(near)}. Ngày nào đúng?",
        (show(day), show(near)),
    )


def _plain(day: date) -> str:
    return show(day).partition(", ")[2]


def _end(raw: RawDate, day: date, calendar: Calendar) -> tuple[date | None, DateDoubt | None]:
    if raw.shape is not Shape.RANGE:
        return None, None
    month = raw.last_month or day.month
    year = day.year + (1 if month < day.month else 0)
    if (
        raw.last_year
        and len(raw.last_year) == 4
        and calendar.within(make(int(raw.last_year), month, 1) or day)
    ):
        year = int(raw.last_year)
    end = make(year, month, raw.last_day)
    if end is None or end <= day or (end - day).days > 31:
        return None, DateDoubt(
            "invalid_date", f"Không rõ ngày kết thúc trong “{raw.text}”. Buổi này kéo dài đến ngày nào?"
        )
    return end, None


def _month(raw: RawDate, calendar: Calendar) -> DateReading:
    year, doubt = year_of(raw.month, 0, raw.year, calendar) if 1 <= raw.month <= 12 else (None, None)
    doubts = (doubt,) if doubt else ()
    if not year:
        bad = doubts or (DateDoubt("invalid_date", f"Không có “{raw.text}”. Buổi này họp tháng nào?"),)
        return DateReading(None, None, Precision.MONTH, raw.text, None, bad)
    last = raw.last_month if 1 <= raw.last_month <= 12 else raw.month
    last_year = year + (1 if last < raw.month else 0)
    window = date(year, raw.month, 1), date(last_year, last, monthrange(last_year, last)[1])
    return DateReading(None, None, Precision.MONTH, raw.text, window, doubts)


def _week(raw: RawDate, calendar: Calendar) -> DateReading:
    month = _month(raw, calendar)
    if month.window is None:
        return DateReading(None, None, Precision.WEEK, raw.text, None, month.doubts)
    first, last = month.window
    start = (
        first - timedelta(days=first.weekday())
        if first.weekday() < 5
        else first + timedelta(days=7 - first.weekday())
    )
    mondays = [start + timedelta(days=7 * n) for n in range(6) if start + timedelta(days=7 * n) <= last]
    number = len(mondays) if raw.week == -1 else raw.week
    if not 1 <= number <= len(mondays):
        doubt = DateDoubt("invalid_date", f"Không có “{raw.text}”. Buổi này họp tuần nào?")
        return DateReading(None, None, Precision.WEEK, raw.text, month.window, (*month.doubts, doubt))
    monday = mondays[number - 1]
    return DateReading(
        None,
        None,
        Precision.WEEK,
        raw.text,
        (max(monday, first), min(monday + timedelta(days=4), last)),
        month.doubts,
    )
