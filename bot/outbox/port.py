"""The seams of the outbox: the durable queue below it, the composer beside it, the channels above it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from bot.errors import NhacLichError
from bot.message import Message
from bot.notices.notice import Kind, Notice


class State(StrEnum):
    """Where a stored notice stands."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"  #: timed out: perhaps delivered, and its kind says not to repeat
    FAILED = "failed"
    UNREACHABLE = "unreachable"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Address:
    channel: str  #: "telegram", "zalo"
    chat_id: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that this process may send until its lease runs out.  `attempt` fences the acknowledgement."""

    id: int
    attempt: int
    kind: Kind
    cluster_id: int
    session_id: int | None
    date_revision: int
    recipient_id: int
    occurrence: str
    due: datetime
    useful_until: datetime
    payload: Mapping[str, Any]
    tries: int = 0  #: how often it was really handed to a channel before; `attempt` also counts mere claims


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message for one chat, made of one or several claimed rows: of one person, of her in several
    clusters, of those to whom she passes on."""

    rows: tuple[Claimed, ...]
    address: Address
    message: Message
    edit: str | None = None  #: the message to redraw in place; None: a new message
    card_session_id: int | None = None  #: remember the sent message as this session's card of the person
    card_person_id: int | None = None  #: whose card it is; None: of everybody to whom the rows are addressed


@dataclass(frozen=True, slots=True)
class Dropped:
    """Rows that are not sent: cancelled (no longer needed), unreachable (no chat) or missed (too late)."""

    rows: tuple[Claimed, ...]
    state: State
    reason: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """Rows that fall into quiet time now; they go back to the queue, due at `until`."""

    rows: tuple[Claimed, ...]
    until: datetime


Composed = Parcel | Dropped | Postponed
#: Runs inside one read transaction on the storage's thread; every claimed row is in exactly one result.
Composer = Callable[[Sequence[Claimed], datetime], Sequence[Composed]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one claimed row; ignored by the queue if `attempt` is no longer the row's own."""

    row: Claimed
    state: State  #: PENDING means: try again at `retry_at`
    retry_at: datetime | None = None
    address: Address | None = None  #: where it was tried; None: it was handed to no channel
    message_id: str | None = None
    card_session_id: int | None = None
    error: str | None = None


class Queue(Protocol):
    """The durable queue.  Every method is synchronous and one transaction; call it off the event loop.

    Rows that this object has claimed stay its own until they are recorded, whatever the wall clock does.
    """

    def claim(self, now: datetime, limit: int, lease: timedelta) -> list[Claimed]:
        """Due rows, oldest first, fair between clusters, marked `sending` until now + lease; with each row
        every other due row of the same person.  Rows whose lease ran out are due again, or uncertain where
        their kind must not repeat; due rows that are no longer useful become missed."""
        ...

    def compose(self, rows: Sequence[Claimed], now: datetime) -> list[Composed]:
        """What to do with each row.  Rows that cannot be composed come back in no result."""
        ...

    def begin(self, rows: Sequence[Claimed], now: datetime) -> None:
        """Note that these rows are handed to a channel now.  Needed only for kinds that must not repeat:
        after a crash they are uncertain if they were begun, and simply due again if they were not.
        Raises LookupError, none begun, where another process has claimed one of them since."""
        ...

    def record(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Acknowledge; all or nothing, and safe to repeat."""
        ...

    def take_over(self, now: datetime) -> None:
        """Free what other processes hold, whatever their leases say: this process leads now."""
        ...

    def next_due(self) -> datetime | None:
        """The earliest instant at which `claim` would find something, or None."""
        ...


class Lead(Protocol):
    """Of several processes on one database, one sends.  The lead expires unless it is renewed."""

    span: float  #: seconds without a renewal after which another process may take over

    @property
    def held(self) -> bool:
        """Whether this process surely still leads; cheap, asked before every message."""
        ...

    def hold(self, now: datetime) -> bool:
        """Take or renew it.  Synchronous, one transaction."""
        ...

    def release(self) -> None: ...


class Bell(Protocol):
    """Rings at once when another process has queued something; the queue is looked at without it too."""

    def start(self) -> None: ...

    def stop(self) -> None:
        """Return when it rings no more."""
        ...


class Channel(Protocol):
    """What the sender needs of a chat service.

    A person who pressed or asked is answered with `answer=True`: such a message waits for its own place
    before all bulk, and is tried again for a moment where the service asks to wait (invariant 5).
    Bulk takes `turn` first and is then sent at once; what comes back is for the queue to decide.
    """

    name: str

    async def turn(self, address: Address) -> None:
        """Wait for the place of one bulk message to this chat, which is then used up.  Raises
        `bot.outbox.gate.ClosedError` once it is known that this takes too long."""
        ...

    def blocked_for(self, address: Address) -> float:
        """Seconds for which no bulk goes to this chat, since the service refused or fails; 0 as a rule."""
        ...

    async def send(self, address: Address, message: Message, *, answer: bool = False) -> str:
        """Send, and return the service's message id.  Raises SendError or one of its kinds."""
        ...

    async def edit(self, address: Address, message_id: str, message: Message, *, answer: bool = False) -> str:
        """Redraw in place; where that cannot be done, send anew.  Returns the id of the message now shown."""
        ...


class SendError(NhacLichError):
    """The service refused this message for good (bad request): repeating it is of no use."""


class RecipientGoneError(SendError):
    """Blocked, never opened, deactivated: stop writing to this chat and tell somebody who can phone."""


class RetryLaterError(SendError):
    """Not now: the service asks to wait (429), or failed in a way that surely did nothing (5xx)."""

    def __init__(self, message: str, *, after: float | None = None, detail: str = "") -> None:
        super().__init__(message, detail=detail)
        self.after = after  #: seconds the service asks to wait, where it said so


class UncertainError(SendError):
    """No answer came: the message may or may not have been delivered."""


class ChatMovedError(SendError):
    """The chat lives on under another id (a group became a supergroup): send there from now on."""

    def __init__(self, message: str, *, new_chat_id: str, detail: str = "") -> None:
        super().__init__(message, detail=detail)
        self.new_chat_id = new_chat_id


class OtherAddressError(SendError):
    """It cannot go there, but the person has another address, on another channel."""

    def __init__(self, address: Address, cause: SendError) -> None:
        super().__init__(str(cause), detail=cause.detail)
        self.address = address
        self.cause = cause


class NoticeStore(Protocol):
    """What flows do to the queue, inside their own transaction."""

    def put(self, notices: Sequence[Notice]) -> None:
        """Queue; a notice whose dedup_key exists is left as it is."""
        ...

    def replan(
        self, session_id: int, kinds: Sequence[Kind], notices: Sequence[Notice], now: datetime
    ) -> None:
        """Make the unsent rows of these kinds equal `notices`: add, move, cancel; sent ones never change.

        A cancelled row that is wanted again is pending again.  A row that is being sent at this moment
        is left alone: the composer looks at today's facts anyway.
        """
        ...

    def withdraw(self, person_id: int, kinds: Collection[Kind], now: datetime) -> None:
        """Cancel what of these kinds is still to be said to the person."""
        ...

    def revive(self, person_id: int, now: datetime) -> None:
        """The person can be reached now: what found no chat and is still useful is pending again."""
        ...
