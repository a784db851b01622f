"""How much the sender takes on at once."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Load:
    """How much is in hand at once.  Rows in hand are what a crash delays, so it is little at a low rate."""

    batch: int  #: people in one claim
    in_hand: int  #: messages claimed and not yet recorded
    at_once: int  #: messages on the wire
    lease: timedelta = timedelta(seconds=90)  #: longer than a send's timeout and a short `retry_after`

    @staticmethod
    def of_rate(rate: float) -> "Load":
        if not rate:
            return Load(batch=400, in_hand=800, at_once=50)
        batch = max(1, min(100, round(rate / 4)))
        return Load(batch=batch, in_hand=2 * batch, at_once=50)
