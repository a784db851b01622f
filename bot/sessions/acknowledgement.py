"""`Đã rõ`: a late change counts as told only when it is acknowledged, or answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """One person told of a late change; the newest change of a session stands for those before it."""

    session_id: int
    cluster_id: int
    person_id: int
    version: int  #: of the session, as the change left it
    before: date  #: the day on which not knowing would do harm: of a moved session the nearer one
    asked_at: datetime
    known_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.known_at is None


def is_late(near: date, today: date, workdays: Workdays, within: int) -> bool:
    """Whether a change made `today` about `near` falls into the last `within` working days before it."""
    return today <= near and workdays.before(near, within) <= today


def silent(asked: Iterable[Acknowledgement]) -> tuple[Acknowledgement, ...]:
    return tuple(one for one in asked if one.open)
