"""The courier: one message in hand from its turn at the gate to the written acknowledgement."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.outbox.batch import Batch
from bot.outbox.gate import HOLD, ClosedError
from bot.outbox.port import (
    Address,
    Channel,
    ChatMovedError,
    Claimed,
    OtherAddressError,
    Outcome,
    Parcel,
    Queue,
    RetryLaterError,
    SendError,
    State,
    UncertainError,
)
from bot.outbox.retry import Retry, unsent

log = logging.getLogger(__name__)

STALE = timedelta(seconds=60)  #: a message worded longer ago, by the wall clock, is worded anew
REFUSALS = 3  #: how often one message in hand is refused before it goes back to the queue
LINGER = 0.05  #: seconds, at most, to gather acknowledgements for one transaction
FINISH = 10.0  #: seconds that messages on the wire are given at a stop


class Courier:
    """Every parcel that is taken ends in exactly one recorded outcome for each of its rows."""

    def __init__(
        self,
        queue: Queue,
        channels: Mapping[str, Channel],
        clock: Clock,
        executor: Executor,
        retry: Retry,
        *,
        at_once: int,
        moved: Callable[[Address, Address], None] | None,
        may_send: Callable[[], bool],
        recorded: Callable[[Sequence[Outcome], datetime], None] | None,
        timer: Callable[[], float],
    ) -> None:
        self._queue = queue
        self._channels = channels
        self._clock = clock
        self._executor = executor
        self._retry = retry
        self._moved = moved
        self._may_send = may_send
        self._recorded = recorded
        self._timer = timer
        self._on_the_wire = asyncio.Semaphore(at_once)
        self._begun: Batch[Claimed] = Batch(self._write_begun)
        self._done: Batch[Outcome] = Batch(
            self._write_done, linger=LINGER, alone=lambda waiting: waiting == len(self._tasks)
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting: set[asyncio.Task[None]] = set()  # those that may still be called back
        self._something = asyncio.Event()
        self.sent = 0

    def take(self, parcel: Parcel, composed_at: datetime, lease_ends: float) -> None:
        """`lease_ends` is an instant of the timer: after it the rows may be somebody else's."""
        self._start(self._deliver(parcel, composed_at, lease_ends), waiting=True)

    def put_aside(self, outcomes: Sequence[Outcome]) -> None:
        """Record rows that need no sending."""
        if outcomes:
            self._start(self._done.put(outcomes))

    async def room_for(self, batch: int, in_hand: int) -> None:
        """Wait until `batch` more messages fit into the hand."""
        while len(self._tasks) > max(0, in_hand - batch):
            await self._news()

    async def idle(self) -> bool:
        """Wait until nothing is in hand.  True: there was something to wait for."""
        waited = bool(self._tasks)
        while self._tasks:
            await self._news()
        return waited

    async def finish(self) -> None:
        """Call back what is not on the wire yet, and see the rest to its end."""
        for task in tuple(self._waiting):
            task.cancel()
        if self._tasks:
            await asyncio.wait(tuple(self._tasks), timeout=FINISH)

    def _start(self, work: Coroutine[Any, Any, None], *, waiting: bool = False) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        if waiting:
            self._waiting.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._waiting.discard(task)
        self._something.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a delivery ended in an unforeseen way", exc_info=error)

    async def _news(self) -> None:
        self._something.clear()
        await self._something.wait()

    async def _deliver(self, parcel: Parcel, composed_at: datetime, lease_ends: float) -> None:
        try:
            outcomes = await self._attempt(parcel, composed_at, lease_ends)
        except asyncio.CancelledError:  # called back at a stop, before it was sent
            outcomes = [unsent(row) for row in parcel.rows]
        except Exception:
            log.exception("a message in hand goes back to the queue")
            outcomes = [unsent(row) for row in parcel.rows]
        self._on_its_way()
        await self._done.put(outcomes)
        self.sent += any(outcome.state is State.SENT for outcome in outcomes)

    async def _attempt(self, parcel: Parcel, composed_at: datetime, lease_ends: float) -> list[Outcome]:
        refusals, first = 0, parcel.address
        while True:
            channel = self._channels.get(parcel.address.channel)
            if channel is None:
                none = SendError("", detail=f"no channel {parcel.address.channel}")
                return self._retry.after(parcel, none, self._clock.now())
            if channel.blocked_for(parcel.address) > HOLD:
                return self._later(channel, parcel)
            async with self._on_the_wire:
                try:
                    await channel.turn(parcel.address)
                except ClosedError:
                    return self._later(channel, parcel)
                if not self._fresh(parcel, composed_at, lease_ends):
                    return [unsent(row) for row in parcel.rows]
                if once := [row for row in parcel.rows if not self._retry.repeats(row.kind)]:
                    await self._begun.put(once)
                self._on_its_way()
                try:
                    return await self._send(channel, parcel)
                except ChatMovedError as move:
                    parcel = await self._move(parcel, move.new_chat_id)
                except OtherAddressError as other:
                    if parcel.address.channel != first.channel:  # both were tried
                        return self._retry.after(parcel, other.cause, self._clock.now())
                    log.info("a message goes by %s since %s fails", other.address.channel, channel.name)
                    parcel = replace(parcel, address=other.address)
                except RetryLaterError as refusal:
                    refusals += 1
                    if refusal.after is None or refusal.after > HOLD or refusals >= REFUSALS:
                        return self._retry.after(parcel, refusal, self._clock.now())
                except SendError as error:
                    return self._retry.after(parcel, error, self._clock.now())

    def _later(self, channel: Channel, parcel: Parcel) -> list[Outcome]:
        """Back to the queue until the service takes it again: who waits here keeps others from the hand."""
        at = self._clock.now() + timedelta(seconds=channel.blocked_for(parcel.address))
        return [Outcome(row, State.PENDING, retry_at=max(at, row.due)) for row in parcel.rows]

    def _on_its_way(self) -> None:
        """From here on this task is not called back any more."""
        task = asyncio.current_task()
        if task is not None:
            self._waiting.discard(task)

    def _fresh(self, parcel: Parcel, composed_at: datetime, lease_ends: float) -> bool:
        """Whether this message is still ours, still worded for today and still of use."""
        now = self._clock.now()
        if not self._may_send() or self._timer() >= lease_ends or abs(now - composed_at) > STALE:
            return False
        return all(now < row.useful_until for row in parcel.rows)

    async def _send(self, channel: Channel, parcel: Parcel) -> list[Outcome]:
        address = parcel.address
        try:
            if parcel.edit is not None:
                message_id = await channel.edit(address, parcel.edit, parcel.message)
            else:
                message_id = await channel.send(address, parcel.message)
        except SendError:
            raise
        except Exception as error:
            log.exception("the channel %s failed in an unforeseen way", channel.name)
            raise UncertainError("", detail=type(error).__name__) from error
        return [
            Outcome(
                row,
                State.SENT,
                address=address,
                message_id=message_id,
                card_session_id=parcel.card_session_id
                if parcel.card_person_id in (None, row.recipient_id)
                else None,
            )
            for row in parcel.rows
        ]

    async def _move(self, parcel: Parcel, new_chat_id: str) -> Parcel:
        new = Address(parcel.address.channel, new_chat_id)
        if self._moved is not None:
            await self._in_storage(self._moved, parcel.address, new)
        return replace(parcel, address=new, edit=None)

    async def _write_begun(self, rows: Sequence[Claimed]) -> None:
        await self._in_storage(self._queue.begin, rows, self._clock.now())

    async def _write_done(self, outcomes: Sequence[Outcome]) -> None:
        """What was sent must be written down: tried until it works."""
        pause = 0.05
        while True:
            now = self._clock.now()
            try:
                await self._in_storage(self._queue.record, outcomes, now)
            except Exception:
                log.exception("%d outcomes are not written yet; again in %.2f s", len(outcomes), pause)
                await asyncio.sleep(pause)
                pause = min(5.0, pause * 2)
            else:
                if self._recorded is not None:
                    self._recorded(outcomes, now)
                return

    async def _in_storage(self, work: Callable[..., None], *args: object) -> None:
        await asyncio.get_running_loop().run_in_executor(self._executor, lambda: work(*args))
