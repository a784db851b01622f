"""The table of Bot API methods, and one function that runs a call against the service."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.demo.botapi import messages
from bot.demo.botapi.model import ApiError, Json, Refused, bad_request
from bot.demo.botapi.params import Params
from bot.demo.botapi.reach import find_chat
from bot.demo.botapi.service import ChatService

DOWNLOAD_LIMIT = 20 * 1024 * 1024
_LONGEST_POLL = 50  #: seconds

Result = Any
Method = Callable[[ChatService, Params], Result]


def call(service: ChatService, method: str, params: Params) -> Result | Awaitable[Result]:
    """Run one call.  Raises ApiError; a long poll comes back as an awaitable."""
    run = _METHODS.get(method.lower())
    if run is None:
        raise ApiError(404, "Not Found: method not found")
    try:
        return run(service, params)
    except ApiError as refusal:
        chat_id = params.integer("chat_id") if params.has("chat_id") else None
        service.refused.append(Refused(method, chat_id, refusal.code, refusal.description))
        raise


def _get_me(service: ChatService, params: Params) -> Json:
    return {
        **service.bot.api(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _get_updates(service: ChatService, params: Params) -> Awaitable[list[Json]]:
    if service.webhook.url:
        raise ApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    service.updates.allow(params.structure("allowed_updates"))
    limit = min(max(params.integer("limit", 100), 1), 100)
    timeout = min(max(params.integer("timeout"), 0), _LONGEST_POLL)
    return service.updates.poll(params.integer("offset"), limit, timeout)


def _set_webhook(service: ChatService, params: Params) -> bool:
    service.webhook.set(params)
    service.updates.allow(params.structure("allowed_updates"))
    if params.flag("drop_pending_updates"):
        service.updates.drop_all()
    return True


def _delete_webhook(service: ChatService, params: Params) -> bool:
    service.webhook.set(Params({}))
    if params.flag("drop_pending_updates"):
        service.updates.drop_all()
    return True


def _webhook_info(service: ChatService, params: Params) -> Json:
    return service.webhook.info(service.updates.pending, service.updates.allowed)


def _get_file(service: ChatService, params: Params) -> Json:
    file = service.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.id,
        "file_size": len(file.content),
        "file_path": f"{file.kind}s/{file.id}",
    }


def _get_chat(service: ChatService, params: Params) -> Json:
    chat = find_chat(service, params)
    return {
        **chat.api(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def _text(what: str, limit: int) -> Method:
    def run(service: ChatService, params: Params) -> bool:
        service.profile.set_text(what, limit, params)
        return True

    return run


def _get_text(what: str) -> Method:
    def run(service: ChatService, params: Params) -> Json:
        return {what: service.profile.texts.get((what, params.text("language_code")), "")}

    return run


def _set_commands(service: ChatService, params: Params) -> bool:
    service.profile.set_commands(params)
    return True


def _delete_commands(service: ChatService, params: Params) -> bool:
    service.profile.delete_commands(params)
    return True


def _get_commands(service: ChatService, params: Params) -> list[Json]:
    return service.profile.get_commands(params)


def _yes(service: ChatService, params: Params) -> bool:
    return True


_METHODS: dict[str, Method] = {
    name.lower(): run
    for name, run in {
        "getMe": _get_me,
        "getUpdates": _get_updates,
        "setWebhook": _set_webhook,
        "deleteWebhook": _delete_webhook,
        "getWebhookInfo": _webhook_info,
        "sendMessage": messages.send_message,
        "sendDocument": messages.send_document,
        "sendPhoto": messages.send_photo,
        "editMessageText": messages.edit_text,
        "editMessageCaption": messages.edit_caption,
        "editMessageReplyMarkup": messages.edit_markup,
        "deleteMessage": messages.delete_message,
        "pinChatMessage": messages.pin_message,
        "unpinChatMessage": messages.unpin_message,
        "answerCallbackQuery": messages.answer_press,
        "sendChatAction": messages.chat_action,
        "getFile": _get_file,
        "getChat": _get_chat,
        "setMyCommands": _set_commands,
        "getMyCommands": _get_commands,
        "deleteMyCommands": _delete_commands,
        "setMyName": _text("name", 64),
        "getMyName": _get_text("name"),
        "setMyDescription": _text("description", 512),
        "getMyDescription": _get_text("description"),
        "setMyShortDescription": _text("short_description", 120),
        "getMyShortDescription": _get_text("short_description"),
        "setChatMenuButton": _yes,
        "logOut": _yes,
        "close": _yes,
    }.items()
}
