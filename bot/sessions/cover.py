"""Who covers for somebody who goes to a session: teaches her class, or looks after the kitchen."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class CoverState(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WORD = "word"  #: somebody outside the roster, settled by the head's word
    NOT_NEEDED = "not_needed"
    PAUSED = "paused"  #: was asked; the session is cancelled, or has no day
    CLOSED = "closed"  #: it concerns nobody any more

    @property
    def settled(self) -> bool:
        return self in (CoverState.ACCEPTED, CoverState.WORD, CoverState.NOT_NEEDED)

    @property
    def holds(self) -> bool:
        """Somebody of the roster is taken by it."""
        return self in (CoverState.ASKED, CoverState.ACCEPTED, CoverState.PAUSED)


@dataclass(frozen=True, slots=True)
class Cover:
    """What was said about one who is away.  For each of them one at most is not closed."""

    id: int  #: 0: not stored yet
    cluster_id: int
    session_id: int
    absent_id: int
    person_id: int | None  #: who covers, where she is in the roster
    name: str | None  #: who covers, in the head's words
    state: CoverState
    date_revision: int
    day: dt.date  #: of that revision: the day it is about
    asked: int  #: how often she was asked: a new day, a session put back asks once more
    named_by: int | None  #: Person id
    at: dt.datetime

    @property
    def asked_as(self) -> str:
        """The occurrence of the question; what begins with `mark` is about this naming."""
        return f"{self.mark}{self.asked}"

    @property
    def mark(self) -> str:
        return f"c{self.id}."


class CoverStore(Protocol):
    def covers(self, session_id: int) -> list[Cover]:
        """Those that are not closed."""
        ...

    def cover(self, cover_id: int) -> Cover | None: ...

    def add_cover(self, cover: Cover) -> Cover:
        """Raises OutdatedError where somebody else has named at this moment: for the same one who is away,
        or the same one who covers."""
        ...

    def save_cover(self, changed: Cover, was: Cover) -> None:
        """Compare-and-set on the state and on how often she was asked.  Raises OutdatedError, also where she
        covers for somebody else by now."""
        ...

    def not_covering(self, cluster_id: int) -> frozenset[int]:
        """The schools (Unit ids) that have switched this off."""
        ...

    def set_covering(self, unit_id: int, by: int, now: dt.datetime, *, on: bool) -> None: ...


def live(covers: Sequence[Cover], absent_id: int) -> Cover | None:
    return next((one for one in covers if one.absent_id == absent_id), None)
