"""The only place where the parts are joined."""

import asyncio
import contextlib
import datetime as dt
import logging
from concurrent.futures import ThreadPoolExecutor

from bot.channels.counter import Counter
from bot.channels.telegram.identity import Bot, UnreachableError, ask_name, introduce, let_go
from bot.channels.telegram.receiver import TelegramReceiver
from bot.channels.telegram.sender import TelegramChannel
from bot.channels.telegram.transport import open_bot
from bot.clock import Clock, SystemClock
from bot.flows.composing import compose
from bot.flows.duties import run_duties, tell_undelivered
from bot.flows.work import Office, Work
from bot.notices.policy import Policy
from bot.outbox.gate import Gate
from bot.outbox.pacing import Pacing
from bot.outbox.port import Address
from bot.outbox.sender import Load, Sender
from bot.settings import Settings
from bot.storage.engine import open_engine
from bot.storage.migrate import upgrade
from bot.storage.work import Desk
from bot.workdays import Workdays

log = logging.getLogger(__name__)

HEARTBEAT = "heartbeat"
TELEGRAM_NAME = "telegram_bot"
BEAT_EVERY = 10.0  #: seconds


def open_desk(settings: Settings, clock: Clock | None = None) -> Desk:
    """The database, brought up to date, and the rules of this installation.

    Raises NhacLichError where the database or a data file cannot be used.
    """
    url = settings.database_url.get_secret_value()
    upgrade(url)
    office = Office(Policy.load(), Workdays.load(), settings.tz)
    return Desk(open_engine(url), office, clock or SystemClock())


class TelegramService:
    """One Telegram bot: receives, answers, and sends what falls due."""

    def __init__(self, settings: Settings, desk: Desk, pacing: Pacing | None = None) -> None:
        self.desk = desk
        self.bot = _open_bot(settings)
        self._answers = ThreadPoolExecutor(4, thread_name_prefix="answers")
        self._storage = ThreadPoolExecutor(2, thread_name_prefix="outbox")
        channel = TelegramChannel(self.bot, Gate(pacing or Pacing(settings.send_rate)), moved=self._moved)
        channels = {channel.name: channel}
        self.sender = Sender(
            desk.queue(compose, tell_undelivered),
            channels,
            desk.clock,
            self._storage,
            repeats=desk.repeats,
            load=Load.of_rate(settings.send_rate),
            duties=lambda now: desk.run(run_duties),
            next_duty=lambda: desk.see(lambda work: work.sessions.next_duty()),
            moved=desk.chat_moved,
        )
        self.counter = Counter(desk, channels, self._answers, self.sender.poke)
        self.receiver = TelegramReceiver(self.bot, self.counter.handle, blocked=self._blocked)

    async def run(self) -> None:
        """Until cancelled.  Raises TokenError where the service does not know the token."""
        sending = asyncio.create_task(self.sender.run(), name="sender")
        beating = asyncio.create_task(self._beat(), name="heartbeat")
        try:
            await self._introduce()
            await self.receiver.poll()
        finally:
            beating.cancel()
            await self.sender.stop()
            await self.receiver.finish()
            with contextlib.suppress(asyncio.CancelledError):
                await sending
            await let_go(self.bot)
            self._answers.shutdown(wait=True)
            self._storage.shutdown(wait=True)

    async def _introduce(self) -> None:
        """Who we are; a service that cannot be reached now is polled on."""
        try:
            self.counter.bot_name = name = await introduce(self.bot)
        except UnreachableError as error:
            log.warning("Telegram cannot be reached (%s)", error.detail)
            return
        self.desk.run(lambda work: work.talks.put_fact(TELEGRAM_NAME, name, work.now))

    async def _beat(self) -> None:
        """A row that says the sender is alive, for `nhaclich status` and the container's health check."""
        loop = asyncio.get_running_loop()
        while True:
            with contextlib.suppress(Exception):
                if loop.time() - self.sender.beat < 60:
                    await loop.run_in_executor(self._answers, self.desk.run, _note_beat)
            await asyncio.sleep(BEAT_EVERY)

    async def _blocked(self, chat_id: str, is_blocked: bool) -> None:
        await self.counter.blocked(Address("telegram", chat_id), is_blocked)

    async def _moved(self, old: Address, new: Address) -> None:
        await asyncio.get_running_loop().run_in_executor(self._answers, self.desk.chat_moved, old, new)


def _note_beat(work: Work) -> None:
    work.talks.put_fact(HEARTBEAT, dt.datetime.now(dt.UTC).isoformat(), work.now)


async def ask_telegram(settings: Settings) -> str:
    """The bot's name, as Telegram answers now.  Raises NhacLichError with what to mend."""
    bot = _open_bot(settings)
    try:
        return await ask_name(bot)
    finally:
        await let_go(bot)


def _open_bot(settings: Settings) -> Bot:
    if settings.telegram_bot_token is None:
        raise ValueError("needs a token")
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    return open_bot(settings.telegram_bot_token.get_secret_value(), settings.telegram_api_url, proxy)
