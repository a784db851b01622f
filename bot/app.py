"""The only place where the parts are joined."""

import asyncio
import contextlib
import datetime as dt
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from bot.channels.counter import Counter
from bot.channels.fallback import Fallback
from bot.channels.hooks import Hook
from bot.channels.shift import while_leading
from bot.channels.telegram.receiver import TelegramReceiver
from bot.channels.telegram.side import TelegramSide
from bot.channels.telegram.side import ask_telegram as ask_telegram
from bot.channels.zalo.side import ZaloSide, tokens_of
from bot.channels.zalo.side import ask_zalo as ask_zalo
from bot.errors import NhacLichError
from bot.flows.composing import compose
from bot.flows.housekeeping import keep_house, next_step
from bot.flows.sessions.duties import run_duties, tell_undelivered
from bot.flows.work import Work
from bot.http.front import Front
from bot.outbox.pacing import Pacing
from bot.outbox.port import Address, Channel
from bot.outbox.sender import Load, Sender
from bot.settings import Settings
from bot.storage.care import HEARTBEAT
from bot.storage.work import Desk

log = logging.getLogger(__name__)

BEAT_EVERY = 10.0  #: seconds


def has_a_channel(settings: Settings) -> bool:
    """Whether there is a token at all."""
    return settings.telegram_bot_token is not None or bool(tokens_of(settings))


class Side(Protocol):
    """One chat service: what it sends through `channel`, and what it hands to the counter."""

    @property
    def channel(self) -> Channel: ...

    def bot_of(self, chat_id: str) -> str:
        """The public number of the bot that this chat belongs to."""
        ...

    def attach(self, counter: Counter) -> None: ...

    def hooks(self) -> list[Hook]:
        """What is posted to this process, once a counter is attached."""
        ...

    async def run(self) -> None:
        """Until cancelled.  Raises NhacLichError where the service can never be used as it is set up."""
        ...

    async def finish(self) -> None: ...

    async def close(self) -> None: ...


class Service:
    """The bot on every channel that has a token: receives, answers, and sends what falls due.

    Of several processes on one PostgreSQL one leads: it alone polls and sends, and another takes over.
    `pacing` replaces the pace of every bot, e.g. where a clock is turned.  With `listens` it also answers
    over HTTP: how it is, and what the settings add to that.
    """

    def __init__(
        self, settings: Settings, desk: Desk, pacing: Pacing | None = None, *, listens: bool = False
    ) -> None:
        if not listens:  # nothing could be posted here
            settings = settings.model_copy(update={"public_url": None})
        self.desk = desk
        self._answers = ThreadPoolExecutor(4, thread_name_prefix="answers")
        self._storage = ThreadPoolExecutor(2, thread_name_prefix="outbox")
        self.telegram = self.zalo = None
        if settings.telegram_bot_token is not None:
            pace = pacing or Pacing(settings.send_rate)
            self.telegram = TelegramSide(settings, desk, self._answers, pace)
        if tokens_of(settings):
            self.zalo = ZaloSide(settings, desk, self._answers, lambda: pacing or Pacing(settings.send_rate))
        self.sides: list[Side] = [side for side in (self.telegram, self.zalo) if side is not None]
        channels: dict[str, Channel] = {side.channel.name: side.channel for side in self.sides}
        self.front = Front(settings, desk, self._bot_of) if listens else None
        bulk = {name: Fallback(one, channels, desk, self._answers) for name, one in channels.items()}
        self.sender = Sender(
            desk.queue(compose, tell_undelivered),
            bulk,
            desk.clock,
            self._storage,
            repeats=desk.repeats,
            load=Load.of_rate(settings.send_rate),
            lead=desk.lead(),
            duties=lambda now: self._do_duties(),
            next_duty=lambda: desk.see(_next_duty),
            moved=desk.chat_moved,
            recorded=self.front.recorded if self.front else None,
        )
        if self.front is not None:
            self.front.watch(self.sender)
        self._bell = desk.bell(self.sender.poke)
        self.counter = Counter(desk, channels, self._answers, self.sender.poke)
        for side in self.sides:
            side.attach(self.counter)
            if self.front is not None:
                self.front.take(side.hooks())

    @property
    def receiver(self) -> TelegramReceiver:
        """Telegram's receiving half.  Raises LookupError where there is no Telegram."""
        if self.telegram is None:
            raise LookupError("no Telegram here")
        return self.telegram.receiver

    async def run(self) -> None:
        """Until cancelled.  A channel that cannot be used ends by itself and the others go on; raises
        NhacLichError after the last one."""
        sending = asyncio.create_task(self.sender.run(), name="sender")
        beside = [asyncio.create_task(self._beat(), name="heartbeat")]
        if self.front is not None:
            beside.append(asyncio.create_task(self.front.run(), name="http"))
        if self._bell is not None:
            self._bell.start()
        running = [
            asyncio.create_task(self._while_leading(side), name=side.channel.name) for side in self.sides
        ]
        try:
            await self._watch(running)
        finally:
            for task in (*beside, *running):
                task.cancel()
            await asyncio.gather(*beside, *running, return_exceptions=True)
            await self.sender.stop()
            for side in self.sides:
                await side.finish()
            with contextlib.suppress(asyncio.CancelledError):
                await sending
            await self.sender.leave()
            for side in self.sides:
                await side.close()
            if self.front is not None:
                self.front.close()
            if self._bell is not None:
                await asyncio.to_thread(self._bell.stop)
            self._answers.shutdown(wait=True)
            self._storage.shutdown(wait=True)

    def _bot_of(self, address: Address) -> str:
        side = next((one for one in self.sides if one.channel.name == address.channel), None)
        return side.bot_of(address.chat_id) if side else ""

    def _do_duties(self) -> None:
        self.desk.run(run_duties)
        if self.desk.see(next_step) <= self.desk.clock.now():
            self.desk.run(keep_house)

    async def _while_leading(self, side: Side) -> None:
        await while_leading(lambda: self.sender.leads, side.run, side.finish)

    async def _watch(self, running: list[asyncio.Task[None]]) -> None:
        for ended in asyncio.as_completed(running):
            try:
                await ended
            except NhacLichError as error:
                if all(task.done() for task in running):
                    raise
                log.error("%s  The other channels go on.", error)

    async def _beat(self) -> None:
        """A row that says the sender is alive, for `nhaclich status` and the container's health check."""
        loop = asyncio.get_running_loop()
        while True:
            with contextlib.suppress(Exception):
                if loop.time() - self.sender.beat < 60:
                    await loop.run_in_executor(self._answers, self.desk.run, _note_beat)
            await asyncio.sleep(BEAT_EVERY)


def _next_duty(work: Work) -> dt.datetime:
    duty, step = work.sessions.next_duty(), next_step(work)
    return step if duty is None else min(duty, step)


def _note_beat(work: Work) -> None:
    work.talks.put_fact(HEARTBEAT, dt.datetime.now(dt.UTC).isoformat(), work.now)
