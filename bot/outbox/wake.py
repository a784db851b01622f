"""When to look at the queue again.  APScheduler only wakes: nothing is stored in it (invariant 1)."""

import asyncio
import contextlib
import select
import socket
import threading
import time
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock, SystemClock

LOOK_EVERY = 30.0  #: seconds; the longest sleep without a look at the database
TICK = 0.5  #: seconds between two readings of the clock
_STEP = 1.5  #: a clock that moved so much more or less than real time was set


class Wake:
    """An alarm at the next due instant of `clock`, which may be set forward or back at any time.

    The alarm itself is a job of an in-memory scheduler.  As that trusts the machine's wall clock, a
    thread re-reads `clock` twice a second and rings when an instant has passed or the clock was set.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._machine = SystemClock()
        self._bell = asyncio.Event()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._next: datetime | None = None
        self._looked = time.monotonic()
        self._last = (clock.now(), time.monotonic())
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop_reading: socket.socket | None = None

    def start(self) -> None:
        """Begin ringing, in the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._scheduler.start()
        self._stop_reading, stopped = socket.socketpair()
        threading.Thread(target=self._read_clock, args=(self._loop, stopped), daemon=True).start()

    def stop(self) -> None:
        if self._stop_reading is not None:
            self._scheduler.shutdown(wait=False)
            self._stop_reading.close()
            self._stop_reading = None

    def poke(self) -> None:
        """Ring now.  May be called from any thread."""
        if self._loop is None or self._loop.is_closed():
            return
        with contextlib.suppress(RuntimeError):  # the loop closed at this moment
            self._loop.call_soon_threadsafe(self._bell.set)

    async def until(self, instant: datetime | None) -> None:
        """Sleep until `instant` of the clock, a poke, a set clock or LOOK_EVERY, whichever comes first."""
        self._next, self._looked = instant, time.monotonic()
        delay = LOOK_EVERY
        if instant is not None:
            delay = min(delay, max(0.0, (instant - self._clock.now()).total_seconds()))
        self._scheduler.add_job(
            self._ring,
            "date",
            run_date=self._machine.now() + timedelta(seconds=delay),
            id="due",
            replace_existing=True,
            misfire_grace_time=None,
        )
        await self._bell.wait()
        self._bell.clear()

    async def _ring(self) -> None:
        self._bell.set()

    def _read_clock(self, loop: asyncio.AbstractEventLoop, stopped: socket.socket) -> None:
        # select sleeps a span, not until an instant: a clock that is set does not lengthen it.
        with stopped:
            while not select.select([stopped], [], [], TICK)[0]:
                try:
                    loop.call_soon_threadsafe(self._tick)
                except RuntimeError:  # the loop is closed
                    return

    def _tick(self) -> None:
        now, real = self._clock.now(), time.monotonic()
        then, real_then = self._last
        self._last = (now, real)
        stepped = abs((now - then).total_seconds() - (real - real_then)) > _STEP
        overslept = not 0 <= real - self._looked < LOOK_EVERY
        if stepped or overslept or (self._next is not None and now >= self._next):
            self._bell.set()
