"""Who is named for one part of a session's audience phrase: by a school's head, or by the cluster's lead
where the part counts people of all schools.  It stands when the day moves."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Nomination:
    session_id: int
    cluster_id: int
    unit_id: int | None  #: the school that says so; None: the cluster
    part: str  #: `bot.cluster.delegation.part_of` the item
    person_ids: tuple[int, ...]  #: empty: nobody is sent
    named_by: int | None  #: Person id
    at: datetime
