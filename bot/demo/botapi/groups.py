"""Groups: who lets the bot in and out, what it may there, and what it hears (privacy mode)."""

import re

from bot.demo.botapi import shapes
from bot.demo.botapi.markup import commands_in
from bot.demo.botapi.model import BotStatus, Chat, ChatEvent, Press, StoredMessage, User
from bot.demo.botapi.service import ChatService

_COMMAND = re.compile(r"/\w+(?:@(\w+))?(?=\s|$)")
#: Whoever writes without showing who she is (Bot API: `from` is then this account, `sender_chat` the group).
ANONYMOUS = User(1087968824, "Group", is_bot=True, username="GroupAnonymousBot")


class Groups:
    """What people do in the groups of one ChatService, which holds all there is to remember.  A group's id
    is negative."""

    def __init__(self, service: ChatService) -> None:
        self._service = service

    def add(self, chat_id: int, title: str) -> Chat:
        """A group in which the bot is a member."""
        return self._service.chats.setdefault(chat_id, Chat(chat_id, "group", title, started=True))

    def let_in(
        self, chat_id: int, by: int, *, title: str = "", admin: bool = False, pin: bool = False
    ) -> None:
        """Somebody adds the bot, or gives it other rights; the bot is told.  `pin`: it may pin messages."""
        known = self._service.chats.get(chat_id)
        if known is None:
            known = self.add(chat_id, title)
            known.bot = "left"
        known.may_pin = pin
        self._change(known, by, "administrator" if admin or pin else "member")

    def put_out(self, chat_id: int, by: int) -> None:
        """Somebody removes the bot: it may write no more."""
        self._change(self._service.chats[chat_id], by, "kicked")

    def delete(self, chat_id: int, by: int) -> None:
        """The group is no more."""
        self._service.chats[chat_id].gone = True
        self._change(self._service.chats[chat_id], by, "left")

    def mute(self, chat_id: int) -> None:
        """Nobody but administrators may write there; the bot is not told."""
        self._service.chats[chat_id].muted = True

    def type(self, chat_id: int, user_id: int, text: str, *, anonymous: bool = False) -> StoredMessage:
        """A member writes; the bot is told what its privacy mode lets it hear."""
        service, chat = self._service, self._service.chats[chat_id]
        sender = ANONYMOUS if anonymous else service.user(user_id)
        message = StoredMessage(
            service.new_message_id(), chat_id, sender, service.now(), text, commands_in(text), text
        )
        chat.messages[message.id] = message
        service.tell(ChatEvent("message", chat_id, message.id))
        if chat.bot == "administrator" or self._is_heard(text):
            told = service.message_api(message)
            service.updates.put("message", told | ({"sender_chat": chat.api()} if anonymous else {}))
        return message

    def forge_press(self, chat_id: int, user_id: int, message_id: int, data: str) -> Press:
        """A press in the group with any data, on any message."""
        shown = self._service.chats[chat_id].messages.get(message_id)
        return self._service.query(chat_id, self._service.user(user_id), message_id, data, shown)

    def migrate(self, chat_id: int, new_id: int, by: int | None = None) -> None:
        """The group becomes a supergroup: the old id answers with `migrate_to_chat_id`.

        With `by` the bot is told as Telegram tells it: it is in the new chat, and both chats have a word of
        service; that it left the old one it never hears (tdlib/telegram-bot-api, issue 266).
        """
        old = self._service.chats[chat_id]
        old.migrated_to = new_id
        new = Chat(new_id, "supergroup", old.title, started=True, bot="left", may_pin=old.may_pin)
        self._service.chats[new_id] = new
        if by is None:
            new.bot = old.bot
            return
        self._change(new, by, old.bot)
        for chat, sender, told in (
            (old, self._service.user(by), {"migrate_to_chat_id": new_id}),
            (new, ANONYMOUS, {"migrate_from_chat_id": chat_id}),
        ):
            word = StoredMessage(self._service.new_message_id(), chat.id, sender, self._service.now(), "", [])
            about = shapes.message(chat, word)
            del about["text"]
            self._service.updates.put("message", about | told)

    def _is_heard(self, text: str) -> bool:
        """A command, unless it is another bot's."""
        found = _COMMAND.match(text)
        return found is not None and found[1] in (None, self._service.bot.username)

    def _change(self, chat: Chat, by: int, status: BotStatus) -> None:
        before, chat.bot = chat.bot, status
        change = shapes.membership(
            chat, self._service.user(by), self._service.bot, self._service.now(), before
        )
        self._service.updates.put("my_chat_member", change)
