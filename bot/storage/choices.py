"""What a channel without buttons keeps: the choices of a chat, what came in, what a bot has sent.

Each method is one transaction of its own.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.engine import reading, writing
from bot.storage.tables import choice, inbox, quota

KEPT = 12  #: lists of a chat; what stands in the older ones is no longer found by its words


@dataclass(frozen=True, slots=True)
class OpenChoices:
    """A list of a chat.  `certain`: it arrived, so that a number can mean one of its options."""

    options: tuple[tuple[str, str], ...]  #: (label, token)
    certain: bool
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that was stored and not finished."""

    chat_id: str
    message_id: str
    update: Mapping[str, Any]
    at: dt.datetime


class SqlChoices:
    def __init__(self, engine: Engine, channel: str) -> None:
        self._engine = engine
        self._channel = channel

    def open(self, chat_id: str, options: Sequence[tuple[str, str]], expires_at: dt.datetime) -> int:
        values = {
            "channel": self._channel,
            "chat_id": chat_id,
            "options": [list(one) for one in options],
            "expires_at": expires_at,
        }
        with writing(self._engine) as db:
            return int(db.execute(insert(choice).values(values).returning(choice.c.id)).scalar_one())

    def shown(self, slip: int) -> None:
        """It arrived; of the lists before it the oldest are of no more use."""
        with writing(self._engine) as db:
            row = db.execute(update(choice).where(choice.c.id == slip).values(shown=True).returning(choice))
            found = row.one_or_none()
            if found is not None:
                here = self._here(found.chat_id)
                kept = select(choice.c.id).where(*here).order_by(choice.c.id.desc()).limit(KEPT)
                db.execute(delete(choice).where(*here, choice.c.id.notin_(list(db.execute(kept).scalars()))))

    def drop(self, slip: int) -> None:
        with writing(self._engine) as db:
            db.execute(delete(choice).where(choice.c.id == slip))

    def lists(self, chat_id: str, now: dt.datetime) -> list[OpenChoices]:
        """Those of this chat that are open, the newest first; of the others only those that arrived."""
        query = select(choice).where(*self._here(chat_id)).order_by(choice.c.id.desc()).limit(KEPT)
        with reading(self._engine) as db:
            rows = list(db.execute(query))
        if not rows or rows[0].expires_at <= now:
            return []
        counting = [rows[0], *(row for row in rows[1:] if row.shown and row.expires_at > now)]
        return [
            OpenChoices(tuple((label, token) for label, token in row.options), row.shown, row.expires_at)
            for row in counting
        ]

    def _here(self, chat_id: str) -> tuple[ColumnElement[bool], ...]:
        return choice.c.channel == self._channel, choice.c.chat_id == chat_id


class SqlInbox:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        dialect = engine.dialect.name
        self._insert = postgresql.insert if dialect == "postgresql" else sqlite.insert

    def put(
        self, bot: str, chat_id: str, message_id: str, stored: Mapping[str, Any], now: dt.datetime
    ) -> bool:
        """False: this update is known already."""
        values = {"bot": bot, "chat_id": chat_id, "message_id": message_id, "update": dict(stored), "at": now}
        row = self._insert(inbox).values(values).on_conflict_do_nothing().returning(inbox.c.bot)
        with writing(self._engine) as db:
            return db.execute(row).first() is not None

    def put_all(self, bot: str, stored: Mapping[str, Mapping[str, Any]], now: dt.datetime) -> set[str]:
        """For a service whose message ids are unique by themselves; gives those that were not known yet."""
        if not stored:
            return set()
        values = [
            {"bot": bot, "chat_id": "", "message_id": message_id, "update": dict(one), "at": now}
            for message_id, one in stored.items()
        ]
        rows = self._insert(inbox).values(values).on_conflict_do_nothing().returning(inbox.c.message_id)
        with writing(self._engine) as db:
            return set(db.execute(rows).scalars())

    def done(self, bot: str, chat_id: str, message_id: str) -> None:
        """Finished; what was written in it is not kept."""
        here = (inbox.c.bot == bot, inbox.c.chat_id == chat_id, inbox.c.message_id == message_id)
        with writing(self._engine) as db:
            db.execute(update(inbox).where(*here).values(done=True, update={}))

    def unfinished(self, bot: str) -> list[Waiting]:
        """Oldest first; after a stop."""
        query = select(inbox).where(inbox.c.bot == bot, ~inbox.c.done).order_by(inbox.c.at)
        with reading(self._engine) as db:
            return [Waiting(row.chat_id, row.message_id, row.update, row.at) for row in db.execute(query)]


class SqlQuota:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        dialect = engine.dialect.name
        self._insert = postgresql.insert if dialect == "postgresql" else sqlite.insert

    def add(self, bot: str, month: str) -> int:
        """One message more; how many that makes this month."""
        row = (
            self._insert(quota)
            .values(bot=bot, month=month, sent=1)
            .on_conflict_do_update(index_elements=["bot", "month"], set_={"sent": quota.c.sent + 1})
            .returning(quota.c.sent)
        )
        with writing(self._engine) as db:
            return int(db.execute(row).scalar_one())

    def mark_used_up(self, bot: str, month: str) -> None:
        row = (
            self._insert(quota)
            .values(bot=bot, month=month, used_up=True)
            .on_conflict_do_update(index_elements=["bot", "month"], set_={"used_up": True})
        )
        with writing(self._engine) as db:
            db.execute(row)
