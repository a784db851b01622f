"""The lines of a session: everybody who leaves a class or the kitchen, and what was said about who covers.

Lines are worked out anew each time; stored is only what was said (`bot.sessions.cover`).  Each function here
returns what is to be stored and what is to be said of it; nothing is stored or said here.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.cluster.charges import Charge, charge_of
from bot.cluster.people import Person
from bot.errors import OutdatedError
from bot.sessions.cover import Cover, CoverState, live
from bot.sessions.session import Session


@dataclass(frozen=True, slots=True)
class Line:
    """One who is away, and who covers for her."""

    absent: Person
    charge: Charge
    cover: Cover | None  #: what was said; None: nothing yet

    @property
    def open(self) -> bool:
        return self.cover is None or not self.cover.state.settled

    @property
    def named(self) -> bool:
        """Somebody is named, and has not refused."""
        return self.cover is not None and self.cover.state is not CoverState.DECLINED


class Why(StrEnum):
    """Why somebody is told: who covers that she is asked again or need not any more, who named her that the
    line is open again."""

    MOVED = "moved"
    RESTORED = "restored"
    CANCELLED = "cancelled"  #: the session
    STAYS = "stays"  #: nobody is away
    OTHER = "other"  #: somebody else covers, or nobody needs to
    INVITED = "invited"  #: she goes to the session herself
    LEFT = "left"  #: she has left the roster
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Step:
    """From one state to the next.  `asks`, `off`, `opened`: what is said of it, to whom."""

    was: Cover
    now: Cover
    asks: Why | None = None  #: the one who covers is asked again
    off: Why | None = None  #: she is told that she need not
    opened: Why | None = None  #: who named her is told that the line is open


def lines(away: Iterable[Person], covers: Sequence[Cover]) -> tuple[Line, ...]:
    """`away`: who goes, in list order; heads leave nothing behind."""
    charges = ((person, charge_of(person)) for person in away)
    return tuple(Line(p, charge, live(covers, p.id)) for p, charge in charges if charge is not None)


def kept_up(
    session: Session,
    covers: Iterable[Cover],
    away: Collection[int],
    invited: Collection[int],
    here: Mapping[int, int],
    now: dt.datetime,
) -> Iterator[Step]:
    """What was said, brought in line with who goes now and on which day.  Doing it twice changes nothing.

    `away` (Person ids): who leaves a class or the kitchen; `invited`: who is invited; `here`: everybody in
    the roster, with her school.
    """
    for cover in covers:
        step = _kept_up(session, cover, away, invited, here)
        if step is not None:
            yield replace(step, now=replace(step.now, at=now))


def _kept_up(
    session: Session, cover: Cover, away: Collection[int], invited: Collection[int], here: Mapping[int, int]
) -> Step | None:
    state, person = cover.state, cover.person_id
    if not session.fixed:
        return _to(cover, CoverState.PAUSED, off=Why.CANCELLED) if _asked(cover) else None
    if cover.absent_id not in away:
        return _to(cover, CoverState.CLOSED, off=Why.STAYS if _asked(cover) else None)
    if person is None and state.holds:  # erased
        return _to(cover, CoverState.CLOSED)
    if person is not None and (person in invited or here.get(person) != here[cover.absent_id]):
        why = Why.INVITED if person in invited else Why.LEFT
        return _to(
            cover,
            CoverState.CLOSED,
            off=why if why is Why.INVITED and _asked(cover) else None,
            opened=why if state.holds else None,
        )
    if cover.date_revision != session.date_revision:
        # What was settled, refused or not needed was so for another day.
        return _again(cover, session, Why.MOVED) if state.holds else _to(cover, CoverState.CLOSED)
    return _again(cover, session, Why.RESTORED) if state is CoverState.PAUSED else None


def answered(cover: Cover, accepts: bool, asked: int, now: dt.datetime) -> Step | None:
    """Her own answer; None: she had said so already.  Raises OutdatedError where the question is old."""
    if cover.asked != asked or not (_asked(cover) or cover.state is CoverState.DECLINED):
        raise OutdatedError("Việc này đã thay đổi, không cần trả lời tin cũ nữa.")
    state = CoverState.ACCEPTED if accepts else CoverState.DECLINED
    if cover.state is state:
        return None
    return Step(cover, replace(cover, state=state, at=now), opened=None if accepts else Why.DECLINED)


def taken_back(cover: Cover, now: dt.datetime) -> Step:
    """The head names somebody else, or nobody."""
    return replace(
        _to(replace(cover, at=now), CoverState.CLOSED, off=Why.OTHER if _asked(cover) else None), was=cover
    )


def _asked(cover: Cover) -> bool:
    return cover.state in (CoverState.ASKED, CoverState.ACCEPTED)


def _to(cover: Cover, state: CoverState, *, off: Why | None = None, opened: Why | None = None) -> Step:
    return Step(cover, replace(cover, state=state), off=off, opened=opened)


def _again(cover: Cover, session: Session, why: Why) -> Step:
    assert session.date is not None
    now = replace(cover, state=CoverState.ASKED, asked=cover.asked + 1)
    return Step(cover, replace(now, date_revision=session.date_revision, day=session.date), asks=why)
