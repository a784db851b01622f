"""What came in is stored before it is acted on: once, and also where the process was killed meanwhile."""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.channels.telegram.inbox import TelegramInbox
from bot.channels.telegram.receiver import TelegramReceiver, Toast
from bot.channels.telegram.transport import open_bot
from bot.chat.incoming import Incoming
from bot.demo.botapi import BotApiServer, ChatService
from bot.settings import Settings
from bot.storage.opening import open_desk
from bot.storage.work import Desk
from tests.channels.telegram.conftest import MAI


class Ear:
    """A receiver over the database, and what it heard; while `deaf` it never comes to an end."""

    def __init__(self, server: BotApiServer, desk: Desk) -> None:
        self.bot = open_bot(server.service.token, server.url)
        self.executor = ThreadPoolExecutor(2)
        self.heard: list[str | None] = []
        self.deaf = False
        self.inbox = TelegramInbox(self.bot, desk, self.executor)
        self.receiver = TelegramReceiver(self.bot, self.inbox, self._handle)

    async def _handle(self, incoming: Incoming, toast: Toast) -> None:
        self.heard.append(incoming.text)
        if self.deaf:
            await asyncio.Event().wait()

    async def polls(self, until: Callable[[], bool]) -> None:
        """As long as a killed process would: what is in hand is cut off."""
        polling = asyncio.create_task(self.receiver.poll())
        async with asyncio.timeout(5):
            while not until():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        polling.cancel()
        for task in tuple(self.receiver._tasks):
            task.cancel()
        await asyncio.gather(polling, *self.receiver._tasks, return_exceptions=True)

    async def close(self) -> None:
        await self.bot.request.shutdown()
        await self.bot._request[0].shutdown()
        self.executor.shutdown()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = open_desk(Settings.model_validate({"database_url": f"sqlite:///{tmp_path / 'x.db'}"}))
    yield desk
    desk.close()


async def test_an_update_that_was_in_hand_at_a_kill_is_handled_after_it(
    server: BotApiServer, service: ChatService, desk: Desk
) -> None:
    before, after = Ear(server, desk), Ear(server, desk)
    before.deaf = True
    for text in ("một", "hai"):
        service.type(MAI, text)
    await before.polls(lambda: bool(before.heard) and not service.updates.pending)
    service.type(MAI, "ba")
    await after.polls(lambda: len(after.heard) == 3)
    assert after.heard == ["một", "hai", "ba"]
    await before.close()
    await after.close()


async def test_an_update_that_is_given_again_is_dropped(
    server: BotApiServer, service: ChatService, desk: Desk, tmp_path: Path
) -> None:
    ear = Ear(server, desk)
    service.type(MAI, "số 0912 345 678")
    updates = await ear.bot.get_updates()
    for _ in range(2):
        await ear.receiver.take(updates)
    await ear.polls(lambda: not service.updates.pending)
    assert len(ear.heard) == 1
    assert await ear.inbox.unfinished(dt.timedelta(0)) == []
    with closing(sqlite3.connect(tmp_path / "x.db")) as database:
        assert database.execute('SELECT "update" FROM inbox').fetchall() == [("{}",)]
    await ear.close()
