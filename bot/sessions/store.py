"""What is kept about sessions, as the rooms above need it.  All calls belong to one transaction."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.sessions.acknowledgement import Acknowledgement
from bot.sessions.answers import Answer
from bot.sessions.cover import CoverStore
from bot.sessions.nomination import Nomination
from bot.sessions.request import Request, Swap
from bot.sessions.session import Session


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a session's history: who, when, what."""

    session_id: int
    at: dt.datetime
    actor_id: int | None
    what: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FixedDate:
    """A day on which the authority has something of its own, or a day off decided later."""

    date: dt.date
    title: str
    kind: str  #: "authority" or "day_off"

    def falls_on(self, session: Session) -> bool:
        """Whether the session takes place on this day, or goes over it."""
        first = session.date
        return first is not None and first <= self.date <= (session.date_end or first)


class SessionStore(CoverStore, Protocol):
    def get(self, session_id: int) -> Session | None: ...

    def by_code(self, cluster_id: int, code: str) -> Session | None: ...

    def of_cluster(self, cluster_id: int) -> list[Session]:
        """In the order of their days; those without a day by their window, then last."""
        ...

    def meeting(self, of: Session) -> list[Session]:
        """The other sessions of its cluster that take place on a day of this one."""
        ...

    def add(self, session: Session) -> Session:
        """Store a new session (id 0, code ""): it gets the cluster's next code, for life."""
        ...

    def save(self, session: Session) -> Session:
        """Compare-and-set (invariant 7): `session.version` must be one above the stored one.

        Raises OutdatedError.
        """
        ...

    def set_duty(self, session_id: int, at: dt.datetime | None) -> None: ...

    def with_duty(self, now: dt.datetime, most: int) -> list[Session]:
        """Sessions about which something must be decided by now: so many, the oldest duty first."""
        ...

    def next_duty(self) -> dt.datetime | None: ...

    def note(self, event: Event, cluster_id: int) -> None: ...

    def history(self, session_id: int) -> list[Event]: ...

    def put_answer(self, answer: Answer) -> None: ...

    def drop_answer(self, session: Session, person_id: int) -> None:
        """Of the present date revision: who is invited again is asked again."""
        ...

    def answers(self, session: Session) -> dict[int, Answer]:
        """By person, for the session's present date revision."""
        ...

    def drop_answers(self, session: Session, person_ids: Sequence[int]) -> int:
        """These are asked anew about the same day.  Returns how many answers there were."""
        ...

    def ask_known(self, asked: Sequence[Acknowledgement]) -> None:
        """Each stands for what its person was asked to acknowledge about the session before."""
        ...

    def know(self, session_id: int, person_id: int, at: dt.datetime) -> None: ...

    def acknowledgements(self, session_id: int) -> dict[int, Acknowledgement]:
        """By person, whether open or not."""
        ...

    def answers_of(self, person_ids: Sequence[int]) -> dict[tuple[int, int], Answer]:
        """By (session id, date revision)."""
        ...

    def muted(self, session_id: int) -> frozenset[int]:
        """Who does not want to be reminded of this session."""
        ...

    def set_mute(self, session_id: int, person_id: int, now: dt.datetime, *, on: bool) -> None: ...

    def nominations(self, session_id: int) -> list[Nomination]: ...

    def put_nomination(self, nomination: Nomination) -> None:
        """In the place of an earlier one of the same school, or of the cluster, for the same part."""
        ...

    def add_request(self, request: Request) -> Request: ...

    def save_request(self, request: Request, was: Request) -> None:
        """Compare-and-set on the state.  Raises OutdatedError."""
        ...

    def add_swap(self, swap: Swap) -> Swap:
        """Both requests, and that they belong together.  Raises OutdatedError where one of the sessions has
        an open request already."""
        ...

    def swap_of(self, request_id: int) -> Swap | None:
        """The swap that this request is half of."""
        ...

    def request(self, request_id: int) -> Request | None: ...

    def open_move(self, session_id: int) -> Request | None: ...

    def open_requests(self, session_id: int) -> list[Request]: ...

    def requests(self, session_id: int) -> list[Request]: ...

    def fixed_dates(self, cluster_id: int) -> list[FixedDate]: ...

    def put_fixed_dates(self, cluster_id: int, dates: Sequence[FixedDate]) -> list[FixedDate]:
        """Returns those that were new."""
        ...
