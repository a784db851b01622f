"""One update of the Bot API, as what somebody did: in a chat of her own, or in a group."""

from dataclasses import dataclass, replace

from telegram import Bot, Message, Update

from bot.chat.incoming import Incoming, Membership, Upload

CHANNEL = "telegram"
LARGEST_FILE = 10 * 1024 * 1024
_OUT = ("kicked", "left")


@dataclass(frozen=True, slots=True)
class Blocking:
    """Somebody blocked the bot in her own chat, or lets it write again."""

    chat_id: str
    blocked: bool


def is_for_us(update: Update) -> bool:
    """All that happens in a private chat; of a group commands, presses, and what becomes of the group.  An
    administrator is shown every word that is said there: those are nobody's but the group's."""
    message = update.message
    if message is None or message.chat.type == "private":
        return True
    return (message.text or "").startswith("/") or migration_of(update) is not None


def membership_of(update: Update) -> Membership | Blocking | None:
    change = update.my_chat_member
    if change is None:
        return None
    chat, member = change.chat, change.new_chat_member
    out = member.status in _OUT
    if chat.type == "private":
        return Blocking(str(chat.id), out)
    if chat.type not in ("group", "supergroup"):
        return None
    return Membership(
        CHANNEL,
        str(chat.id),
        chat.title or "",
        str(change.from_user.id),
        inside=not out,
        may_pin=bool(getattr(member, "can_pin_messages", False)),
    )


def migration_of(update: Update) -> tuple[str, str] | None:
    """The old and the new id of a group that became a supergroup; each of the two chats has a word of it."""
    message = update.message
    if message is None:
        return None
    if message.migrate_to_chat_id is not None:
        return str(message.chat.id), str(message.migrate_to_chat_id)
    if message.migrate_from_chat_id is not None:
        return str(message.migrate_from_chat_id), str(message.chat.id)
    return None


async def incoming_of(update: Update, bot: Bot) -> Incoming | None:
    """None for what nobody asked of us."""
    chat, user = update.effective_chat, update.effective_user
    if chat is None or user is None:
        return None
    private, message = chat.type == "private", update.message
    if user.is_bot and not _is_anonymous(message, private=private):
        return None
    who = Incoming(
        CHANNEL,
        str(chat.id),
        private,
        user.full_name,
        account="" if user.is_bot else str(user.id),
        title=chat.title or "",
    )
    if update.callback_query is not None:
        shown = update.callback_query.message
        return replace(
            who,
            token=update.callback_query.data or "",
            message_id=str(shown.message_id) if shown else None,
        )
    if message is None:
        return None
    if message.document is not None and private:
        return replace(who, upload=await _file(message, bot))
    if message.text is None and (not private or message.effective_attachment is None):
        return None  # in a chat of one's own what is no text is answered; not that a message was pinned
    return replace(who, text=message.text or "")


def _is_anonymous(message: Message | None, *, private: bool) -> bool:
    """An administrator who writes in the group's name: a person, of whom nobody says who she is."""
    sender = message.sender_chat if message is not None else None
    return not private and message is not None and sender is not None and sender.id == message.chat.id


async def _file(message: Message, bot: Bot) -> Upload:
    document = message.document
    assert document is not None
    name, size = document.file_name or "", document.file_size or 0
    if size > LARGEST_FILE:
        return Upload(name, size, None)
    file = await bot.get_file(document.file_id)
    content = bytes(await file.download_as_bytearray())
    return Upload(name, len(content), content if len(content) <= LARGEST_FILE else None)
