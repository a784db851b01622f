"""What to do with a row after its message was tried: pure decisions."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.notices.notice import Kind
from bot.outbox.port import (
    Claimed,
    Outcome,
    Parcel,
    RecipientGoneError,
    RetryLaterError,
    SendError,
    State,
    UncertainError,
)

SHORTEST = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Retry:
    """Waits grow by `factor` from `first` to `longest`; with the defaults the tries span about 15 hours.

    `chance` gives a number in [0, 1): every wait is spread by a quarter to both sides, so that what
    failed together does not come again together.
    """

    repeats: Callable[[Kind], bool]
    chance: Callable[[], float] = random.random
    first: timedelta = SHORTEST
    factor: float = 3.0
    longest: timedelta = timedelta(hours=1)
    most: int = 20  #: tries of one notice

    def wait(self, tries: int) -> timedelta:
        """How long to wait after so many tries (1 or more)."""
        grown = self.first.total_seconds() * self.factor ** min(tries - 1, 40)
        seconds = min(grown, self.longest.total_seconds())
        return timedelta(seconds=seconds * (0.75 + 0.5 * self.chance()))

    def after(self, parcel: Parcel, error: SendError, now: datetime) -> list[Outcome]:
        """The outcome of each row of a parcel whose send raised `error`."""
        return [self._after(parcel, row, error, now) for row in parcel.rows]

    def _after(self, parcel: Parcel, row: Claimed, error: SendError, now: datetime) -> Outcome:
        reason = error.detail or str(error)
        if isinstance(error, RecipientGoneError):
            return Outcome(row, State.UNREACHABLE, address=parcel.address, error=reason)
        redraws = parcel.edit is not None  # drawing the same card twice does no harm
        if isinstance(error, UncertainError) and not (redraws or self.repeats(row.kind)):
            return Outcome(row, State.UNCERTAIN, address=parcel.address, error=reason)
        if isinstance(error, RetryLaterError | UncertainError):
            at = self._next_try(row, error, now)
            if at is not None:
                return Outcome(row, State.PENDING, retry_at=at, address=parcel.address, error=reason)
        return Outcome(row, State.FAILED, address=parcel.address, error=reason)

    def _next_try(self, row: Claimed, error: SendError, now: datetime) -> datetime | None:
        if row.tries + 1 >= self.most:
            return None
        if isinstance(error, RetryLaterError) and error.after is not None:
            at = now + timedelta(seconds=error.after)
            return at if at < row.useful_until else None
        at = now + self.wait(row.tries + 1)
        if at < row.useful_until:
            return at
        left = (row.useful_until - now) / 2  # rather once more in time than not at all
        return now + left if left >= SHORTEST else None


def uncomposed(row: Claimed, retry: Retry, now: datetime) -> Outcome:
    """A row for which no message could be made: a fault of ours; later, perhaps after a mending restart."""
    at = now + retry.wait(row.attempt)
    if row.attempt >= retry.most or at >= row.useful_until:
        return Outcome(row, State.FAILED, error="cannot be composed")
    return Outcome(row, State.PENDING, retry_at=at, error="cannot be composed")


def unsent(row: Claimed) -> Outcome:
    """Back to the queue as it was: it was not handed to any channel."""
    return Outcome(row, State.PENDING, retry_at=row.due)
