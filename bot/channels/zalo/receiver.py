"""The receiving half of the Zalo channel: one bot's updates, stored first, then handled chat by chat."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from bot.channels.zalo.client import POLL_SECONDS
from bot.channels.zalo.errors import BadTokenError, ConflictError
from bot.channels.zalo.line import Line
from bot.channels.zalo.updates import Update, event_of, read_update
from bot.outbox.port import RetryLaterError, SendError

log = logging.getLogger(__name__)

CHATS_AT_ONCE = 32
LONGEST_PAUSE = 30.0

Handler = Callable[[Line, Update], Awaitable[None]]


class Inbox(Protocol):
    """Asynchronous: each call is a small transaction."""

    async def put(self, key: str, update: Update, event: Mapping[str, Any]) -> bool:
        """Store; False: known already."""
        ...

    async def done(self, key: str, update: Update) -> None: ...

    async def unfinished(self, key: str, age: dt.timedelta) -> list[Update]:
        """Stored at least so long ago and not done, oldest first."""
        ...


class ZaloReceiver:
    """Handles chats side by side, each chat's own updates one after another.

    `known` is told once the service has answered: the bot's token is good.
    """

    def __init__(self, line: Line, inbox: Inbox, handle: Handler) -> None:
        self._line = line
        self._inbox = inbox
        self._handle = handle
        self._chats: dict[str, asyncio.Lock] = {}
        self._at_once = asyncio.Semaphore(CHATS_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_hand: set[tuple[str, str]] = set()  #: also what failed here: another start tries it again
        self.reachable = True  #: whether the last request to the service was answered

    async def poll(self) -> None:
        """Until cancelled.  Raises BadTokenError; every other failure is waited out."""
        await self.resume()
        pause = 1.0
        while True:
            try:
                body = await self._line.client.get_update(POLL_SECONDS)
            except BadTokenError:
                self._line.stopped = True
                raise
            except SendError as error:
                pause = await self._wait_out(error, pause)
                continue
            self.found()
            pause = 1.0
            if body is not None:
                await self._taken(body)

    async def take(self, body: Any) -> bool:
        """Store one update, then handle it beside the others.  False: unknown, or known already.

        Reading it has consumed it: storing is tried until it works.
        """
        pause = 0.1
        while True:
            try:
                return await self.accept(body)
            except Exception:
                log.exception("an update is not stored yet; again in %.1f s", pause)
                await asyncio.sleep(pause)
                pause = min(5.0, pause * 2)

    async def accept(self, body: Any) -> bool:
        """The same where the service delivers an update again: this raises if it cannot be stored."""
        update = read_update(body)
        if update is None:
            log.info("an update of an unknown kind is left aside")
            return False
        fresh = await self._inbox.put(self._line.key, update, event_of(body))
        if fresh:
            self._begin(update)
        return fresh

    async def _taken(self, body: Any) -> None:
        taking = asyncio.ensure_future(self.take(body))
        try:
            await asyncio.shield(taking)
        except asyncio.CancelledError:
            await asyncio.wait({taking})  # nobody gives it again: also a process that stops stores it
            raise

    async def resume(self, age: dt.timedelta = dt.timedelta(0)) -> None:
        """Handle what was stored at least `age` ago and is neither finished nor in hand."""
        in_hand = frozenset(self._in_hand)  # one of these may end while the others are read
        for update in await self._stored(self._inbox.unfinished(self._line.key, age)):
            if (update.chat, update.message_id) not in in_hand | self._in_hand:
                self._begin(update)

    def found(self) -> None:
        """The service answers."""
        if not self.reachable:
            log.info("Zalo bot %s answers again", self._line.key)
        self.reachable = True

    def lost(self, error: SendError) -> None:
        """The service does not answer, or not as it should."""
        if self.reachable and isinstance(error, ConflictError):
            log.warning("another program polls Zalo bot %s with the same token; waiting", self._line.key)
        elif self.reachable:
            log.warning("Zalo bot %s cannot be reached (%s); trying on", self._line.key, error.detail)
        self.reachable = False

    async def finish(self) -> None:
        """Wait for what is being handled."""
        while self._tasks:
            await asyncio.wait(self._tasks)  # gather may return at once from 3.12 on, and nothing else runs

    def _begin(self, update: Update) -> None:
        self._in_hand.add((update.chat, update.message_id))
        task = asyncio.create_task(self._in_turn(update))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _in_turn(self, update: Update) -> None:
        lock = self._chats.setdefault(update.chat, asyncio.Lock())
        try:
            async with lock, self._at_once:
                await self._handle(self._line, update)
                await self._inbox.done(self._line.key, update)
            self._in_hand.discard((update.chat, update.message_id))
        except Exception:
            log.exception("an update was not handled")
        finally:
            if not lock.locked() and len(self._chats) > 10_000:
                self._chats.pop(update.chat, None)

    async def _stored(self, unfinished: Awaitable[list[Update]]) -> list[Update]:
        try:
            return await unfinished
        except Exception:
            log.exception("what came in before the last stop could not be read")
            return []

    async def _wait_out(self, error: SendError, pause: float) -> float:
        first = self.reachable
        self.lost(error)
        if not isinstance(error, RetryLaterError):  # refused: perhaps a webhook is set
            await self._without_webhook(said=not first)
        await asyncio.sleep(pause)
        return min(pause * 2, LONGEST_PAUSE)

    async def _without_webhook(self, *, said: bool) -> None:
        try:
            await self._line.client.delete_webhook()
        except SendError as error:
            if not said:
                log.warning("Zalo's webhook could not be removed (%s)", error.detail)
