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
from tests.outbox.stage import HOUR, NOW


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock(NOW, running=True)


@pytest.fixture
async def wake(clock: TurnableClock) -> AsyncIterator[Wake]:
    wake = Wake(clock)
    wake.start()
    yield wake
    wake.stop()


#: What rings does so before the next look at the queue, by far; a busy machine makes it late, not wrong.
RINGS = module.LOOK_EVERY / 3


async def _slept(wake: Wake, seconds: float) -> float:
    begun = time.monotonic()
    async with asyncio.timeout(module.LOOK_EVERY):
        await wake.until(NOW + timedelta(seconds=seconds))
    return time.monotonic() - begun


async def test_it_rings_at_the_due_instant(wake: Wake) -> None:
    assert 0.2 < await _slept(wake, 0.3) < RINGS


async def test_what_is_due_already_rings_at_once(wake: Wake) -> None:
    assert await _slept(wake, -3600) < RINGS


async def test_a_poke_from_another_thread(wake: Wake) -> None:
    threading.Timer(0.1, wake.poke).start()
    assert await _slept(wake, 3600) < RINGS


async def test_a_poke_before_the_sleep_is_not_lost(wake: Wake) -> None:
    wake.poke()
    await asyncio.sleep(0.05)
    assert await _slept(wake, 3600) < RINGS


@pytest.mark.parametrize("by", [HOUR, -HOUR, timedelta(days=1), timedelta(days=-1)])
async def test_a_clock_that_is_set_is_noticed(wake: Wake, clock: TurnableClock, by: timedelta) -> None:
    asyncio.get_running_loop().call_later(0.2, lambda: clock.turn_to(clock.now() + by))
    assert await _slept(wake, 1800) < RINGS


async def test_a_clock_that_creeps_over_the_instant_is_noticed(
    wake: Wake, clock: TurnableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_STEP", 3600)  # so that an hour is no step
    asyncio.get_running_loop().call_later(0.2, lambda: clock.turn_to(clock.now() + timedelta(seconds=1200)))
    assert await _slept(wake, 1200) < RINGS


async def test_it_never_sleeps_long_without_a_look(wake: Wake, monkeypatch: pytest.MonkeyPatch) -> None:
    assert module.LOOK_EVERY <= 30
    monkeypatch.setattr(module, "LOOK_EVERY", 0.4)
    begun = time.monotonic()
    async with asyncio.timeout(30):
        await wake.until(None)
    assert 0.3 < time.monotonic() - begun < RINGS


async def test_the_machines_own_clock() -> None:
    wake = Wake(SystemClock())
    wake.start()
    begun = time.monotonic()
    await wake.until(SystemClock().now() + timedelta(seconds=0.3))
    assert 0.2 < time.monotonic() - begun < RINGS
    wake.stop()
    wake.stop()
