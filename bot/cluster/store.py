"""What the program needs of a place where clusters, people and registrations are kept.

Every method runs in the caller's transaction.  `put_*` with `id` 0 adds a row and returns it with its id;
with another id it changes that row.  Nothing here checks rights: flows do, with `rights`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.cluster.handover import Handover
from bot.cluster.people import Cluster, Person, Unit

#: What stands in place of the name of somebody who asked to be erased, where history must stay.
ERASED_NAME = "Người đã xóa thông tin"


@dataclass(frozen=True, slots=True)
class ChatLink:
    """The chat of a person on one channel."""

    person_id: int
    cluster_id: int
    channel: str  #: "telegram", "zalo"
    chat_id: str
    linked_at: datetime
    blocked_at: datetime | None = None  #: since when this chat refuses us


@dataclass(frozen=True, slots=True)
class StoredCode:
    """A one-time registration code, as far as it is stored."""

    id: int
    person_id: int
    code_hash: str = field(repr=False)
    expires_at: datetime
    used_at: datetime | None = None


class JoinState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """Somebody without a registration code asks to be let in under a name and a post."""

    id: int
    cluster_id: int
    unit_id: int
    channel: str
    chat_id: str
    name: str
    role: str  #: an id of data/roles.toml
    qualifier: str | None
    state: JoinState
    asked_at: datetime
    decided_by: int | None = None  #: Person id
    decided_at: datetime | None = None


class ClusterStore(Protocol):
    def clusters(self) -> list[Cluster]: ...

    def cluster(self, cluster_id: int) -> Cluster | None: ...

    def find_cluster(self, name: str) -> Cluster | None:
        """By name, forgiving case, spaces and the word "cụm"."""
        ...

    def cluster_by_join_code(self, join_code: str) -> Cluster | None:
        """By a join code that is already normalised (`codes.normalised`)."""
        ...

    def put_cluster(self, cluster: Cluster) -> Cluster: ...

    def units(self, cluster_id: int) -> list[Unit]:
        """Schools and authority bodies in the order of the plan."""
        ...

    def unit(self, unit_id: int) -> Unit | None: ...

    def put_unit(self, unit: Unit) -> Unit:
        """A new unit goes to the end of the cluster's order."""
        ...


class PersonStore(Protocol):
    def people(self, cluster_id: int, *, left_too: bool = False) -> list[Person]:
        """In roster order; only those who are active unless `left_too` (the erased are never in it)."""
        ...

    def person(self, person_id: int) -> Person | None:
        """Also somebody who left."""
        ...

    def put_person(self, person: Person) -> Person: ...

    def deactivate(self, person_id: int) -> None:
        """Left the roster: no rights, no messages.  The chat link sleeps until the person is active again."""
        ...

    def erase(self, person_id: int) -> None:
        """Remove everything that says who this was: name, phone, posts, note, links, chat ids, codes,
        dialogs, cards, the words of their answers.  The row stays, inactive, for the sessions' history."""
        ...


class LinkStore(Protocol):
    def people_by_chat(self, channel: str, chat_id: str) -> list[Person]:
        """The active people this chat stands for, at most one in each cluster, latest link first."""
        ...

    def person_by_chat(self, channel: str, chat_id: str, cluster_id: int | None = None) -> Person | None:
        """The one of that cluster; without a cluster the one linked last."""
        ...

    def links(self, person_ids: Iterable[int]) -> list[ChatLink]:
        """All links of these people, latest first, also blocked and sleeping ones."""
        ...

    def addresses(self, person_ids: Iterable[int]) -> Mapping[int, ChatLink]:
        """The chat to write to, for each active person who has one that is not blocked."""
        ...

    def choose_channel(self, person_id: int, channel: str) -> None:
        """Notices go there from now on, as long as that chat does not refuse us."""
        ...

    def link(self, person: Person, channel: str, chat_id: str, now: datetime) -> None:
        """Let this chat stand for this person.  Its sleeping link to somebody who left gives way."""
        ...

    def unlink(self, person_id: int, channel: str | None = None) -> None: ...

    def mark_blocked(self, channel: str, chat_id: str, now: datetime) -> None: ...

    def mark_unblocked(self, channel: str, chat_id: str) -> None: ...


class RelayStore(Protocol):
    def relayed(self, cluster_id: int) -> frozenset[int]:
        """Those active people who are told through their school's vice principal (needs, 17)."""
        ...

    def set_relay(self, person_id: int, now: datetime, *, on: bool) -> None: ...


class HandoverStore(Protocol):
    def lock(self, person_ids: Iterable[int]) -> None:
        """Nobody else changes these people until the end of the transaction: what is read now stays true."""
        ...

    def add_handover(self, made: Handover) -> Handover: ...

    def handover(self, handover_id: int) -> Handover | None: ...

    def handovers(self, cluster_id: int, limit: int) -> list[Handover]:
        """Latest first."""
        ...

    def has_left(self, channel: str, chat_id: str) -> bool:
        """Whether this chat sleeps: it stood for somebody who is no longer in the roster."""
        ...


class RegistrationStore(Protocol):
    def replace_codes(self, hashes: Mapping[int, str], expires_at: datetime) -> None:
        """Fresh codes by person id; every earlier unused code of these people is deleted."""
        ...

    def code(self, code_hash: str) -> StoredCode | None: ...

    def use_code(self, code_id: int, now: datetime) -> bool:
        """Mark as used.  False if somebody else was quicker."""
        ...

    def end_codes(self, person_ids: Iterable[int]) -> None:
        """Delete the unused codes of these people."""
        ...

    def add_attempt(self, channel: str, chat_id: str, now: datetime) -> None:
        """Remember a wrong code of this chat."""
        ...

    def attempts_since(self, channel: str, chat_id: str, since: datetime) -> list[datetime]:
        """When this chat gave wrong codes, earliest first."""
        ...

    def forget_attempts(self, before: datetime) -> None: ...

    def add_join_request(self, request: JoinRequest) -> JoinRequest:
        """Add; an open request of the same chat in the same cluster is withdrawn first."""
        ...

    def join_request(self, request_id: int) -> JoinRequest | None: ...

    def open_join_requests(self, cluster_id: int) -> list[JoinRequest]:
        """Oldest first."""
        ...

    def open_join_requests_of(self, channel: str, chat_id: str) -> list[JoinRequest]: ...

    def close_join_request(
        self, request_id: int, state: JoinState, decided_by: int | None, now: datetime
    ) -> bool:
        """False if it is no longer open."""
        ...


class PeopleStore(
    ClusterStore, PersonStore, LinkStore, RelayStore, HandoverStore, RegistrationStore, Protocol
):
    """All of it, for one transaction."""
