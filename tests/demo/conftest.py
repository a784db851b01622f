"""One chat service with three people, served over HTTP, and python-telegram-bot talking to it."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.demo.botapi import BotApiServer, ChatService, Limits

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
