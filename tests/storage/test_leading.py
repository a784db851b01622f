"""Of several processes one leads; who stops renewing loses the lead, whatever the wall clocks say."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.storage.leading import SqlLead
from tests.outbox.stage import NOW


class Timer:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def timer() -> Timer:
    return Timer()


def test_one_leads_as_long_as_it_renews(engine: Engine, timer: Timer) -> None:
    one, two = (SqlLead(engine, "telegram", timer=timer) for _ in range(2))
    for _ in range(20):
        assert one.hold(NOW)
        assert not two.hold(NOW)
        assert (one.held, two.held) == (True, False)
        timer.now += 2


def test_who_stops_loses_it_before_another_takes_it(engine: Engine, timer: Timer) -> None:
    one, two = (SqlLead(engine, "telegram", timer=timer) for _ in range(2))
    one.hold(NOW)
    held_by_both = False
    waited = 0.0
    while not two.hold(NOW):
        timer.now += 0.5
        waited += 0.5
        held_by_both |= one.held and two.held
    assert waited <= 10
    assert not held_by_both
    assert not one.held
    assert not one.hold(NOW), "it comes back and finds another one leading"


def test_a_wall_clock_that_is_set_changes_nothing(engine: Engine, timer: Timer) -> None:
    one, two = (SqlLead(engine, "telegram", timer=timer) for _ in range(2))
    for day in range(6):
        assert one.hold(NOW + timedelta(days=day))
        assert not two.hold(NOW - timedelta(days=day))
        timer.now += 2


def test_a_lead_that_is_given_up_is_free_at_once(engine: Engine, timer: Timer) -> None:
    one, two = (SqlLead(engine, "telegram", timer=timer) for _ in range(2))
    assert one.hold(NOW)
    two.release()
    assert not two.hold(NOW)
    one.release()
    assert not one.held
    assert two.hold(NOW)


def test_each_bot_has_its_own(engine: Engine, timer: Timer) -> None:
    assert SqlLead(engine, "telegram", timer=timer).hold(NOW)
    assert SqlLead(engine, "zalo", timer=timer).hold(NOW)
