"""The receiving half of the Telegram channel: updates become `Incoming`, reactions are drawn."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from telegram import Bot, Update
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.errors import seconds_asked
from bot.channels.telegram.identity import unknown_token
from bot.channels.telegram.reading import Blocking, incoming_of, is_for_us, membership_of, migration_of
from bot.chat.incoming import Incoming, Membership
from bot.chat.views.pages import shorten

log = logging.getLogger(__name__)

POLL_SECONDS = 25
CONFLICT_PAUSE = 5.0
LEFT_BEHIND = dt.timedelta(seconds=10)  #: an update that nobody has finished for so long is taken up
CHATS_AT_ONCE = 32
TOAST_LIMIT = 200
KINDS = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]

#: Answers the pressed button: the text, and whether it is to be closed by hand.
Toast = Callable[[str, bool], Awaitable[None]]
Handler = Callable[[Incoming, Toast], Awaitable[None]]


class Inbox(Protocol):
    """Where updates are stored before they are acted on.  Each call is a small transaction."""

    async def put(self, updates: Sequence[Update]) -> list[Update]:
        """Store; gives those that were not known yet."""
        ...

    async def done(self, update: Update) -> None: ...

    async def unfinished(self, age: dt.timedelta) -> list[Update]:
        """Stored at least so long ago and not done, oldest first."""
        ...


class TelegramReceiver:
    """Polls, and handles chats side by side, each chat's own updates one after another."""

    def __init__(
        self,
        bot: Bot,
        inbox: Inbox,
        handle: Handler,
        *,
        blocked: Callable[[str, bool], Awaitable[None]] | None = None,
        membership: Callable[[Membership], Awaitable[None]] | None = None,
        moved: Callable[[str, str], Awaitable[None]] | None = None,
    ) -> None:
        """`blocked(chat_id, now_blocked)` is told when somebody blocks or unblocks the bot, `membership`
        when somebody lets it into a group or puts it out, `moved(old, new)` of a group's new id."""
        self._bot = bot
        self._inbox = inbox
        self._handle = handle
        self._blocked = blocked
        self._membership = membership
        self._moved = moved
        self._chats: dict[int, asyncio.Lock] = {}
        self._at_once = asyncio.Semaphore(CHATS_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_hand: set[int] = set()
        self.reachable = True  #: whether the last request to the service was answered

    async def poll(self) -> None:
        """Until cancelled.  Raises TokenError; every other failure is waited out.

        What was stored before and is not finished is handled first.
        """
        offset = 0
        pause = 1.0
        await self.resume()
        while True:
            try:
                updates = await self._bot.get_updates(
                    offset=offset,
                    timeout=POLL_SECONDS,
                    allowed_updates=KINDS,
                    read_timeout=POLL_SECONDS + 10,
                )
            except InvalidToken:
                raise unknown_token() from None
            except Conflict:
                log.warning("another program polls with the same token; waiting")
                await asyncio.sleep(CONFLICT_PAUSE)
                continue
            except RetryAfter as refusal:
                await asyncio.sleep(seconds_asked(refusal))
                continue
            except TelegramError as error:
                pause = await self._wait_out(error, pause)
                continue
            self.found()
            pause = 1.0
            if not await self._taken(updates):
                await asyncio.sleep(1.0)  # they are given again
            elif updates:
                offset = updates[-1].update_id + 1
            await self.resume(LEFT_BEHIND)  # what a killed process had stored

    async def take(self, updates: Sequence[Update]) -> bool:
        """Store these, then handle those that are new beside the others.  False: none was new.

        What people say to one another in a group is not for us, and is not stored.
        """
        fresh = await self._inbox.put([update for update in updates if is_for_us(update)])
        for update in fresh:
            self._begin(update)
        return bool(fresh)

    async def resume(self, age: dt.timedelta = dt.timedelta(0)) -> None:
        """Handle what was stored at least `age` ago and is neither finished nor in hand."""
        in_hand = frozenset(self._in_hand)  # one of these may end while the others are read
        try:
            waiting = await self._inbox.unfinished(age)
        except Exception:
            log.exception("what came in before cannot be read")
            return
        for update in waiting:
            if update.update_id not in in_hand | self._in_hand:
                self._begin(update)

    async def _taken(self, updates: Sequence[Update]) -> bool:
        taking = asyncio.ensure_future(self.take(updates))
        try:
            await asyncio.shield(taking)
        except asyncio.CancelledError:
            await asyncio.wait({taking})  # stored is begun: a process that stops still answers it
            raise
        except Exception:
            log.exception("%d updates are not stored yet", len(updates))
            return False
        return True

    async def _wait_out(self, error: TelegramError, pause: float) -> float:
        self.lost(type(error).__name__)
        self.reachable = isinstance(error, BadRequest)
        await asyncio.sleep(pause)
        return min(pause * 2, 30.0)

    def found(self) -> None:
        """The service answers."""
        if not self.reachable:
            log.info("Telegram answers again")
        self.reachable = True

    def lost(self, why: str) -> None:
        """It does not: said once, until it answers again."""
        if self.reachable:
            log.warning("Telegram cannot be reached (%s; blocked? TELEGRAM_PROXY); trying on", why)
        self.reachable = False

    def _begin(self, update: Update) -> None:
        self._in_hand.add(update.update_id)
        task = asyncio.create_task(self._in_turn(update))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Wait for what is being handled."""
        while self._tasks:
            await asyncio.wait(self._tasks)  # gather may return at once from 3.12 on, and nothing else runs

    async def _in_turn(self, update: Update) -> None:
        chat_id = update.effective_chat.id if update.effective_chat else 0
        lock = self._chats.setdefault(chat_id, asyncio.Lock())
        try:
            async with lock, self._at_once:
                await self._handled(update)
        except Exception:
            log.exception("an update is not noted as handled")
        finally:
            self._in_hand.discard(update.update_id)
            if not lock.locked() and len(self._chats) > 10_000:
                self._chats.pop(chat_id, None)

    async def _handled(self, update: Update) -> None:
        try:
            await self._one(update)
        except Exception:
            log.exception("an update was not handled")
        await self._inbox.done(update)  # not where it was cancelled: then it is handled again

    async def _one(self, update: Update) -> None:
        if (change := membership_of(update)) is not None:
            await self._changed(change)
            return
        if (move := migration_of(update)) is not None:
            if self._moved is not None:
                await self._moved(*move)
            return
        incoming = await incoming_of(update, self._bot)
        if incoming is None:
            return
        query = update.callback_query
        answered = False

        async def toast(text: str, alert: bool = False) -> None:
            nonlocal answered
            if query is None or answered:
                return
            answered = True
            try:
                await query.answer(shorten(text, TOAST_LIMIT) or None, show_alert=alert)
            except (BadRequest, NetworkError):
                log.info("a button's answer came too late")

        try:
            await self._handle(incoming, toast)
        finally:
            await toast("", False)  # a callback must always be answered

    async def _changed(self, change: Membership | Blocking) -> None:
        if isinstance(change, Membership):
            if self._membership is not None:
                await self._membership(change)
        elif self._blocked is not None:
            await self._blocked(change.chat_id, change.blocked)
