"""Telegram's webhook: set, watched, and taken back."""

import datetime as dt
import logging
from collections.abc import Mapping
from typing import Any

from telegram import Bot, Update, WebhookInfo
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.hooks import HookRefusedError
from bot.channels.telegram.identity import unknown_token
from bot.channels.telegram.receiver import KINDS, TelegramReceiver

log = logging.getLogger(__name__)

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LOOK_EVERY = 60.0  #: seconds between two looks at whether the webhook still stands
CONNECTIONS = 40  #: of the service to us (setWebhook, the default)


def read_update(body: Any, bot: Bot) -> Update | None:
    """None for what is no update."""
    number = body.get("update_id") if isinstance(body, Mapping) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 2**63:
        return None
    try:
        return Update.de_json(dict(body), bot)
    except Exception as error:  # python-telegram-bot's parsing raises whatever a strange body leads to
        log.warning("an update that cannot be read is left aside (%s)", type(error).__name__)
        return None


class HookKeeper:
    """Implements the look of `keep_hook`."""

    def __init__(self, bot: Bot, receiver: TelegramReceiver, url: str, secret: str) -> None:
        self._bot = bot
        self._receiver = receiver
        self._url = url
        self._secret = secret
        self._last_error: dt.datetime | None = None

    async def look(self, stands: bool) -> bool:
        """Raises TokenError, HookRefusedError."""
        try:
            await self._set(stands)
        except InvalidToken:
            raise unknown_token() from None
        except BadRequest as error:
            log.error("Telegram refuses the webhook; polling instead (%s)", error.message)
            raise HookRefusedError from None
        except TelegramError as error:
            self._receiver.lost(type(error).__name__)
            return False
        self._receiver.found()
        return True

    async def _set(self, stands: bool) -> None:
        """At the start (the secret may be another one) and where somebody has changed it."""
        info = await self._bot.get_webhook_info()
        if stands and info.url == self._url:
            self._tell(info)
            return
        if stands:
            log.warning("the webhook was changed by another program; it is set anew")
        await self._bot.set_webhook(
            self._url, allowed_updates=KINDS, secret_token=self._secret, max_connections=CONNECTIONS
        )
        self._last_error = info.last_error_date
        log.info("Telegram delivers to %s", self._url)

    def _tell(self, info: WebhookInfo) -> None:
        """What the service says went wrong since the last look."""
        if info.last_error_date is not None and info.last_error_date != self._last_error:
            log.warning(
                "Telegram could not deliver (%s); %d updates wait there",
                info.last_error_message,
                info.pending_update_count,
            )
        self._last_error = info.last_error_date
