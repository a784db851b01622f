"""A sender without a sign of life is noticed; one that lives, or is being stopped, is left alone."""

import itertools
import threading

import pytest

from bot.outbox.watchdog import EVERY, PATIENCE, Watchdog


def test_it_is_noticed_within_a_minute() -> None:
    assert EVERY * PATIENCE < 60


def test_a_stuck_sender_is_noticed_once() -> None:
    bites: list[int] = []
    bitten = threading.Event()

    def bite() -> None:
        bites.append(1)
        bitten.set()

    dog = Watchdog(lambda: 7.0, bite, every=0.001)
    dog.start()
    assert bitten.wait(5)
    assert bites == [1]


@pytest.mark.parametrize("beat", [itertools.count(), itertools.repeat(None)])
def test_who_lives_or_stops_is_left_alone(beat: "itertools.count[int] | itertools.repeat[None]") -> None:
    looks: list[float | None] = []
    enough = threading.Event()

    def look() -> float | None:
        looks.append(next(beat))
        if len(looks) > 4 * PATIENCE:
            enough.set()
        return looks[-1]

    bites: list[int] = []
    dog = Watchdog(look, lambda: bites.append(1), every=0.001)
    dog.start()
    assert enough.wait(5)
    dog.stop()
    assert bites == []
