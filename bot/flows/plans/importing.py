"""A plan that was read becomes the cluster's sessions, or changes them, once somebody has said yes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.cluster.people import Cluster, Person, Unit, UnitKind
from bot.errors import BadInputError
from bot.flows.groups.linking import tell_plan
from bot.flows.papers.letterheads import note_plan
from bot.flows.planning import replan, replan_cluster
from bot.flows.plans.clusters import cluster_from_plan
from bot.flows.plans.doubts import Known
from bot.flows.plans.years import close_year
from bot.flows.scene import Scene, SessionScene
from bot.flows.sessions.acknowledging import tell_change
from bot.flows.sessions.details import end_requests, store, tell_details
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.plan.reading import DocType, PlanReading, Precision
from bot.sessions import changes
from bot.sessions.plan_changes import (
    Draft,
    PlanChanges,
    Settled,
    compare,
    new_session,
    reworded,
)
from bot.sessions.session import Session
from bot.sessions.store import Event
from bot.sessions.years import begins_anew, stands_in
from bot.vocabulary import fold_name

PLANS = (DocType.PLAN, DocType.CHAT)
LETTER_IN = "letter_in"  #: the step that a giấy mời or a thông báo leaves in a session's history


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do.  `cluster` is None for a cluster that is new."""

    reading: PlanReading
    cluster: Cluster | None
    changes: PlanChanges
    years_without_days_off: tuple[int, ...]
    past: int  #: sessions of the plan that are over already
    units: tuple[Unit, ...] = ()  #: of the cluster, as it is stored

    @property
    def begins_after(self) -> str | None:
        """The school year that ends with this plan; None where the plan is of a year already begun."""
        if self.cluster is None or not begins_anew(self.cluster.school_year, self.reading.school_year):
            return None
        return self.cluster.school_year


def known(work: Work, reading: PlanReading, actor: Person | None = None) -> Known:
    """What is known beside the document, for its questions.  `actor`: the lead or the clerk in the chat."""
    clusters = work.people.clusters()
    own = next((c for c in clusters if actor is not None and c.id == actor.cluster_id), None)
    meant = own or (work.people.find_cluster(reading.cluster) if reading.cluster else None)
    units = work.people.units(meant.id) if meant else []
    return Known(
        today=work.today,
        clusters=tuple(c.name for c in ([own] if own else clusters)),
        schools=tuple(unit.name for unit in units if unit.kind is UnitKind.SCHOOL),
    )


def require_own(work: Work, reading: PlanReading, actor: Person) -> None:
    """Raises BadInputError where the paper names a cluster that is not hers; one without a name passes."""
    if not reading.cluster:
        return
    meant = work.people.find_cluster(reading.cluster)
    if meant is None or meant.id != actor.cluster_id:
        own = work.people.cluster(actor.cluster_id)
        raise BadInputError(
            f"Văn bản này của cụm khác ({reading.cluster}), không phải cụm {own.name if own else ''}. "
            "Đề nghị gửi văn bản của cụm mình."
        )


def preview(work: Work, reading: PlanReading) -> Preview:
    """Raises BadInputError where the document is no plan that can be stored."""
    if reading.doc_type not in PLANS:
        raise BadInputError(_NOT_A_PLAN.get(reading.doc_type, NO_PAPER_OF_OURS))
    if not reading.cluster:
        raise BadInputError(
            "Không thấy tên cụm trong văn bản. Đề nghị thêm dòng “Cụm trường …” rồi nhập lại."
        )
    if not reading.sessions:
        raise BadInputError(
            "Không thấy buổi sinh hoạt nào trong văn bản. Đề nghị kiểm tra lại bảng kế hoạch."
        )
    cluster = work.people.find_cluster(reading.cluster)
    units = work.people.units(cluster.id) if cluster else []
    days = [d for s in reading.sessions for d in (s.date, s.date_end, *(s.window or ())) if d is not None]
    missing = work.office.workdays.missing_years(min(days), max(days)) if days else []
    return Preview(
        reading=reading,
        cluster=cluster,
        changes=_compared(work, cluster, cluster, drafts(reading, units), reading),
        years_without_days_off=tuple(missing),
        past=sum(1 for s in reading.sessions if s.date is not None and (s.date_end or s.date) < work.today),
        units=tuple(units),
    )


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
    what = _compared(
        work, cluster, before or cluster, drafts(reading, work.people.units(cluster.id)), reading
    )
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


def drafts(reading: PlanReading, units: Sequence[Unit]) -> list[Draft]:
    schools: dict[str, int] = {}
    for unit in units:
        if unit.kind is UnitKind.SCHOOL:
            schools |= {fold_name(name): unit.id for name in (unit.name, unit.label, *unit.aliases)}
    return [
        Draft(
            session,
            tuple(schools[fold_name(host)] for host in session.hosts if fold_name(host) in schools),
            session.audience,
        )
        for session in reading.sessions
    ]


def _compared(
    work: Work,
    cluster: Cluster | None,
    before: Cluster | None,
    planned: Sequence[Draft],
    reading: PlanReading,
) -> PlanChanges:
    """Against the stored sessions of the plan's own school year: another year's are none of its business.

    `before`: the cluster as it stood before this plan.  A partial plan names only some sessions, and drops
    none of the others.
    """
    present = before.school_year if before else ""
    year = reading.school_year or present
    of_cluster = work.sessions.of_cluster(cluster.id) if cluster else []
    stored = [session for session in of_cluster if stands_in(session, year, present)]
    settled = {session.id: _settled(work, session) for session in stored}
    found = compare(stored, planned, today=work.today, settled=settled)
    return replace(found, dropped=()) if reading.partial else found


def _settled(work: Work, session: Session) -> Settled:
    history = work.sessions.history(session.id)
    left = {str(e.detail["from"]) for e in history if e.what == "moved" and "from" in e.detail}
    days = frozenset(map(dt.date.fromisoformat, left))
    hour = any(e.what == "set_hour" or (e.what == LETTER_IN and "hour" in e.detail) for e in history)
    return Settled(days, hour)


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


NO_PAPER_OF_OURS = (
    "Văn bản này không phải kế hoạch sinh hoạt cụm, giấy mời hay thông báo đổi lịch, "
    "nên không lấy gì từ đây. Đề nghị gửi đúng tệp kế hoạch."
)
_NOT_A_PLAN = {
    DocType.INVITATION: "Đây là giấy mời của một buổi, không phải kế hoạch năm. "
    "Đề nghị gửi giấy mời cho bot trong chat để đặt giờ, phòng của buổi.",
    DocType.CHANGE_NOTICE: "Đây là thông báo đổi lịch, không phải kế hoạch năm. "
    "Đề nghị gửi thông báo cho bot trong chat để đổi ngày của buổi.",
}
