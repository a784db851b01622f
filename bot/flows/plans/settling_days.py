"""Answers about days put into a reading: a day of a session, its last day, the school year of them all."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

from bot.errors import BadInputError
from bot.flows.plans.doubts import ONE_DAY, UNSURE, Known, Question, day_of
from bot.notices.dates import capital, full_day, written_day
from bot.plan.dates.typed import parse_typed_date
from bot.plan.dates.when import read_when
from bot.plan.dates.years import Calendar
from bot.plan.reading import PlanReading, Precision, SessionReading
from bot.plan.record import Record

Deadline = Callable[[dt.date, int], dt.date]
_NO_YEAR = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?!\s*[/.\-]?\s*\d)")
_YEAR = re.compile(r"^\s*(20\d\d)\s*[-–/]\s*(20\d\d)\s*$")


def with_year(reading: PlanReading, words: str) -> PlanReading:
    """Days without a year are read again in the school year."""
    found = _YEAR.match(words)
    if not found or int(found.group(2)) != int(found.group(1)) + 1:
        raise BadInputError("Đề nghị gõ năm học, ví dụ: 2024-2025.")
    first = int(found.group(1))
    calendar = Calendar((first, first + 1), reading.issued)
    sessions, settled = [], set()
    for at, session in enumerate(reading.sessions):
        unknown = any(d.code == "year_unknown" and d.session == at for d in reading.doubts)
        when = read_when(Record(0, session.date_text), calendar) if unknown else None
        if when is not None and (when.day or when.window) and not when.doubts:
            day, end = when.day, when.end
            session = replace(
                session,
                date=day,
                date_end=end,
                precision=when.precision,
                window=(day, end or day) if day else when.window,
                date_doubt=False,
            )
            settled.add(at)
        sessions.append(session)
    doubts = tuple(d for d in reading.doubts if not (d.code == "year_unknown" and d.session in settled))
    return replace(reading, school_year=f"{first}-{first + 1}", sessions=tuple(sessions), doubts=doubts)


def with_day(
    reading: PlanReading, session: SessionReading, words: str, known: Known, deadline: Deadline | None
) -> SessionReading:
    if words == UNSURE:
        window = session.window
        if session.date is not None:
            window = session.date.replace(day=1), _month_end(session.date)
        return replace(
            session,
            date=None,
            date_end=None,
            precision=Precision.MONTH,
            window=window,
            date_doubt=False,
            invite_deadline=None,
        )
    day = _day(reading, words, known)
    if day == session.date:
        return replace(session, date_doubt=False)
    days = reading.rules.invite_working_days
    return replace(
        session,
        date=day,
        date_end=None,
        precision=Precision.DAY,
        window=(day, day),
        date_text=written_day(day),
        date_doubt=False,
        invite_deadline=deadline(day, days) if deadline and days is not None else None,
    )


def each_day(
    reading: PlanReading, at: int, question: Question, known: Known, deadline: Deadline | None
) -> PlanReading:
    """One session on each of the days; the doubts of later sessions keep their places."""
    labels = [label for label in question.choices if day_of(label) is not None]
    session = reading.sessions[at]
    each = [with_day(reading, replace(session, date=None), label, known, deadline) for label in labels]
    doubts = [
        replace(d, session=d.session + len(each) - 1) if d.session is not None and d.session > at else d
        for d in reading.doubts
    ]
    sessions = (*reading.sessions[:at], *each, *reading.sessions[at + 1 :])
    return replace(reading, sessions=sessions, doubts=tuple(doubts))


def with_last_day(reading: PlanReading, session: SessionReading, words: str, known: Known) -> SessionReading:
    if words == ONE_DAY or session.date is None:
        return replace(session, date_end=None, date_doubt=False)
    last = _day(reading, words, known)
    if not session.date <= last <= session.date + dt.timedelta(days=31):
        raise BadInputError(
            f"Ngày cuối phải sau {full_day(session.date)} không quá một tháng. Đề nghị gõ lại."
        )
    end = last if last > session.date else None
    return replace(session, date_end=end, window=(session.date, last), date_doubt=False)


def _day(reading: PlanReading, words: str, known: Known) -> dt.date:
    """A choice, or a typed day; without a year it is the one in the school year."""
    years = _YEAR.match(reading.school_year or "")
    if years and _NO_YEAR.search(words):
        words = _NO_YEAR.sub(
            lambda m: f"{m.group(0)}/{years.group(1 if int(m.group(2)) >= 7 else 2)}", words, count=1
        )
    day = day_of(words) or parse_typed_date(words, today=known.today)
    if years:
        first, last = int(years.group(1)), int(years.group(2))
        if not dt.date(first, 6, 1) <= day <= dt.date(last, 8, 31):
            raise BadInputError(
                f"{capital(full_day(day))} không thuộc năm học {reading.school_year}. Đề nghị gõ lại."
            )
    return day


def _month_end(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
