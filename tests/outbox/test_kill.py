"""Invariant 4: a crash loses nothing and can repeat only what was in flight at that instant.

The long version is in tests/deep: 30 kills in 3000 messages, on both engines and both channels, and of a
kind that is said once.
"""

from sqlalchemy import URL

from tests.outbox.killing import broadcast_under_fire


async def test_killed_twice_nothing_is_lost(sqlite_url: URL) -> None:
    tally = await broadcast_under_fire(sqlite_url, messages=120, kills=2, rate=100, seed=1)
    assert (tally.lost, tally.uncertain) == (0, 0)
    assert tally.repeated <= tally.at_risk
