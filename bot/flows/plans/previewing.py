"""What a plan that was read would do to a cluster's sessions; nothing is changed here."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.cluster.people import Cluster, Person, Unit, UnitKind
from bot.errors import BadInputError
from bot.flows.plans.doubts import Known
from bot.flows.work import Work
from bot.plan.reading import DocType, PlanReading
from bot.sessions.plan_changes import Draft, PlanChanges, Settled, compare
from bot.sessions.session import Session
from bot.sessions.years import begins_anew, stands_in
from bot.vocabulary import fold_name

PLANS = (DocType.PLAN, DocType.CHAT)
LETTER_IN = "letter_in"  #: the step that a giấy mời or a thông báo leaves in a session's history

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
        changes=compared(work, cluster, cluster, drafts(reading, units), reading),
        years_without_days_off=tuple(missing),
        past=sum(1 for s in reading.sessions if s.date is not None and (s.date_end or s.date) < work.today),
        units=tuple(units),
    )


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


def compared(
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
