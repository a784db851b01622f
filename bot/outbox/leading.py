"""Keeping the lead: of several processes on one database one sends and polls."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

from bot.clock import Clock
from bot.outbox.port import Lead

log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Leading:
    """Renews `lead`, or watches for its end; without one this process always leads.

    `taken_over()` runs on `executor` a few times after the lead was taken, `poke` after each of them: the
    process before may hold locks yet, and what it held is free only then.
    """

    def __init__(
        self,
        lead: Lead | None,
        clock: Clock,
        executor: Executor,
        *,
        taken_over: Callable[[], None],
        poke: Callable[[], None],
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lead = lead
        self._clock = clock
        self._executor = executor
        self._taken_over = taken_over
        self._poke = poke
        self._timer = timer
        self._keeping: asyncio.Task[None] | None = None

    @property
    def here(self) -> bool:
        """Whether this process leads."""
        return self._lead is None or self._lead.held

    def start(self) -> None:
        if self._lead is not None:
            self._keeping = asyncio.create_task(self._keep(self._lead))

    async def leave(self) -> None:
        """Let another process lead, at once."""
        if self._keeping is not None:
            self._keeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeping
        if self._lead is not None:
            try:
                await self._in_storage(self._lead.release)
            except Exception:
                log.exception("the lead could not be given up; it expires")

    async def _keep(self, lead: Lead) -> None:
        take_over_until = 0.0
        while True:
            led = lead.held
            try:
                leads = await self._in_storage(lambda: lead.hold(self._clock.now()))
                if leads and not led:
                    log.info("this process leads")
                    take_over_until = self._timer() + 2 * lead.span
                if leads and self._timer() < take_over_until:
                    await self._in_storage(self._taken_over)
                    self._poke()
            except Exception:
                log.exception("the lead could not be renewed")
            await asyncio.sleep(lead.span / 5)

    async def _in_storage(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)
