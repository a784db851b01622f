"""What a text may say about one claimed row: the session now, the receiver, the request behind it."""

from dataclasses import replace

from bot.cluster.addressing import with_post
from bot.cluster.audience import Gap
from bot.cluster.people import Person
from bot.flows.covers import about_cover
from bot.flows.manners import greeted_as
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.standing import missing
from bot.flows.work import Work
from bot.notices.facts import Manner, Receiver
from bot.notices.kinds import COUNTING, section
from bot.notices.notice import Kind
from bot.notices.saying.subject import Section, Subject
from bot.notices.spelling import spell_out
from bot.outbox.port import Claimed
from bot.sessions.request import Request
from bot.sessions.rights import Right
from bot.vocabulary import roles

#: Worded by who reads it, beyond what a Receiver is.
_PERSONAL = (Kind.STILL_SILENT,)


class Sayings:
    """What is said about sessions in one unit of work: who are alike (`Receiver`) are told the same, so it is
    worded once."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known: dict[tuple[int, Kind, Receiver], Section] = {}

    def section(self, of: SessionScene, row: Claimed, person: Person) -> Section | None:
        """None: there is nothing to say any more."""
        to = of.receiver(person)
        alike = None if row.payload or row.kind in _PERSONAL else (of.session.id, row.kind, to)
        what = self._known.get(alike) if alike else None
        if what is None:
            what = section(row.kind, subject(self._work, of, row, person, to))
            if alike and what:
                self._known[alike] = what
        return what.addressed(greeted_as(to.manner, person, to.unit)) if what else None


def subject(work: Work, of: SessionScene, row: Claimed, person: Person, to: Receiver) -> Subject:
    """`to`: the person as the words see her."""
    facts = of.facts
    if row.kind in COUNTING and to.may(Right.PEOPLE):
        facts = replace(facts, headcount=of.headcount)
    request_id = row.payload.get("request_id")
    request = work.sessions.request(request_id) if isinstance(request_id, int) else None
    silent, unreached = _to_phone(work, of, row, person, to)
    return Subject(
        silent=silent,
        unreached=unreached,
        f=facts,
        to=to,
        payload=row.payload,
        request=request,
        request_unit=of.around.units.get(request.unit_id) if request else None,
        swap=of.swap(request) if request else None,
        decider=decider_words(work, of, request, person, to) if request else "",
        cover=about_cover(work, of.around, row.payload),
        missing=missing(of),
        lead=of.around.lead,
        questions=tuple(_question(gap) for gap in of.invitees.gaps if _concerns(gap, to)),
    )


def decider_words(work: Work, of: SessionScene, request: Request, reader: Person, to: Receiver) -> str:
    """Who decided: "đ/c …, Chuyên viên Phòng GD&ĐT"; on paper the authority itself; to herself "đồng chí"."""
    words = of.around.authority
    if not request.on_paper and request.decided_by is not None:
        person = work.people.person(request.decided_by)
        if person is not None and person.id == reader.id:
            return "đồng chí"
        if person is not None and person.unit_id in of.around.units:
            words = f"đ/c {with_post(person, of.around.units[person.unit_id])}"
    return spell_out(words) if to.manner in (Manner.AUTHORITY, Manner.COOK) else words


def _to_phone(
    work: Work, of: SessionScene, row: Claimed, reader: Person, to: Receiver
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names for who phones: a head's own school, everybody's for the lead."""
    if row.kind is not Kind.STILL_SILENT:
        return (), ()
    everybody = to.may(Right.RECORD)
    names = [p for p in of.silent if p.id != reader.id and (everybody or p.unit_id == to.unit.id)]
    lost: frozenset[int] = frozenset()
    if everybody:
        changes = (Kind.CHANGE, Kind.DETAILS, Kind.CANCELLATION, Kind.RESTORED)
        lost = work.reports.unreached(of.session.id, of.session.date_revision, changes)
    authority = [i.person for i in of.invitees.people if i.person.id in lost and _is_authority(of, i.person)]
    return tuple(of.phone_line(p) for p in names), tuple(of.phone_line(p) for p in authority)


def _is_authority(of: SessionScene, person: Person) -> bool:
    return of.receiver(person).manner is Manner.AUTHORITY


def _concerns(gap: Gap, to: Receiver) -> bool:
    """The head of a school answers for her own; what concerns no school goes to every host's head.  What the
    lead is asked for the whole cluster stands among her own lines (`Receiver.whole`)."""
    if gap.of_cluster:
        return not to.may(Right.NAME_ALL)
    return gap.unit is None or gap.unit.id == to.unit.id


def _question(gap: Gap) -> str:
    role = roles()[gap.item.role].vi
    what = f"{role} {gap.item.qualifier}" if gap.item.qualifier else role
    if gap.of_cluster:
        return f"{what} cả cụm: kế hoạch mời {gap.wanted}, danh sách có {gap.have}; cụm trưởng chọn người đi."
    where = f" của {gap.unit.label}" if gap.unit else ""
    asked = " Đề nghị đồng chí chọn người đi." if gap.unit else " Đề nghị báo người quản trị bổ sung."
    if gap.surplus:
        wanted = f"kế hoạch mời {gap.wanted}, danh sách có {gap.have}"
        return f"{what}{where}: {wanted}; đang mời những người đầu danh sách.{asked if gap.unit else ''}"
    if gap.wanted is None:
        return f"{what}{where}: danh sách chưa có ai.{asked}"
    return f"{what}{where}: kế hoạch mời {gap.wanted}, danh sách mới có {gap.have}.{asked}"
