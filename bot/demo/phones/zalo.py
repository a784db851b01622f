"""Zalo's phones, over the stand-in: plain text, no buttons, choices as numbers."""

import datetime as dt
import re
from collections.abc import Callable, Sequence

from bot.channels.zalo.drawing import HEADING
from bot.demo.botapi.model import ChatEvent, File, Json
from bot.demo.phones.model import Bubble
from bot.demo.zaloapi import ZaloBot, ZaloMessage, ZaloService

#: What the bot lists at the end of a message.
_LIST = re.compile(rf"^{re.escape(HEADING.rstrip(':'))}[^\n]*:\n((?:\d+\. [^\n]+(?:\n|\Z))+)", re.MULTILINE)
_CHOICE = re.compile(r"^\d+\. (.+)$", re.MULTILINE)


class ZaloPhones:
    """Implements `Side`.  A message is known by its place in the chat, counted from 1."""

    channel = "zalo"

    def __init__(self, service: ZaloService) -> None:
        self._service = service
        self._homes: dict[int, tuple[ZaloBot, str]] = {}  #: chat → its bot, the person's id there
        self._chats: dict[tuple[str, str], int] = {}
        self._names: dict[int, str] = {}
        self._listeners: list[Callable[[ChatEvent], None]] = []
        service.listen(self._said)

    def add(self, chat: int, name: str, bot: ZaloBot) -> None:
        """Somebody who will open her chat with this bot."""
        person = f"user-{chat}"
        self._homes[chat] = bot, person
        self._chats[bot.token, person] = chat
        self._names[chat] = name

    def clear(self) -> None:
        """Everybody is gone."""
        for known in (self._homes, self._chats, self._names):
            known.clear()

    def has(self, chat: int) -> bool:
        return chat in self._homes

    def bubbles(self, chat: int) -> list[Bubble]:
        bot, person = self._homes[chat]
        return [_bubble(chat, number, one) for number, one in enumerate(bot.messages(person), 1)]

    def bubble(self, chat: int, number: int) -> Bubble:
        bot, person = self._homes[chat]
        messages = bot.messages(person)
        if not 1 <= number <= len(messages):
            raise LookupError(f"no message {number} in chat {chat}")
        return _bubble(chat, number, messages[number - 1])

    def commands(self, chat: int) -> Sequence[Json]:
        """Zalo shows no menu of commands; they can be typed all the same."""
        return ()

    def type(self, chat: int, text: str) -> None:
        bot, person = self._homes[chat]
        self._service.write(bot, person, text, self._names[chat])

    def press(self, chat: int, number: int, row: int, column: int) -> None:
        raise LookupError("Zalo has no buttons")

    def attach(self, chat: int, name: str, content: bytes, caption: str) -> None:
        """A bot is told only that there was something which it cannot read."""
        bot, person = self._homes[chat]
        shown = f"[Tệp] {name}\n{caption}".strip()
        self._service.post(
            bot, person, "message.unsupported.received", {"text": shown}, name=self._names[chat]
        )

    def file(self, file_id: str) -> File | None:
        return None

    def listen(self, listener: Callable[[ChatEvent], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _said(self, bot: ZaloBot, person: str, number: int) -> None:
        chat = self._chats.get((bot.token, person))
        if chat is not None:
            for listener in tuple(self._listeners):
                listener(ChatEvent("message", chat, number))


def _bubble(chat: int, number: int, said: ZaloMessage) -> Bubble:
    return Bubble(
        id=number,
        chat=chat,
        bot=said.from_bot,
        date=dt.datetime.fromtimestamp(said.date / 1000, dt.UTC),
        text=f"{said.photo}\n{said.text}".strip() if said.photo else said.text,
        choices=choices_of(said.text) if said.from_bot else (),
    )


def choices_of(text: str) -> tuple[str, ...]:
    """What may be answered by number, in order: the list at the end of a message."""
    lists = _LIST.findall(text)
    return tuple(_CHOICE.findall(lists[-1])) if lists else ()
