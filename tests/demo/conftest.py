"""One chat service with three people, served over HTTP, and python-telegram-bot talking to it.

For the tests of the page one browser, and for each file of them one server; each test begins with a fresh
story.
"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.demo.botapi import BotApiServer, ChatService, Limits
from tests.demo.fake_stage import FakeStage
from tests.demo.page_server import browser, page_served
from tests.demo.visiting import Visit

HOA, LAN, STRANGER = 101, 102, 103


def make_service(limits: Limits | None = None, **options: object) -> ChatService:
    service = ChatService(limits=limits or Limits.none(), **options)  # type: ignore[arg-type]
    service.add_user(HOA, "Nguyễn Thị Hoa", started=True)
    service.add_user(LAN, "Trần Thị Lan", started=True)
    service.add_user(STRANGER, "Người lạ")
    return service


def make_bot(server: BotApiServer, token: str | None = None) -> Bot:
    return Bot(
        token or server.service.token,
        base_url=server.base_url,
        base_file_url=server.file_url,
        request=HTTPXRequest(connection_pool_size=8, read_timeout=10),
        get_updates_request=HTTPXRequest(connection_pool_size=4, read_timeout=10),
    )


@pytest.fixture(autouse=True)
def _new_ptb_types(monkeypatch: pytest.MonkeyPatch) -> None:
    """RetryAfter warns of its change of type unless one opts in."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def service() -> ChatService:
    return make_service()


@pytest.fixture
async def server(service: ChatService) -> AsyncIterator[BotApiServer]:
    async with BotApiServer(service) as running:
        yield running


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Bot]:
    async with make_bot(server) as ready:
        yield ready


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """For every test of the page.  Skips where no browser is installed."""
    async with browser() as launched:
        yield launched


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def served() -> AsyncIterator[tuple[FakeStage, str]]:
    async with page_served() as (stage, url):
        yield stage, url


@pytest_asyncio.fixture(loop_scope="session")
async def stage(served: tuple[FakeStage, str]) -> FakeStage:
    await served[0].restart()
    return served[0]


@pytest_asyncio.fixture(loop_scope="session")
async def visit(stage: FakeStage, served: tuple[FakeStage, str], chromium: Browser) -> AsyncIterator[Visit]:
    visiting = Visit(served[1], chromium)
    yield visiting
    await visiting.leave()
    assert visiting.complaints == []
