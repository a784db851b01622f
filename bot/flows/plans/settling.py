"""Answers put into a reading: reading + question + what was said → reading.  Nothing here is stored."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.errors import BadInputError
from bot.flows.plans.doubts import ONE_DAY, UNSURE, Field, Known, Question, day_of, questions
from bot.notices.dates import capital, full_day, written_day
from bot.plan.dates.resolve import find_dates
from bot.plan.dates.typed import parse_typed_date
from bot.plan.dates.years import Calendar
from bot.plan.reading import AudienceItem, PlanReading, Precision, Scope, SessionReading
from bot.vocabulary import find_role, fold, strip_marks

Deadline = Callable[[dt.date, int], dt.date]
_NO_YEAR = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?!\s*[/.\-]?\s*\d)")
_YEAR = re.compile(r"^\s*(20\d\d)\s*[-–/]\s*(20\d\d)\s*$")
_QUOTED = re.compile(r"“(.+?)”")
_TAP = "Đề nghị bấm một trong các lựa chọn ở trên."
NAME_LIMIT = 200


def settle(
    reading: PlanReading, question: Question, said: str, known: Known, deadline: Deadline | None = None
) -> PlanReading:
    """The reading with this answer, its doubts gone.  `said` is a choice's label, or was typed.

    Raises BadInputError for what is no answer, saying what to do.
    """
    chosen = _chosen(question, said)
    if chosen is None and not question.hint:
        raise BadInputError(_TAP)
    reading = replace(reading, doubts=tuple(d for d in reading.doubts if d not in question.doubts))
    words = chosen if chosen is not None else " ".join(said.split())
    match question.field:
        case Field.CLUSTER:
            return replace(reading, cluster=_name(words))
        case Field.YEAR:
            return _with_year(reading, words)
        case Field.SCHOOLS:
            schools = [_name(part) for part in re.split(r"[,;\n]", said) if part.strip()]
            return replace(reading, schools=tuple(dict.fromkeys(schools)))
        case Field.RULE:
            return _with_rule(reading, working=words == question.choices[1])
    at = question.session or 0
    session = reading.sessions[at]
    match question.field:
        case Field.DAY:
            session = _with_day(reading, session, words, known, deadline)
        case Field.LAST_DAY:
            session = _with_last_day(reading, session, words, known)
        case Field.HOST:
            session = replace(session, hosts=_hosts(session, question, words))
        case Field.COUNT:
            session = _with_scope(session, question, cluster=words == question.choices[1])
    sessions = (*reading.sessions[:at], session, *reading.sessions[at + 1 :])
    return replace(reading, sessions=sessions)


def settle_as_likely(
    reading: PlanReading, known: Known, deadline: Deadline | None = None
) -> tuple[PlanReading, list[tuple[Question, str]]]:
    """Where nobody can be asked: every question with a likely answer gets it; which ones is returned."""
    taken: list[tuple[Question, str]] = []
    while True:
        question = next((q for q in questions(reading, known) if q.likely is not None), None)
        if question is None or question.likely is None:
            return reading, taken
        reading = settle(reading, question, question.likely, known, deadline)
        taken.append((question, question.likely))


def _chosen(question: Question, said: str) -> str | None:
    wanted = fold(strip_marks(said))
    return next((label for label in question.choices if label == said), None) or next(
        (label for label in question.choices if fold(strip_marks(label)) == wanted), None
    )


def _name(words: str) -> str:
    name = " ".join(words.split()).strip(" .,;")
    if not 1 < len(name) <= NAME_LIMIT:
        raise BadInputError("Tên chưa rõ. Đề nghị gõ lại.")
    return name


def _with_year(reading: PlanReading, words: str) -> PlanReading:
    """Days without a year are read again in the school year."""
    found = _YEAR.match(words)
    if not found or int(found.group(2)) != int(found.group(1)) + 1:
        raise BadInputError("Đề nghị gõ năm học, ví dụ: 2024-2025.")
    first = int(found.group(1))
    calendar = Calendar((first, first + 1), reading.issued)
    sessions, settled = [], set()
    for at, session in enumerate(reading.sessions):
        unknown = any(d.code == "year_unknown" and d.session == at for d in reading.doubts)
        dates = [r for _, r in find_dates(session.date_text, calendar)] if unknown else []
        if dates and (dates[0].day or dates[0].window) and not dates[0].doubts:
            day, end = dates[0].day, dates[0].end
            session = replace(
                session,
                date=day,
                date_end=end,
                precision=dates[0].precision,
                window=(day, end or day) if day else dates[0].window,
                date_doubt=False,
            )
            settled.add(at)
        sessions.append(session)
    doubts = tuple(d for d in reading.doubts if not (d.code == "year_unknown" and d.session in settled))
    return replace(reading, school_year=f"{first}-{first + 1}", sessions=tuple(sessions), doubts=doubts)


def _with_rule(reading: PlanReading, *, working: bool) -> PlanReading:
    if not working:
        return reading
    rules = reading.rules
    rules = replace(rules, invite_working_days=rules.invite_calendar_days, invite_calendar_days=None)
    return replace(reading, rules=rules)


def _with_day(
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


def _with_last_day(reading: PlanReading, session: SessionReading, words: str, known: Known) -> SessionReading:
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


def _hosts(session: SessionReading, question: Question, words: str) -> tuple[str, ...]:
    """The school in the place of the one that was read wrongly; where none was read, it alone."""
    read = question.likely or _written(question)
    hosts = [words if fold(host) == fold(read or "") else host for host in session.hosts]
    if words not in hosts:
        hosts = [words] if len(session.hosts) <= 1 else [*hosts, words]
    return tuple(dict.fromkeys(hosts))


def _written(question: Question) -> str | None:
    found = _QUOTED.search(question.text)
    return found.group(1) if found else None


def _with_scope(session: SessionReading, question: Question, *, cluster: bool) -> SessionReading:
    """The counted item of which the question speaks: by its number, and by its words where two have it."""
    number = re.search(r"\d+", question.choices[0])
    count = int(number.group()) if number else None
    words = re.sub(r"^\s*\d+\s*", "", _written(question) or "")
    role = find_role(words)
    at = _counted(session.audience, count, role[0] if role else None)
    if at is None:
        return session
    item = replace(session.audience[at], scope=Scope.CLUSTER if cluster else Scope.EACH_SCHOOL)
    return replace(session, audience=(*session.audience[:at], item, *session.audience[at + 1 :]))


def _counted(audience: Sequence[AudienceItem], count: int | None, role: str | None) -> int | None:
    counted = [at for at, item in enumerate(audience) if item.count == count]
    named = [at for at in counted if audience[at].role == role]
    return next(iter(named or counted), None)
