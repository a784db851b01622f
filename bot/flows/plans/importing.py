"""A plan that was read becomes the cluster's sessions, or changes them, once somebody has said yes."""

from bot.cluster.people import Cluster, Person
from bot.flows.groups.linking import tell_plan
from bot.flows.papers.letterheads import note_plan
from bot.flows.planning import replan, replan_cluster
from bot.flows.plans.clusters import cluster_from_plan
from bot.flows.plans.previewing import compared, drafts, preview, require_own
from bot.flows.plans.years import close_year
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.acknowledging import tell_change
from bot.flows.sessions.details import end_requests, store, tell_details
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.plan.reading import PlanReading, Precision
from bot.sessions import changes
from bot.sessions.plan_changes import (
    Draft,
    new_session,
    reworded,
)
from bot.sessions.session import Session
from bot.sessions.store import Event
from bot.sessions.years import begins_anew


def import_plan(work: Work, reading: PlanReading, actor: Person | None = None) -> Cluster:
    """Store the plan.  Only those are told whom a change concerns; about what is over nothing is said.

    Raises BadInputError; with an `actor` also for a plan of another cluster than hers.
    """
    if actor is not None:
        require_own(work, reading, actor)
    before = preview(work, reading).cluster
    cluster = cluster_from_plan(work.people, reading, work.now)
    if not reading.partial:  # a correction is not what letters rest on
        note_plan(work, cluster.id, reading.number, reading.issued)
    what = compared(work, cluster, before or cluster, drafts(reading, work.people.units(cluster.id)), reading)
    if before is not None and begins_anew(before.school_year, reading.school_year):
        close_year(work, actor, before)
    for draft in what.added:
        session = work.sessions.add(new_session(cluster.id, draft))
        _note(work, session, actor, "planned", {})
        replan(work, session)
    for session, draft in what.moved:
        _move(work, actor, session, draft)
    for session, draft in what.reworded:
        _reword(work, actor, session, draft)
    for session in what.dropped:
        _drop(work, actor, session)
    if before is not None and _rule(before) != _rule(cluster):
        replan_cluster(work, cluster.id)
    if what.added or what.moved or what.reworded or what.dropped:
        tell_plan(work, cluster.id, changed=True)
    return cluster


def _rule(cluster: Cluster) -> tuple[int, bool]:
    return cluster.invite_days, cluster.invite_counts_working_days


def _move(work: Work, actor: Person | None, session: Session, draft: Draft) -> None:
    day = draft.reading.date
    assert day is not None
    before = Scene(work).of(session)
    told = set(work.reports.told(session.id))
    end_requests(work, session.id, but=None)
    moved = changes.at_version(reworded(changes.move(session, day, work.now), draft), session.version + 1)
    work.sessions.save(moved)
    was = {"was": str(session.date)} if session.date is not None and session.fixed else {}
    _note(work, moved, actor, "moved", {"by_plan": str(day)} | was)
    after = Scene(work).of(moved)
    if session.date is not None:
        told -= before.invited_ids - _concerned(after)
        payload = {"old_date": str(session.date)}
        by = actor.id if actor else None
        tell_change(work, Kind.CHANGE, after, told, "1", payload, old_date=session.date, actor_id=by)
    replan(work, moved)


def _reword(work: Work, actor: Person | None, session: Session, draft: Draft) -> None:
    """Who is invited newly gets the invitation by the timeline; who is no longer hears nothing more."""
    after = store(work, actor, Scene(work).of(session), reworded(session, draft), "reworded", {})
    now = after.session
    hour = (now.start, now.end) != (session.start, session.end)
    elsewhere = now.host_ids != session.host_ids or now.place != session.place
    if hour or elsewhere:
        fields = [name for name, new in (("hour", hour), ("room", elsewhere)) if new]
        tell_details(work, after, fields, changed=elsewhere or session.start is not None)


def _drop(work: Work, actor: Person | None, session: Session) -> None:
    """No longer in the corrected plan: cancelled, and those who had been told hear it."""
    reason = "không còn trong kế hoạch điều chỉnh"
    told = set(work.reports.told(session.id))
    end_requests(work, session.id, but=None)
    after = store(
        work, actor, Scene(work).of(session), changes.cancel(session), "cancelled", {"reason": reason}
    )
    if session.precision is Precision.DAY:
        mark, by = f"v{after.session.version}", actor.id if actor else None
        tell_change(work, Kind.CANCELLATION, after, told, mark, {"reason": reason}, actor_id=by)


def _concerned(of: SessionScene) -> set[int]:
    heads = {p.id for p in (*of.around.host_heads(of.session), *of.around.managers)}
    return heads | of.invited_ids | of.authority_ids


def _note(work: Work, session: Session, actor: Person | None, what: str, detail: dict[str, str]) -> None:
    event = Event(session.id, work.now, actor.id if actor else None, what, detail)
    work.sessions.note(event, session.cluster_id)
