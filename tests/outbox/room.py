"""A sender with everything around it: a real queue, a real channel, a Bot API server over HTTP."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.channels.telegram.sender import TelegramChannel
from bot.channels.telegram.transport import AiohttpRequest, open_bot
from bot.clock import TurnableClock
from bot.demo.botapi import BotApiServer, ChatService
from bot.outbox.gate import Gate
from bot.outbox.pacing import Pacing
from bot.outbox.port import Address, Claimed, Composed
from bot.outbox.retry import Retry
from bot.outbox.sender import Load, Sender
from tests.outbox.stage import NOW, Stage, plain_compose, repeats


class Room:
    """Everything a sender needs, around one database and one Bot API server."""

    def __init__(self, stage: Stage, server: BotApiServer) -> None:
        self.stage = stage
        self.service: ChatService = server.service
        self.clock = TurnableClock(NOW)
        self.bot = open_bot(self.service.token, server.url)
        assert isinstance(self.bot.request, AiohttpRequest)
        self.bot.request.read_seconds = 0.3
        self.executor = ThreadPoolExecutor(2)
        self.told: list[object] = []

    def open_chats(self) -> None:
        for chat in self.stage.people.values():
            if chat is not None:
                self.service.add_user(int(chat), "Mai", started=True)

    def sender(
        self,
        *,
        rate: float = 0,
        most: int = 20,
        compose: Callable[..., list[Composed]] = plain_compose,
        **hooks: object,
    ) -> Sender:
        def gone(db: Connection, address: Address, now: datetime) -> None:
            self.told.append(address.chat_id)

        def undelivered(db: Connection, rows: list[Claimed], now: datetime) -> None:
            self.told.append([row.recipient_id for row in rows])

        queue = self.stage.queue(compose, gone=gone, undelivered=undelivered)
        gap = 1.0 if rate else 0.0  # without a ceiling nothing waits here
        channel = TelegramChannel(self.bot, Gate(Pacing(rate, chat_gap=gap)))
        return Sender(
            queue,
            {"telegram": channel},
            self.clock,
            self.executor,
            repeats=repeats,
            retry=Retry(repeats, chance=lambda: 0.5, most=most),
            load=Load.of_rate(rate),
            **hooks,  # type: ignore[arg-type]
        )

    def turn(self, by: timedelta) -> None:
        self.clock.turn_to(self.clock.now() + by)

    async def close(self) -> None:
        await self.bot.request.shutdown()
        self.executor.shutdown()
