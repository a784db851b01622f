"""Pictures asked for: the coming month, the school year."""

import datetime as dt
from collections.abc import Iterator

from bot.cluster.people import Cluster
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.work import Work
from bot.message import Document
from bot.papers.poster import Entry, poster
from bot.papers.year_picture import year_picture
from bot.sessions.month import Month


def month_poster(work: Work, cluster: Cluster, month: Month | None = None) -> Document:
    """Of the coming month: that of the next session, or this one where none is left."""
    entries = list(_entries(work, cluster))
    month = month or _coming(entries, work.today)
    here = [one for one in entries if month in {Month.of(day) for day in one.when}]
    return poster(cluster, month, here, work.workdays(cluster.id), work.today)


def whole_year(work: Work, cluster: Cluster) -> Document:
    return year_picture(cluster, list(_entries(work, cluster)), work.workdays(cluster.id), work.today)


def _coming(entries: list[Entry], today: dt.date) -> Month:
    ahead = [one.when[0] for one in entries if one.when[1] >= today and not one.facts.cancelled]
    return Month.of(max(min(ahead, default=today), today))


def _entries(work: Work, cluster: Cluster) -> Iterator[Entry]:
    """Those that have a day or at least a window."""
    scene = Scene(work)
    for session in work.sessions.of_cluster(cluster.id):
        if session.date is not None or session.window is not None:
            of = scene.of(session)
            yield Entry(of.facts, _remark(of))


def _remark(of: SessionScene) -> str:
    if of.facts.cancelled:
        return "đã hủy"
    if of.over or of.session.date is None:
        return ""
    if of.facts.request is not None:
        return "đang xin đổi lịch"
    return "đã đổi ngày" if of.session.date_revision > 1 else ""
