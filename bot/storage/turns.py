"""Whose turn it is: the clusters take turns, each with its oldest due rows (fair between clusters)."""

from collections import deque
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select

from bot.outbox.port import State
from bot.storage.tables import notice
from bot.storage.types import Instant

AHEAD = 2000  #: people looked up at once
ROUND = 40  #: rows of one cluster in a turn: what is true of it is then read for all of them together
FRESH = timedelta(seconds=3)  #: what falls due meanwhile waits so long, where hundreds are due before it

#: Found by the index of what waits, before they are ranked: else the whole outbox is read in the order of
#: clusters.
_due = (
    select(notice.c.id, notice.c.cluster_id, notice.c.recipient_id, notice.c.due)
    .where(
        notice.c.state == State.PENDING.value,
        notice.c.due <= bindparam("at", type_=Instant),
        notice.c.useful_until > bindparam("at", type_=Instant),
    )
    .cte("waiting")
    .prefix_with("MATERIALIZED")
)
_place = func.row_number().over(partition_by=_due.c.cluster_id, order_by=(_due.c.due, _due.c.id))
_ranked = select(_due, ((_place - 1) // ROUND).label("turn")).subquery("ranked")
_order = (
    select(_ranked.c.recipient_id)
    .order_by(_ranked.c.turn, _ranked.c.due, _ranked.c.cluster_id, _ranked.c.id)
    .limit(bindparam("most"))
)


class Turns:
    """Ranking reads every due row, so that one ranking serves several claims of a long broadcast."""

    def __init__(self) -> None:
        self._people: deque[int] = deque()
        self._at: datetime | None = None

    def are_known(self, now: datetime) -> bool:
        fresh = self._at is not None and timedelta() <= now - self._at < FRESH
        return fresh and bool(self._people)

    def look_up(self, db: Connection, now: datetime, limit: int) -> None:
        found = db.execute(_order, {"at": now, "most": max(AHEAD, limit)}).scalars()
        self._people = deque(dict.fromkeys(found))
        self._at = now

    def next(self, limit: int) -> list[int]:
        """The people whose turn it is; each is named once."""
        return [self._people.popleft() for _ in range(min(limit, len(self._people)))]
