"""Dialogs and cards, inside a caller's transaction."""

import datetime as dt
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.flows.work import Card, Dialog
from bot.outbox.port import Address
from bot.storage.tables import card, dialog, fact


class SqlTalks:
    """Implements `bot.flows.work.TalkStore`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert

    def dialog(self, channel: str, chat_id: str, now: dt.datetime) -> Dialog | None:
        row = self._db.execute(
            select(dialog).where(dialog.c.channel == channel, dialog.c.chat_id == chat_id)
        ).one_or_none()
        if row is None or row.expires_at <= now:
            return None
        return Dialog(row.name, row.step, row.data["mark"], row.data["data"], row.expires_at)

    def put_dialog(self, channel: str, chat_id: str, new: Dialog, expires_at: dt.datetime) -> None:
        values = {
            "name": new.name,
            "step": new.step,
            "data": {"mark": new.mark, "data": dict(new.data)},
            "expires_at": expires_at,
        }
        self._db.execute(
            self._insert(dialog)
            .values(channel=channel, chat_id=chat_id, **values)
            .on_conflict_do_update(index_elements=["channel", "chat_id"], set_=values)
        )

    def drop_dialog(self, channel: str, chat_id: str) -> None:
        self._db.execute(delete(dialog).where(dialog.c.channel == channel, dialog.c.chat_id == chat_id))

    def cards(self, session_id: int) -> list[Card]:
        rows = self._db.execute(select(card).where(card.c.session_id == session_id))
        return [
            Card(row.session_id, row.person_id, Address(row.channel, row.chat_id), row.message_id)
            for row in rows
        ]

    def card(self, session_id: int, person_id: int, channel: str) -> Card | None:
        mine = (c for c in self.cards(session_id) if c.person_id == person_id)
        return next((c for c in mine if c.address.channel == channel), None)

    def put_card(self, new: Card) -> None:
        values = {"chat_id": new.address.chat_id, "message_id": new.message_id}
        self._db.execute(
            self._insert(card)
            .values(
                session_id=new.session_id,
                person_id=new.person_id,
                channel=new.address.channel,
                **values,
            )
            .on_conflict_do_update(index_elements=["session_id", "person_id", "channel"], set_=values)
        )

    def fact(self, name: str) -> tuple[Any, dt.datetime] | None:
        row = self._db.execute(select(fact).where(fact.c.name == name)).one_or_none()
        return (row.value, row.at) if row else None

    def put_fact(self, name: str, value: Any, at: dt.datetime) -> None:
        self._db.execute(
            self._insert(fact)
            .values(name=name, value=value, at=at)
            .on_conflict_do_update(index_elements=["name"], set_={"value": value, "at": at})
        )
