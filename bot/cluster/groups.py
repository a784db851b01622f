"""A cluster's group in a chat service: who let the bot in, which cluster it is of, what is pinned there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.cluster.people import Person


class GroupState(StrEnum):
    ASKED = "asked"  #: the lead is asked whether it is to be the cluster's group
    LINKED = "linked"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class GroupChat:
    """A group in which the bot is, or was.

    A linked group has a seat: a row like a person's, to which notices can be addressed.  The seat is nobody:
    it is in no roster and has no rights, and no chat stands for it.
    """

    id: int
    channel: str
    chat_id: str
    title: str
    state: GroupState
    asked: str  #: the private chat, on the same channel, of whoever let the bot in; she alone may answer
    cluster_id: int | None = None  #: None while it is asked
    seat_id: int | None = None  #: Person id
    linked_by: int | None = None  #: Person id
    linked_at: datetime | None = None
    pinned_id: str | None = None  #: the message that shows the next session
    may_pin: bool | None = None  #: whether the last pinning worked; None: not tried yet
    shown: str | None = None  #: what that message shows, or will once the queue has come to it
    turn: int = 0  #: how often that changed

    @property
    def linked(self) -> bool:
        return self.state is GroupState.LINKED


def seat_of(group: GroupChat) -> Person:
    """The recipient of what is said in a linked group.  Raises ValueError for another."""
    if group.seat_id is None or group.cluster_id is None:
        raise ValueError("a group that is not linked has no seat")
    return Person(group.seat_id, group.cluster_id, 0, group.title, ())


class GroupStore(Protocol):
    """Every method runs in the caller's transaction."""

    def get(self, group_id: int) -> GroupChat | None: ...

    def of_chat(self, channel: str, chat_id: str) -> GroupChat | None:
        """The linked one of this chat, else the one that is asked about."""
        ...

    def linked(self, cluster_id: int) -> list[GroupChat]:
        """The cluster's groups, at most one on each channel."""
        ...

    def titles(self, cluster_id: int) -> dict[int, str]:
        """The groups that were ever linked, by their seats: for the record of what was sent."""
        ...

    def ask(self, channel: str, chat_id: str, title: str, asked: str) -> GroupChat:
        """A question of which cluster this is the group; an earlier one about the same chat is over."""
        ...

    def link(self, group_id: int, cluster_id: int, by: Person, now: datetime) -> GroupChat | None:
        """With a seat of its own.  None where the question is over."""
        ...

    def end(self, group_id: int, now: datetime) -> bool:
        """Nothing goes there any more.  False where it was over already."""
        ...

    def rename(self, group_id: int, title: str) -> None: ...

    def move(self, channel: str, old: str, new: str) -> GroupChat | None:
        """The chat lives on under another id, in which nothing is pinned.  The group that moved."""
        ...

    def show(self, group_id: int, what: str | None) -> int:
        """Note what the pinned message is to show; its turn."""
        ...

    def note_pin(self, channel: str, chat_id: str, *, may_pin: bool) -> None: ...

    def is_being_pinned(self, seat_id: int, but: frozenset[int]) -> bool:
        """Whether a notice about the pinned message, other than `but` (row ids), is on its way."""
        ...
