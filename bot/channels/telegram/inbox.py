"""What Telegram told us, stored before it is acted on: nothing is lost at a kill, nothing done twice."""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import TypeVar

from telegram import Bot, Update

from bot.storage.choices import SqlInbox
from bot.storage.work import Desk

T = TypeVar("T")

KEPT_BY_TELEGRAM = dt.timedelta(hours=24)  #: an update that waited longer is left alone


class TelegramInbox:
    """Each call is one transaction on `executor`."""

    def __init__(self, bot: Bot, desk: Desk, executor: Executor) -> None:
        self._bot = bot
        self._name = f"telegram:{bot.token.partition(':')[0]}"[:32]
        self._desk = desk
        self._store = SqlInbox(desk.engine)
        self._executor = executor

    async def put(self, updates: Sequence[Update]) -> list[Update]:
        """Store these; gives those that were not known yet, in order."""
        stored = {str(update.update_id): update.to_dict() for update in updates}
        now = self._desk.clock.now()
        fresh = await self._do(lambda: self._store.put_all(self._name, stored, now))
        return [update for update in updates if str(update.update_id) in fresh]

    async def done(self, update: Update) -> None:
        await self._do(lambda: self._store.done(self._name, "", str(update.update_id)))

    async def unfinished(self, age: dt.timedelta) -> list[Update]:
        """What was stored at least `age` ago and is not finished, oldest first."""
        now = self._desk.clock.now()
        waiting = await self._do(lambda: self._store.unfinished(self._name))
        stored = [
            Update.de_json(dict(one.update), self._bot)
            for one in waiting
            if age <= now - one.at < KEPT_BY_TELEGRAM
        ]
        return sorted(stored, key=lambda update: update.update_id)

    async def _do(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)
