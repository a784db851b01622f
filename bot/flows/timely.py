"""Whether a claimed row may still be said, and whether it may be said now."""

import datetime as dt

from bot.flows.cluster_scene import ClusterScene
from bot.flows.session_scene import SessionScene
from bot.flows.work import Work
from bot.notices.quiet import open_time
from bot.notices.timeline import TIMELINE_KINDS
from bot.outbox.port import Claimed, Dropped, Postponed, State


def too_late(work: Work, row: Claimed) -> Dropped | None:
    return Dropped((row,), State.MISSED, "no longer useful") if row.useful_until <= work.now else None


def is_of_an_old_day(row: Claimed, of: SessionScene) -> bool:
    return row.kind in TIMELINE_KINDS and row.date_revision != of.session.date_revision


def in_quiet_time(
    work: Work, row: Claimed, around: ClusterScene, session_day: dt.date | None
) -> Postponed | Dropped | None:
    """None: it may go out now.  What waited in a queue can come to its turn in the evening."""
    if around.is_open(row.kind, session_day):
        return None
    office = work.office
    until = open_time(
        work.now,
        row.kind,
        office.policy,
        around.workdays,
        office.tz,
        session_day=session_day,
        useful_until=row.useful_until,
    )
    if until >= row.useful_until:
        return Dropped((row,), State.MISSED, "quiet time until it is over")
    return Postponed((row,), until)
