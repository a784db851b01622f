"""What a chat service posts to us instead of being polled: where it comes in, and how it is known."""

import asyncio
import datetime as dt
import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.settings import Settings
from bot.storage.work import Desk

TICK = 10.0  #: seconds between two looks at what other processes left behind
LEFT_ALONE = dt.timedelta(seconds=10)  #: an update that nobody finished for so long is taken up …
LEFT_BY_ANOTHER = dt.timedelta(seconds=90)  #: … or so long, where another process may be waiting to answer


class HookRefusedError(Exception):
    """The service does not take the address, now or later."""


async def keep_hook(
    look: Callable[[bool], Awaitable[bool]], resume: Callable[[], Awaitable[None]], every: float
) -> None:
    """Watch one webhook until cancelled, or until `look` raises HookRefusedError; any other error is raised.

    `look(stands)` sets the webhook, or looks after one that stands; False: the service cannot be reached.
    It is called every so many seconds, at each tick while it gives False.  `resume` takes up what other
    processes left behind.  Only the process that leads does this; all take what the webhook brings.
    """
    loop = asyncio.get_running_loop()
    stands, look_at = False, float("-inf")
    while True:
        if loop.time() >= look_at:
            try:
                if await look(stands):
                    stands, look_at = True, loop.time() + every
            except HookRefusedError:
                return
        await asyncio.sleep(TICK)
        await resume()


@dataclass(frozen=True, slots=True)
class Hook:
    """One bot's door.  `accept(body)` stores what came and begins to handle it; False: unknown, or known
    already.  It raises where it cannot be stored: then the service is to deliver it again."""

    channel: str
    bot: str  #: the bot's public number
    header: str  #: bears the secret
    secret: str = field(repr=False)
    accept: Callable[[Any], Awaitable[bool]] = field(repr=False)

    @property
    def path(self) -> str:
        return f"/hook/{self.channel}/{self.bot}"

    def knows(self, given: str) -> bool:
        """Compared in constant time."""
        return hmac.compare_digest(given.encode(), self.secret.encode())


def secret_of(settings: Settings, token: str) -> str:
    """WEBHOOK_SECRET; where it is not set, one that every process with this token works out alike, and
    nobody without it."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    return hmac.new(token.encode(), b"nhaclich webhook", hashlib.sha256).hexdigest()


def patience(desk: Desk) -> dt.timedelta:
    """How old an unfinished update is that surely nobody has in hand."""
    return LEFT_ALONE if desk.is_for_one_process else LEFT_BY_ANOTHER
