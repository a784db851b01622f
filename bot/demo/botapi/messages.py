"""The methods that write to a chat: send, edit, delete, pin, answer a press."""

from datetime import datetime

from bot.demo.botapi.keyboards import read_keyboard
from bot.demo.botapi.markup import parse
from bot.demo.botapi.model import ApiError, Chat, ChatEvent, File, Json, StoredMessage, bad_request
from bot.demo.botapi.params import Params
from bot.demo.botapi.reach import find_chat, require_pin, require_words
from bot.demo.botapi.service import ChatService
from bot.message import utf16_length

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ANSWER_LIMIT = 200
UPLOAD_LIMIT = 50 * 1024 * 1024

_ACTIONS = frozenset(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document "
    "choose_sticker find_location record_video_note upload_video_note".split()
)


def send_message(service: ChatService, params: Params) -> Json:
    chat = find_chat(service, params)
    source = params.text("text")
    text, entities = _text(params, source)
    return _deliver(service, params, "sendMessage", chat, source, text, entities, None)


def send_document(service: ChatService, params: Params) -> Json:
    return _send_file(service, params, "document")


def send_photo(service: ChatService, params: Params) -> Json:
    return _send_file(service, params, "photo")


def edit_text(service: ChatService, params: Params) -> Json:
    message = _own_message(service, params, "edit")
    if message.file is not None:
        raise bad_request("there is no text in the message to edit")
    source = params.text("text")
    text, entities = _text(params, source)
    return _change(service, params, "editMessageText", message, source, text, entities)


def edit_caption(service: ChatService, params: Params) -> Json:
    message = _own_message(service, params, "edit")
    if message.file is None:
        raise bad_request("there is no caption in the message to edit")
    source = params.text("caption")
    text, entities = _caption(params, source)
    return _change(service, params, "editMessageCaption", message, source, text, entities)


def edit_markup(service: ChatService, params: Params) -> Json:
    message = _own_message(service, params, "edit")
    method = "editMessageReplyMarkup"
    return _change(service, params, method, message, message.source, message.text, message.entities)


def delete_message(service: ChatService, params: Params) -> bool:
    chat = find_chat(service, params)
    message = chat.messages.get(params.integer("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to delete not found")
    message.deleted = True
    service.tell(ChatEvent("delete", chat.id, message.id))
    return True


def pin_message(service: ChatService, params: Params) -> bool:
    chat = find_chat(service, params)
    message = chat.messages.get(params.integer("message_id"))
    if message is None or message.deleted:
        raise bad_request("message to pin not found")
    require_pin(chat)
    if message.id in chat.pinned:
        return True  # nothing is said of it again
    chat.pinned.append(message.id)
    service.accept("pinChatMessage", message, silent=params.flag("disable_notification"))
    return True


def unpin_message(service: ChatService, params: Params) -> bool:
    chat = find_chat(service, params)
    require_pin(chat)
    wanted = params.integer("message_id", chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    return True


def answer_press(service: ChatService, params: Params) -> bool:
    press = service.presses.get(params.text("callback_query_id"))
    expired = press is None or press.answered or service.timer() - press.at > service.query_lifetime
    if press is None or expired:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text")
    if utf16_length(text) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answered, press.answer, press.alert = True, text or None, params.flag("show_alert")
    service.tell(ChatEvent("answer", press.user_id, press.message_id, text or None, press.alert))
    return True


def chat_action(service: ChatService, params: Params) -> bool:
    chat = find_chat(service, params)
    if params.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    service.tell(ChatEvent("typing", chat.id))
    return True


def _text(params: Params, source: str) -> tuple[str, list[Json]]:
    text, entities = parse(source, params.text("parse_mode"))
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text, entities or params.structure("entities", [])


def _caption(params: Params, source: str) -> tuple[str, list[Json]]:
    text, entities = parse(source, params.text("parse_mode"))
    if utf16_length(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return text, entities or params.structure("caption_entities", [])


def _send_file(service: ChatService, params: Params, kind: str) -> Json:
    chat = find_chat(service, params)
    upload = params.uploads.get(kind)
    given = params.text(kind)
    if upload is None and given.startswith("attach://"):
        upload = params.uploads.get(given.removeprefix("attach://"))
    if upload is None and given not in service.files:
        if not given or given.startswith("attach://"):
            raise bad_request(f"there is no {kind} in the request")
        raise bad_request("wrong remote file identifier specified: Wrong string length")
    if upload is not None and not upload.content:
        raise bad_request("file must be non-empty")
    if upload is not None and len(upload.content) > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    source = params.text("caption")
    caption, entities = _caption(params, source)
    method = "sendPhoto" if kind == "photo" else "sendDocument"
    file = service.files.get(given)
    if upload is not None:
        file = service.store_file(upload.name, upload.content, upload.mime, photo=kind == "photo")
    return _deliver(service, params, method, chat, source, caption, entities, file)


def _deliver(
    service: ChatService,
    params: Params,
    method: str,
    chat: Chat,
    source: str,
    text: str,
    entities: list[Json],
    file: File | None,
) -> Json:
    require_words(chat)
    keyboard = read_keyboard(params)
    reply: Json = params.structure("reply_parameters") or {}
    reply_to = reply.get("message_id")
    if reply_to is not None and reply_to not in chat.messages:
        if not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        reply_to = None
    wait = service.flood.admit(chat.id, group=chat.kind != "private")
    if wait:
        raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
    message = StoredMessage(
        service.new_message_id(),
        chat.id,
        service.bot,
        service.now(),
        text,
        entities,
        source,
        keyboard,
        file,
        reply_to=reply_to,
        silent=params.flag("disable_notification"),
    )
    chat.messages[message.id] = message
    service.accept(method, message, silent=message.silent)
    return service.message_api(message)


def _own_message(service: ChatService, params: Params, verb: str) -> StoredMessage:
    chat = find_chat(service, params)
    message = chat.messages.get(params.integer("message_id"))
    if message is None or message.deleted:
        raise bad_request(f"message to {verb} not found")
    if not message.from_bot:
        raise bad_request(f"message can't be {verb}ed")
    return message


def _change(
    service: ChatService,
    params: Params,
    method: str,
    message: StoredMessage,
    source: str,
    text: str,
    entities: list[Json],
) -> Json:
    keyboard = read_keyboard(params)
    if (text, entities, keyboard) == (message.text, message.entities, message.keyboard):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    changed: datetime = service.now()
    message.text, message.entities, message.source = text, entities, source
    message.keyboard, message.edited = keyboard, changed
    service.accept(method, message)
    return service.message_api(message)
