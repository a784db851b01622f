"""The bot's queue of updates: offsets, long polls, and the rule that one poll ends another."""

import asyncio
from collections import deque
from collections.abc import Sequence

from bot.demo.botapi.model import ApiError, Json

#: What Telegram leaves out unless it is asked for (Bot API, getUpdates).
_OPT_IN = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_CONFLICT = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


class UpdateQueue:
    """Updates wait here until a poll confirms them with a higher offset, or a webhook takes them."""

    def __init__(self) -> None:
        self._queue: deque[Json] = deque()
        self._next_id = 1
        self._allowed: frozenset[str] | None = None
        self._poll: asyncio.Future[None] | None = None
        self._arrived = asyncio.Event()

    @property
    def pending(self) -> int:
        return len(self._queue)

    @property
    def allowed(self) -> list[str] | None:
        return sorted(self._allowed) if self._allowed is not None else None

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Remembered for updates that come later; None leaves it, an empty list means the default."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    def put(self, kind: str, content: Json) -> None:
        """Queue one update, unless the bot did not ask for this kind."""
        if (kind not in self._allowed) if self._allowed is not None else (kind in _OPT_IN):
            return
        self._queue.append({"update_id": self._next_id, kind: content})
        self._next_id += 1
        self._arrived.set()
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def drop_all(self) -> None:
        self._queue.clear()

    def confirm(self, offset: int) -> None:
        """Forget every update below `offset`; a negative one keeps only that many of the last."""
        if offset < 0:
            while len(self._queue) > -offset:
                self._queue.popleft()
            return
        while self._queue and self._queue[0]["update_id"] < offset:
            self._queue.popleft()

    def first(self) -> Json | None:
        return self._queue[0] if self._queue else None

    async def wait(self) -> None:
        """Until there is an update."""
        while not self._queue:
            self._arrived.clear()
            await self._arrived.wait()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """One getUpdates.  Raises ApiError 409 when another poll takes over meanwhile."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(ApiError(409, _CONFLICT))
        self.confirm(offset)
        if not self._queue and seconds > 0:
            self._poll = waiting = asyncio.get_running_loop().create_future()
            try:
                await asyncio.wait_for(waiting, seconds)
            except TimeoutError:
                return []
            finally:
                if self._poll is waiting:
                    self._poll = None
        return list(self._queue)[:limit] if limit < len(self._queue) else list(self._queue)
