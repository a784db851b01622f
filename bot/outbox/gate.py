"""Two lanes before one pacing: answers overtake bulk, and within a lane who came first goes first."""

import asyncio
import time
from collections.abc import Callable

from bot.outbox.pacing import Pacing

HOLD = 15.0  #: seconds; what must wait longer does not wait here, but in the queue

_Waiter = tuple[str, asyncio.Future[None]]


class ClosedError(Exception):
    """Nothing goes to this chat for longer than HOLD."""


class Gate:
    """Belongs to one event loop.  `timer` is monotonic seconds."""

    def __init__(self, pacing: Pacing, timer: Callable[[], float] = time.monotonic) -> None:
        self._pacing = pacing
        self._timer = timer
        self._answers: list[_Waiter] = []
        self._bulk: list[_Waiter] = []
        self._impatient: set[_Waiter] = set()
        self._alarm: asyncio.TimerHandle | None = None

    async def turn(self, chat: str, *, answer: bool, patient: bool = True) -> None:
        """Return when a message to this chat may go out; the place is used up.

        Who is not patient gets ClosedError as soon as it is known that this would take longer than HOLD.
        """
        if not patient and self.blocked_for(chat, answer=answer) > HOLD:
            raise ClosedError
        lane = self._answers if answer else self._bulk
        now = self._timer()
        free = answer or not self._answers
        if free and not lane and self._pacing.wait(chat, now, answer=answer) <= 0:
            self._pacing.took(chat, now)
            return
        waiter: _Waiter = (chat, asyncio.get_running_loop().create_future())
        lane.append(waiter)
        if not patient:
            self._impatient.add(waiter)
        self._pump()
        try:
            await waiter[1]
        finally:
            self._impatient.discard(waiter)
            if waiter in lane:
                lane.remove(waiter)

    def refused(self, chat: str, after: float, *, answer: bool) -> None:
        self._pacing.refused(chat, self._timer(), after, answer=answer)
        self._send_away()

    def stumbled(self) -> None:
        self._pacing.stumbled(self._timer())
        self._send_away()

    def worked(self) -> None:
        self._pacing.worked()

    def blocked_for(self, chat: str, *, answer: bool) -> float:
        return self._pacing.blocked_for(chat, self._timer(), answer=answer)

    def _send_away(self) -> None:
        for waiter in tuple(self._impatient):
            chat, future = waiter
            answer = waiter in self._answers
            if not future.done() and self.blocked_for(chat, answer=answer) > HOLD:
                future.set_exception(ClosedError())

    def _pump(self) -> None:
        """Let out whoever may go, and set the alarm for the next one."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        waits = [self._let_out(self._answers, answer=True), self._let_out(self._bulk, answer=False)]
        soonest = min((wait for wait in waits if wait is not None), default=None)
        if soonest is not None:
            self._alarm = asyncio.get_running_loop().call_later(soonest, self._pump)

    def _let_out(self, lane: list[_Waiter], *, answer: bool) -> float | None:
        """The seconds until the next one of this lane may go; None: nobody waits in it."""
        soonest: float | None = None
        position = 0
        while position < len(lane):
            chat, future = lane[position]
            if future.done():  # its task was cancelled
                del lane[position]
                continue
            now = self._timer()
            whole_lane = self._pacing.lane_wait(now, answer=answer)
            if whole_lane > 0:
                return whole_lane
            wait = self._pacing.wait(chat, now, answer=answer)
            if wait > 0:
                soonest = wait if soonest is None else min(soonest, wait)
                position += 1
                continue
            self._pacing.took(chat, now)
            del lane[position]
            future.set_result(None)
        return soonest
