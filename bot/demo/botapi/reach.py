"""Whether the bot may write in a chat, or pin there; refused in Telegram's words."""

from bot.demo.botapi.model import ApiError, Chat, bad_request
from bot.demo.botapi.params import Params
from bot.demo.botapi.service import ChatService


def find_chat(service: ChatService, params: Params) -> Chat:
    """The chat, if the bot may write there.  Raises ApiError 400 or 403."""
    if not params.has("chat_id"):
        raise bad_request("chat_id is empty")
    chat = service.chats.get(params.integer("chat_id"))
    if chat is None or not chat.started:
        raise bad_request("chat not found")
    if chat.kind != "private":
        _require_member(chat)
    if chat.gone:
        raise ApiError(403, "Forbidden: user is deactivated")
    if chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    if chat.migrated_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    return chat


def _require_member(chat: Chat) -> None:
    """Raises ApiError 400 or 403, as Telegram words it, where the bot cannot write in this group."""
    if chat.migrated_to is not None:
        return  # that is said first
    if chat.gone:
        raise ApiError(403, "Forbidden: the group chat was deleted")
    if chat.bot == "kicked":
        raise ApiError(403, f"Forbidden: bot was kicked from the {chat.kind} chat")
    if chat.bot == "left":
        raise ApiError(403, f"Forbidden: bot is not a member of the {chat.kind} chat")


def require_pin(chat: Chat) -> None:
    if chat.kind != "private" and not chat.may_pin:
        raise bad_request("not enough rights to manage pinned messages in the chat")


def require_words(chat: Chat) -> None:
    if chat.muted and chat.bot != "administrator":
        raise bad_request("not enough rights to send text messages to the chat")
