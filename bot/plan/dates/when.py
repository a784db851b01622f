"""The day, week or month of a record: its date cell, and the month or week that stands around it."""

import re
from collections.abc import Sequence

from bot.plan.dates import expressions
from bot.plan.dates.expressions import RawDate, Shape
from bot.plan.dates.resolve import find_dates, resolve
from bot.plan.dates.years import Calendar, DateDoubt, DateReading, show
from bot.plan.reading import Precision
from bot.plan.record import Record


def tidy(text: str | None) -> str | None:
    """Single spaces, no bullet or label before and no mark after; None for nothing."""
    if text is None:
        return None
    plain = re.sub(r"\s+", " ", text).strip(" ;,")
    plain = re.sub(r"^(?:[-–+•*]\s+)", "", plain)
    return plain.strip() or None


def read_when(record: Record, calendar: Calendar) -> DateReading:
    """The day, week or month of a record from its date cell and the month or week that stands around it."""
    month = _context(record.month, calendar)
    dates = find_dates(record.when, month)
    if dates:
        return _chosen(record, dates, month)
    bare = _bare_day(record.when, month)
    if bare is not None:
        return bare
    if record.week and month.month:
        raws = expressions.find(f"tuần {re.sub(r'(?i)tuần', '', record.week).strip()} tháng {month.month}")
        if raws and raws[0].shape is Shape.WEEK:
            return resolve(raws[0], month)
    around = find_dates(f"{record.week} {record.month}".strip(), calendar) or _month_number(
        record.month, calendar
    )
    if around:
        return around[0][1]
    if record.when.strip():
        doubt = DateDoubt(
            "date_unreadable", f"Không rõ “{tidy(record.when)}” là ngày nào. Buổi này họp ngày nào?"
        )
        return DateReading(None, None, Precision.DAY, record.when.strip(), None, (doubt,))
    missing = DateDoubt("date_missing", "Tài liệu không ghi ngày của buổi này. Buổi này họp ngày nào?")
    return DateReading(None, None, Precision.DAY, "", None, (missing,))


def _context(text: str, calendar: Calendar) -> Calendar:
    found = _month_number(text, calendar) or find_dates(text, calendar)
    for raw, reading in found:
        if reading.window:
            return Calendar(calendar.school_year, calendar.issued, raw.month, reading.window[0].year)
    return calendar


def _month_number(text: str, calendar: Calendar) -> list[tuple[RawDate, DateReading]]:
    match = re.fullmatch(r"\s*(?:[Tt](?:háng)?\.?\s*)?(1[0-2]|0?[1-9])\s*", text)
    return find_dates(f"tháng {match.group(1)}", calendar) if match else []


def _bare_day(text: str, calendar: Calendar) -> DateReading | None:
    """A cell that holds only a day of the month ("13", "Ngày 13", "thứ Năm, 13", "26-27") beside a
    month column.
    """
    if calendar.month is None:
        return None
    plain = re.sub(r"(?i)ngày", " ", text)
    match = re.search(
        r"(?<![\w/])(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?(?![\w/])",
        re.sub(r"(?i)thứ\s*\d|T\.?[2-7](?!\w)", lambda m: "x" * len(m.group()), plain),
    )
    if not match:
        return None
    day, last = match.group(1), match.group(2)
    weekday = expressions.WEEKDAY.search(plain)
    head = f"{weekday.group()}, " if weekday else ""
    written = f"{head}{day}{'-' + last if last else ''}/{calendar.month}/{calendar.year}"
    dates = find_dates(written, calendar)
    if not dates:
        return None
    reading = dates[0][1]
    return DateReading(
        reading.day, reading.end, reading.precision, text.strip(), reading.window, reading.doubts
    )


def _chosen(record: Record, dates: Sequence[tuple[RawDate, DateReading]], calendar: Calendar) -> DateReading:
    """The date of the cell; where it names several days, the first one (or a span of following days)
    with a doubt.
    """
    days = [entry for entry in dates if entry[0].shape in (Shape.DAY, Shape.RANGE, Shape.BROKEN)]
    chosen = (days or list(dates))[0][1]
    others = [reading.day for _, reading in days[1:] if reading.day and reading.day != chosen.day]
    text = tidy(record.when) or chosen.text
    doubts = chosen.doubts
    if others and chosen.day:
        if len(others) == 1 and chosen.end is None and (others[0] - chosen.day).days == 1:
            return DateReading(
                chosen.day,
                others[0],
                chosen.precision,
                text,
                (chosen.day, others[0]),
                (*doubts, *days[1][1].doubts),
            )
        listed = tuple(show(day) for day in (chosen.day, *others))
        doubts = (
            *doubts,
            DateDoubt(
                "several_days", f"Ô thời gian ghi nhiều ngày: {', '.join(listed)}. Ngày nào đúng?", listed
            ),
        )
    if chosen.day and calendar.month and chosen.day.month != calendar.month and record.month:
        doubts = (
            *doubts,
            DateDoubt(
                "month_mismatch",
                f"Ngày {show(chosen.day)} không thuộc “{record.month}”. Ngày nào đúng?",
                (show(chosen.day),),
            ),
        )
    return DateReading(chosen.day, chosen.end, chosen.precision, text, chosen.window, doubts)
