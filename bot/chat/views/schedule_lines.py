"""A session as one line of a list: when, where, what in short, how it stands, what it is to the reader."""

from collections import Counter
from dataclasses import dataclass

from bot.cluster.people import Person, UnitKind
from bot.flows.manners import manner
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.lines import SIGNS, shortened, state, when
from bot.notices.dates import short_day
from bot.notices.facts import Manner
from bot.sessions.session import Session, SessionState


@dataclass(frozen=True, slots=True)
class Line:
    session: Session
    when: str
    hosts: str
    content: str
    state: str  #: a key of SIGNS
    mine: str  #: "", "có mời", "tham dự", "vắng mặt"
    school: str  #: what it is to the reader's school: "", "trường đăng cai", "trường có 5 người được mời"
    clash: str  #: what the authority has on the same day, to those who see to it
    over: bool
    invited: bool

    @property
    def sign(self) -> str:
        return SIGNS[self.state]

    @property
    def coming(self) -> bool:
        return not self.over and self.session.state is SessionState.PLANNED

    @property
    def label(self) -> str:
        """Of the button that opens it."""
        when = short_day(self.session.date) if self.session.date else self.session.date_text
        return f"{self.session.code} · {when} · {self.hosts}"


def line(of: SessionScene, person: Person, *, private: bool = True) -> Line:
    """`private`: she alone reads it; in a group nobody's own answer is shown."""
    session = of.session
    return Line(
        session=session,
        when=when(session),
        hosts=" và ".join(u.label for u in of.facts.hosts),
        content=shortened(session.content),
        state=state(of),
        mine=_mine(of, person.id) if private else "",
        school=_school(of, person),
        clash=_clash(of, person) if private else "",
        over=of.over,
        invited=not of.facts.cancelled and person.id in of.invited_ids | of.authority_ids,
    )


def _mine(of: SessionScene, person_id: int) -> str:
    if of.facts.cancelled or person_id not in of.invited_ids | of.authority_ids:
        return ""
    answer = of.answers.get(person_id)
    if answer is None:
        return "có mời" if not of.over else ""
    return "tham dự" if answer.reply == "going" else "vắng mặt"


def _school(of: SessionScene, person: Person) -> str:
    if person.unit_id in of.session.host_ids:
        return "trường đăng cai"
    unit = of.around.units.get(person.unit_id)
    if unit is None or unit.kind is not UnitKind.SCHOOL:
        return ""
    invited = Counter(of.around.people[i].unit_id for i in of.invited_ids)[unit.id]
    return f"trường có {invited} người được mời" if invited else ""


def _clash(of: SessionScene, person: Person) -> str:
    unit = of.around.units[person.unit_id]
    if not of.facts.clashes or manner(person, unit) not in (Manner.AUTHORITY, Manner.HEAD):
        return ""
    return f"trùng lịch: {'; '.join(of.facts.clashes)}"
