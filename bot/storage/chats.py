"""In which chats people are told, inside a caller's transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, case, delete, insert, select, update

from bot.cluster.people import Person
from bot.cluster.store import ChatLink
from bot.storage import tables as t
from bot.storage.registration import SqlRegistrations

#: Of each of these people the last is where she is told.
_ADDRESSES = (
    select(t.chat_link)
    .join(t.person, t.person.c.id == t.chat_link.c.person_id)
    .outerjoin(t.channel_wish, t.channel_wish.c.person_id == t.chat_link.c.person_id)
    .where(
        t.chat_link.c.person_id.in_(bindparam("ids", expanding=True)),
        t.chat_link.c.blocked_at.is_(None),
        t.person.c.active,
    )
    .order_by(
        case((t.channel_wish.c.channel == t.chat_link.c.channel, 1), else_=0),
        t.chat_link.c.linked_at,
        t.chat_link.c.id,
    )
)


class SqlChats(SqlRegistrations):
    """The part of a `PeopleStore` that knows the way to people; `SqlPeople` is the whole."""

    def links(self, person_ids: Iterable[int]) -> list[ChatLink]:
        query = (
            select(t.chat_link)
            .where(t.chat_link.c.person_id.in_(list(person_ids)))
            .order_by(t.chat_link.c.linked_at.desc(), t.chat_link.c.id.desc())
        )
        return [_link(row) for row in self._db.execute(query)]

    def addresses(self, person_ids: Iterable[int]) -> Mapping[int, ChatLink]:
        found = self._db.execute(_ADDRESSES, {"ids": list(person_ids)})
        return {row.person_id: _link(row) for row in found}

    def choose_channel(self, person_id: int, channel: str) -> None:
        self._db.execute(delete(t.channel_wish).where(t.channel_wish.c.person_id == person_id))
        self._db.execute(insert(t.channel_wish).values(person_id=person_id, channel=channel))

    def link(self, person: Person, channel: str, chat_id: str, now: datetime) -> None:
        left = select(t.person.c.id).where(t.person.c.cluster_id == person.cluster_id, ~t.person.c.active)
        self._db.execute(
            delete(t.chat_link).where(
                t.chat_link.c.channel == channel,
                t.chat_link.c.chat_id == chat_id,
                t.chat_link.c.person_id.in_(left),
            )
        )
        values = {
            "cluster_id": person.cluster_id,
            "person_id": person.id,
            "channel": channel,
            "chat_id": chat_id,
            "linked_at": now,
        }
        self._db.execute(insert(t.chat_link).values(**values))

    def unlink(self, person_id: int, channel: str | None = None) -> None:
        query = delete(t.chat_link).where(t.chat_link.c.person_id == person_id)
        if channel is not None:
            query = query.where(t.chat_link.c.channel == channel)
        self._db.execute(query)

    def move_chat(self, channel: str, old: str, new: str) -> None:
        """A chat lives on under another id."""
        self._db.execute(
            update(t.chat_link)
            .where(t.chat_link.c.channel == channel, t.chat_link.c.chat_id == old)
            .values(chat_id=new)
        )

    def mark_blocked(self, channel: str, chat_id: str, now: datetime) -> None:
        here = (t.chat_link.c.channel == channel, t.chat_link.c.chat_id == chat_id)
        self._db.execute(
            update(t.chat_link).where(*here, t.chat_link.c.blocked_at.is_(None)).values(blocked_at=now)
        )

    def mark_unblocked(self, channel: str, chat_id: str) -> None:
        here = (t.chat_link.c.channel == channel, t.chat_link.c.chat_id == chat_id)
        self._db.execute(update(t.chat_link).where(*here).values(blocked_at=None))


def _link(row: Row[Any]) -> ChatLink:
    return ChatLink(
        person_id=row.person_id,
        cluster_id=row.cluster_id,
        channel=row.channel,
        chat_id=row.chat_id,
        linked_at=row.linked_at,
        blocked_at=row.blocked_at,
    )
