"""What Zalo told us, stored before it is acted on: reading it has consumed it."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any, TypeVar

from bot.channels.zalo.books import patiently
from bot.channels.zalo.updates import Update, read_update
from bot.notices.dates import full_day
from bot.storage.choices import SqlInbox
from bot.storage.work import Desk

T = TypeVar("T")

TOO_LATE = dt.timedelta(hours=24)  #: as long as Telegram keeps an update; older ones are not acted on
ONE_WORD = dt.timedelta(minutes=10)  #: several old messages of a chat are answered once

_LATE = "Tin gửi lúc {hour}, {day} tới bot quá muộn nên chưa được xử lý. Nếu còn cần, đề nghị nhắn lại."


class ZaloInbox:
    """Implements `Inbox`.  Each call is one transaction on `executor`."""

    def __init__(self, desk: Desk, executor: Executor) -> None:
        self._desk = desk
        self._store = SqlInbox(desk.engine)
        self._executor = executor

    async def put(self, key: str, update: Update, event: Mapping[str, Any]) -> bool:
        now = self._desk.clock.now()
        chat = f"{key}:{update.chat}"
        return await self._do(lambda: self._store.put(key, chat, update.message_id, event, now))

    async def done(self, key: str, update: Update) -> None:
        chat = f"{key}:{update.chat}"
        await patiently(self._executor, lambda: self._store.done(key, chat, update.message_id))

    async def unfinished(self, key: str, age: dt.timedelta) -> list[Update]:
        now = self._desk.clock.now()
        waiting = await self._do(lambda: self._store.unfinished(key))
        stored = [(read_update(dict(one.update)), one.at) for one in waiting if now - one.at >= age]
        return [replace(update, at=update.at or at) for update, at in stored if update is not None]

    def _do(self, work: Callable[[], T]) -> Awaitable[T]:
        return asyncio.get_running_loop().run_in_executor(self._executor, work)


class Lateness:
    """Whether somebody's message came too late to be acted on, and what she is told."""

    def __init__(self, tz: dt.tzinfo) -> None:
        self._tz = tz
        self._told: dict[str, dt.datetime] = {}

    def is_late(self, update: Update, now: dt.datetime) -> bool:
        return update.at is not None and now - update.at >= TOO_LATE

    def word(self, chat_id: str, update: Update, now: dt.datetime) -> str | None:
        """The sentence for this chat; None where it was just told."""
        self._told = {chat: at for chat, at in self._told.items() if now - at < ONE_WORD}
        if chat_id in self._told or update.at is None:
            return None
        self._told[chat_id] = now
        at = update.at.astimezone(self._tz)
        return _LATE.format(hour=f"{at.hour}h{at.minute:02}", day=full_day(at.date()))
