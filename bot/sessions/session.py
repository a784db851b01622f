"""A session of the cluster: what will take place, as it stands now."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.plan.reading import AudienceItem, Precision


class SessionState(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Session:
    """`version` grows with every change; `date_revision` only when the day changes (invariant 3)."""

    id: int
    cluster_id: int
    code: str  #: "B1": short, for life
    host_ids: tuple[int, ...]  #: Unit ids
    content: str
    audience_text: str
    audience: tuple[AudienceItem, ...]
    date: dt.date | None
    date_end: dt.date | None
    precision: Precision
    date_text: str
    window: tuple[dt.date, dt.date] | None
    start: dt.time | None = None
    end: dt.time | None = None
    room: str | None = None
    place: str | None = None  #: only where it is not the host school itself
    programme: str | None = None
    state: SessionState = SessionState.PLANNED
    date_revision: int = 1
    version: int = 1
    released_at: dt.datetime | None = (
        None  #: when the authority's invitation was released (this date revision)
    )
    released_by: int | None = None  #: Person id; None with `released_at` set: it went by itself

    @property
    def fixed(self) -> bool:
        """It takes place on a known day: only then is anybody invited (invariant 9)."""
        return (
            self.state is SessionState.PLANNED and self.date is not None and self.precision is Precision.DAY
        )

    def meets(self, other: "Session") -> bool:
        """Whether both take place on one and the same day."""
        return self.fixed and other.fixed and share_a_day(self, other)


class Dated(Protocol):
    """From `date` to `date_end`; None: on that one day, or on a day that nobody knows."""

    @property
    def date(self) -> dt.date | None: ...

    @property
    def date_end(self) -> dt.date | None: ...


def share_a_day(one: Dated, other: Dated) -> bool:
    if one.date is None or other.date is None:
        return False
    return one.date <= (other.date_end or other.date) and other.date <= (one.date_end or one.date)
