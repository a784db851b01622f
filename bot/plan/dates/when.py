"""The day, week or month of a record: its date cell, and the month or week that stands around it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.plan.dates import expressions
from bot.plan.dates.expressions import RawDate, Shape
from bot.plan.dates.purpose import Purpose, purpose_of
from bot.plan.dates.resolve import find_dates, resolve, several
from bot.plan.dates.times import without_time
from bot.plan.dates.weekdays import WEEKDAY
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
        return _doubted(record, _chosen(record, dates, month))
    bare = _bare_day(record.when, month)
    if bare is not None:
        return bare
    loose = expressions.find_loose(without_time(record.when))
    if loose:
        return replace(resolve(loose[0], month), text=record.when.strip())
    if record.week and month.month:
        raws = expressions.find(f"tuần {re.sub(r'(?i)tuần', '', record.week).strip()} tháng {month.month}")
        if raws and raws[0].shape is Shape.WEEK:
            return resolve(raws[0], month)
    around = (
        find_dates(f"{record.week} {record.month}".strip(), calendar)
        or _month_number(record.month, calendar)
        or (
            _month_number(record.when, calendar)
            if re.match(r"\s*[Tt]\.?\s?(?:[89]|1[0-2])\s*$", record.when)
            else []
        )
    )
    if around:
        return around[0][1]
    if record.when.strip():
        return _unreadable(record)
    missing = DateDoubt("date_missing", "Tài liệu không ghi ngày của buổi này. Buổi này họp ngày nào?")
    return DateReading(None, None, Precision.DAY, "", None, (missing,))


def _unreadable(record: Record) -> DateReading:
    words = tidy(record.when)
    doubt = DateDoubt("date_unreadable", f"Không rõ “{words}” là ngày nào. Buổi này họp ngày nào?")
    return DateReading(None, None, Precision.DAY, record.when.strip(), None, (doubt,))


def _doubted(record: Record, found: DateReading) -> DateReading:
    """The reading with a doubt where its cell holds more of a day than was read: "12 10/2023", "Thứ 8"."""
    if found.doubts and not all(doubt.remark for doubt in found.doubts):
        return found
    words = without_time(record.when)
    vague = found.precision is not Precision.DAY and found.day is None
    spare = words
    for raw in reversed(expressions.find(words)):
        spare = f"{spare[: raw.start]} {spare[raw.end :]}"
    number = (
        re.search(r"(?<!\w)([0-3]?\d)(?!\w)(?!\s*(?:buổi|tiết|lần|trường|ngày|hoạt động))", spare)
        if vague
        else None
    )
    weekday = re.search(r"(?i)(?<!\w)thứ\s*(?:[0189]|\d\d)(?!\w)", record.when)
    if not number and not weekday:
        return found
    doubt = DateDoubt(
        "date_unreadable", f"Không rõ “{tidy(record.when)}” là ngày nào. Buổi này họp ngày nào?"
    )
    return replace(found, precision=Precision.DAY, doubts=(*found.doubts, doubt))


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
    weekday = WEEKDAY.search(plain)
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
    words = without_time(record.when)
    own = [entry for entry in dates if purpose_of(words, entry[0]) is Purpose.OWN]
    if not own:
        return _unreadable(record)
    solar = [entry for entry in own if not entry[0].lunar] or own
    days = [entry for entry in solar if entry[0].shape in (Shape.DAY, Shape.RANGE, Shape.BROKEN)]
    raw, chosen = (days or solar)[0]
    others = [reading.day for _, reading in days[1:] if reading.day and reading.day != chosen.day]
    text = tidy(record.when) or chosen.text
    doubts = chosen.doubts
    if others and chosen.day:
        follows = len(others) == 1 and chosen.end is None and (others[0] - chosen.day).days == 1
        if follows and not raw.apart and not re.search(r"(?<!\w)(?:hoặc|hay)(?!\w)", words, re.IGNORECASE):
            return DateReading(
                chosen.day,
                others[0],
                chosen.precision,
                text,
                (chosen.day, others[0]),
                (*doubts, *days[1][1].doubts),
            )
        known = [day_of for doubt in doubts if doubt.code == "several_days" for day_of in doubt.choices]
        doubts = tuple(doubt for doubt in doubts if doubt.code != "several_days")
        every = several(text, (chosen.day, *others))
        doubts = (*doubts, replace(every, choices=tuple(dict.fromkeys((*known, *every.choices)))))
    spares = [
        reading.day for raw, reading in dates if reading.day and purpose_of(words, raw) is Purpose.SPARE
    ]
    doubts += tuple(
        DateDoubt("spare_day", f"Tài liệu ghi ngày dự phòng {show(day)}; lịch lấy ngày chính.", remark=True)
        for day in spares
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
