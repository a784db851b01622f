"""A channel that talks to a Zalo stand-in over real HTTP, with a database for what it writes down."""

from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.channels.zalo.books import Choices, Months
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.line import Line
from bot.channels.zalo.sender import ZaloChannel
from bot.clock import TurnableClock
from bot.demo.zaloapi import ZaloBot, ZaloServer, ZaloService
from bot.flows.work import Office
from bot.notices.policy import Policy
from bot.notices.timeline import VIETNAM
from bot.outbox.gate import Gate
from bot.outbox.pacing import Pacing
from bot.storage.choices import SqlQuota
from bot.storage.engine import open_engine
from bot.storage.migrate import upgrade
from bot.storage.work import Desk
from bot.workdays import Workdays
from tests.channels.zalo.people import MAI, NOON, TOKEN


@pytest.fixture
async def server() -> AsyncIterator[ZaloServer]:
    service = ZaloService()
    bot = service.add_bot(TOKEN)
    service.write(bot, MAI, "chào")
    bot.updates.clear()
    async with ZaloServer(service) as server:
        yield server


@pytest.fixture
def service(server: ZaloServer) -> ZaloService:
    return server.service


@pytest.fixture
def bot(service: ZaloService) -> ZaloBot:
    return service.bots[TOKEN]


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock(NOON)


@pytest.fixture
def desk(tmp_path: Path, clock: TurnableClock) -> Iterator[Desk]:
    url = f"sqlite:///{tmp_path / 'zalo.db'}"
    upgrade(url)
    desk = Desk(open_engine(url), Office(Policy.load(), Workdays.load(), VIETNAM), clock)
    yield desk
    desk.close()


@pytest.fixture
def executor() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.fixture
def choices(desk: Desk, executor: ThreadPoolExecutor) -> Choices:
    return Choices(desk, "zalo", executor)


@pytest.fixture
async def line(server: ZaloServer) -> AsyncIterator[Line]:
    client = ZaloClient(TOKEN, server.url, read_seconds=0.5)
    yield Line(client, Gate(Pacing(0)))
    await client.close()


@pytest.fixture
def channel(line: Line, choices: Choices, desk: Desk, executor: ThreadPoolExecutor) -> ZaloChannel:
    months = Months(SqlQuota(desk.engine), desk.clock, VIETNAM, executor)
    return ZaloChannel({line.key: line}, choices, months)
