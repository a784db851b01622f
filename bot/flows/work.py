"""One unit of work: everything a use case may touch, bound to one transaction."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.cluster.groups import GroupStore
from bot.cluster.people import Cluster
from bot.cluster.store import PeopleStore
from bot.notices.policy import Policy
from bot.outbox.port import Address, NoticeStore
from bot.outbox.reports import Reports
from bot.papers.store import LinkStore
from bot.sessions.store import SessionStore
from bot.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Dialog:
    """What a chat is in the middle of.  `mark` changes with every dialog, so that old buttons are known."""

    name: str
    step: str
    mark: str
    data: Mapping[str, Any] = field(default_factory=dict)
    until: dt.datetime | None = field(default=None, compare=False)  #: when it expires; None: not kept yet


@dataclass(frozen=True, slots=True)
class Card:
    """The message that shows a session to a person."""

    session_id: int
    person_id: int
    address: Address
    message_id: str


class TalkStore(Protocol):
    def dialog(self, channel: str, chat_id: str, now: dt.datetime) -> Dialog | None:
        """The open dialog, unless it has expired."""
        ...

    def put_dialog(self, channel: str, chat_id: str, dialog: Dialog, expires_at: dt.datetime) -> None: ...

    def drop_dialog(self, channel: str, chat_id: str) -> None: ...

    def cards(self, session_id: int) -> list[Card]: ...

    def card(self, session_id: int, person_id: int, channel: str) -> Card | None: ...

    def put_card(self, card: Card) -> None: ...

    def fact(self, name: str) -> tuple[Any, dt.datetime] | None:
        """A small fact of the running program, and when it was noted."""
        ...

    def put_fact(self, name: str, value: Any, at: dt.datetime) -> None: ...


class Upkeep(Protocol):
    """What is done to the database once a day."""

    def archive(self, after: int, limit: int, before: dt.datetime, before_day: dt.date) -> int | None:
        """Of the next `limit` notices with an id above `after`, put those into the archive that ended
        before `before` and are about no session, or one whose last day was before `before_day`.

        Returns the last id looked at; None: there are no more.
        """
        ...

    def tidy(self, now: dt.datetime) -> None:
        """Drop what has expired: dialogs, choices, codes and wrong codes, repeats of updates."""
        ...


@dataclass(frozen=True, slots=True)
class Office:
    """What is the same for every unit of work: the rules and the calendar of this installation."""

    policy: Policy
    workdays: Workdays
    tz: ZoneInfo
    public_url: str | None = None  #: under which private links are reached from outside

    def today(self, now: dt.datetime) -> dt.date:
        return now.astimezone(self.tz).date()


@dataclass(frozen=True, slots=True)
class Work:
    now: dt.datetime
    office: Office
    people: PeopleStore
    groups: GroupStore
    sessions: SessionStore
    notices: NoticeStore
    reports: Reports
    talks: TalkStore
    upkeep: Upkeep
    links: LinkStore

    @property
    def today(self) -> dt.date:
        return self.office.today(self.now)

    def workdays(self, cluster_id: int) -> Workdays:
        """The calendar with the days off that this cluster has learnt of later."""
        own = {d.date: d.title for d in self.sessions.fixed_dates(cluster_id) if d.kind == "day_off"}
        return Workdays.load(extra_off=own) if own else self.office.workdays

    def deadline(self, cluster: Cluster, day: dt.date) -> dt.date:
        """D: the plan's invitation deadline for a session on `day`."""
        workdays = self.workdays(cluster.id)
        return workdays.deadline(day, cluster.invite_days, working=cluster.invite_counts_working_days)
