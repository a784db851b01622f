"""A late change is said once more to who has not acknowledged it; then the names go to who can phone."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

from bot.notices.hours import session_start
from bot.notices.notice import Kind, Notice
from bot.notices.policy import Policy
from bot.notices.quiet import open_time
from bot.sessions.acknowledgement import Acknowledgement, silent
from bot.sessions.session import Session
from bot.workdays import Workdays

CHASE_KINDS = (Kind.KNOWN_AGAIN, Kind.STILL_SILENT)


def chase(
    session: Session,
    asked: Collection[Acknowledgement],
    callers: Collection[int],
    policy: Policy,
    workdays: Workdays,
    now: datetime,
    tz: tzinfo,
) -> list[Notice]:
    """What is still to be said so that everybody knows; nothing where nobody is silent.  Pure, as the
    timeline is: what was sent already comes out too, and the queue knows it.

    `asked`: everybody who was told of a late change, whether silent or not.  `callers` (Person ids): who
    hears the names.  The second telling is for the silent alone, and comes once.
    """
    waiting = silent(asked)
    if not waiting:
        return []
    newest = max(asked, key=lambda one: one.version)
    start = _start(session, newest, policy, tz)
    names_due = _names_due(newest, start, policy, workdays, tz)
    mark = f"v{newest.version}"
    found = [_again(session, one, names_due, policy) for one in waiting]
    found += [_notice(Kind.STILL_SILENT, session, person, mark, names_due) for person in sorted(callers)]
    return list(_opened(found, newest, start, policy, workdays, now, tz))


def _names_due(
    one: Acknowledgement, start: datetime, policy: Policy, workdays: Workdays, tz: tzinfo
) -> datetime:
    """In the afternoon before; after a change that comes later still, some hours after it, or halfway to
    the start."""
    rule = policy.acknowledge
    day = workdays.before(one.before, rule.names.working_days_before)
    soon = min(timedelta(hours=rule.names_after_hours), (start - one.asked_at) / 2)
    return max(datetime.combine(day, rule.names.hour, tz).astimezone(UTC), one.asked_at + soon)


def _again(session: Session, one: Acknowledgement, names_due: datetime, policy: Policy) -> Notice:
    """After the policy's hours, or halfway to the naming where that is sooner."""
    wait = timedelta(hours=policy.acknowledge.again_after_hours)
    half = max((names_due - one.asked_at) / 2, timedelta(0))
    return _notice(
        Kind.KNOWN_AGAIN, session, one.person_id, f"v{one.version}", one.asked_at + min(wait, half)
    )


def _notice(kind: Kind, session: Session, person: int, occurrence: str, due: datetime) -> Notice:
    return Notice(
        kind=kind,
        cluster_id=session.cluster_id,
        session_id=session.id,
        date_revision=session.date_revision,
        recipient_id=person,
        occurrence=occurrence,
        due=due,
        useful_until=due,
    )


def _opened(
    found: list[Notice],
    newest: Acknowledgement,
    start: datetime,
    policy: Policy,
    workdays: Workdays,
    now: datetime,
    tz: tzinfo,
) -> Iterator[Notice]:
    for one in found:
        due = open_time(
            max(one.due, now),
            one.kind,
            policy,
            workdays,
            tz,
            session_day=newest.before,
            useful_until=start,
        )
        if due < start:
            yield replace(one, due=due, useful_until=start)


def _start(session: Session, one: Acknowledgement, policy: Policy, tz: tzinfo) -> datetime:
    """The start on the day before which it has to be known."""
    return session_start(replace(session, date=one.before, date_end=None), policy, tz)
