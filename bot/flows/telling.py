"""What is said at once: queued for now, or for the end of the quiet time."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.flows.session_scene import SessionScene
from bot.flows.work import Work
from bot.notices.hours import useful_until
from bot.notices.notice import Kind, Notice
from bot.notices.quiet import open_time

#: What of a payload may be said to everybody: no reason somebody gave, no request.
_PUBLIC = ("old_date", "fields", "changed")


def say_now(
    work: Work,
    kind: Kind,
    of: SessionScene,
    recipients: Iterable[int],
    occurrence: str,
    payload: Mapping[str, Any],
    *,
    old_date: dt.date | None = None,
) -> list[int]:
    """Queue something for now, or for the end of the quiet time.  Returns who it goes to, each once.

    `old_date`: the day that a moved session had; the nearer day decides what is urgent.
    """
    people = sorted(set(recipients) & of.around.people.keys())
    _say(work, kind, of, people, occurrence, payload, old_date)
    return people


def say_to_groups(
    work: Work,
    kind: Kind,
    of: SessionScene,
    occurrence: str,
    payload: Mapping[str, Any],
    *,
    old_date: dt.date | None = None,
) -> None:
    """The same in the cluster's groups, without what concerns single people."""
    said = {key: payload[key] for key in _PUBLIC if key in payload}
    _say(work, kind, of, sorted(of.around.seats), occurrence, said, old_date)


def _say(
    work: Work,
    kind: Kind,
    of: SessionScene,
    recipients: Sequence[int],
    occurrence: str,
    payload: Mapping[str, Any],
    old_date: dt.date | None,
) -> None:
    office, session = work.office, of.session
    policy, tz = office.policy, office.tz
    until = useful_until(kind, policy, tz, now=work.now, session=session, deadline=of.deadline)
    workdays = work.workdays(session.cluster_id)
    near = min((d for d in (session.date, old_date) if d is not None and d >= work.today), default=None)
    due = open_time(work.now, kind, policy, workdays, tz, session_day=near, useful_until=until)
    work.notices.put(
        [
            Notice(
                kind=kind,
                cluster_id=session.cluster_id,
                session_id=session.id,
                date_revision=session.date_revision,
                recipient_id=person,
                occurrence=occurrence,
                due=due,
                useful_until=until,
                payload=payload,
            )
            for person in recipients
        ]
    )


def say_to_people(
    work: Work,
    kind: Kind,
    cluster_id: int,
    recipients: Iterable[int],
    occurrence: str,
    payload: Mapping[str, Any],
) -> dt.datetime:
    """Queue something about no session.  Returns when it is said."""
    office = work.office
    until = useful_until(kind, office.policy, office.tz, now=work.now)
    due = open_time(work.now, kind, office.policy, work.workdays(cluster_id), office.tz, useful_until=until)
    work.notices.put(
        [
            Notice(
                kind=kind,
                cluster_id=cluster_id,
                session_id=None,
                date_revision=0,
                recipient_id=person,
                occurrence=occurrence,
                due=due,
                useful_until=until,
                payload=payload,
            )
            for person in sorted(set(recipients))
        ]
    )
    return due
