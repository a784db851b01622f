"""When a session begins and ends, and until when a notice about it is still of use."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.notices.notice import Kind
from bot.notices.policy import Policy, UsefulUntil
from bot.sessions.session import Session


def session_start(session: Session, policy: Policy, tz: tzinfo) -> datetime:
    """Aware UTC; at the policy's assumed hour where the host has set none.  ValueError without a date."""
    return _at(_day(session), session.start or policy.session.assumed_start, tz)


def session_end(session: Session, policy: Policy, tz: tzinfo) -> datetime:
    """Aware UTC, on its last day; the end of that day where the hours do not fit together."""
    last = max(_day(session), session.date_end or _day(session))
    end = _at(last, session.end or policy.session.assumed_end, tz)
    return end if end > session_start(session, policy, tz) else _day_end(last, tz)


def useful_until(
    kind: Kind,
    policy: Policy,
    tz: tzinfo,
    *,
    now: datetime,
    session: Session | None = None,
    deadline: date | None = None,
) -> datetime:
    """The instant from which a notice of this kind is no longer sent (aware UTC).

    `deadline` is D, for the kinds that look at it (ValueError without it).  What has no session, or one
    without a date, is of use for the policy's `undated_useful_days` from `now`.
    """
    rule = policy.rule(kind).useful_until
    if session is None or session.date is None or rule is UsefulUntil.DAYS_AFTER:
        return now.astimezone(UTC) + timedelta(days=policy.undated_useful_days)
    if rule is UsefulUntil.SESSION_END:
        return session_end(session, policy, tz)
    start = session_start(session, policy, tz)
    if rule is UsefulUntil.SESSION_START:
        return start
    if deadline is None:
        raise ValueError(f"{kind.value} needs the invitation deadline")
    return min(start, _day_end(deadline, tz))


def _day(session: Session) -> date:
    if session.date is None:
        raise ValueError(f"session {session.code} has no date")
    return session.date


def _at(day: date, hour: time, tz: tzinfo) -> datetime:
    return datetime.combine(day, hour, tz).astimezone(UTC)


def _day_end(day: date, tz: tzinfo) -> datetime:
    return _at(day + timedelta(days=1), time(0), tz)
