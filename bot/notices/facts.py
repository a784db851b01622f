"""What is known about a session at the moment something is said about it, and who it is said to."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.cluster.people import Cluster, Unit
from bot.notices.cover_facts import CoverFacts, CoverLine, OwnCovers
from bot.sessions.answers import Answer
from bot.sessions.request import Request
from bot.sessions.session import Session, SessionState


class Manner(StrEnum):
    """How somebody is spoken to.  A text exists for a manner, or for the one it falls back to."""

    AUTHORITY = "authority"
    HEAD = "head"
    STAFF = "staff"
    COOK = "cook"
    GROUP = "group"  #: everybody in the cluster's group, and nobody in particular


#: What is worded for one person is never said in a group instead.
FALLBACK = {Manner.COOK: Manner.STAFF, Manner.HEAD: Manner.STAFF, Manner.AUTHORITY: Manner.STAFF}


@dataclass(frozen=True, slots=True)
class Headcount:
    """Who comes, as the host needs it: numbers by role, and the names nobody could reach."""

    going: int
    declined: int
    silent: int  #: asked, and without an answer
    unasked: int  #: no invitation has gone to them yet
    by_role: tuple[tuple[str, int, int], ...]  #: (role in words, going, invited)
    unreached: tuple[str, ...]  #: "đ/c …, Bếp trưởng MN Bát Trang (điện thoại)", in list order


@dataclass(frozen=True, slots=True)
class SwapFacts:
    """With which session this one is to change days."""

    other: Session
    host: Unit  #: of the other session
    offered_here: bool  #: this session's host offered; False: it answers


@dataclass(frozen=True, slots=True, eq=False)
class SessionFacts:
    """Equal only to itself, so that what was worded of it is found again without comparing all of it."""

    session: Session
    cluster: Cluster
    hosts: tuple[Unit, ...]
    deadline: dt.date | None  #: D: the authority's invitation must have arrived by the end of it
    today: dt.date
    over: bool
    request: Request | None = None  #: the open request to move it
    request_unit: Unit | None = None
    offer: Request | None = None  #: two hosts are still talking about changing days: no request yet
    swap: SwapFacts | None = None  #: the open request, or offer, is half of a swap
    authority: str = "cơ quan quản lý"  #: the body that decides, as people write it: "Phòng GD&ĐT"
    clashes: tuple[str, ...] = ()  #: what the authority has on the same days, or why they are days off
    on_wanted_day: tuple[str, ...] = ()  #: the same of the day that the open request asks for
    former: dt.date | None = None  #: the day that a moved session had before, where it can have it back
    paper_only: bool = (
        False  #: nobody of the authority is in the roster: it is invited with a letter on paper
    )
    headcount: Headcount | None = None  #: only where it is shown to the host or the lead

    @property
    def missing(self) -> tuple[str, ...]:
        """What the host still has to say."""
        pairs = (
            ("giờ", self.session.start),
            ("phòng", self.session.room),
            ("chương trình", self.session.programme),
        )
        return tuple(word for word, value in pairs if not value)

    @property
    def cancelled(self) -> bool:
        return self.session.state is SessionState.CANCELLED


@dataclass(frozen=True, slots=True)
class PartToName:
    """A part of the audience phrase for which the roster does not settle who of a school goes."""

    number: int  #: its place in the session's audience
    role: str  #: as staff write it: "GV cốt cán"
    wanted: int | None  #: None: all who hold the role
    have: int

    @property
    def plan_says(self) -> str:
        """ "kế hoạch mời 4, danh sách của trường có 6"."""
        have = f"danh sách của trường có {self.have}" if self.have else "danh sách của trường chưa có ai"
        return f"kế hoạch mời {self.wanted}, {have}" if self.wanted is not None else have


@dataclass(frozen=True, slots=True)
class WholeCluster:
    """A part of the audience phrase that counts people of all schools together, as the lead sees it."""

    number: int  #: its place in the session's audience
    role: str  #: as staff write it: "GV cốt cán"
    wanted: int | None
    have: int
    going: tuple[str, ...]  #: who is invited by it as things stand: "Nguyễn Thị A (MN Bát Trang)"
    named: bool  #: the lead has said so
    asked: bool  #: the roster does not settle it, and nobody has said

    @property
    def plan_says(self) -> str:
        """ "kế hoạch mời 4, danh sách cả cụm có 20"."""
        have = f"danh sách cả cụm có {self.have}" if self.have else "danh sách cả cụm chưa có ai"
        return f"kế hoạch mời {self.wanted}, {have}"


@dataclass(frozen=True, slots=True)
class OwnSchool:
    """What a head sees of her own school: who is invited, in numbers, and what she is asked."""

    unit: Unit
    by_role: tuple[tuple[str, int], ...]  #: ("GV cốt cán", 4), in list order
    to_name: tuple[PartToName, ...]

    @property
    def invited(self) -> int:
        return sum(number for _, number in self.by_role)

    @property
    def in_words(self) -> str:
        """ "HT, PHT CSND, 4 GV cốt cán, Bếp trưởng"."""
        return ", ".join(role if number == 1 else f"{number} {role}" for role, number in self.by_role)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody as far as the words go, and no further: who are alike in this are told the same."""

    unit: Unit
    manner: Manner
    invited: bool = False
    reason: str | None = None  #: why somebody is invited: "vì là TTCM mẫu giáo, MN Bát Trang"
    instead_of: str = ""  #: in whose place: "Nguyễn Thị A, TTCM MN Bát Trang"
    answer: Answer | None = None
    unknown: int | None = None  #: the version of a late change that still waits for her `Đã rõ`
    muted: bool = False  #: does not want to be reminded of this session
    rights: frozenset[str] = field(default_factory=frozenset)  #: bot.sessions.rights names
    own: OwnSchool | None = None  #: only for a school's heads
    whole: tuple[WholeCluster, ...] = ()  #: only for lead and clerk
    clashes: tuple[str, ...] = ()  #: her other duties that day: "buổi B3 tại MN Trường Thành"
    covers: OwnCovers | None = None  #: only for a school's heads
    covered: CoverLine | None = None  #: who covers for her
    covering: CoverFacts | None = None  #: for whom she covers, or is asked to

    @property
    def whole_to_name(self) -> tuple[WholeCluster, ...]:
        return tuple(part for part in self.whole if part.asked)

    def may(self, right: str) -> bool:
        return right in self.rights


Payload = Mapping[str, object]
