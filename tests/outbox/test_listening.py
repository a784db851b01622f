"""What another process queues: sent at once where PostgreSQL can tell us, at the next look where not."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import URL, text

from bot.demo.botapi import BotApiServer, ChatService, Limits
from bot.outbox import wake
from bot.storage.engine import open_engine
from bot.storage.listening import Listener
from tests.outbox.room import Room
from tests.outbox.stage import Stage


@pytest.fixture
def elsewhere(postgres_copy: URL) -> Iterator[Stage]:
    """Another process at the same database."""
    stage = Stage(open_engine(postgres_copy))
    stage.add_cluster(3)
    yield stage
    stage.engine.dispose()


@asynccontextmanager
async def sending(elsewhere: Stage) -> AsyncIterator[Room]:
    """A process that sends; its listener waits long before it connects a second time."""
    stage = Stage(open_engine(elsewhere.engine.url), people=elsewhere.people)
    async with BotApiServer(ChatService(limits=Limits.none())) as server:
        room = Room(stage, server)
        room.open_chats()
        sender = room.sender()
        listener = Listener(stage.engine, sender.poke, reconnect=60)
        running = asyncio.create_task(sender.run())
        listener.start()
        await asyncio.sleep(0.3)
        yield room
        await asyncio.to_thread(listener.stop)
        await sender.stop()
        await running
        await room.close()
    stage.engine.dispose()


async def test_it_is_sent_at_once(elsewhere: Stage) -> None:
    async with sending(elsewhere) as room:
        begun = time.monotonic()
        await asyncio.to_thread(elsewhere.put, elsewhere.notices())
        await room.service.until(lambda: len(room.service.sent()) == 3, within=20)
        assert time.monotonic() - begun < wake.LOOK_EVERY / 3


async def test_without_the_connection_it_is_sent_at_the_next_look(
    elsewhere: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wake, "LOOK_EVERY", 1.0)
    async with sending(elsewhere) as room:
        with elsewhere.engine.begin() as db:
            ears = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
            assert db.execute(text(ears)).scalars().all() == [True]
        await asyncio.to_thread(elsewhere.put, elsewhere.notices())
        await room.service.until(lambda: len(room.service.sent()) == 3, within=20)
