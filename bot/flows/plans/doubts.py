"""The questions that a reading leaves open: each is answered by a tap, some also by typing.

A doubt that has no answer to choose from is a remark, and only shown.  `bot.flows.plans.settling` puts the
answers into the reading.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.notices.dates import capital, full_day
from bot.plan.reading import DocType, Doubt, PlanReading, Precision
from bot.vocabulary import fold

UNSURE = "Chưa rõ ngày"  #: the session is kept without a day, so nobody is invited
ONE_DAY = "Chỉ một ngày"
EACH_DAY = "Mỗi ngày một buổi"  #: several days of one line are so many sessions
NO_HOST_YET = "Chưa rõ trường nào"
NOBODY_YET = "Chưa rõ, báo sau"
NOBODY_MORE = "Không mời thêm ai"
_LIKE = "Như buổi "
_LONGEST = 48  #: of a choice that repeats an audience
DATE_CODES = frozenset(
    {
        "before_issue",
        "date_missing",
        "date_unreadable",
        "invalid_date",
        "lunar_date",
        "month_mismatch",
        "ocr_repair",
        "outside_school_year",
        "several_days",
        "weekday_mismatch",
        "weekend",
        "year_repair",
        "year_unknown",
    }
)
_HOST_CODES = frozenset({"host_missing", "host_spelling", "host_unknown"})
_DAY = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")


class Field(StrEnum):
    CLUSTER = "cluster"
    YEAR = "year"
    SCHOOLS = "schools"
    DAY = "day"
    LAST_DAY = "last_day"
    HOST = "host"
    COUNT = "count"
    RULE = "rule"
    PARTIAL = "partial"
    AUDIENCE = "audience"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the document."""

    today: dt.date
    clusters: tuple[str, ...] = ()  #: whose plan it may be
    schools: tuple[str, ...] = ()  #: of the cluster, where it is stored already


@dataclass(frozen=True, slots=True)
class Question:
    """`choices` are labels, the likely one first where the document has one; `hint` says what may be typed
    instead ("" where nothing may)."""

    field: Field
    text: str
    choices: tuple[str, ...]
    session: int | None = None
    doubts: tuple[Doubt, ...] = ()
    hint: str = ""
    likely: str | None = None  #: what is taken where nobody can be asked; None: it stays open


def questions(reading: PlanReading, known: Known) -> list[Question]:
    """What must be asked, in the order of asking: the document first, then a session after another."""
    found = list(_about_the_whole(reading, known))
    for at in range(len(reading.sessions)):
        found += _about_session(reading, at, known)
    return found


def remarks(reading: PlanReading, known: Known) -> list[Doubt]:
    """The doubts that no question stands for."""
    asked = {id(doubt) for question in questions(reading, known) for doubt in question.doubts}
    return [doubt for doubt in reading.doubts if id(doubt) not in asked and doubt.code != "plan_partial"]


def day_of(label: str) -> dt.date | None:
    """The day that a choice names ("thứ Năm 14/03/2024")."""
    found = _DAY.search(label)
    if not found:
        return None
    try:
        return dt.date(int(found.group(3)), int(found.group(2)), int(found.group(1)))
    except ValueError:
        return None


def _about_the_whole(reading: PlanReading, known: Known) -> Iterator[Question]:
    if reading.doc_type not in (DocType.PLAN, DocType.CHAT) or not reading.sessions:
        return
    if not reading.cluster:
        only = known.clusters[0] if len(known.clusters) == 1 else None
        text = "Văn bản không ghi tên cụm. Đây là kế hoạch của cụm nào?"
        yield Question(
            Field.CLUSTER, text, known.clusters, hint="" if known.clusters else "Gõ tên cụm.", likely=only
        )
    if not reading.school_year:
        first = known.today.year - (known.today.month < 6)
        years = (f"{first}-{first + 1}", f"{first - 1}-{first}")
        text = "Văn bản không ghi năm học. Đây là kế hoạch năm học nào?"
        yield Question(Field.YEAR, text, years, hint="Hoặc gõ, ví dụ: 2024-2025.", likely=years[0])
    if not (reading.schools or known.schools or any(s.hosts for s in reading.sessions)):
        text = "Văn bản không nêu các trường trong cụm. Cụm gồm những trường nào?"
        yield Question(Field.SCHOOLS, text, (), hint="Gõ tên các trường, cách nhau bằng dấu phẩy.")
    for doubt in reading.doubts:
        if doubt.code == "schools_missing":
            hint = "Hoặc gõ tên trường còn thiếu, cách nhau bằng dấu phẩy."
            yield Question(
                Field.SCHOOLS,
                doubt.message,
                doubt.choices,
                doubts=(doubt,),
                hint=hint,
                likely=doubt.choices[0],
            )
        if doubt.code == "plan_partial" and known.schools:
            yield Question(
                Field.PARTIAL, doubt.message, doubt.choices, doubts=(doubt,), likely=doubt.choices[0]
            )
        if doubt.code == "rule_calendar_days" and len(doubt.choices) == 2:
            yield Question(Field.RULE, doubt.message, doubt.choices, doubts=(doubt,), likely=doubt.choices[0])


def _about_session(reading: PlanReading, at: int, known: Known) -> Iterator[Question]:
    session = reading.sessions[at]
    mine = [doubt for doubt in reading.doubts if doubt.session == at]
    of_day = [doubt for doubt in mine if doubt.code in DATE_CODES]
    last = [d for d in of_day if d.code == "invalid_date" and session.date is not None]
    of_day = [doubt for doubt in of_day if doubt not in last]
    if of_day and session.precision is Precision.DAY:
        yield _day_question(reading, at, of_day)
    for doubt in last:
        yield Question(
            Field.LAST_DAY,
            doubt.message,
            (ONE_DAY,),
            at,
            (doubt,),
            "Hoặc gõ ngày cuối, ví dụ: 27/10.",
            ONE_DAY,
        )
    for doubt in mine:
        if doubt.code in _HOST_CODES:
            yield from _host_question(reading, doubt, known)
        elif doubt.code in ("audience_missing", "audience_unknown"):
            yield from _audience_question(reading, doubt)
        elif doubt.code == "count_scope_ambiguous" and len(doubt.choices) == 2:
            yield Question(Field.COUNT, doubt.message, doubt.choices, at, (doubt,), likely=doubt.choices[0])


def _day_question(reading: PlanReading, at: int, doubts: list[Doubt]) -> Question:
    likely = reading.sessions[at].date
    named = [day for doubt in doubts for choice in doubt.choices if (day := day_of(choice))]
    days = list(dict.fromkeys([*([likely] if likely else []), *named]))
    labels = tuple(capital(full_day(day)) for day in days)
    is_plan = reading.doc_type in (DocType.PLAN, DocType.CHAT)
    open_end = (UNSURE,) if is_plan or not labels else ()
    if is_plan and len(days) > 1 and any(doubt.code == "several_days" for doubt in doubts):
        open_end = (EACH_DAY, *open_end)
    return Question(
        Field.DAY,
        " ".join(doubt.message for doubt in doubts),
        (*labels, *open_end),
        at,
        tuple(doubts),
        "Hoặc gõ ngày khác, ví dụ: 15/3.",
        labels[0] if likely else UNSURE,
    )


def _host_question(reading: PlanReading, doubt: Doubt, known: Known) -> Iterator[Question]:
    """The school that was read first, then all others of the cluster."""
    schools = list(dict.fromkeys((*reading.schools, *known.schools)))
    read = [host for host in doubt.choices[:1] if doubt.code == "host_spelling"]
    labels = tuple(dict.fromkeys([*read, *schools]))
    if labels:
        likely = read[0] if read else None
        if doubt.code == "host_missing":
            labels, likely = (*labels, NO_HOST_YET), NO_HOST_YET
        yield Question(Field.HOST, doubt.message, labels, doubt.session, (doubt,), likely=likely)


def _audience_question(reading: PlanReading, doubt: Doubt) -> Iterator[Question]:
    """Who comes, by typing, or like another session; one without a day may be left for later unasked."""
    at = doubt.session or 0
    session = reading.sessions[at]
    if session.date is None and session.audience_text is None:
        return
    if doubt.code == "audience_unknown":
        hint = "Hoặc gõ chức danh cần mời, ví dụ: kế toán, NV y tế."
        yield Question(Field.AUDIENCE, doubt.message, (NOBODY_MORE,), at, (doubt,), hint, NOBODY_MORE)
        return
    others = {
        fold(other.audience_text): f"{_LIKE}{number}: {other.audience_text}"
        for number, other in reversed(list(enumerate(reading.sessions, 1)))
        if other.audience and other.audience_text and len(other.audience_text) <= _LONGEST
    }
    labels = (*list(others.values())[-3:][::-1], NOBODY_YET)
    yield Question(
        Field.AUDIENCE,
        doubt.message,
        labels,
        at,
        (doubt,),
        "Hoặc gõ, ví dụ: HT, PHT, 2 GV/trường.",
        NOBODY_YET,
    )


def like_which(words: str) -> int | None:
    """The place of the session whose audience a choice repeats ("Như buổi 2: HT, PHT" is 1)."""
    found = re.match(rf"{_LIKE}(\d+): ", words)
    return int(found.group(1)) - 1 if found else None
