"""Groups in the database (`bot.cluster.groups`)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, delete, insert, select, update

from bot.cluster.groups import GroupChat, GroupState
from bot.cluster.people import Person
from bot.notices.notice import Kind
from bot.outbox.port import State
from bot.storage import frequent
from bot.storage.tables import chat_link, group_chat, notice, person

_OPEN = (GroupState.ASKED.value, GroupState.LINKED.value)


class SqlGroups:
    """A `GroupStore` on one connection; the caller opens and ends the transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def get(self, group_id: int) -> GroupChat | None:
        return self._first(group_chat.c.id == group_id)

    def of_chat(self, channel: str, chat_id: str) -> GroupChat | None:
        here = (group_chat.c.channel == channel, group_chat.c.chat_id == chat_id)
        return self._first(*here, group_chat.c.state.in_(_OPEN))

    def linked(self, cluster_id: int) -> list[GroupChat]:
        return [_group(row) for row in frequent.LINKED_GROUPS.rows(self._db, cluster_id)]

    def titles(self, cluster_id: int) -> dict[int, str]:
        groups = self._all(group_chat.c.cluster_id == cluster_id)
        return {group.seat_id: group.title for group in groups if group.seat_id is not None}

    def ask(self, channel: str, chat_id: str, title: str, asked: str) -> GroupChat:
        self._end_questions(channel, chat_id)
        values = {"channel": channel, "chat_id": chat_id, "title": title[:200], "asked": asked}
        new = insert(group_chat).values(**values, state=GroupState.ASKED.value).returning(group_chat)
        return _group(self._db.execute(new).one())

    def link(self, group_id: int, cluster_id: int, by: Person, now: datetime) -> GroupChat | None:
        asked = (group_chat.c.id == group_id, group_chat.c.state == GroupState.ASKED.value)
        group = self._first(*asked)
        if group is None:
            return None
        seat = {"cluster_id": cluster_id, "unit_id": by.unit_id, "name": group.title, "posts": []}
        seat_id = self._db.execute(insert(person).values(**seat).returning(person.c.id)).scalar_one()
        link = {"cluster_id": cluster_id, "channel": group.channel, "chat_id": group.chat_id}
        self._db.execute(insert(chat_link).values(**link, person_id=seat_id, linked_at=now))
        values = {"state": GroupState.LINKED.value, "cluster_id": cluster_id, "seat_id": seat_id}
        self._db.execute(update(group_chat).where(*asked).values(**values, linked_by=by.id, linked_at=now))
        return self.get(group_id)

    def end(self, group_id: int, now: datetime) -> bool:
        open_one = (group_chat.c.id == group_id, group_chat.c.state.in_(_OPEN))
        values = {"state": GroupState.ENDED.value, "ended_at": now, "asked": ""}
        if self._db.execute(update(group_chat).where(*open_one).values(**values)).rowcount != 1:
            return False
        group = self.get(group_id)
        if group is not None and group.seat_id is not None:
            self._db.execute(update(person).where(person.c.id == group.seat_id).values(active=False))
            self._db.execute(delete(chat_link).where(chat_link.c.person_id == group.seat_id))
        return True

    def rename(self, group_id: int, title: str) -> None:
        self._db.execute(update(group_chat).where(group_chat.c.id == group_id).values(title=title[:200]))

    def move(self, channel: str, old: str, new: str) -> GroupChat | None:
        group = self.of_chat(channel, old)
        if group is None:
            return None
        self._end_questions(channel, new)
        for table in (chat_link, group_chat):
            here = (table.c.channel == channel, table.c.chat_id == old)
            self._db.execute(update(table).where(*here).values(chat_id=new))
        moved = {"pinned_id": None, "may_pin": None, "shown": None}
        self._db.execute(update(group_chat).where(group_chat.c.id == group.id).values(**moved))
        return self.get(group.id)

    def show(self, group_id: int, what: str | None) -> int:
        shown = update(group_chat).where(group_chat.c.id == group_id)
        values = {"shown": what, "turn": group_chat.c.turn + 1}
        return int(self._db.execute(shown.values(**values).returning(group_chat.c.turn)).scalar_one())

    def note_pin(self, channel: str, chat_id: str, *, may_pin: bool) -> None:
        here = (group_chat.c.channel == channel, group_chat.c.chat_id == chat_id)
        linked = group_chat.c.state == GroupState.LINKED.value
        self._db.execute(update(group_chat).where(*here, linked).values(may_pin=may_pin))

    def is_being_pinned(self, seat_id: int, but: frozenset[int]) -> bool:
        others = select(notice.c.id).where(
            notice.c.recipient_id == seat_id,
            notice.c.kind == Kind.PIN.value,
            notice.c.state == State.SENDING.value,
        )
        return bool(set(self._db.execute(others).scalars()) - but)

    def _end_questions(self, channel: str, chat_id: str) -> None:
        """What was asked about this chat has another answer now."""
        self._db.execute(
            update(group_chat)
            .where(
                group_chat.c.channel == channel,
                group_chat.c.chat_id == chat_id,
                group_chat.c.state == GroupState.ASKED.value,
            )
            .values(state=GroupState.ENDED.value, asked="")
        )

    def _first(self, *where: ColumnElement[bool]) -> GroupChat | None:
        return next(iter(self._all(*where)), None)

    def _all(self, *where: ColumnElement[bool]) -> list[GroupChat]:
        linked_first = case((group_chat.c.state == GroupState.LINKED.value, 0), else_=1)
        query = select(group_chat).where(*where).order_by(linked_first, group_chat.c.id.desc())
        return [_group(row) for row in self._db.execute(query)]


def _group(row: Row[Any]) -> GroupChat:
    values = {name: getattr(row, name) for name in GroupChat.__dataclass_fields__}
    return GroupChat(**values | {"state": GroupState(row.state)})
