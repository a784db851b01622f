"""Where "now" comes from.  Nothing else in the program reads the wall clock."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        ...


class SystemClock:
    """The machine's wall clock.  It may be stepped: read it anew at every decision."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class TurnableClock:
    """A clock that can be set to any instant; it stands still, or runs on from there at real speed."""

    def __init__(self, start: datetime, *, running: bool = False) -> None:
        self._running = running
        self.turn_to(start)

    def now(self) -> datetime:
        if not self._running:
            return self._instant
        elapsed = time.monotonic() - self._set_at
        return datetime.fromtimestamp(self._instant.timestamp() + elapsed, UTC)

    def turn_to(self, instant: datetime) -> None:
        """Set the clock.  `instant` must be aware (ValueError otherwise)."""
        if instant.tzinfo is None:
            raise ValueError("a clock is set to an aware datetime")
        self._instant = instant.astimezone(UTC)
        self._set_at = time.monotonic()
