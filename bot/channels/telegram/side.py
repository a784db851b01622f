"""Telegram as a whole: one bot, what it sends, and what it is told."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from typing import Any

from bot.channels.counter import Counter, Toast
from bot.channels.hooks import Hook, keep_hook, patience, secret_of
from bot.channels.telegram.hook import HEADER, LOOK_EVERY, HookKeeper, read_update
from bot.channels.telegram.identity import (
    Bot,
    UnreachableError,
    ask_name,
    ask_webhook_trouble,
    let_go,
    take_back_webhook,
)
from bot.channels.telegram.inbox import TelegramInbox
from bot.channels.telegram.menu import Menus
from bot.channels.telegram.receiver import TelegramReceiver
from bot.channels.telegram.sender import TelegramChannel
from bot.channels.telegram.transport import open_bot
from bot.chat.incoming import Incoming
from bot.flows.people import bots
from bot.flows.work import Work
from bot.outbox.gate import Gate
from bot.outbox.pacing import Pacing
from bot.outbox.port import Address
from bot.settings import Settings
from bot.storage.work import Desk

log = logging.getLogger(__name__)


class TelegramSide:
    """`executor` runs short transactions."""

    def __init__(self, settings: Settings, desk: Desk, executor: Executor, pacing: Pacing) -> None:
        self._settings = settings
        self._desk = desk
        self._executor = executor
        self.bot = _open(settings)
        self.channel = TelegramChannel(self.bot, Gate(pacing), moved=self._moved, pinned=self._pinned)
        self._inbox = TelegramInbox(self.bot, desk, executor)
        self.menus = Menus(self.bot, desk, executor)
        self._counter: Counter

    def bot_of(self, chat_id: str) -> str:
        """The bot's number, which everybody may know."""
        return self.bot.token.partition(":")[0]

    def attach(self, counter: Counter) -> None:
        """Where what comes in is worked on; before `run`."""
        self._counter = counter
        self.receiver = TelegramReceiver(
            self.bot,
            self._inbox,
            self._handle,
            blocked=self._blocked,
            membership=counter.membership,
            moved=self._moved_by_hand,
        )

    def hooks(self) -> list[Hook]:
        """What is posted to this process; also while another one leads."""
        if self._settings.public_url is None:
            return []
        secret = secret_of(self._settings, self.bot.token)
        return [Hook(self.channel.name, self.bot_of(""), HEADER, secret, self._posted)]

    async def run(self) -> None:
        """Until cancelled.  Raises TokenError where the service does not know the token."""
        await self._introduce()
        minding = asyncio.create_task(self.menus.run(), name="menus")
        try:
            await self._receive()
        finally:
            minding.cancel()
            await asyncio.gather(minding, return_exceptions=True)

    async def _receive(self) -> None:
        """By webhook where there is an address and the service takes it, else by polling."""
        for hook in self.hooks():
            if self._desk.is_for_one_process:
                await self.receiver.resume()
            url, left_behind = f"{self._settings.public_url}{hook.path}", patience(self._desk)
            keeper = HookKeeper(self.bot, self.receiver, url, hook.secret)
            await keep_hook(keeper.look, partial(self.receiver.resume, left_behind), LOOK_EVERY)
        try:
            await take_back_webhook(self.bot)
        except UnreachableError as error:
            self.receiver.lost(error.detail)
        await self.receiver.poll()

    async def finish(self) -> None:
        """Wait for what is being handled."""
        await self.receiver.finish()

    async def close(self) -> None:
        await let_go(self.bot)

    async def _handle(self, incoming: Incoming, toast: Toast) -> None:
        await self._counter.handle(incoming, toast)
        self.menus.poke(incoming.chat_id)

    async def _posted(self, body: Any) -> bool:
        """Raises where it cannot be stored."""
        update = read_update(body, self.bot)
        if update is None:
            return False
        if not self._counter.bot_name:  # the process that leads has asked
            self._counter.bot_name = await asyncio.get_running_loop().run_in_executor(
                self._executor, self._desk.see, _known_name
            )
        return await self.receiver.take([update])

    async def _introduce(self) -> None:
        """Who we are; a service that cannot be reached now is polled on."""
        try:
            self._counter.bot_name = name = await ask_name(self.bot)
        except UnreachableError as error:
            self.receiver.lost(error.detail)
            return
        await self._do(self._desk.run, lambda work: work.talks.put_fact(bots.TELEGRAM, name, work.now))

    async def _blocked(self, chat_id: str, is_blocked: bool) -> None:
        await self._counter.blocked(Address(self.channel.name, chat_id), is_blocked)

    async def _moved(self, old: Address, new: Address) -> None:
        await self._do(self._desk.chat_moved, old, new)

    async def _moved_by_hand(self, old: str, new: str) -> None:
        await self._moved(Address(self.channel.name, old), Address(self.channel.name, new))
        self._counter.poke()

    async def _pinned(self, where: Address, may_pin: bool) -> None:
        def note(work: Work) -> None:
            work.groups.note_pin(where.channel, where.chat_id, may_pin=may_pin)

        await self._do(self._desk.run, note)

    async def _do(self, work: Callable[..., object], *args: object) -> None:
        await asyncio.get_running_loop().run_in_executor(self._executor, lambda: work(*args))


def _known_name(work: Work) -> str:
    known = work.talks.fact(bots.TELEGRAM)
    return str(known[0] or "") if known else ""


async def ask_telegram(settings: Settings) -> tuple[str, str]:
    """The bot's name, as Telegram answers now, and what last went wrong with its webhook ("": nothing, or
    none is set).  Raises NhacLichError with what to mend."""
    bot = _open(settings)
    try:
        return await ask_name(bot), await ask_webhook_trouble(bot)
    finally:
        await let_go(bot)


def _open(settings: Settings) -> Bot:
    if settings.telegram_bot_token is None:
        raise ValueError("needs a token")
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    return open_bot(settings.telegram_bot_token.get_secret_value(), settings.telegram_api_url, proxy)
