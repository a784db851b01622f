"""Where private links are kept: only what a token hashes to, never the token."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.message import Document


class LinkKind(StrEnum):
    FILE = "file"  #: one file as it was
    FEED = "feed"  #: a calendar as it is now


@dataclass(frozen=True, slots=True)
class Link:
    kind: LinkKind
    cluster_id: int
    person_id: int
    made_at: dt.datetime
    expires_at: dt.datetime | None = None  #: None: until it is revoked
    document: Document | None = None  #: of a file


class LinkStore(Protocol):
    def put(self, token_hash: str, link: Link) -> None: ...

    def opened(self, token_hash: str, kind: LinkKind, now: dt.datetime) -> Link | None:
        """None: there is no such link, or it has expired."""
        ...

    def of_person(self, person_id: int, kind: LinkKind) -> Link | None:
        """The newest one, without its document."""
        ...

    def revoke(self, person_id: int, kind: LinkKind | None = None, *, but_newest: int = 0) -> None:
        """End a person's links (of one kind), all or all but the newest."""
        ...

    def tidy(self, now: dt.datetime) -> None:
        """Remove what has expired."""
        ...
