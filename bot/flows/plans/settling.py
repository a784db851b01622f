"""Answers put into a reading: reading + question + what was said → reading.  Nothing here is stored."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.errors import BadInputError
from bot.flows.plans.doubts import (
    EACH_DAY,
    NO_HOST_YET,
    NOBODY_MORE,
    NOBODY_YET,
    Field,
    Known,
    Question,
    like_which,
    questions,
)
from bot.flows.plans.settling_days import Deadline, each_day, with_day, with_last_day, with_year
from bot.plan.audience.phrase import read_audience
from bot.plan.reading import AudienceItem, PlanReading, Scope, SessionReading
from bot.vocabulary import find_role, fold, strip_marks

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
            return with_year(reading, words)
        case Field.SCHOOLS:
            if chosen is not None:
                return reading
            schools = [_name(part) for part in re.split(r"[,;\n]", said) if part.strip()]
            return replace(reading, schools=tuple(dict.fromkeys((*reading.schools, *schools))))
        case Field.PARTIAL:
            return replace(reading, partial=words == question.choices[0])
        case Field.RULE:
            return _with_rule(reading, working=words == question.choices[1])
    at = question.session or 0
    session = reading.sessions[at]
    if question.field is Field.DAY and words == EACH_DAY:
        return each_day(reading, at, question, known, deadline)
    match question.field:
        case Field.DAY:
            session = with_day(reading, session, words, known, deadline)
        case Field.LAST_DAY:
            session = with_last_day(reading, session, words, known)
        case Field.HOST:
            session = replace(session, hosts=_hosts(session, question, words))
        case Field.AUDIENCE:
            session = _with_audience(reading, session, words)
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


def _with_rule(reading: PlanReading, *, working: bool) -> PlanReading:
    if not working:
        return reading
    rules = reading.rules
    rules = replace(rules, invite_working_days=rules.invite_calendar_days, invite_calendar_days=None)
    return replace(reading, rules=rules)


def _with_audience(reading: PlanReading, session: SessionReading, words: str) -> SessionReading:
    if words in (NOBODY_YET, NOBODY_MORE):
        return session
    like = like_which(words)
    if like is not None and like < len(reading.sessions):
        other = reading.sessions[like]
        return replace(session, audience=other.audience, audience_text=other.audience_text)
    found = read_audience(words, session.hosts, reading.schools)
    if not found.items or found.unknown:
        raise BadInputError("Chưa rõ mời ai. Đề nghị gõ chức danh, ví dụ: HT, PHT, 2 GV/trường.")
    return replace(
        session,
        audience=tuple(dict.fromkeys((*session.audience, *found.items))),
        audience_text=", ".join(filter(None, (session.audience_text, words))),
    )


def _hosts(session: SessionReading, question: Question, words: str) -> tuple[str, ...]:
    """The school in the place of the one that was read wrongly; where none was read, it alone."""
    if words == NO_HOST_YET:
        return session.hosts
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
