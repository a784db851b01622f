"""Whom a school's head named for one part of a session's audience phrase.  It stands when the day moves."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Nomination:
    session_id: int
    cluster_id: int
    unit_id: int
    part: str  #: `bot.cluster.delegation.part_of` the item
    person_ids: tuple[int, ...]  #: empty: the school sends nobody
    named_by: int | None  #: Person id
    at: datetime
