"""What the Zalo Bot Platform's answers mean to the outbox.

Failures mostly come as HTTP 200 with `ok` false, `error_code` may be a string, and a gateway answers HTML.
"""

import json
from typing import Any

from bot.outbox.port import RecipientGoneError, RetryLaterError, SendError, UncertainError

FIRST_BACKOFF = 5.0  #: seconds to wait after HTML 429, which does not say how long

#: Parts of descriptions that mean: this person cannot be written to.
_GONE = (
    "chat not found",
    "user not found",
    "blocked",
    "not interacted",
    "has not started",
    "user limit",
    "deactivated",
)
_GONE_WORDS = "Không gửi được: người nhận đã chặn bot hoặc chưa nhắn cho bot trên Zalo."
_LATER_WORDS = "Zalo đang bận. Xin thử lại sau ít phút."
LOST_WORDS = "Không rõ tin đã đến hay chưa vì đường truyền bị ngắt. Xin xem lại trong khung trò chuyện."
_WRONG_PLACE = "is ZALO_API_URL right?"
_REFUSED_WORDS = "Zalo không nhận tin này."


class NothingNewError(Exception):
    """408 of getUpdates: nothing came within the wait."""


class BadTokenError(RetryLaterError):
    """401: the token is wrong or was reset.  The setting is to be mended, not the message."""

    def __init__(self) -> None:
        super().__init__(
            "Zalo không nhận mã bot. Đề nghị kiểm tra ZALO_BOT_TOKENS.",
            detail="Zalo does not know this token (ZALO_BOT_TOKENS)",
        )


class QuotaUsedError(SendError):
    """429 as JSON: the month's messages are used up.  Repeating is of no use before the next month."""

    def __init__(self) -> None:
        super().__init__(
            "Bot Zalo đã hết số tin của tháng này.", detail="the bot's monthly quota of messages is used up"
        )


class ConflictError(RetryLaterError):
    """Another program polls with the same token: whoever asked last is answered."""

    def __init__(self) -> None:
        super().__init__(_LATER_WORDS, detail="another program polls with the same token")


class TooFastError(RetryLaterError):
    """429 as HTML: slow down."""


def later(detail: str, after: float | None = None) -> RetryLaterError:
    return RetryLaterError(_LATER_WORDS, after=after, detail=detail)


def lost(detail: str) -> UncertainError:
    return UncertainError(LOST_WORDS, detail=detail)


def result_of(status: int, body: bytes) -> Any:
    """The `result` of a good answer.  Raises NothingNewError or one of the outbox's errors."""
    try:
        answer = json.loads(body)
    except ValueError:
        raise _of_a_gateway(status) from None
    if not isinstance(answer, dict):
        raise _of_a_gateway(status)
    if 200 <= status < 300 and answer.get("ok") is True:
        return answer.get("result")
    raise _refusal(_code(answer, status), str(answer.get("description") or ""))


def _code(answer: dict[str, Any], status: int) -> int:
    try:
        return int(answer.get("error_code") or status)
    except (TypeError, ValueError):
        return status


def _refusal(code: int, description: str) -> Exception:
    detail = f"{code}: {description[:200]}"
    if code == 408:
        return NothingNewError()
    if code == 401:
        return BadTokenError()
    if code == 429:
        return QuotaUsedError()
    if code == 409:
        return ConflictError()
    if code == 404:
        detail += f": {_WRONG_PLACE}"
    if code == 403 or code >= 500 or code < 400:
        return later(detail)
    if any(part in description.lower() for part in _GONE):
        return RecipientGoneError(_GONE_WORDS, detail=detail)
    return SendError(_REFUSED_WORDS, detail=detail)


def _of_a_gateway(status: int) -> Exception:
    """Not JSON: something in front of the service, or the wrong address (ZALO_API_URL)."""
    if status == 429:
        return TooFastError(_LATER_WORDS, after=FIRST_BACKOFF, detail="429: too fast")
    if 200 <= status < 300 or status == 504:
        return lost(f"HTTP {status} without JSON: {_WRONG_PLACE}")
    return later(f"HTTP {status} without JSON: {_WRONG_PLACE}")
