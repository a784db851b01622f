"""The sender: takes what is due out of the queue, hands it over, and has written down what came of it."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from datetime import datetime, timedelta
from typing import TypeVar

from bot.clock import Clock
from bot.notices.notice import Kind
from bot.outbox.courier import Courier
from bot.outbox.leading import Leading
from bot.outbox.load import Load as Load
from bot.outbox.port import (
    Address,
    Channel,
    Claimed,
    Composed,
    Dropped,
    Lead,
    Outcome,
    Parcel,
    Queue,
    State,
)
from bot.outbox.retry import Retry, uncomposed
from bot.outbox.wake import Wake

log = logging.getLogger(__name__)
Result = TypeVar("Result")

BUSY_PAUSE = timedelta(seconds=0.2)  #: rows are due but another process holds them
LONGEST_PAUSE = 5.0  #: seconds between two tries to reach a database that does not answer


class Sender:
    """One loop for all channels.

    `duties(now)` decides what falls due by itself (an invitation that goes on its own, a request that
    expires); it runs on `executor` before rows are claimed, and `next_duty` says when it is next needed.
    `repeats` says of a kind whether it is sent again when nobody knows if it arrived; `retry` replaces
    the usual waits.  With a `lead` only the process that holds it sends.  `moved(old, new)` is told, on
    `executor`, that a chat lives on under another id; `recorded(outcomes, now)` what was written down.
    """

    def __init__(
        self,
        queue: Queue,
        channels: Mapping[str, Channel],
        clock: Clock,
        executor: Executor,
        *,
        repeats: Callable[[Kind], bool],
        load: Load,
        retry: Retry | None = None,
        lead: Lead | None = None,
        duties: Callable[[datetime], object] | None = None,
        next_duty: Callable[[], datetime | None] | None = None,
        moved: Callable[[Address, Address], None] | None = None,
        recorded: Callable[[Sequence[Outcome], datetime], None] | None = None,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._queue = queue
        self._clock = clock
        self._executor = executor
        self._load = load
        self._duties = duties
        self._next_duty = next_duty
        self._timer = timer
        self._retry = retry or Retry(repeats)
        self._courier = Courier(
            queue,
            channels,
            clock,
            executor,
            self._retry,
            at_once=load.at_once,
            moved=moved,
            may_send=lambda: self.leads,
            recorded=recorded,
            timer=timer,
        )
        self._wake = Wake(clock)
        self._one_at_a_time = asyncio.Lock()
        self._leading = Leading(
            lead,
            clock,
            executor,
            taken_over=lambda: queue.take_over(clock.now()),
            poke=self.poke,
            timer=timer,
        )
        self._stopping = False
        self._busy = False  # the last claim found rows
        self._duties_at = float("-inf")
        self.beat = timer()  #: when the loop was last seen alive, for a health check

    @property
    def sent(self) -> int:
        """Messages sent and recorded since the start."""
        return self._courier.sent

    @property
    def leads(self) -> bool:
        """Whether this process may send bulk (and should poll)."""
        return self._leading.here

    @property
    def pulse(self) -> float | None:
        """The beat, for whoever watches; None while it is being stopped."""
        return None if self._stopping else self.beat

    @property
    def beat_age(self) -> float:
        """Seconds since the loop was last seen alive."""
        return self._timer() - self.beat

    def poke(self) -> None:
        """Look at the queue now: something was queued, or the clock was turned.  From any thread."""
        self._wake.poke()

    async def run(self) -> None:
        """Send what falls due until `stop`.  No failure of database or channel ends it.

        The lead is kept until `leave`.
        """
        self._wake.start()
        self._leading.start()
        pause = 0.1
        try:
            while not self._stopping:
                self.beat = self._timer()
                try:
                    if not self.leads:
                        await self._wake.until(None)
                    elif await self._fill():
                        await self._room()
                    else:
                        await self._rest()
                    pause = 0.1
                except Exception:
                    log.exception("the sender goes on in %.1f s", pause)
                    await asyncio.sleep(pause)
                    pause = min(LONGEST_PAUSE, pause * 2)
        finally:
            self._wake.stop()
            await self._courier.finish()

    async def stop(self) -> None:
        """Claim nothing more; what is on the wire ends, the rest goes back to the queue."""
        self._stopping = True
        self.poke()
        await self._courier.finish()

    async def leave(self) -> None:
        """Give up the lead, once everything that this process has taken up is finished: who takes over
        looks at once for what is not."""
        await self._leading.leave()

    async def drain(self) -> int:
        """Send everything that is due now, and return how many messages that were.

        May be called while `run` is under way or without it.  What must be tried again
        later is left; where another process leads, everything is.
        """
        before = self._courier.sent
        while self.leads:
            if await self._fill():
                await self._courier.room_for(self._load.batch, self._load.in_hand)
            elif not await self._courier.idle():
                break
        return self._courier.sent - before

    async def _fill(self) -> bool:
        """Claim one batch and hand it over.  False: nothing was due."""
        async with self._one_at_a_time:
            rows, results, now = await self._in_storage(self._claim)
            if not rows:
                return False
            claimed_at = self._timer()
            composed = {row.id for result in results for row in result.rows}
            aside = [uncomposed(row, self._retry, now) for row in rows if row.id not in composed]
            for result in results:
                if isinstance(result, Parcel):
                    self._courier.take(result, now, claimed_at + self._load.lease.total_seconds())
                else:
                    aside += _set_aside(result)
            self._courier.put_aside(aside)
            return True

    async def _room(self) -> None:
        """Wait until another batch fits into the hand; a sign of life for as long as a lease."""
        waiting = asyncio.ensure_future(self._courier.room_for(self._load.batch, self._load.in_hand))
        begun = self._timer()
        try:
            while not (await asyncio.wait({waiting}, timeout=10.0))[0]:
                if self._timer() - begun <= self._load.lease.total_seconds():
                    self.beat = self._timer()
        finally:
            waiting.cancel()

    def _claim(self) -> tuple[list[Claimed], list[Composed], datetime]:
        now = self._clock.now()
        self._do_duties(now)
        rows = self._queue.claim(now, self._load.batch, self._load.lease)
        self._busy = bool(rows)
        try:
            return rows, self._queue.compose(rows, now) if rows else [], now
        except Exception:
            log.exception("composing failed")
            return rows, [], now

    def _do_duties(self, now: datetime) -> None:
        """At every wake; within a broadcast once a second is enough."""
        if self._duties is None or (self._busy and 0 <= self._timer() - self._duties_at < 1.0):
            return
        self._duties_at = self._timer()
        try:
            self._duties(now)
        except Exception:
            log.exception("a duty failed; notices go out all the same")

    async def _rest(self) -> None:
        instants = [await self._in_storage(self._queue.next_due)]
        if self._next_duty is not None:
            instants.append(await self._in_storage(self._next_duty))
        earliest = min((instant for instant in instants if instant is not None), default=None)
        if earliest is not None:
            earliest = max(earliest, self._clock.now() + BUSY_PAUSE)
        if not self._stopping:
            await self._wake.until(earliest)

    async def _in_storage(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)


def _set_aside(result: Composed) -> Sequence[Outcome]:
    if isinstance(result, Dropped):
        return [Outcome(row, result.state, error=result.reason) for row in result.rows]
    assert not isinstance(result, Parcel)
    return [Outcome(row, State.PENDING, retry_at=result.until) for row in result.rows]
