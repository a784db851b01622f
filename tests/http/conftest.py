"""A whole bot that listens, over a Bot API server of ours."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest
from sqlalchemy import URL

from bot.app import Service
from bot.clock import Clock, TurnableClock
from bot.demo.botapi import BotApiServer, ChatService, Limits
from bot.outbox.pacing import Pacing
from bot.settings import Settings
from bot.storage.opening import open_desk
from bot.storage.work import Desk
from tests.databases import postgres_copy, postgres_kept, postgres_template, sqlite_template, sqlite_url
from tests.http.sample import NOON, fill, person
from tests.postgres import postgres

__all__ = ["postgres", "postgres_copy", "postgres_kept", "postgres_template", "sqlite_template", "sqlite_url"]

MAI = 1001


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Listening:
    """A running bot and what it says on its port."""

    service: Service
    desk: Desk
    settings: Settings
    web: httpx.AsyncClient

    async def answers(self, path: str = "/healthz") -> None:
        """Wait until the port is open."""
        async with asyncio.timeout(10):
            while True:
                with contextlib.suppress(httpx.ConnectError):
                    await self.web.get(path)
                    return
                await asyncio.sleep(0.02)

    async def figure(self, line: str) -> float:
        """One line of /metrics."""
        text = (await self.web.get("/metrics")).text
        found = [float(one.split(" ")[-1]) for one in text.splitlines() if one.startswith(line + " ")]
        assert len(found) == 1, text
        return found[0]


@asynccontextmanager
async def listening(settings: dict[str, object], clock: Clock | None = None) -> AsyncIterator[Listening]:
    """`settings` without HTTP_PORT get a free one."""
    read = Settings.model_validate({"http_port": free_port()} | settings)
    desk = open_desk(read, clock)
    service = Service(read, desk, Pacing(0, chat_gap=0), listens=True)
    running = asyncio.create_task(service.run())
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{read.http_port}", trust_env=False) as web:
        try:
            yield Listening(service, desk, read, web)
        finally:
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running
            desk.close()


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    chats = ChatService(limits=Limits.none())
    chats.add_user(MAI, "Mai", started=True)
    async with BotApiServer(chats) as server:
        yield server


def of_telegram(server: BotApiServer, database: object) -> dict[str, object]:
    return {
        "telegram_bot_token": server.service.token,
        "telegram_api_url": server.url,
        "database_url": str(database),
    }


async def until(true: Callable[[], bool], within: float = 10.0) -> None:
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock(NOON)


@pytest.fixture
async def bot(server: BotApiServer, sqlite_url: URL, clock: TurnableClock) -> AsyncIterator[Listening]:
    """With the sample cluster; its head of Bát Trang is on Telegram."""
    port = free_port()
    asked = {"http_port": port, "public_url": f"http://127.0.0.1:{port}"}
    async with listening(of_telegram(server, sqlite_url) | asked, clock) as bot:
        bot.desk.run(fill)
        bot.desk.run(lambda work: work.people.link(person(work), "telegram", str(MAI), work.now))
        await bot.answers()
        yield bot
