"""The day that a moved session had before."""

import datetime as dt
from collections.abc import Sequence

from bot.sessions.session import Session
from bot.sessions.store import Event


def former_day(session: Session, history: Sequence[Event], today: dt.date) -> dt.date | None:
    """What the last move left, where the session can still have it: ahead of `today`, another day."""
    moves = [event for event in history if event.what == "moved"]
    left = (moves[-1].detail.get("from") or moves[-1].detail.get("was")) if moves else None
    day = dt.date.fromisoformat(left) if left else None
    return day if day is not None and day > today and day != session.date else None
