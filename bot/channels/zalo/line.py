"""One Zalo bot to send by: its pace, its quota, and what a failure means to the next request."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.errors import BadTokenError, QuotaUsedError, TooFastError
from bot.outbox.gate import Gate
from bot.outbox.port import RetryLaterError, SendError, UncertainError

log = logging.getLogger(__name__)

ANSWER_TRIES = 4
ANSWER_PATIENCE = 60.0  #: seconds; an answer that must wait longer is given up
MORE_TRIES = 3  #: for what follows the first part of a message
LONGEST_BACKOFF = 60.0

#: Sends one thing to a chat; gives the message id.
Request = Callable[[ZaloClient, str], Awaitable[str]]


class Ledger(Protocol):
    """Counts what a bot has sent this month."""

    async def sent(self, key: str) -> None: ...

    async def used_up(self, key: str) -> None:
        """The service says that the month's quota is used."""
        ...

    def is_used_up(self, key: str) -> bool:
        """Whether it said so this month."""
        ...


class Line:
    """One bot: its connection, its pace, and whether its token still holds."""

    def __init__(self, client: ZaloClient, gate: Gate) -> None:
        self.client = client
        self.gate = gate
        self.key = client.key
        self.stopped = False  #: the token is wrong
        self.too_fast = 0  #: refusals in a row

    def address(self, chat: str) -> str:
        return f"{self.key}:{chat}"


async def noted(note: Awaitable[None]) -> None:
    """What is only written down about a message never decides about the message."""
    try:
        await note
    except Exception:
        log.exception("something about a message is not written down")


class Post:
    """Sends on one line, and counts in the ledger.  Every method raises the outbox's errors."""

    def __init__(self, line: Line, ledger: Ledger, *, answer: bool) -> None:
        self._line = line
        self._ledger = ledger
        self._answer = answer

    async def first(self, chat: str, request: Request) -> str:
        """An answer is tried again for a while where the service surely did nothing; for anything else the
        outbox decides."""
        for trial in range(1, ANSWER_TRIES + 1):
            try:
                return await self._once(chat, request)
            except BadTokenError:
                raise
            except RetryLaterError as refusal:
                out_of_patience = self._line.gate.blocked_for(chat, answer=True) > ANSWER_PATIENCE
                if not self._answer or trial == ANSWER_TRIES or out_of_patience:
                    raise
                if refusal.after is None:  # otherwise the gate makes it wait
                    await asyncio.sleep(0.5 * 3 ** (trial - 1))
        raise AssertionError("the last trial returns or raises")

    async def more(self, chat: str, request: Request) -> str:
        """What follows the first part of a message: nobody but us would try it again."""
        for trial in range(1, MORE_TRIES + 1):
            if not self._answer:
                await self._line.gate.turn(chat, answer=False)
            try:
                return await self._once(chat, request)
            except RetryLaterError as refusal:
                if trial == MORE_TRIES:
                    raise
                if refusal.after is None:
                    await asyncio.sleep(trial)
        raise AssertionError("the last trial returns or raises")

    async def _once(self, chat: str, request: Request) -> str:
        """One request; what it means to the bot's pace and to its quota."""
        line = self._line
        if self._answer:
            await line.gate.turn(chat, answer=True)
        if line.stopped:
            raise BadTokenError
        if self._ledger.is_used_up(line.key):
            raise QuotaUsedError
        try:
            message_id = await request(line.client, chat)
        except SendError as error:
            await self._failed(chat, error)
            raise
        line.gate.worked()
        line.too_fast = 0
        await noted(self._ledger.sent(line.key))
        return message_id

    async def _failed(self, chat: str, error: SendError) -> None:
        line = self._line
        if isinstance(error, BadTokenError):
            if not line.stopped:
                log.error("Zalo bot %s: the token is wrong or was reset; this bot stops", line.key)
            line.stopped = True
        elif isinstance(error, QuotaUsedError):
            await noted(self._ledger.used_up(line.key))
        elif isinstance(error, TooFastError):
            line.too_fast += 1
            error.after = min(LONGEST_BACKOFF, (error.after or 1.0) * 2.0 ** (line.too_fast - 1))
            line.gate.refused(chat, error.after, answer=self._answer)
        elif isinstance(error, RetryLaterError):
            line.gate.stumbled()
        elif isinstance(error, UncertainError):
            await noted(self._ledger.sent(line.key))
