"""The sending half of the Zalo channel: several bots, one channel.

An address is `<key of the bot>:<chat>`: a person belongs to the bot that she wrote to.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol, TypeVar

from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.drawing import HEADING, Drawn, Option, draw
from bot.channels.zalo.errors import BadTokenError, QuotaUsedError, TooFastError, later
from bot.channels.zalo.files import Publisher, linked
from bot.message import Message
from bot.outbox.gate import Gate
from bot.outbox.port import Address, RetryLaterError, SendError, UncertainError

log = logging.getLogger(__name__)
Result = TypeVar("Result")

NAME = "zalo"
ANSWER_TRIES = 4
ANSWER_PATIENCE = 60.0  #: seconds; an answer that must wait longer is given up
MORE_TRIES = 3  #: for what follows the first part of a message
LONGEST_BACKOFF = 60.0
SETTLE_SECONDS = 3.0


class Notebook(Protocol):
    """Remembers which choices a chat was shown.  Asynchronous: each call is a small transaction."""

    async def heading(self, options: tuple[Option, ...]) -> str:
        """What stands over the list."""
        ...

    async def open(self, chat_id: str, options: tuple[Option, ...]) -> int:
        """A list is about to be sent: until it is `shown`, no number means anything in this chat."""
        ...

    async def shown(self, slip: int) -> None: ...

    async def drop(self, slip: int) -> None:
        """It surely did not arrive: the list before it counts again."""
        ...


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


class ZaloChannel:
    """Implements `Channel`.  Messages cannot be edited or deleted there."""

    name = NAME

    def __init__(
        self,
        lines: Mapping[str, Line],
        notebook: Notebook,
        ledger: Ledger,
        publisher: Publisher | None = None,
    ) -> None:
        """Without a publisher every file is said as text."""
        self._publisher = publisher
        self._lines = lines
        self._notebook = notebook
        self._ledger = ledger
        self._under_way: dict[str, set[asyncio.Future[None]]] = {}

    async def turn(self, address: Address) -> None:
        line = self._lines.get(_key(address))
        if line is not None:
            await line.gate.turn(_chat(address), answer=False)

    def blocked_for(self, address: Address) -> float:
        line = self._lines.get(_key(address))
        return line.gate.blocked_for(_chat(address)) if line else 0.0

    async def settled(self, chat_id: str) -> None:
        """Wait a moment for what is being sent to this chat: its choices count once it has arrived."""
        waiting = self._under_way.get(chat_id)
        if waiting:
            await asyncio.wait(tuple(waiting), timeout=SETTLE_SECONDS)

    async def send(self, address: Address, message: Message, *, answer: bool = False) -> str:
        """The message id is that of the part with the choices.

        Once the first part has arrived, a failure of a later one is logged and not raised: repeating the
        whole would say it twice.
        """
        line = self._line(address)
        done = asyncio.get_running_loop().create_future()
        here = self._under_way.setdefault(address.chat_id, set())
        here.add(done)
        try:
            return await self._send(line, address, message, answer)
        finally:
            done.set_result(None)
            here.discard(done)
            if not here:
                self._under_way.pop(address.chat_id, None)

    async def edit(self, address: Address, message_id: str, message: Message, *, answer: bool = False) -> str:
        """A redrawn card is not sent again: what matters of a change is a notice of its own."""
        return await self.send(address, message, answer=True) if answer else message_id

    async def _send(self, line: Line, address: Address, message: Message, answer: bool) -> str:
        drawn = await self._drawn(await linked(message, address, self._publisher))
        chat = _chat(address)
        if not drawn.texts:
            raise SendError("Tin không có chữ nào.", detail="an empty message")
        slip = await self._notebook.open(address.chat_id, drawn.options) if drawn.options else None

        async def first() -> str:
            return await self._text(line, chat, drawn.texts[0], answer)

        try:
            message_id = await (self._persist(line, chat, first) if answer else first())
        except UncertainError:
            raise  # perhaps it is seen: until the next list a number means nothing
        except BaseException:
            if slip is not None:
                await self._notebook.drop(slip)
            raise
        last: str | None = message_id
        for text in drawn.texts[1:]:
            last = await self._more(line, chat, text, answer)
        if slip is not None:
            await (self._notebook.shown(slip) if last is not None else self._notebook.drop(slip))
        return last or message_id

    async def _drawn(self, message: Message) -> Drawn:
        drawn = draw(message)
        if not drawn.options:
            return drawn
        heading = await self._notebook.heading(drawn.options)
        return drawn if heading == HEADING else draw(message, heading=heading)

    async def _text(self, line: Line, chat: str, text: str, answer: bool) -> str:
        """One request; what it means to the bot's pace and to its quota."""
        if answer:
            await line.gate.turn(chat, answer=True)
        if line.stopped:
            raise BadTokenError
        if self._ledger.is_used_up(line.key):
            raise QuotaUsedError
        try:
            message_id = await line.client.send_message(chat, text)
        except SendError as error:
            await self._note(line, chat, error, answer)
            raise
        line.gate.worked()
        line.too_fast = 0
        await self._ledger.sent(line.key)
        return message_id

    async def _note(self, line: Line, chat: str, error: SendError, answer: bool) -> None:
        if isinstance(error, BadTokenError):
            if not line.stopped:
                log.error("Zalo bot %s: the token is wrong or was reset; this bot stops", line.key)
            line.stopped = True
        elif isinstance(error, QuotaUsedError):
            await self._ledger.used_up(line.key)
        elif isinstance(error, TooFastError):
            line.too_fast += 1
            error.after = min(LONGEST_BACKOFF, (error.after or 1.0) * 2.0 ** (line.too_fast - 1))
            line.gate.refused(chat, error.after, answer=answer)
        elif isinstance(error, RetryLaterError):
            line.gate.stumbled()
        elif isinstance(error, UncertainError):
            await self._ledger.sent(line.key)

    async def _persist(self, line: Line, chat: str, work: Callable[[], Awaitable[Result]]) -> Result:
        """An answer is tried again for a while where the service surely did nothing."""
        for trial in range(1, ANSWER_TRIES + 1):
            try:
                return await work()
            except BadTokenError:
                raise
            except RetryLaterError as refusal:
                if trial == ANSWER_TRIES or line.gate.blocked_for(chat) > ANSWER_PATIENCE:
                    raise
                if refusal.after is None:  # otherwise the gate makes it wait
                    await asyncio.sleep(0.5 * 3 ** (trial - 1))
        raise AssertionError("the last trial returns or raises")

    async def _more(self, line: Line, chat: str, text: str, answer: bool) -> str | None:
        for trial in range(1, MORE_TRIES + 1):
            if not answer:
                await line.gate.turn(chat, answer=False)
            try:
                return await self._text(line, chat, text, answer)
            except RetryLaterError as refusal:
                if refusal.after is None:
                    await asyncio.sleep(trial)
            except SendError as error:
                log.error("a later part of a message did not arrive: %s", error.detail)
                return None
        log.error("a later part of a message did not arrive: the service is busy")
        return None

    def _line(self, address: Address) -> Line:
        line = self._lines.get(_key(address))
        if line is None:
            raise later(f"Zalo bot {_key(address)} is not in ZALO_BOT_TOKENS")
        return line


def _key(address: Address) -> str:
    return address.chat_id.partition(":")[0]


def _chat(address: Address) -> str:
    return address.chat_id.partition(":")[2]
