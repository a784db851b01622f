"""Invariant 4: a crash loses nothing and can repeat only what was in flight at that instant.

The long version, 30 kills in 3000 messages on both engines, is in tests/deep.
"""

import pytest
from sqlalchemy import URL

from bot.notices.notice import Kind
from tests.outbox.killing import broadcast_under_fire


@pytest.mark.parametrize(
    ("kind", "channel"),
    [(Kind.INVITATION, "telegram"), (Kind.REMINDER, "telegram"), (Kind.INVITATION, "zalo")],
)
async def test_killed_twice_nothing_is_lost(sqlite_url: URL, kind: Kind, channel: str) -> None:
    tally = await broadcast_under_fire(
        sqlite_url, messages=120, kills=2, rate=100, seed=1, kind=kind, channel=channel
    )
    assert tally.lost <= tally.uncertain
    assert tally.repeated <= tally.at_risk
    if kind is Kind.INVITATION:
        assert tally.uncertain == 0
    else:
        assert tally.repeated == 0, "a kind that is said once is never repeated"
