"""Many small writes become few transactions: whatever comes while one is under way goes into the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")

_LOOKS = 10  #: how often it is looked, while lingering, whether anybody can still come


class Batch(Generic[Item]):
    """Belongs to one event loop.

    At most `linger` seconds are waited for company before a write, and none once `alone` says of the number
    of those who wait that nobody else can come.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Item]], Awaitable[None]],
        *,
        linger: float = 0.0,
        alone: Callable[[int], bool] = lambda _: False,
    ) -> None:
        self._write = write
        self._linger = linger
        self._alone = alone
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
                await self._company()
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

    async def _company(self) -> None:
        await asyncio.sleep(0)
        for _ in range(_LOOKS if self._linger else 0):
            if self._alone(len(self._waiting)):
                return
            await asyncio.sleep(self._linger / _LOOKS)
