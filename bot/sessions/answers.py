"""What an invited person answered, for one day of a session."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reply(StrEnum):
    GOING = "going"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Answer:
    session_id: int
    date_revision: int
    person_id: int
    reply: Reply
    reason: str | None
    substitute: str | None  #: who goes instead, in words
    at: datetime
    substitute_id: int | None = None  #: the same, where she is in the roster: she is invited
