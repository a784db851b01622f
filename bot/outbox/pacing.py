"""How fast a bot may speak: pure arithmetic on a monotonic clock, no waiting.

The limits are Telegram's (Bot API FAQ, "My bot is hitting limits"): about 30 messages a second for
the bot, 1 a second to a person, 20 a minute to a group.
"""

from collections import deque
from dataclasses import dataclass, field

SECOND = 1.008  #: what counts as a second: the way to the service is now longer, now shorter
CHAT_GAP = 1.05  #: seconds between two messages to one chat: the first may be on its way for longer
ANSWER_BURST = 3  #: answers to one person that may follow at once: a press redraws a card and says a word
GROUP_LIMIT = 20
GROUP_WINDOW = 60.0
STUMBLES = 3  #: failures of the service in a row before bulk slows down
LONGEST_STUMBLE = 30.0
MANY_CHATS = 20_000
_STEP_BACK = 5.0  #: a monotonic clock that goes back so far was changed from outside


@dataclass(slots=True)
class _Chat:
    last: float
    tokens: float = ANSWER_BURST
    until: float = 0.0  #: the service asked to wait
    recent: deque[float] = field(default_factory=lambda: deque(maxlen=GROUP_LIMIT))


class Pacing:
    """`rate` messages in any second, evenly spaced from the first on; 0: no ceiling for the bot.

    `chat_gap`: seconds between two messages to one chat; 0 where the clock is turned and nobody waits.
    All instants are seconds of one monotonic clock.
    """

    def __init__(self, rate: float, *, chat_gap: float = CHAT_GAP) -> None:
        if rate < 0 or chat_gap < 0:
            raise ValueError("a rate and a gap are 0 (no ceiling) or more")
        self._chat_gap = chat_gap
        self._gap = SECOND / rate if rate else 0.0
        self._most = max(1, int(rate))
        self._window: deque[float] = deque(maxlen=self._most)
        self._slot = self._bulk_until = self._answers_until = float("-inf")
        self._chats: dict[str, _Chat] = {}
        self._stumbles = 0
        self._seen = 0.0

    def wait(self, chat: str, now: float, *, answer: bool) -> float:
        """Seconds until a message to this chat may go; 0: now."""
        return max(self.lane_wait(now, answer=answer), self._chat_wait(chat, now, answer))

    def lane_wait(self, now: float, *, answer: bool) -> float:
        """The part of the wait that is the same for every chat."""
        if now < self._seen - _STEP_BACK:
            self._reset()
        self._seen = now
        until = self._answers_until if answer else self._bulk_until
        if self._gap:
            until = max(until, self._slot)
            if len(self._window) == self._most:
                until = max(until, self._window[0] + SECOND)
        return max(0.0, until - now)

    def took(self, chat: str, now: float) -> None:
        """A message to this chat goes out now."""
        if self._gap:
            late = now - self._slot
            self._slot = (now if late > self._gap else self._slot) + self._gap
            self._window.append(now)
        known = self._chats.get(chat)
        if known is None:
            self._forget_old(now)
            known = self._chats[chat] = _Chat(last=now)
        else:
            earned = (now - known.last) / self._chat_gap if self._chat_gap else ANSWER_BURST
            known.tokens = min(ANSWER_BURST, known.tokens + earned)
        known.tokens -= 1
        known.last = now
        if self._chat_gap and _is_group(chat):
            known.recent.append(now)

    def refused(self, chat: str, now: float, after: float, *, answer: bool) -> None:
        """The service said 429: this chat waits, all bulk waits, and after an answer all answers too.

        It does not say whether the chat or the bot is over its limit; so an answer to another chat may
        still be tried until one is refused as well.
        """
        until = now + after
        known = self._chats.setdefault(chat, _Chat(last=now))
        known.until = max(known.until, until)
        again_refused = answer and self._bulk_until > now
        self._bulk_until = max(self._bulk_until, until)
        if again_refused:
            self._answers_until = max(self._answers_until, until)

    def stumbled(self, now: float) -> None:
        """The service or the way to it failed: after a few in a row bulk slows down."""
        self._stumbles += 1
        if self._stumbles >= STUMBLES:
            pause = min(LONGEST_STUMBLE, 0.5 * 2.0 ** (self._stumbles - STUMBLES))
            self._bulk_until = max(self._bulk_until, now + pause)

    def worked(self) -> None:
        """The service answered."""
        self._stumbles = 0

    def blocked_for(self, chat: str, now: float, *, answer: bool) -> float:
        """Seconds for which nothing goes to this chat since the service refused, or does not work."""
        known = self._chats.get(chat)
        until = self._answers_until if answer else self._bulk_until
        return max(0.0, until - now, known.until - now if known else 0.0)

    def _chat_wait(self, chat: str, now: float, answer: bool) -> float:
        known = self._chats.get(chat)
        if known is None:
            return 0.0
        until = known.until
        if answer and self._chat_gap:
            tokens = known.tokens + (now - known.last) / self._chat_gap
            until = max(until, now + (1.0 - tokens) * self._chat_gap)
        else:
            until = max(until, known.last + self._chat_gap)
        if len(known.recent) == GROUP_LIMIT:
            until = max(until, known.recent[0] + GROUP_WINDOW)
        return max(0.0, until - now)

    def _forget_old(self, now: float) -> None:
        if len(self._chats) >= MANY_CHATS:
            ago = now - GROUP_WINDOW
            self._chats = {k: c for k, c in self._chats.items() if c.last > ago or c.until > now}

    def _reset(self) -> None:
        self._slot = self._bulk_until = self._answers_until = float("-inf")
        self._window.clear()
        self._chats.clear()


def _is_group(chat: str) -> bool:
    return chat.startswith("-")
