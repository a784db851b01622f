"""Zalo's webhook of one bot: set, watched, and taken back."""

import asyncio
import datetime as dt
import logging
from typing import Any

from bot.channels.hooks import TICK
from bot.channels.zalo.errors import BadTokenError
from bot.channels.zalo.line import Line
from bot.channels.zalo.receiver import ZaloReceiver
from bot.outbox.port import RetryLaterError, SendError, UncertainError

log = logging.getLogger(__name__)

HEADER = "X-Bot-Api-Secret-Token"
LOOK_EVERY = 600.0  #: seconds between two looks at whether the webhook still stands


class HookKeeper:
    """Only the process that leads keeps the webhook; all take what it brings."""

    def __init__(
        self, line: Line, receiver: ZaloReceiver, url: str, secret: str, left_behind: dt.timedelta
    ) -> None:
        self._line = line
        self._receiver = receiver
        self._url = url
        self._secret = secret
        self._left_behind = left_behind

    async def keep(self) -> None:
        """Until cancelled, or until the service refuses the address for good.  Raises BadTokenError."""
        loop = asyncio.get_running_loop()
        stands, look_at = False, float("-inf")
        while True:
            if loop.time() >= look_at:
                try:
                    await self._look(stands)
                except BadTokenError:
                    self._line.stopped = True
                    raise
                except (RetryLaterError, UncertainError) as error:
                    self._receiver.lost(error)
                except SendError as error:
                    log.error(
                        "Zalo refuses the webhook of bot %s (%s): polling instead.",
                        self._line.key,
                        error.detail,
                    )
                    return
                else:
                    self._receiver.found()
                    stands, look_at = True, loop.time() + LOOK_EVERY
            await asyncio.sleep(TICK)
            await self._receiver.resume(self._left_behind)

    async def _look(self, stands: bool) -> None:
        """Set it at the start (the secret may be another one) and where somebody has changed it."""
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
