"""The sending half of the Telegram channel."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram import Bot, InputFile
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.channels.telegram.errors import BadMarkupError, CannotEditError, NotModifiedError, kind_of
from bot.channels.telegram.markup import keyboard, parts
from bot.channels.telegram.transport import fields
from bot.message import Document, Message, Pin, plain
from bot.outbox.gate import Gate
from bot.outbox.port import (
    Address,
    ChatMovedError,
    RecipientGoneError,
    RetryLaterError,
    SendError,
    UncertainError,
)

log = logging.getLogger(__name__)
Result = TypeVar("Result")

ANSWER_TRIES = 4
ANSWER_PATIENCE = 60.0  #: seconds; an answer that must wait longer is given up
MORE_TRIES = 3  #: for what follows the first part of a message


class TelegramChannel:
    """Implements `Channel`.  Every request to the Bot API takes its own turn at the gate."""

    name = "telegram"

    def __init__(
        self,
        bot: Bot,
        gate: Gate,
        *,
        moved: Callable[[Address, Address], Awaitable[None]] | None = None,
        pinned: Callable[[Address, bool], Awaitable[None]] | None = None,
    ) -> None:
        """`moved(old, new)` is told where an answer found that a chat has another id now, `pinned` whether
        a message could be pinned, or that the bot may not."""
        self._bot = bot
        self._gate = gate
        self._moved = moved
        self._pinned = pinned

    async def turn(self, address: Address) -> None:
        await self._gate.turn(address.chat_id, answer=False, patient=False)

    def blocked_for(self, address: Address) -> float:
        return self._gate.blocked_for(address.chat_id, answer=False)

    async def send(self, address: Address, message: Message, *, answer: bool = False) -> str:
        """The message id is that of the part with the buttons.

        A text that is too long becomes several messages, documents follow.  Once the first of these has
        arrived, a failure of a later one is logged and not raised: repeating the whole would say it twice.
        """
        texts = parts(message.text)
        chat, buttons = address.chat_id, keyboard(message)
        only = len(texts) == 1

        async def first() -> str:
            last = buttons if only else None
            return await self._text(chat, texts[0], last, answer, silent=message.pin is not None)

        if answer:
            try:
                message_id = await self._persist(chat, first)
            except ChatMovedError as move:
                return await self.send(await self._follow(address, move), message, answer=True)
        else:
            message_id = await first()
        for number, text in enumerate(texts[1:], 2):
            last = buttons if number == len(texts) else None
            message_id = await self._more(chat, answer, self._text, text, last) or message_id
        for document in message.documents:
            await self._more(chat, answer, self._document, document)
        if message.pin is not None:
            await self._pin(address, message_id)
        return message_id

    async def edit(self, address: Address, message_id: str, message: Message, *, answer: bool = False) -> str:
        texts = parts(message.text)
        if len(texts) > 1 or message.documents or not message_id.isdigit():
            return await self.send(address, message, answer=answer)

        async def redraw() -> None:
            await self._edit(address.chat_id, message_id, texts[0], keyboard(message), answer)

        try:
            await (self._persist(address.chat_id, redraw) if answer else redraw())
        except CannotEditError:
            if not answer:
                await self._gate.turn(address.chat_id, answer=False)
            return await self.send(address, message, answer=answer)
        except ChatMovedError as move:
            if not answer:
                raise
            return await self.send(await self._follow(address, move), message, answer=True)
        if message.pin is Pin.ALWAYS:
            await self._pin(address, message_id)
        return message_id

    async def _pin(self, address: Address, message_id: str) -> None:
        """Without a sound.  The message has arrived: that it is not on top is no failure of it."""
        chat = address.chat_id
        await self._gate.turn(chat, answer=False)
        try:
            await self._call(
                chat,
                False,
                lambda: self._bot.pin_chat_message(int(chat), int(message_id), disable_notification=True),
            )
        except (RetryLaterError, UncertainError) as error:
            log.info("a message is not pinned yet: %s", error.detail)
            return
        except SendError as error:
            log.info("a message cannot be pinned: %s", error.detail)
            held = False
        else:
            held = True
        if self._pinned is not None:
            await self._pinned(address, held)

    async def _text(
        self, chat: str, text: str, buttons: str | None, answer: bool, *, silent: bool = False
    ) -> str:
        quiet = "true" if silent else None

        async def call(words: str, mode: str | None) -> str:
            body = fields(
                chat_id=chat,
                text=words,
                parse_mode=mode,
                reply_markup=buttons,
                disable_notification=quiet,
            )
            sent = await self._bot.request.post(f"{self._bot.base_url}/sendMessage", body)
            return _message_id(sent)

        try:
            return await self._call(chat, answer, lambda: call(text, ParseMode.HTML))
        except BadMarkupError:
            log.error("a text has markup that Telegram does not take; it goes out without")
            return await self._call(chat, answer, lambda: call(plain(text), None))

    async def _document(self, chat: str, document: Document, answer: bool) -> None:
        """A picture as a photo, which is seen without being opened; anything else as a file."""
        file = InputFile(document.content, filename=document.name, attach=False)
        if document.mime == "image/png":
            await self._call(chat, answer, lambda: self._bot.send_photo(int(chat), file))
        else:
            await self._call(chat, answer, lambda: self._bot.send_document(int(chat), file))

    async def _edit(self, chat: str, message_id: str, text: str, buttons: str | None, answer: bool) -> None:
        async def call(words: str, mode: str | None) -> None:
            body = fields(
                chat_id=chat, message_id=message_id, text=words, parse_mode=mode, reply_markup=buttons
            )
            await self._bot.request.post(f"{self._bot.base_url}/editMessageText", body)

        try:
            await self._call(chat, answer, lambda: call(text, ParseMode.HTML))
        except BadMarkupError:
            log.error("a text has markup that Telegram does not take; it goes out without")
            await self._call(chat, answer, lambda: call(plain(text), None))
        except NotModifiedError:
            return  # it shows this already

    async def _call(self, chat: str, answer: bool, request: Callable[[], Awaitable[Result]]) -> Result:
        """One request; its errors in the outbox's words."""
        if answer:
            await self._gate.turn(chat, answer=True)
        try:
            result = await request()
        except TelegramError as error:
            self._gate_hears(chat, answer, failure := kind_of(error))
            raise failure from None
        self._gate.worked()
        return result

    def _gate_hears(self, chat: str, answer: bool, failure: SendError) -> None:
        if isinstance(failure, RetryLaterError):
            if failure.after is not None:
                self._gate.refused(chat, failure.after, answer=answer)
            else:
                self._gate.stumbled()
        elif isinstance(failure, RecipientGoneError):
            self._gate.worked()

    async def _persist(self, chat: str, work: Callable[[], Awaitable[Result]]) -> Result:
        """An answer is tried again for a while where the service surely did nothing."""
        for trial in range(1, ANSWER_TRIES + 1):
            try:
                return await work()
            except RetryLaterError as refusal:
                if trial == ANSWER_TRIES or self._gate.blocked_for(chat, answer=True) > ANSWER_PATIENCE:
                    raise
                if refusal.after is None:  # otherwise the gate makes it wait
                    await asyncio.sleep(0.5 * 3 ** (trial - 1))
        raise AssertionError("the last trial returns or raises")

    async def _more(
        self, chat: str, answer: bool, work: Callable[..., Awaitable[Result]], *args: object
    ) -> Result | None:
        for trial in range(1, MORE_TRIES + 1):
            if not answer:
                await self._gate.turn(chat, answer=False)
            try:
                return await work(chat, *args, answer)
            except RetryLaterError as refusal:
                if refusal.after is None:
                    await asyncio.sleep(trial)
            except SendError as error:
                log.error("a later part of a message did not arrive: %s", error.detail)
                return None
        log.error("a later part of a message did not arrive: the service is busy")
        return None

    async def _follow(self, address: Address, move: ChatMovedError) -> Address:
        new = Address(address.channel, move.new_chat_id)
        if self._moved is not None:
            await self._moved(address, new)
        return new


def _message_id(sent: object) -> str:
    """Raises UncertainError where the service's answer is no message."""
    if isinstance(sent, dict) and isinstance(number := sent.get("message_id"), int):
        return str(number)
    raise UncertainError("", detail="the answer to sendMessage is no message")
