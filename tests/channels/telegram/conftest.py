"""A channel that talks to a Bot API server of ours over real HTTP."""

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.sender import TelegramChannel
from bot.channels.telegram.transport import AiohttpRequest, open_bot
from bot.demo.botapi import BotApiServer, ChatService, Limits
from bot.demo.botapi.groups import Groups
from bot.outbox.gate import Gate
from bot.outbox.pacing import Pacing

MAI, LAN, GROUP = 1001, 1002, -2001


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    service = ChatService(limits=Limits.none())
    service.add_user(MAI, "Mai", started=True)
    service.add_user(LAN, "Lan")
    Groups(service).add(GROUP, "Cụm An Tiến")
    async with BotApiServer(service) as server:
        yield server


@pytest.fixture
def service(server: BotApiServer) -> ChatService:
    return server.service


@pytest.fixture
async def channel(server: BotApiServer) -> AsyncIterator[TelegramChannel]:
    bot = open_bot(server.service.token, server.url)
    assert isinstance(bot.request, AiohttpRequest)
    bot.request.read_seconds = 0.5
    yield TelegramChannel(bot, Gate(Pacing(0)))
    await bot.request.shutdown()
