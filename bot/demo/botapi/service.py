"""The chat service in memory: what people do with their phones, and what a test or the page can see.

The bot's side, the methods of the Bot API, is in `methods`; both work on the same state.
All of it belongs to one event loop.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.clock import Clock, SystemClock
from bot.demo.botapi import shapes
from bot.demo.botapi.faults import Faults
from bot.demo.botapi.limits import FloodMeter, Limits
from bot.demo.botapi.markup import commands_in
from bot.demo.botapi.model import Accepted, Chat, ChatEvent, File, Json, Press, Refused, StoredMessage, User
from bot.demo.botapi.profile import Profile, Webhook
from bot.demo.botapi.updates import UpdateQueue

DEFAULT_TOKEN = "7000000001:AAdemo-local-server-only-not-a-secret0"  # noqa: S105 - opens nothing


class ChatService:
    """One bot, its users and chats.

    `clock` dates the messages (a turnable one in the demo); `timer` is monotonic seconds for flood
    control and the life of a callback query.
    """

    def __init__(
        self,
        *,
        token: str = DEFAULT_TOKEN,
        username: str = "nhaclich_demo_bot",
        name: str = "Nhắc Lịch",
        limits: Limits | None = None,
        clock: Clock | None = None,
        timer: Callable[[], float] = time.monotonic,
        query_lifetime: float = 30.0,
    ) -> None:
        self.token = token
        self.bot = User(int(token.partition(":")[0]), name, is_bot=True, username=username)
        self.clock: Clock = clock or SystemClock()
        self.timer = timer
        self.query_lifetime = query_lifetime
        self.flood = FloodMeter(limits or Limits(), timer)
        self.faults = Faults()
        self.updates = UpdateQueue()
        self.profile = Profile(name)
        self.webhook = Webhook()
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.files: dict[str, File] = {}
        self.received: list[Accepted] = []  #: everything accepted that a person can see, edits too
        self.refused: list[Refused] = []
        self._next_message_id = 1
        self._next_query_id = 1
        self._listeners: list[Callable[[ChatEvent], None]] = []

    # -- people ---------------------------------------------------------------------------------

    def add_user(self, user_id: int, name: str, *, started: bool = False) -> Chat:
        """A person with an account.  Until they write (or `started`), a bot cannot write to them."""
        chat = Chat(user_id, "private", name, User(user_id, name), started=started)
        return self.chats.setdefault(user_id, chat)

    def block(self, user_id: int) -> None:
        """The person blocks the bot; the bot is told."""
        self._set_blocked(user_id, blocked=True)

    def unblock(self, user_id: int) -> None:
        self._set_blocked(user_id, blocked=False)

    def deactivate(self, user_id: int) -> None:
        """The account is deleted."""
        self.chats[user_id].gone = True

    def reset(self) -> None:
        """Everybody and every message is gone; updates too.  Ids are never used again."""
        for store in (self.chats, self.presses, self.files):
            store.clear()
        self.updates.drop_all()
        self.tell(ChatEvent("reset", 0))

    def type(self, user_id: int, text: str) -> StoredMessage:
        """The person writes.  This opens the chat, and lifts a block."""
        return self._from_person(user_id, text)

    def send_file(
        self, user_id: int, name: str, content: bytes, *, caption: str = "", mime: str | None = None
    ) -> StoredMessage:
        """The person sends a file."""
        file = self.store_file(name, content, mime or "application/octet-stream")
        return self._from_person(user_id, caption, file)

    def press(self, user_id: int, message_id: int, label_or_data: str) -> Press:
        """The person presses a button that is on the message now.

        Raises LookupError for no such message or button, ValueError for a button that is a link.
        """
        message = self.message(user_id, message_id)
        button = message.button(label_or_data)
        if button.data is None:
            raise ValueError(f"{button.label!r} opens {button.url}; the bot is not told")
        return self.query(user_id, self.user(user_id), message_id, button.data, message)

    def forge_press(self, user_id: int, message_id: int, data: str, *, inaccessible: bool = False) -> Press:
        """A press with any data, as a stale or a hostile client can send it, on any message.

        `inaccessible`, or a message that is gone: the bot gets Telegram's InaccessibleMessage.
        """
        message = self.chats[user_id].messages.get(message_id)
        if inaccessible or (message is not None and message.deleted):
            message = None
        return self.query(user_id, self.user(user_id), message_id, data, message)

    # -- looking --------------------------------------------------------------------------------

    def messages(self, user_id: int) -> list[StoredMessage]:
        """The chat as the person sees it, oldest first."""
        return [message for message in self.chats[user_id].messages.values() if not message.deleted]

    def message(self, user_id: int, message_id: int) -> StoredMessage:
        """Raises LookupError."""
        found = self.chats[user_id].messages.get(message_id)
        if found is None or found.deleted:
            raise LookupError(f"no message {message_id} in chat {user_id}")
        return found

    def last(self, user_id: int) -> StoredMessage:
        """The bot's newest message to this person.  Raises LookupError."""
        for message in reversed(self.messages(user_id)):
            if message.from_bot:
                return message
        raise LookupError(f"the bot wrote nothing to {user_id}")

    def sent(self, chat_id: int | None = None) -> list[Accepted]:
        """New messages only (no edits), to one chat or to all."""
        return [
            one
            for one in self.received
            if one.method.startswith("send") and (chat_id is None or one.chat_id == chat_id)
        ]

    def commands(self, user_id: int) -> Sequence[Json]:
        """The command menu that this person's client shows."""
        return self.profile.commands_for(user_id)

    def listen(self, listener: Callable[[ChatEvent], None]) -> Callable[[], None]:
        """`listener` is called at each event, in the loop; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def until(self, condition: Callable[[], bool], within: float = 5.0) -> None:
        """Until `condition` holds; it is asked after every event.  Raises TimeoutError."""
        happened = asyncio.Event()
        stop = self.listen(lambda event: happened.set())
        try:
            async with asyncio.timeout(within):
                while not condition():
                    happened.clear()
                    await happened.wait()
        finally:
            stop()

    # -- for the methods ------------------------------------------------------------------------

    def now(self) -> datetime:
        return self.clock.now()

    def new_message_id(self) -> int:
        self._next_message_id += 1
        return self._next_message_id - 1

    def store_file(self, name: str, content: bytes, mime: str, *, photo: bool = False) -> File:
        file_id = f"BQAC{len(self.files) + 1:08d}"
        file = File(file_id, name, content, mime, "photo" if photo else "document")
        self.files[file_id] = file
        return file

    def user(self, user_id: int) -> User:
        """Raises LookupError for nobody who can act."""
        chat = self.chats[user_id]
        if chat.user is None:
            raise LookupError(f"{user_id} is nobody who can act")
        return chat.user

    def query(
        self, chat_id: int, user: User, message_id: int, data: str, message: StoredMessage | None
    ) -> Press:
        """Somebody pressed something on a message of this chat."""
        press = Press(str(self._next_query_id), user.id, message_id, data, self.timer())
        self._next_query_id += 1
        self.presses[press.id] = press
        self.updates.put("callback_query", shapes.query(self.chats[chat_id], user, press, message))
        return press

    def accept(self, method: str, message: StoredMessage, *, silent: bool = False) -> None:
        """Record what reached a person, and tell the listeners."""
        number = len(self.received) + 1
        self.received.append(shapes.accepted(number, method, message, self.now(), silent=silent))
        kind = "message" if method.startswith("send") else "pin" if method.startswith("pin") else "edit"
        self.tell(ChatEvent(kind, message.chat_id, message.id))  # type: ignore[arg-type]

    def tell(self, event: ChatEvent) -> None:
        for listener in tuple(self._listeners):
            listener(event)

    def message_api(self, message: StoredMessage) -> Json:
        """The message as the Bot API shows it."""
        return shapes.message(self.chats[message.chat_id], message)

    # -- inside ---------------------------------------------------------------------------------

    def _from_person(self, user_id: int, text: str, file: File | None = None) -> StoredMessage:
        chat = self.chats[user_id]
        if chat.user is None or chat.gone:
            raise LookupError(f"{user_id} is nobody who can write")
        if chat.blocked:
            self._set_blocked(user_id, blocked=False)
        chat.started = True
        message = StoredMessage(
            self.new_message_id(), user_id, chat.user, self.now(), text, commands_in(text), text, file=file
        )
        chat.messages[message.id] = message
        self.tell(ChatEvent("message", user_id, message.id))
        self.updates.put("message", self.message_api(message))
        return message

    def _set_blocked(self, user_id: int, *, blocked: bool) -> None:
        chat = self.chats[user_id]
        if chat.user is None or chat.blocked == blocked:
            return
        chat.blocked = blocked
        change = shapes.block_change(chat, chat.user, self.bot, self.now(), blocked=blocked)
        self.updates.put("my_chat_member", change)
