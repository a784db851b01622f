"""Many small writes become few transactions: whatever comes while one is under way goes into the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Batch(Generic[Item]):
    """Belongs to one event loop.  `linger` seconds are waited for company before a write."""

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[None]], *, linger: float = 0.0) -> None:
        self._write = write
        self._linger = linger
        self._waiting: list[tuple[Sequence[Item], asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def put(self, items: Sequence[Item]) -> None:
        """Return when these items are written; raises what the write raised."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((items, done))
        if self._task is None:
            self._task = asyncio.create_task(self._work())
        await done

    async def _work(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(self._linger)
                taken, self._waiting = self._waiting, []
                try:
                    await self._write([item for items, _ in taken for item in items])
                except Exception as error:
                    for _, done in taken:
                        if not done.done():
                            done.set_exception(error)
                else:
                    for _, done in taken:
                        if not done.done():
                            done.set_result(None)
        finally:
            self._task = None
