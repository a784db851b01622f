"""The sending half of the Zalo channel: several bots, one channel.

An address is `<key of the bot>:<chat>`: a person belongs to the bot that she wrote to.
"""

import asyncio
import logging
from collections.abc import Mapping
from typing import Protocol

from bot.channels.zalo.drawing import HEADING, Drawn, Option, draw, parts
from bot.channels.zalo.errors import later
from bot.channels.zalo.files import Photo, Publisher, content_as_text, linked
from bot.channels.zalo.line import Ledger, Line, Post, Request, noted
from bot.message import Message
from bot.outbox.port import Address, SendError, UncertainError

log = logging.getLogger(__name__)

NAME = "zalo"
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
            await line.gate.turn(_chat(address), answer=False, patient=False)

    def blocked_for(self, address: Address) -> float:
        line = self._lines.get(_key(address))
        return line.gate.blocked_for(_chat(address), answer=False) if line else 0.0

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
        post = Post(self._line(address), self._ledger, answer=answer)
        done = asyncio.get_running_loop().create_future()
        here = self._under_way.setdefault(address.chat_id, set())
        here.add(done)
        try:
            return await self._send(post, address, message)
        finally:
            done.set_result(None)
            here.discard(done)
            if not here:
                self._under_way.pop(address.chat_id, None)

    async def edit(self, address: Address, message_id: str, message: Message, *, answer: bool = False) -> str:
        """A redrawn card is not sent again: what matters of a change is a notice of its own."""
        return await self.send(address, message, answer=True) if answer else message_id

    async def _send(self, post: Post, address: Address, message: Message) -> str:
        said, photos = await linked(message, address, self._publisher)
        drawn, slip = await self._opened(address, said)
        chat = _chat(address)
        try:
            message_id = await post.first(chat, _text(drawn.texts[0]))
        except UncertainError:
            raise  # perhaps it is seen: until the next list a number means nothing
        except BaseException:
            if slip is not None:
                await noted(self._notebook.drop(slip))
            raise
        last: str | None = message_id
        for text in drawn.texts[1:]:
            last = await _follows(post, chat, _text(text))
        if slip is not None:
            await noted(self._notebook.shown(slip) if last is not None else self._notebook.drop(slip))
        for photo in photos:
            await _shown(post, chat, photo)
        return last or message_id

    async def _opened(self, address: Address, message: Message) -> tuple[Drawn, int | None]:
        """What is to be sent, and the slip of its choices.  Raises SendError: nothing was sent."""
        drawn = draw(message)
        if not drawn.texts:
            raise SendError("Tin không có chữ nào.", detail="an empty message")
        if not drawn.options:
            return drawn, None
        try:
            heading = await self._notebook.heading(drawn.options)
            slip = await self._notebook.open(address.chat_id, drawn.options)
        except Exception as error:
            log.exception("a list of choices is not written down, and not sent")
            raise later(type(error).__name__) from None
        return drawn if heading == HEADING else draw(message, heading=heading), slip

    def _line(self, address: Address) -> Line:
        line = self._lines.get(_key(address))
        if line is None:
            raise later(f"Zalo bot {_key(address)} is not in ZALO_BOT_TOKENS")
        return line


async def _follows(post: Post, chat: str, request: Request) -> str | None:
    """A later part; None where it did not arrive."""
    try:
        return await post.more(chat, request)
    except SendError as error:
        log.error("a later part of a message did not arrive: %s", error.detail)
        return None


async def _shown(post: Post, chat: str, photo: Photo) -> None:
    """The picture; its words where the service does not take it."""
    try:
        await post.more(chat, lambda client, to: client.send_photo(to, photo.url))
    except UncertainError as error:
        log.error("whether a picture arrived is not known: %s", error.detail)
    except SendError as error:
        log.warning("a picture is said in words: Zalo did not take it (%s)", error.detail)
        for text in parts(content_as_text(photo.document)):
            await _follows(post, chat, _text(text))


def _text(text: str) -> Request:
    return lambda client, chat: client.send_message(chat, text)


def _key(address: Address) -> str:
    return address.chat_id.partition(":")[0]


def _chat(address: Address) -> str:
    return address.chat_id.partition(":")[2]
