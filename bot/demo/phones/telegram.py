"""Telegram's phones, over the ChatService."""

from collections.abc import Callable, Sequence

from bot.demo.botapi import ChatService, StoredMessage
from bot.demo.botapi.groups import Groups
from bot.demo.botapi.model import ChatEvent, File, Json
from bot.demo.phones.model import Bubble, Key


class TelegramPhones:
    """Implements `Side`.  The number of a chat is the person's user id; a group is seen by one of it."""

    channel = "telegram"

    def __init__(self, service: ChatService) -> None:
        self._service = service
        self._speakers: dict[int, int] = {}  #: group → whose phone it is

    def add_group(self, chat: int, speaker: int) -> None:
        self._speakers[chat] = speaker

    def has(self, chat: int) -> bool:
        """A person's own chat, or a group that is shown."""
        found = self._service.chats.get(chat)
        return found is not None and (found.user is not None or chat in self._speakers)

    def bubbles(self, chat: int) -> list[Bubble]:
        return [_bubble(one) for one in self._service.messages(chat)]

    def bubble(self, chat: int, number: int) -> Bubble:
        return _bubble(self._service.message(chat, number))

    def commands(self, chat: int) -> Sequence[Json]:
        return self._service.commands(chat)

    def type(self, chat: int, text: str) -> None:
        if chat in self._speakers:
            Groups(self._service).type(chat, self._speakers[chat], text)
        else:
            self._service.type(chat, text)

    def press(self, chat: int, number: int, row: int, column: int) -> None:
        button = self._service.message(chat, number).keyboard[row][column]
        if button.data is None:
            raise ValueError(f"{button.label!r} opens {button.url}")
        self._service.forge_press(chat, number, button.data)

    def attach(self, chat: int, name: str, content: bytes, caption: str) -> None:
        if chat in self._speakers:  # a bot is not told of files in a group
            Groups(self._service).type(chat, self._speakers[chat], f"[Tệp] {name}\n{caption}".strip())
        else:
            self._service.send_file(chat, name, content, caption=caption)

    def file(self, file_id: str) -> File | None:
        return self._service.files.get(file_id)

    def listen(self, listener: Callable[[ChatEvent], None]) -> Callable[[], None]:
        return self._service.listen(listener)


def _bubble(stored: StoredMessage) -> Bubble:
    return Bubble(
        id=stored.id,
        chat=stored.chat_id,
        bot=stored.from_bot,
        date=stored.date,
        text=stored.text,
        entities=stored.entities,
        edited=stored.edited is not None,
        rows=tuple(tuple(Key(one.label, one.url) for one in row) for row in stored.keyboard),
        file=stored.file,
    )
