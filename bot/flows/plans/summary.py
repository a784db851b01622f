"""What an import would change, in values that a screen can show: old and new, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.cluster.people import Unit
from bot.notices.dates import days_between, hours
from bot.plan.reading import AudienceItem, Scope, SessionReading
from bot.sessions.plan_changes import Draft, reworded
from bot.sessions.session import Session
from bot.vocabulary import fold, roles

_SCOPES = {
    Scope.EACH_SCHOOL: "mỗi trường",
    Scope.CLUSTER: "cả cụm",
    Scope.HOST: "trường đăng cai",
    Scope.AUTHORITY: "cơ quan quản lý",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a session that a corrected plan changes."""

    field: str  #: "content", "audience", "counts", "hosts", "hour", "place", "day"
    old: str
    new: str


def differences(session: Session, draft: Draft, units: Mapping[int, Unit]) -> list[Difference]:
    """What the plan words differently, the day aside where it moves."""
    return [found for found in _compared(session, reworded(session, draft), units) if found.old != found.new]


def when(reading: SessionReading) -> str:
    """The day, with the hour where the plan gives one; else the plan's own words."""
    if reading.date is None:
        return reading.date_text or "chưa rõ ngày"
    day = days_between(reading.date, reading.date_end)
    return f"{hours(reading.start, reading.end)}, {day}" if reading.start else day


def counts(audience: tuple[AudienceItem, ...]) -> str:
    """How the counted roles were understood: "4 GV cốt cán: mỗi trường"."""
    return "; ".join(
        f"{item.count} {roles()[item.role].vi}: {_SCOPES[item.scope]}"
        for item in audience
        if item.count is not None
    )


def _compared(before: Session, after: Session, units: Mapping[int, Unit]) -> Iterator[Difference]:
    yield Difference("content", before.content, after.content)
    if fold(before.audience_text) != fold(after.audience_text):
        yield Difference("audience", before.audience_text, after.audience_text)
    elif before.audience != after.audience:
        yield Difference("counts", counts(before.audience), counts(after.audience))
    yield Difference("hosts", _hosts(before, units), _hosts(after, units))
    yield Difference("hour", _hour(before), _hour(after))
    yield Difference("place", before.place or "", after.place or "")
    if before.date_end != after.date_end and before.date is not None:
        yield Difference("day", _day(before), _day(after))


def _hosts(session: Session, units: Mapping[int, Unit]) -> str:
    return " và ".join(units[i].label for i in session.host_ids if i in units)


def _hour(session: Session) -> str:
    return hours(session.start, session.end) if session.start else ""


def _day(session: Session) -> str:
    return days_between(session.date, session.date_end) if session.date else session.date_text
