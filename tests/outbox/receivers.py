"""The services that count what arrived, for tests in which the sender is killed."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from bot.demo.botapi import BotApiServer, ChatService, Limits
from bot.demo.zaloapi import Plan, ZaloServer, ZaloService

ZALO_TOKEN = "1459232241454765289:kills"


def address_prefix(channel: str) -> str:
    """What stands before a chat in an address of this channel."""
    return f"{ZALO_TOKEN.partition(':')[0]}:" if channel == "zalo" else ""


class Receiver(Protocol):
    """A service with an open chat for everybody."""

    url: str
    token: str

    def got(self) -> Counter[str]:
        """How many messages have arrived in each chat."""
        ...


class _Telegram:
    def __init__(self, service: ChatService, url: str) -> None:
        self.service = service
        self.url, self.token = url, service.token

    def got(self) -> Counter[str]:
        return Counter(str(one.chat_id) for one in self.service.sent())


class _Zalo:
    def __init__(self, service: ZaloService, url: str) -> None:
        self.url, self.token = url, ZALO_TOKEN
        self._bot = service.bots[ZALO_TOKEN]

    def got(self) -> Counter[str]:
        return Counter({chat: said for chat in self._bot.chats if (said := len(self._bot.from_bot(chat)))})


@asynccontextmanager
async def receiver(channel: str, chats: Sequence[str]) -> AsyncIterator[Receiver]:
    """`channel`: "telegram" or "zalo"; chats as the service names them."""
    if channel == "telegram":
        telegram = ChatService(limits=Limits.none())
        for chat in chats:
            telegram.add_user(int(chat), "Mai", started=True)
        async with BotApiServer(telegram) as server:
            yield _Telegram(telegram, server.url)
    else:
        zalo = ZaloService()
        bot = zalo.add_bot(ZALO_TOKEN, plan=Plan(people=None, messages=None))
        for chat in chats:
            zalo.write(bot, chat, "chào")
        bot.updates.clear()
        async with ZaloServer(zalo) as zalo_server:
            yield _Zalo(zalo, zalo_server.url)
