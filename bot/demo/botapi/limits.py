"""Flood control (Bot API FAQ, "My bot is hitting limits"): per bot, per private chat, per group."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """None: no such limit.  A private chat may burst, then has its sustained rate."""

    bot_per_second: int | None = 30
    chat_per_second: float | None = 1.0
    chat_burst: int = 5
    group_per_minute: int | None = 20

    @staticmethod
    def none() -> "Limits":
        """No flood control at all, e.g. for a bench."""
        return Limits(None, None, 0, None)


class FloodMeter:
    """Counts what was let through.  After a refusal the door stays shut for the seconds it named."""

    def __init__(self, limits: Limits, timer: Callable[[], float]) -> None:
        self.limits = limits
        self._timer = timer
        self._bot: deque[float] = deque()
        self._bot_shut_until = 0.0
        self._buckets: dict[int, tuple[float, float]] = {}  # chat → tokens left, counted at
        self._groups: dict[int, deque[float]] = {}
        self._chat_shut_until: dict[int, float] = {}

    def admit(self, chat_id: int, *, group: bool) -> int:
        """0 and the message counts, or the seconds to wait and it does not."""
        limits = self.limits
        now = self._timer()
        shut = max(self._bot_shut_until, self._chat_shut_until.get(chat_id, 0.0))
        if shut > now:
            return math.ceil(shut - now)
        bot_wait = self._bot_wait(now) if limits.bot_per_second is not None else 0.0
        if bot_wait:
            self._bot_shut_until = now + math.ceil(bot_wait)
            return math.ceil(bot_wait)
        chat_wait = self._group_wait(chat_id, now) if group else self._private_wait(chat_id, now)
        if chat_wait:
            self._chat_shut_until[chat_id] = now + math.ceil(chat_wait)
            return math.ceil(chat_wait)
        if limits.bot_per_second is not None:
            self._bot.append(now)
        return 0

    def _bot_wait(self, now: float) -> float:
        while self._bot and now - self._bot[0] >= 1.0:
            self._bot.popleft()
        if len(self._bot) < (self.limits.bot_per_second or 0):
            return 0.0
        return max(1.0 - (now - self._bot[0]), 0.01)

    def _private_wait(self, chat_id: int, now: float) -> float:
        rate = self.limits.chat_per_second
        if rate is None:
            return 0.0
        full = float(max(self.limits.chat_burst, 1))
        tokens, counted_at = self._buckets.get(chat_id, (full, now))
        tokens = min(full, tokens + (now - counted_at) * rate)
        if tokens < 1.0:
            self._buckets[chat_id] = (tokens, now)
            return (1.0 - tokens) / rate
        self._buckets[chat_id] = (tokens - 1.0, now)
        return 0.0

    def _group_wait(self, chat_id: int, now: float) -> float:
        allowed = self.limits.group_per_minute
        if allowed is None:
            return 0.0
        sent = self._groups.setdefault(chat_id, deque())
        while sent and now - sent[0] >= 60.0:
            sent.popleft()
        if len(sent) >= allowed:
            return max(60.0 - (now - sent[0]), 0.01)
        sent.append(now)
        return 0.0
