"""Papers asked for: facts of the scene, then the file.  Who may have it is asked by the caller."""

import logging
from collections.abc import Iterable, Sequence

from bot.cluster.addressing import is_nameless
from bot.cluster.people import Cluster, Person, Unit
from bot.cluster.rights import heads_of, is_core_team, leads
from bot.errors import BadInputError, NhacLichError
from bot.flows.cluster_scene import ClusterScene
from bot.flows.papers.letterheads import letterhead, only_authority, plan_words
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.yearly import is_agreed_move, year
from bot.flows.work import Work
from bot.message import Document
from bot.papers import ics, letters
from bot.papers import report as yearly
from bot.papers.letterhead import Letterhead, formal_authority, formal_name
from bot.sessions.request import Request

log = logging.getLogger(__name__)


def session_calendar(work: Work, of: SessionScene) -> Document:
    """One session for a phone's calendar.  Raises BadInputError where its day is not known."""
    if not ics.has_entry(of.facts):
        raise BadInputError(f"Buổi {of.session.code} chưa chốt ngày nên chưa thêm vào lịch được.")
    return ics.session_calendar(of.facts, work.now, work.office.tz)


def my_calendar(work: Work, scene: Scene, people: Sequence[Person]) -> Document:
    """All sessions to which these persons (one in each cluster) are invited.  Raises BadInputError."""
    mine = [
        of.facts
        for person in people
        for session in work.sessions.of_cluster(person.cluster_id)
        if is_mine(of := scene.of(session), person)
    ]
    found = [f for f in mine if ics.has_entry(f)]
    if not found:
        raise BadInputError("Chưa có lời mời buổi nào đã chốt ngày. Gõ /lich để xem lịch cả năm.")
    return ics.many_calendar(found, work.now, work.office.tz)


def cluster_calendar(work: Work, cluster: Cluster) -> Document:
    """Every session of the cluster that has a day.  Raises BadInputError."""
    scene = Scene(work)
    found = [scene.of(session).facts for session in work.sessions.of_cluster(cluster.id)]
    if not any(ics.has_entry(f) for f in found):
        raise BadInputError("Chưa có buổi nào đã chốt ngày.")
    return ics.many_calendar(found, work.now, work.office.tz)


def is_mine(of: SessionScene, person: Person) -> bool:
    """Invited; the authority only once its invitation was released."""
    if person.id in of.authority_ids:
        return of.session.released_at is not None
    return person.id in of.invited_ids


def invitation(work: Work, of: SessionScene) -> Document:
    """Giấy mời as things stand now, for the host's head to sign.  Raises BadInputError, TemplateFault."""
    if of.facts.cancelled:
        raise BadInputError(f"Buổi {of.session.code} đã hủy, không còn giấy mời.")
    if not of.facts.hosts:
        raise BadInputError(f"Buổi {of.session.code} chưa có trường đăng cai nên chưa làm giấy mời được.")
    return letters.invitation(of.facts, _around(work, of), _issuer(work, of.around, of.facts.hosts[0]))


def request_letter(work: Work, of: SessionScene, request: Request) -> Document:
    """Công văn xin ý kiến of the school that asks.  Raises TemplateFault."""
    unit = of.around.units[request.unit_id]
    return letters.request_letter(of.facts, _around(work, of), _issuer(work, of.around, unit), request)


def last_request_letter(work: Work, of: SessionScene) -> Document:
    """The letter of the newest request about this session.  Raises BadInputError, TemplateFault."""
    requests = work.sessions.requests(of.session.id)
    if not requests:
        raise BadInputError(f"Chưa có trường nào xin đổi lịch hoặc xin vắng buổi {of.session.code}.")
    return request_letter(work, of, requests[-1])


def change_notice(work: Work, of: SessionScene) -> Document:
    """Thông báo of the last agreed move, for the lead to sign.  Raises BadInputError, TemplateFault."""
    agreed = [r for r in work.sessions.requests(of.session.id) if is_agreed_move(r)]
    lead = next(iter(leads(of.around.cluster.id, of.around.people.values())), None)
    if not agreed or of.facts.cancelled:
        raise BadInputError(f"Buổi {of.session.code} không có thay đổi lịch nào đã được đồng ý.")
    if lead is None:
        raise BadInputError("Danh sách chưa có cụm trưởng nên chưa làm thông báo được.")
    return letters.change_notice(of.facts, _around(work, of), _lead_issuer(work, of.around, lead), agreed[-1])


def issuing_unit(of: SessionScene, which: str, request: Request | None = None) -> Unit | None:
    """Under whose letterhead a letter goes out: "gm" the host, "cv" who asks, "tb" the lead's school."""
    if which == "cv":
        return of.around.units.get(request.unit_id) if request else None
    if which == "tb":
        lead = next(iter(leads(of.around.cluster.id, of.around.people.values())), None)
        return of.around.units.get(lead.unit_id) if lead else None
    return next(iter(of.facts.hosts), None)


def report(work: Work, cluster: Cluster) -> Document:
    """Báo cáo of the year so far, for the lead to sign.  Raises BadInputError, TemplateFault."""
    of_year = year(work, cluster.id)
    around = Scene(work).cluster(cluster.id)
    lead = next(iter(leads(cluster.id, around.people.values())), None)
    if not of_year.scenes or lead is None:
        raise BadInputError("Cần có kế hoạch và cụm trưởng trong danh sách thì mới làm báo cáo được.")
    issuer = _lead_issuer(work, around, lead)
    first = _around(work, of_year.scenes[0])
    return yearly.report(cluster, first, issuer, of_year.rows, of_year.schools, of_year.roles)


def _around(work: Work, of: SessionScene) -> letters.Around:
    around = of.around
    people = [i.person for i in of.invitees.people]
    return letters.Around(
        schools=around.schools,
        hosts=tuple(formal_name(host, letterhead(work, host)) for host in of.facts.hosts),
        authority=_authority(work, around),
        core_team=any(is_core_team(person) for person in people),
        today=work.today,
        plan=plan_words(work, around.cluster.id),
    )


def _authority(work: Work, around: ClusterScene) -> str | None:
    """In full, as its own letterhead says, or as the plan writes it."""
    body = only_authority(work, around.cluster.id)
    if body is not None:
        return formal_name(body, letterhead(work, body))
    return formal_authority(around.cluster.authority) if around.cluster.authority else None


def _issuer(work: Work, around: ClusterScene, unit: Unit) -> letters.Issuer:
    heads = [p for p in heads_of(unit.id, around.people.values()) if p.holds("HT")]
    name = _real_name(heads[0], unit) if heads else None
    return letters.Issuer(unit, letterhead(work, unit), name)


def _lead_issuer(work: Work, around: ClusterScene, lead: Person) -> letters.Issuer:
    """A head acting for the cluster signs under her own school (Kế hoạch 03/10/2023)."""
    unit = around.units[lead.unit_id]
    head: Letterhead = letterhead(work, unit)
    post = "HIỆU TRƯỞNG" if lead.holds("HT") else "PHÓ HIỆU TRƯỞNG" if lead.holds("PHT") else None
    titles = ("CỤM TRƯỞNG", f"{post} {formal_name(unit, head).upper()}") if post else ("CỤM TRƯỞNG",)
    return letters.Issuer(unit, head, _real_name(lead, unit), titles)


def _real_name(person: Person, unit: Unit) -> str | None:
    return None if is_nameless(person, unit) else person.name


def drafts(work: Work, scene: Scene, session_ids: Iterable[int | None]) -> tuple[Document, ...]:
    """The invitations that go with *prepare*.  A template that cannot be filled in holds no notice back."""
    made = []
    for session_id in session_ids:
        of = scene.session(session_id) if session_id is not None else None
        try:
            if of is not None and of.session.released_at is None:
                made.append(invitation(work, of))
        except NhacLichError as error:
            log.error("a draft was left out: %s", error)
    return tuple(made)
