"""Zalo's webhook of one bot: set, watched, and taken back."""

import logging
from typing import Any

from bot.channels.hooks import HookRefusedError
from bot.channels.zalo.errors import BadTokenError
from bot.channels.zalo.line import Line
from bot.channels.zalo.receiver import ZaloReceiver
from bot.outbox.port import RetryLaterError, SendError, UncertainError

log = logging.getLogger(__name__)

HEADER = "X-Bot-Api-Secret-Token"
LOOK_EVERY = 600.0  #: seconds between two looks at whether the webhook still stands


class HookKeeper:
    """Implements the look of `keep_hook`."""

    def __init__(self, line: Line, receiver: ZaloReceiver, url: str, secret: str) -> None:
        self._line = line
        self._receiver = receiver
        self._url = url
        self._secret = secret

    async def look(self, stands: bool) -> bool:
        """Raises BadTokenError, HookRefusedError."""
        try:
            await self._set(stands)
        except BadTokenError:
            self._line.stopped = True
            raise
        except (RetryLaterError, UncertainError) as error:
            self._receiver.lost(error)
            return False
        except SendError as error:
            log.error(
                "Zalo refuses the webhook of bot %s; polling instead (%s)", self._line.key, error.detail
            )
            raise HookRefusedError from None
        self._receiver.found()
        return True

    async def _set(self, stands: bool) -> None:
        """At the start (the secret may be another one) and where somebody has changed it."""
        client = self._line.client
        if stands:
            if await client.webhook_url() == self._url:
                return
            log.warning("the webhook of Zalo bot %s was changed; it is set anew", self._line.key)
        self._tell(await client.set_webhook(self._url, self._secret))

    def _tell(self, verification: Any) -> None:
        """The address is saved also where its verification fails: then nothing would come."""
        said = verification if isinstance(verification, dict) else {}
        if said.get("ok") is False:
            log.error(
                "Zalo bot %s: %s was set, but Zalo cannot reach it (%s, HTTP %s). %s",
                self._line.key,
                self._url,
                _short(said.get("outcome")),
                _short(said.get("status_code")),
                _short(said.get("hint")),
            )
            return
        verified = _short(said.get("outcome")) or "not verified"
        log.info("Zalo bot %s: delivers to %s (%s)", self._line.key, self._url, verified)


def _short(said: Any) -> str:
    return "" if said is None else str(said)[:200]
