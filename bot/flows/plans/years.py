"""The end of a school year: what nobody ever fixed is not carried into the next one."""

from dataclasses import replace

from bot.cluster.people import Cluster, Person
from bot.flows.scene import Scene
from bot.flows.sessions.details import store
from bot.flows.work import Work
from bot.sessions import changes
from bot.sessions.session import SessionState
from bot.sessions.years import span


def close_year(work: Work, actor: Person | None, cluster: Cluster) -> None:
    """Sessions of the year in which `cluster` was, left without a day until its end, are cancelled and stay
    with that year; nobody was invited to them, so nobody hears of it.  Everything else is left as it is."""
    days = span(cluster.school_year)
    if days is None or work.today <= days[1]:
        return  # they may still get their day in what is left of it
    scene = Scene(work)
    for session in work.sessions.of_cluster(cluster.id):
        open_still = session.state is SessionState.PLANNED and session.date is None
        if open_still and (session.window is None or session.window[0] <= days[1]):
            ended = replace(changes.cancel(session), window=session.window or days)
            reason = {"reason": f"hết năm học {cluster.school_year}"}
            store(work, actor, scene.of(session), ended, "cancelled", reason)
