"""When the sender looks again: due instants, pokes, a clock that is set (invariant 1)."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.clock import SystemClock, TurnableClock
from bot.outbox import wake as module
from bot.outbox.wake import Wake
from tests.outbox.stage import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock(NOW, running=True)


@pytest.fixture
async def wake(clock: TurnableClock) -> AsyncIterator[Wake]:
    wake = Wake(clock)
    wake.start()
    yield wake
    wake.stop()


async def _slept(wake: Wake, seconds: float, within: float = 3.0) -> float:
    begun = time.monotonic()
    async with asyncio.timeout(within):
        await wake.until(NOW + timedelta(seconds=seconds))
    return time.monotonic() - begun


async def test_it_rings_at_the_due_instant(wake: Wake) -> None:
    assert 0.2 < await _slept(wake, 0.3) < 0.45


async def test_what_is_due_already_rings_at_once(wake: Wake) -> None:
    assert await _slept(wake, -3600) < 0.1


async def test_a_poke_from_another_thread(wake: Wake) -> None:
    threading.Timer(0.1, wake.poke).start()
    assert await _slept(wake, 3600) < 0.5


async def test_a_poke_before_the_sleep_is_not_lost(wake: Wake) -> None:
    wake.poke()
    await asyncio.sleep(0.05)
    assert await _slept(wake, 3600) < 0.1


@pytest.mark.parametrize("by", [HOUR, -HOUR, timedelta(days=1), timedelta(days=-1)])
async def test_a_clock_that_is_set_is_noticed_within_a_second(
    wake: Wake, clock: TurnableClock, by: timedelta
) -> None:
    asyncio.get_running_loop().call_later(0.2, lambda: clock.turn_to(clock.now() + by))
    assert await _slept(wake, 1800) < 1.3


async def test_a_clock_that_only_creeps_over_the_instant_is_noticed(wake: Wake, clock: TurnableClock) -> None:
    asyncio.get_running_loop().call_later(0.2, lambda: clock.turn_to(clock.now() + timedelta(seconds=1.2)))
    assert await _slept(wake, 1.3) < 1.3


async def test_it_never_sleeps_long_without_a_look(wake: Wake, monkeypatch: pytest.MonkeyPatch) -> None:
    assert module.LOOK_EVERY <= 30
    monkeypatch.setattr(module, "LOOK_EVERY", 0.4)
    begun = time.monotonic()
    async with asyncio.timeout(2):
        await wake.until(None)
    assert 0.3 < time.monotonic() - begun < 1.2


async def test_the_machines_own_clock() -> None:
    wake = Wake(SystemClock())
    wake.start()
    begun = time.monotonic()
    await wake.until(SystemClock().now() + timedelta(seconds=0.3))
    assert 0.2 < time.monotonic() - begun < 0.5
    wake.stop()
    wake.stop()
