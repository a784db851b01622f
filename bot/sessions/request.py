"""A school's request: to move a session, or for the school's own absence from it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class RequestKind(StrEnum):
    MOVE = "move"
    ABSENCE = "absence"


class RequestState(StrEnum):
    OFFERED = "offered"  #: half of a swap: the other host has not answered, the authority knows nothing yet
    REQUESTED = "requested"
    COUNTERED = "countered"
    AGREED = "agreed"
    REFUSED = "refused"
    DECLINED = "declined"  #: half of a swap: the other host keeps its day
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"

    @property
    def open(self) -> bool:
        return self in (RequestState.OFFERED, RequestState.REQUESTED, RequestState.COUNTERED)


class Cause(StrEnum):
    AUTHORITY_CALENDAR = "authority_calendar"
    OWN_WORK = "own_work"
    WEATHER_ILLNESS = "weather_illness"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Request:
    id: int
    cluster_id: int
    session_id: int
    date_revision: int
    kind: RequestKind
    state: RequestState
    unit_id: int  #: the school that asks
    asked_by: int  #: Person id
    asked_at: datetime
    cause: Cause
    reason: str | None
    old_date: date
    proposed: date | None  #: None: the authority names the day
    countered: date | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None
    on_paper: bool = False  #: recorded by the lead or the clerk
    decision_reason: str | None = None
    nudges: int = 0
    attached_to: int | None = None  #: the open request this one joined


@dataclass(frozen=True, slots=True)
class Swap:
    """Two sessions that change days: one request for each."""

    first: Request  #: of the host who offers
    second: Request  #: of the host who answers

    def partner(self, one: Request) -> Request:
        return self.second if one.id == self.first.id else self.first
