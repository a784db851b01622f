"""What Telegram's answers mean to the outbox."""

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.error import TimedOut as PtbTimedOut

from bot.channels.telegram.transport import LostError, NotSentError
from bot.outbox.port import (
    ChatMovedError,
    RecipientGoneError,
    RetryLaterError,
    SendError,
    UncertainError,
)

#: Parts of descriptions (Bot API, 400) that mean: this chat cannot be written to.
_GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user is deactivated",
    "bot was kicked",
    "not enough rights to send",
    "have no rights to send",
    "chat_write_forbidden",
    "input_user_deactivated",
)
_NOT_MODIFIED = "message is not modified"
_CANNOT_EDIT = (
    "can't be edited",
    "message to edit not found",
    "message_id_invalid",
    "no text in the message to edit",
    "message identifier is not specified",
)
_BAD_MARKUP = ("can't parse entities", "can't find end")
#: Causes inside python-telegram-bot's own transport that mean: no request went out.
_NOT_SENT = ("ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol")

_GONE_WORDS = "Không gửi được: người nhận đã chặn bot, chưa bấm Bắt đầu hoặc không còn dùng tài khoản này."
_LATER_WORDS = "Telegram đang bận. Xin thử lại sau ít phút."
_LOST_WORDS = "Không rõ tin đã đến hay chưa vì đường truyền bị ngắt. Xin xem lại trong khung trò chuyện."
_REFUSED_WORDS = "Telegram không nhận tin này."


class CannotEditError(SendError):
    """The message is too old, gone, or another kind of message."""


class BadMarkupError(SendError):
    """The text's markup is not what Telegram takes."""


class NotModifiedError(SendError):
    """It shows this already."""


def kind_of(error: TelegramError) -> SendError:
    """The outbox's kind of error, or one of those that the sender mends itself."""
    if _is_not_modified(error):
        return NotModifiedError("")
    if _cannot_be_edited(error):
        return CannotEditError("", detail=error.message)
    if _is_bad_markup(error):
        return BadMarkupError("", detail=error.message)
    return translated(error)


def translated(error: TelegramError) -> SendError:
    """The outbox's kind of error for one of python-telegram-bot's.  Its detail never holds a token."""
    detail = f"{type(error).__name__}: {error.message}"
    if isinstance(error, ChatMigrated):
        return ChatMovedError(_REFUSED_WORDS, new_chat_id=str(error.new_chat_id), detail=detail)
    if isinstance(error, RetryAfter):
        return RetryLaterError(_LATER_WORDS, after=seconds_asked(error), detail=detail)
    if isinstance(error, Forbidden):
        return RecipientGoneError(_GONE_WORDS, detail=detail)
    if isinstance(error, BadRequest):
        if _any_of(_GONE, error.message):
            return RecipientGoneError(_GONE_WORDS, detail=detail)
        return SendError(_REFUSED_WORDS, detail=detail)
    if isinstance(error, InvalidToken):  # 401, 404: the setting is wrong, not the message
        return RetryLaterError(_LATER_WORDS, detail="the service does not know this token")
    if isinstance(error, PtbTimedOut | LostError):
        sent = not isinstance(error.__cause__, Exception) or type(error.__cause__).__name__ not in _NOT_SENT
        return (
            UncertainError(_LOST_WORDS, detail=detail)
            if sent
            else RetryLaterError(_LATER_WORDS, detail=detail)
        )
    if isinstance(error, NotSentError):
        return RetryLaterError(_LATER_WORDS, detail=detail)
    if isinstance(error, NetworkError):
        return _network(error, detail)
    return UncertainError(_LOST_WORDS, detail=detail)


def _network(error: NetworkError, detail: str) -> SendError:
    """A 5xx, which did nothing except perhaps 504; or a failure of python-telegram-bot's own transport."""
    cause = type(error.__cause__).__name__ if error.__cause__ is not None else ""
    own_transport = error.message.startswith("httpx.")
    if (
        (own_transport and cause not in _NOT_SENT)
        or "(504)" in error.message
        or "Unknown error" in error.message
    ):
        return UncertainError(_LOST_WORDS, detail=detail)
    return RetryLaterError(_LATER_WORDS, detail=detail)


def seconds_asked(error: RetryAfter) -> float:
    """How long the service asks to wait."""
    after = error.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()


def _any_of(parts: tuple[str, ...], text: str) -> bool:
    lowered = text.lower()
    return any(part in lowered for part in parts)


def _is_not_modified(error: TelegramError) -> bool:
    return isinstance(error, BadRequest) and _NOT_MODIFIED in error.message.lower()


def _cannot_be_edited(error: TelegramError) -> bool:
    return isinstance(error, BadRequest) and _any_of(_CANNOT_EDIT, error.message)


def _is_bad_markup(error: TelegramError) -> bool:
    return isinstance(error, BadRequest) and _any_of(_BAD_MARKUP, error.message)
