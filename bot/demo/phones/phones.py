"""All phones together, and what has been read on each."""

import asyncio
from collections.abc import Callable, Sequence

from bot.demo.botapi.model import ChatEvent, File, Json
from bot.demo.phones.model import Bubble, Side


class Phones:
    """The sides of the demo behind one door.  What takes a chat raises LookupError for an unknown one."""

    def __init__(self, *sides: Side) -> None:
        self._sides = sides
        self._read: dict[int, int] = {}  #: chat → the last message that was looked at
        self._listeners: list[Callable[[ChatEvent], None]] = []
        for side in sides:
            side.listen(self._heard)

    def side(self, chat: int) -> Side:
        found = next((side for side in self._sides if side.has(chat)), None)
        if found is None:
            raise LookupError(f"nobody has the chat {chat}")
        return found

    def has(self, chat: int) -> bool:
        return any(side.has(chat) for side in self._sides)

    def bubbles(self, chat: int) -> list[Bubble]:
        return self.side(chat).bubbles(chat)

    def bubble(self, chat: int, number: int) -> Bubble:
        return self.side(chat).bubble(chat, number)

    def commands(self, chat: int) -> Sequence[Json]:
        return self.side(chat).commands(chat)

    def type(self, chat: int, text: str) -> None:
        self.side(chat).type(chat, text)

    def press(self, chat: int, number: int, row: int, column: int) -> None:
        """Also raises LookupError for a button that is gone, ValueError for one that opens a link."""
        self.side(chat).press(chat, number, row, column)

    def attach(self, chat: int, name: str, content: bytes, caption: str = "") -> None:
        self.side(chat).attach(chat, name, content, caption)

    def file(self, file_id: str) -> File | None:
        return next((found for side in self._sides if (found := side.file(file_id))), None)

    def read(self, chat: int, up_to: int | None = None) -> None:
        """Somebody looked at this chat, up to this message or to its end."""
        last = max((one.id for one in self.bubbles(chat)), default=0)
        seen = last if up_to is None else min(up_to, last)
        if seen > self._read.get(chat, 0):
            self._read[chat] = seen
            self._heard(ChatEvent("read", chat))

    def unread(self, chat: int) -> int:
        """How many messages of the bot nobody has looked at."""
        seen = self._read.get(chat, 0)
        return sum(one.bot and one.id > seen for one in self.bubbles(chat))

    async def first_word(self, chat: int, within: float) -> Bubble:
        """The bot's first message there; waited for.  Raises TimeoutError."""
        changed = asyncio.Event()
        stop = self.listen(lambda event: changed.set())
        try:
            async with asyncio.timeout(within):
                while True:
                    changed.clear()
                    found = next((one for one in self.bubbles(chat) if one.bot), None)
                    if found is not None:
                        return found
                    await changed.wait()
        finally:
            stop()

    def listen(self, listener: Callable[[ChatEvent], None]) -> Callable[[], None]:
        """`listener` is called at each event of any chat, in the loop; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _heard(self, event: ChatEvent) -> None:
        if event.kind == "reset":
            self._read.clear()
        for listener in tuple(self._listeners):
            listener(event)
