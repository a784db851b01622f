"""Who this bot is, asked of the service; and letting go of its connections."""

from telegram import Bot as Bot
from telegram.error import InvalidToken, TelegramError

from bot.errors import NhacLichError


class TokenError(NhacLichError):
    """The service does not know our token."""


class UnreachableError(NhacLichError):
    """The service does not answer."""


def unknown_token() -> TokenError:
    return TokenError("Telegram không nhận mã bot. Đề nghị kiểm tra TELEGRAM_BOT_TOKEN.")


async def ask_name(bot: Bot) -> str:
    """The bot's user name.  Raises TokenError, UnreachableError."""
    try:
        return (await bot.get_me()).username or ""
    except InvalidToken:
        raise unknown_token() from None
    except TelegramError as error:
        raise UnreachableError(
            "Không tới được Telegram (mạng ở Việt Nam có thể chặn). Đề nghị đặt TELEGRAM_PROXY.",
            detail=type(error).__name__,
        ) from None


async def ask_webhook_trouble(bot: Bot) -> str:
    """What the service says went wrong last with the webhook that is set.  Raises UnreachableError."""
    try:
        info = await bot.get_webhook_info()
    except TelegramError as error:
        raise UnreachableError("Không tới được Telegram.", detail=type(error).__name__) from None
    return (info.last_error_message or "") if info.url else ""


async def take_back_webhook(bot: Bot) -> None:
    """So that the bot can be polled.  Raises UnreachableError."""
    try:
        await bot.delete_webhook()
    except TelegramError as error:
        raise UnreachableError("Không tới được Telegram.", detail=type(error).__name__) from None


async def let_go(bot: Bot) -> None:
    """Close the connections of a bot that was never initialised."""
    for request in bot._request:
        await request.shutdown()
