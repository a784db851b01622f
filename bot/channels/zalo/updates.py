"""One update of the platform, wrapped or flat, as what somebody did in a chat."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_TEXT = "message.text.received"
_OTHER = tuple(f"message.{kind}.received" for kind in ("image", "sticker", "voice", "unsupported"))
_FIRST_SECOND = 1_577_836_800  #: 2020; there was no such platform before
_FIRST_MILLISECOND = 1_577_836_800_000
_ID_LIMIT = 64
_CHAT_LIMIT = 39  #: with the bot's key before it, an address has at most 64


@dataclass(frozen=True, slots=True)
class Update:
    chat: str
    message_id: str
    private: bool
    sender: str
    text: str | None  #: None: something that is not text
    at: dt.datetime | None = None  #: when it was sent; None: the service did not say


def event_of(body: Any) -> Mapping[str, Any]:
    """The event itself: `{"event_name", "message"}`, with or without `{"ok", "result"}` around it."""
    for _ in range(3):
        if isinstance(body, dict) and isinstance(body.get("result"), dict):
            body = body["result"]
    return body if isinstance(body, dict) else {}


def read_update(body: Any) -> Update | None:
    """None for what is unknown, incomplete, or from a bot."""
    event = event_of(body)
    name, message = event.get("event_name"), event.get("message")
    if name not in (_TEXT, *_OTHER) or not isinstance(message, dict):
        return None
    chat, sender = message.get("chat"), message.get("from")
    if not isinstance(chat, dict) or not isinstance(sender, dict) or sender.get("is_bot") is True:
        return None
    chat_id, message_id = str(chat.get("id") or ""), str(message.get("message_id") or "")
    if not 0 < len(chat_id) <= _CHAT_LIMIT or not 0 < len(message_id) <= _ID_LIMIT:
        return None
    text = message.get("text")
    return Update(
        chat=chat_id,
        message_id=message_id,
        private=str(chat.get("chat_type") or "PRIVATE").upper() == "PRIVATE",
        sender=str(sender.get("display_name") or ""),
        text=str(text) if name == _TEXT and text is not None else None,
        at=_instant(message.get("date")),
    )


def _instant(date: Any) -> dt.datetime | None:
    """Of milliseconds; what can only be seconds is taken as such, anything odd as unknown."""
    try:
        number = float(date)
        seconds = number / 1000 if number >= _FIRST_MILLISECOND else number
        return dt.datetime.fromtimestamp(seconds, dt.UTC) if seconds >= _FIRST_SECOND else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None
