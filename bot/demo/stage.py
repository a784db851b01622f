"""The port between the demo's page and the running product.

`bot.app` implements `Stage` (or an object of its shape); the page knows nothing else of the product.
What is said in the chats does not pass here: that is between the bot and the phones (`bot.demo.phones`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field is called date
from datetime import datetime
from typing import Literal, Protocol

SessionState = Literal["planned", "asked", "moved", "cancelled", "over"]


@dataclass(frozen=True, slots=True)
class StagePerson:
    """Somebody of the roster.  The page lists people in the order given, grouped by `unit`."""

    id: int
    name: str
    post: str  #: "Hiệu trưởng", as people write it
    unit: str  #: "MN An Tiến", "Phòng GD&ĐT"
    chat_id: int | None  #: the number of the person's phone; None: not registered
    channel: str = "telegram"  #: "telegram", "zalo"; "" for nobody reachable
    group: bool = False  #: no person: the cluster's group, shown as a phone in it sees it


@dataclass(frozen=True, slots=True)
class StageSession:
    code: str  #: "B1"
    content: str
    host: str  #: "MN Sao Sáng"
    date: Date | None  #: None: the plan names no day
    date_text: str  #: what stands in the plan where `date` is None, e.g. "tuần 2 tháng 11"
    state: SessionState  #: "asked": a request to move is open; "moved": it stands on another day than planned
    deadline: Date | None  #: the last day to invite the authority
    planned_date: Date | None = None  #: the plan's own day, where it was moved


@dataclass(frozen=True, slots=True)
class UpcomingNotice:
    """Notices of one kind about one session that are due at one instant."""

    due: datetime
    label: str  #: "Mời người trong cụm"
    session: str | None  #: its code
    recipients: int


@dataclass(frozen=True, slots=True)
class Happened:
    """One person was told one thing.  Entries with the same `at`, `label` and `session` are shown as one."""

    number: int  #: grows with each entry
    at: datetime
    chat_id: int | None
    name: str
    label: str  #: the kind: "Mời người trong cụm"
    session: str | None
    why: str  #: the rule, a sentence: "Người trong cụm được mời 2 ngày làm việc trước hạn mời."
    offset: str  #: "2 ngày làm việc trước 09/10/2023, 08:00"; "" for what goes at once
    state: Literal["sent", "edited", "unreachable", "failed", "missed"] = "sent"
    group: bool = False  #: in the cluster's group


@dataclass(frozen=True, slots=True)
class DayOff:
    first: Date
    last: Date
    name: str


@dataclass(frozen=True, slots=True)
class Story:
    """Whom the tour follows (chat ids), and on which session.  All of them are registered."""

    session: str
    guest: int  #: is invited, answers, and is told of the move
    host: int  #: head of the host school, asks to move
    authority: int  #: decides


@dataclass(frozen=True, slots=True)
class View:
    """Everything the page shows beside the chats, at one moment."""

    now: datetime
    cluster: str  #: "Cụm An Tiến"
    school_year: str  #: "2023-2024"
    first_day: Date  #: where the timeline begins
    last_day: Date
    people: tuple[StagePerson, ...]
    sessions: tuple[StageSession, ...]
    days_off: tuple[DayOff, ...]
    notices: tuple[UpcomingNotice, ...]  #: still to come, the earliest first
    log: tuple[Happened, ...]  #: the last hundred or so, the newest last
    story: Story | None = None  #: None: this plan has nothing to guide through
    own: bool = False  #: a plan that the visitor brought
    quotas: tuple[str, ...] = ()  #: what of each Zalo bot's free plan is used, a line for each


class Stage(Protocol):
    """The product as the page drives it.  All methods are called in the event loop of the page."""

    def now(self) -> datetime:
        """The demo's clock, aware."""
        ...

    async def view(self) -> View: ...

    async def advance_to(self, instant: datetime) -> None:
        """Turn the clock forward, each thing that falls due on the way happening at its own time.

        Returns when what was due has been sent.  An instant in the past changes nothing.
        """
        ...

    async def load(self, plan_name: str, plan: bytes, roster_name: str, roster: bytes) -> None:
        """Begin anew with the visitor's plan and roster.  Raises BadInputError; then nothing changed.

        The chats are replaced: first everybody is gone, then the new people come.
        """
        ...

    async def restart(self) -> None:
        """Begin anew with the sample plan, as the demo started."""
        ...

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """`listener` is called after each change of the view; the returned function ends that."""
        ...
