"""What the rooms above ask the outbox: who was told, who was not reached."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.notices.notice import Kind
from bot.outbox.port import State


@dataclass(frozen=True, slots=True)
class Sent:
    """One finished row of the queue, for the delivery record."""

    id: int  #: of its table: a row in the archive has another one than it had
    cluster_id: int
    kind: Kind
    session_id: int | None
    recipient_id: int
    occurrence: str
    state: State
    due: dt.datetime
    finished_at: dt.datetime | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Upcoming:
    """Notices of one kind about one session that are due together."""

    due: dt.datetime
    kind: Kind
    session_id: int | None
    recipients: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """What the whole queue has to do at one instant."""

    due: int  #: rows that are due and not claimed
    in_hand: int  #: rows that a process is sending
    oldest_due: dt.datetime | None  #: since when the oldest of them is due


@dataclass(frozen=True, slots=True)
class Used:
    """What of a bot's monthly quota is used."""

    sent: int
    used_up: bool  #: the service said so


class Reports(Protocol):
    """Where people are counted or named, the seats of groups are none of them."""

    def told(self, session_id: int, date_revision: int | None = None) -> Mapping[int, frozenset[Kind]]:
        """Who was sent something about this session (of one revision, or ever), and which kinds.

        Who only covers for somebody that goes was told of that, not of the session.
        """
        ...

    def said(self, session_id: int, kind: Kind) -> frozenset[tuple[int, str]]:
        """(recipient, occurrence) of every notice of this kind that was sent, on whatever day."""
        ...

    def times(self, session_id: int, date_revision: int, kind: Kind) -> Mapping[int, int]:
        """How often each recipient has been told this kind."""
        ...

    def last_told(self, channel: str, chat_id: str) -> dt.datetime | None:
        """When the last notice came into this chat; a card that was drawn anew is none."""
        ...

    def queued(self, session_id: int, date_revision: int, kind: Kind) -> frozenset[int]:
        """Who is still to be sent a notice of this kind."""
        ...

    def due_of(self, session_id: int, date_revision: int, kind: Kind) -> dt.datetime | None:
        """The earliest instant at which an unsent notice of this kind is due."""
        ...

    def unreached(self, session_id: int, date_revision: int, kinds: Collection[Kind]) -> frozenset[int]:
        """People for whom a notice of these kinds failed or found no chat, and who got none of them."""
        ...

    def next_due(self, cluster_id: int) -> dt.datetime | None: ...

    def upcoming(self, cluster_id: int) -> list[Upcoming]:
        """What waits in the queue, earliest first."""
        ...

    def finished(self, cluster_id: int, limit: int) -> list[Sent]:
        """The last rows that ended, oldest of them first."""
        ...

    def backlog(self, now: dt.datetime) -> Backlog:
        """Of all clusters; over the queue's own indexes, so that it costs little with a million rows."""
        ...

    def states(self) -> Mapping[State, int]:
        """All rows of all clusters: reads the whole table."""
        ...

    def counts(self, cluster_id: int) -> Mapping[State, int]: ...

    def used(self, bot: str, month: str) -> Used:
        """Of a bot with a monthly quota; `month` as "2023-11"."""
        ...
