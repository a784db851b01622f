"""Quiet hours: when a notice that falls due at some instant may be sent.

Open on working days from 06:00 to 10:30 and from 14:00 to 20:30; after a night or a rest day sending
begins at 08:00.  The hours are in the policy; a kind's `quiet` rule says which more are open to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.errors import BadInputError
from bot.notices.notice import Kind
from bot.notices.policy import Policy, QuietRule
from bot.workdays import LONGEST_REST, Workdays


@dataclass(frozen=True, slots=True)
class _Opening:
    """Open from `start` until `end`; what waited for it goes out at `resume`."""

    start: time
    end: time
    resume: time


def is_open(
    instant: datetime,
    kind: Kind,
    policy: Policy,
    workdays: Workdays,
    tz: tzinfo,
    *,
    session_day: date | None = None,
) -> bool:
    """Whether a notice of this kind may be sent at `instant` (aware)."""
    if policy.rule(kind).quiet is QuietRule.NEVER:
        return True
    local = instant.astimezone(tz)
    openings = _openings(local.date(), kind, policy, workdays, session_day, policy.quiet.resume)
    return any(opening.start <= local.time() < opening.end for opening in openings)


def open_time(
    instant: datetime,
    kind: Kind,
    policy: Policy,
    workdays: Workdays,
    tz: tzinfo,
    *,
    session_day: date | None = None,
    useful_until: datetime | None = None,
) -> datetime:
    """`instant` itself if it is open for this kind, else the next open time; aware UTC.

    `session_day`: the day that the notice is about; of a moved session the nearer of the old and the new
    day.  Where waiting for the usual hour would pass `useful_until`, sending begins at `early_resume`.
    Raises ValueError for a naive instant, BadInputError where the calendar has no working day in a year.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant is aware")
    instant = instant.astimezone(UTC)
    if is_open(instant, kind, policy, workdays, tz, session_day=session_day):
        return instant
    usual = _next(instant, kind, policy, workdays, tz, session_day, policy.quiet.resume)
    if useful_until is None or usual < useful_until:
        return usual
    return _next(instant, kind, policy, workdays, tz, session_day, policy.quiet.early_resume)


def _next(
    instant: datetime,
    kind: Kind,
    policy: Policy,
    workdays: Workdays,
    tz: tzinfo,
    session_day: date | None,
    resume: time,
) -> datetime:
    today = instant.astimezone(tz).date()
    for offset in range(LONGEST_REST + 2):
        day = today + timedelta(days=offset)
        moments = [
            datetime.combine(day, opening.resume, tz).astimezone(UTC)
            for opening in _openings(day, kind, policy, workdays, session_day, resume)
        ]
        if later := [moment for moment in moments if moment > instant]:
            return min(later)
    raise BadInputError(
        "Lịch nghỉ không còn ngày làm việc nào trong một năm: xin xem lại các ngày nghỉ đã nhập.",
        detail=f"no open time after {instant}",
    )


def _openings(
    day: date, kind: Kind, policy: Policy, workdays: Workdays, session_day: date | None, resume: time
) -> Iterator[_Opening]:
    quiet, rule = policy.quiet, policy.rule(kind).quiet
    if workdays.is_workday(day):
        yield _Opening(quiet.night_until, quiet.midday_from, resume)
        yield _Opening(quiet.midday_until, quiet.night_from, quiet.midday_until)
    if session_day is None:
        return
    if rule is QuietRule.OWN_DAY and day == session_day:
        yield _Opening(quiet.own_day.start, quiet.own_day.end, quiet.own_day.start)
    if rule is QuietRule.NEAR and 0 <= (session_day - day).days <= quiet.near.days:
        yield _Opening(quiet.near.start, quiet.near.end, quiet.near.start)
