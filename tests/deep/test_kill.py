"""kill -9 at 30 random moments of a 3000-message broadcast, on both engines (NHACLICH_DEEP=1)."""

import pytest
from sqlalchemy import URL

from bot.notices.notice import Kind
from bot.outbox.load import Load
from tests.long import only_deep
from tests.outbox.killing import broadcast_by_two, broadcast_under_fire

pytestmark = only_deep("takes minutes")


CHANNELS = pytest.mark.parametrize("channel", ["telegram", "zalo"])


@CHANNELS
async def test_thirty_kills_lose_nothing(database_url: URL, channel: str) -> None:
    tally = await broadcast_under_fire(
        database_url, messages=3000, kills=30, rate=150, seed=7, channel=channel
    )
    print(tally)  # noqa: T201 - the figures belong into the report of a long run
    assert (tally.lost, tally.uncertain) == (0, 0)
    assert tally.repeated <= tally.at_risk


async def test_at_the_usual_rate_a_handful_is_at_risk(sqlite_url: URL) -> None:
    tally = await broadcast_under_fire(sqlite_url, messages=300, kills=5, rate=28, seed=3)
    print(tally)  # noqa: T201
    assert tally.lost == 0
    assert tally.repeated <= tally.at_risk <= 5 * Load.of_rate(28).in_hand


@CHANNELS
async def test_a_kind_said_once_is_never_repeated(database_url: URL, channel: str) -> None:
    tally = await broadcast_under_fire(
        database_url, messages=1500, kills=15, rate=150, seed=11, kind=Kind.REMINDER, channel=channel
    )
    print(tally)  # noqa: T201
    assert tally.repeated == 0
    assert tally.lost <= tally.uncertain


@CHANNELS
async def test_two_replicas_stopped_and_killed_in_turn(postgres_copy: URL, channel: str) -> None:
    tally = await broadcast_by_two(
        postgres_copy, messages=1200, rate=40, seed=5, rounds=10, span=2.0, channel=channel
    )
    print(tally)  # noqa: T201
    assert tally.lost == 0
    assert tally.repeated <= tally.at_risk
