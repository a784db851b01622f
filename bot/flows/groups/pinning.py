"""The message on top of a cluster's group, its next session: sent once, and drawn anew in its place."""

import datetime as dt
import hashlib

from bot.cluster.groups import GroupChat
from bot.flows.work import Work
from bot.notices.hours import useful_until
from bot.notices.notice import Kind, Notice
from bot.sessions.session import Session

NOTHING = "none"  #: shown where no session is coming


def refresh(work: Work, cluster_id: int) -> None:
    """Queue what the pinned messages are to show now, where it is something else.  Without a sound, so that
    no hour is too early."""
    for group in work.groups.linked(cluster_id):
        coming = next_session(work, cluster_id)
        wanted = _mark(coming) if coming is not None else NOTHING
        if wanted == (group.shown or NOTHING):
            continue
        _queue(work, group, cluster_id, work.groups.show(group.id, wanted))


def pin_again(work: Work, group: GroupChat) -> None:
    """What is shown is to be pinned: the bot may do so now."""
    if group.cluster_id is not None and group.shown is not None:
        _queue(work, group, group.cluster_id, work.groups.show(group.id, group.shown))


def _mark(session: Session) -> str:
    """Changes with whatever the message shows: not with an invitation that went out."""
    shown = (session.date, session.date_end, session.start, session.end, session.room, session.place)
    words = repr((shown, session.host_ids, session.content))
    return f"s{session.id}.{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def next_session(work: Work, cluster_id: int) -> Session | None:
    """On a known day, and not over."""
    coming = [s for s in work.sessions.of_cluster(cluster_id) if s.fixed and _last_day(s) >= work.today]
    return min(coming, key=lambda s: (s.date, s.start or dt.time.min, s.id), default=None)


def over_at(work: Work, session: Session) -> dt.datetime:
    """The first moment at which another session is the next one.  ValueError without a day."""
    day = _last_day(session) + dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(), work.office.tz).astimezone(dt.UTC)


def _queue(work: Work, group: GroupChat, cluster_id: int, turn: int) -> None:
    if group.seat_id is None:
        return
    office = work.office
    until = useful_until(Kind.PIN, office.policy, office.tz, now=work.now)
    notice = Notice(Kind.PIN, cluster_id, None, 0, group.seat_id, str(turn), work.now, until)
    work.notices.put([notice])


def _last_day(session: Session) -> dt.date:
    last = session.date_end or session.date
    if last is None:
        raise ValueError(f"session {session.code} has no day")
    return last
