"""The JSON objects of updates, as the Bot API shapes them, and the record of an accepted call."""

from datetime import datetime

from bot.clock import SystemClock
from bot.demo.botapi.keyboards import keyboard_api
from bot.demo.botapi.model import Accepted, BotStatus, Chat, Json, Press, StoredMessage, User

#: Of an administrator (Bot API, ChatMemberAdministrator).
_RIGHTS = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
    *("can_post_stories", "can_edit_stories", "can_delete_stories", "can_pin_messages"),
)


def message(chat: Chat, message: StoredMessage) -> Json:
    """Message."""
    shown: Json = {
        "message_id": message.id,
        "from": message.sender.api(),
        "chat": chat.api(),
        "date": int(message.date.timestamp()),
    }
    file = message.file
    if file is None:
        shown["text"] = message.text
    else:
        about: Json = {"file_id": file.id, "file_unique_id": file.id, "file_size": len(file.content)}
        if file.kind == "photo":
            shown["photo"] = [{**about, "width": 640, "height": 480}]
        else:
            shown["document"] = {**about, "file_name": file.name, "mime_type": file.mime}
        if message.text:
            shown["caption"] = message.text
    if message.entities:
        shown["entities" if file is None else "caption_entities"] = message.entities
    if message.edited:
        shown["edit_date"] = int(message.edited.timestamp())
    if message.keyboard:
        shown["reply_markup"] = keyboard_api(message.keyboard)
    return shown


def query(chat: Chat, user: User, press: Press, on: StoredMessage | None) -> Json:
    """CallbackQuery; `on` None: an InaccessibleMessage."""
    gone: Json = {"chat": chat.api(), "message_id": press.message_id, "date": 0}
    return {
        "id": press.id,
        "from": user.api(),
        "chat_instance": str(user.id),
        "data": press.data,
        "message": message(chat, on) if on is not None else gone,
    }


def block_change(chat: Chat, user: User, bot: User, at: datetime, *, blocked: bool) -> Json:
    """ChatMemberUpdated of a person who blocks the bot, or lets it in again."""
    member: Json = {"user": bot.api(), "status": "member"}
    kicked: Json = {"user": bot.api(), "status": "kicked", "until_date": 0}
    return {
        "chat": chat.api(),
        "from": user.api(),
        "date": int(at.timestamp()),
        "old_chat_member": member if blocked else kicked,
        "new_chat_member": kicked if blocked else member,
    }


def membership(chat: Chat, user: User, bot: User, at: datetime, before: BotStatus) -> Json:
    """ChatMemberUpdated of the bot in a group."""
    return {
        "chat": chat.api(),
        "from": user.api(),
        "date": int(at.timestamp()),
        "old_chat_member": _member(bot, before, may_pin=False),
        "new_chat_member": _member(bot, chat.bot, may_pin=chat.may_pin),
    }


def _member(bot: User, status: BotStatus, *, may_pin: bool) -> Json:
    about: Json = {"user": bot.api(), "status": status}
    if status == "kicked":
        about["until_date"] = 0
    elif status == "administrator":
        about |= dict.fromkeys(_RIGHTS, False) | {"can_pin_messages": may_pin}
    return about


def accepted(
    number: int, method: str, message: StoredMessage, virtual_at: datetime, *, silent: bool
) -> Accepted:
    return Accepted(
        number=number,
        method=method,
        chat_id=message.chat_id,
        message_id=message.id,
        text=message.text,
        source=message.source,
        buttons=tuple(tuple(button.label for button in row) for row in message.keyboard),
        sent_at=SystemClock().now(),
        virtual_at=virtual_at,
        file_name=message.file.name if message.file else None,
        silent=silent,
    )
