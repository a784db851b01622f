"""What the channel writes down: the choices of a chat, the messages of a month, addresses of files."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.channels.zalo.drawing import HEADING, Option
from bot.clock import Clock
from bot.errors import NhacLichError
from bot.flows.papers.links import publish
from bot.flows.people.bot_use import MONTH_LIMIT, WARN_AT, month_of
from bot.flows.work import Work
from bot.message import Document
from bot.notices.actions import Verb, parse
from bot.outbox.port import Address
from bot.storage.choices import OpenChoices, SqlChoices, SqlQuota
from bot.storage.work import Desk

log = logging.getLogger(__name__)
T = TypeVar("T")

CHOICE_LIFE = dt.timedelta(days=14)
CLOCKS_APART = dt.timedelta(minutes=1)  #: Zalo's clock and ours, at most
TRIES = 3
_PAUSE = 0.05  #: seconds before the second try


async def patiently(executor: Executor, work: Callable[[], T]) -> T:
    """One small transaction, tried again where the database stumbles."""
    for trial in range(1, TRIES):
        try:
            return await asyncio.get_running_loop().run_in_executor(executor, work)
        except NhacLichError:
            raise  # an answer, no stumble
        except Exception as error:
            log.warning("the database stumbled (%s); again", type(error).__name__)
            await asyncio.sleep(_PAUSE * 3 ** (trial - 1))
    return await asyncio.get_running_loop().run_in_executor(executor, work)


class Choices:
    """Implements `Notebook`, and answers what is open in a chat."""

    def __init__(self, desk: Desk, channel: str, executor: Executor) -> None:
        self._desk = desk
        self._store = SqlChoices(desk.engine, channel)
        self._executor = executor

    async def heading(self, options: tuple[Option, ...]) -> str:
        """Names the session's code where several invitations may be open at once."""
        session = next((found for one in options if (found := _session_asked(one.token))), None)
        if session is None:
            return HEADING
        code = await self._do(lambda: self._desk.see(lambda work: _code(work.sessions.get(session))))
        return f"Trả lời bằng số (hoặc gõ THAM DU {code}, VANG {code}):" if code else HEADING

    async def open(self, chat_id: str, options: tuple[Option, ...]) -> int:
        listed = [(one.label, one.token) for one in options]
        until = self._desk.clock.now() + CHOICE_LIFE
        return await self._do(lambda: self._store.open(chat_id, listed, until))

    async def shown(self, slip: int) -> None:
        await self._do(lambda: self._store.shown(slip))

    async def drop(self, slip: int) -> None:
        await self._do(lambda: self._store.drop(slip))

    async def lists(self, chat_id: str) -> list[OpenChoices]:
        """Those that are open, the newest first."""
        return await self._do(lambda: self._store.lists(chat_id, self._desk.clock.now()))

    @staticmethod
    def is_newer(lists: Sequence[OpenChoices], at: dt.datetime | None) -> bool:
        """Whether the newest list surely came up after that instant: then what was typed did not mean it."""
        if not lists or at is None:
            return False
        return at < lists[0].expires_at - CHOICE_LIFE - CLOCKS_APART

    async def _do(self, work: Callable[[], T]) -> T:
        return await patiently(self._executor, work)


class Files:
    """Implements `Publisher`."""

    def __init__(self, desk: Desk, executor: Executor) -> None:
        self._desk = desk
        self._executor = executor

    async def publish(self, address: Address, document: Document) -> str | None:
        if self._desk.office.public_url is None:
            return None
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(
                self._executor, self._desk.run, lambda work: _published(work, address, document)
            )
        except Exception:  # a file is never worth more than the message that it goes with
            log.exception("a file has no address")
            return None


def _published(work: Work, address: Address, document: Document) -> str | None:
    people = work.people.people_by_chat(address.channel, address.chat_id)
    return publish(work, people[0], document) if people else None


class Months:
    """Implements `Ledger`.  A month is one of the calendar in this installation's time zone."""

    def __init__(self, store: SqlQuota, clock: Clock, tz: ZoneInfo, executor: Executor) -> None:
        self._store = store
        self._clock = clock
        self._tz = tz
        self._executor = executor
        self._used_up: dict[str, str] = {}  #: bot → the month in which the service said so

    @property
    def month(self) -> str:
        return month_of(self._clock.now(), self._tz)

    async def sent(self, key: str) -> None:
        month = self.month
        count = await patiently(self._executor, lambda: self._store.add(key, month))
        if count == int(MONTH_LIMIT * WARN_AT):
            log.warning("Zalo bot %s: %d of %d messages of %s are used", key, count, MONTH_LIMIT, month)

    async def used_up(self, key: str) -> None:
        month = self.month
        if self._used_up.get(key) != month:
            log.error(
                "Zalo bot %s: the messages of %s are used up; nothing goes out until it ends", key, month
            )
        self._used_up[key] = month
        await patiently(self._executor, lambda: self._store.mark_used_up(key, month))

    def is_used_up(self, key: str) -> bool:
        return self._used_up.get(key) == self.month


def _session_asked(token: str) -> int | None:
    """The session of an invitation's button."""
    try:
        action = parse(token)
        return action.number(0) if action.verb is Verb.GOING else None
    except ValueError:
        return None


def _code(session: object) -> str:
    return str(getattr(session, "code", ""))
