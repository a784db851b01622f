"""A plan that was read becomes the cluster's sessions, or changes them, once somebody has said yes."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cluster.people import Cluster, Person, Unit, UnitKind
from bot.errors import BadInputError
from bot.flows.clusters import cluster_from_plan
from bot.flows.details import store
from bot.flows.planning import replan, say_now
from bot.flows.scene import Scene
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.plan.reading import DocType, PlanReading, Precision
from bot.sessions import changes
from bot.sessions.plan_changes import Draft, PlanChanges, compare, new_session, reworded
from bot.sessions.reschedule import supersede
from bot.sessions.session import Session
from bot.sessions.store import Event
from bot.vocabulary import fold_name

_PLANS = (DocType.PLAN, DocType.CHAT)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do.  `cluster` is None for a cluster that is new."""

    reading: PlanReading
    cluster: Cluster | None
    changes: PlanChanges
    years_without_days_off: tuple[int, ...]
    past: int  #: sessions of the plan that are over already


def preview(work: Work, reading: PlanReading) -> Preview:
    """Raises BadInputError where the document is no plan that can be stored."""
    if reading.doc_type not in _PLANS:
        raise BadInputError(_NOT_A_PLAN.get(reading.doc_type, _NOT_A_PLAN[DocType.OTHER]))
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
    stored = work.sessions.of_cluster(cluster.id) if cluster else []
    days = [d for s in reading.sessions for d in (s.date, s.date_end, *(s.window or ())) if d is not None]
    missing = work.office.workdays.missing_years(min(days), max(days)) if days else []
    return Preview(
        reading=reading,
        cluster=cluster,
        changes=compare(stored, drafts(reading, units)),
        years_without_days_off=tuple(missing),
        past=sum(1 for s in reading.sessions if s.date is not None and (s.date_end or s.date) < work.today),
    )


def import_plan(work: Work, reading: PlanReading, actor: Person | None = None) -> Cluster:
    """Store the plan.  Only those are told whom a change concerns; about what is over nothing is said."""
    before = preview(work, reading)
    if actor is not None and (before.cluster is None or actor.cluster_id != before.cluster.id):
        raise BadInputError("Văn bản này của cụm khác. Đề nghị gửi kế hoạch của cụm mình.")
    cluster = cluster_from_plan(work.people, reading, work.now)
    units = work.people.units(cluster.id)
    what = compare(work.sessions.of_cluster(cluster.id), drafts(reading, units))
    for draft in what.added:
        session = work.sessions.add(new_session(cluster.id, draft))
        _note(work, session, actor, "planned")
        replan(work, session)
    for session, draft in what.moved:
        _move(work, actor, session, draft)
    for session, draft in what.reworded:
        store(work, actor, Scene(work).of(session), reworded(session, draft), "reworded", {})
    for session in what.dropped:
        _drop(work, actor, session)
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


def _move(work: Work, actor: Person | None, session: Session, draft: Draft) -> None:
    day = draft.reading.date
    assert day is not None
    over = session.date is not None and (session.date_end or session.date) < work.today
    told = set(work.reports.told(session.id))
    for request in work.sessions.open_requests(session.id):
        work.sessions.save_request(supersede(request), request)
    moved = reworded(changes.move(session, day, work.now), draft)
    work.sessions.save(_one_version_up(session, moved))
    _note(work, session, actor, "moved")
    after = Scene(work).of(_one_version_up(session, moved))
    if told and not over and session.date is not None:
        payload = {"old_date": str(session.date)}
        say_now(work, Kind.CHANGE, after, told, "1", payload, old_date=session.date)
    replan(work, after.session)


def _one_version_up(before: Session, after: Session) -> Session:
    """Several changes of one import are one version."""
    return changes.at_version(after, before.version + 1)


def _drop(work: Work, actor: Person | None, session: Session) -> None:
    """No longer in the corrected plan: cancelled, and those who had been told hear it."""
    if session.date is not None and (session.date_end or session.date) < work.today:
        return
    reason = "không còn trong kế hoạch điều chỉnh"
    told = set(work.reports.told(session.id))
    for request in work.sessions.open_requests(session.id):
        work.sessions.save_request(supersede(request), request)
    after = store(
        work, actor, Scene(work).of(session), changes.cancel(session), "cancelled", {"reason": reason}
    )
    if session.precision is Precision.DAY:
        say_now(work, Kind.CANCELLATION, after, told, f"v{after.session.version}", {"reason": reason})


def _note(work: Work, session: Session, actor: Person | None, what: str) -> None:
    work.sessions.note(Event(session.id, work.now, actor.id if actor else None, what, {}), session.cluster_id)


_NOT_A_PLAN = {
    DocType.INVITATION: "Đây là giấy mời của một buổi, không phải kế hoạch năm. "
    "Đề nghị gửi kế hoạch của cụm; giờ và phòng đặt ngay trên thẻ của buổi.",
    DocType.CHANGE_NOTICE: "Đây là thông báo đổi lịch, không phải kế hoạch năm. "
    "Đề nghị ghi ý kiến đổi lịch ngay trên thẻ của buổi (gõ /lich).",
    DocType.OTHER: "Văn bản này không phải kế hoạch sinh hoạt cụm. Đề nghị gửi đúng tệp kế hoạch.",
}
