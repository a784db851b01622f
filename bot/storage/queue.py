"""The durable queue on SQLite and PostgreSQL, one code path (`bot.outbox.port.Queue`)."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import Connection, Engine, func, select

from bot.notices.notice import Kind
from bot.outbox.port import Address, Claimed, Composed, Outcome, State
from bot.storage import claiming, recording
from bot.storage.engine import reading, writing
from bot.storage.tables import notice
from bot.storage.turns import Turns

log = logging.getLogger(__name__)

#: Words claimed rows inside one read transaction; see `bot.outbox.port.Composer`.
Compose = Callable[[Connection, Sequence[Claimed], datetime], Sequence[Composed]]
#: A chat does not want us or is gone.  Runs inside the transaction that marks the rows.
Gone = Callable[[Connection, Address, datetime], None]
#: Rows that failed for good or found no chat: somebody must be told.  Inside the same transaction.
Undelivered = Callable[[Connection, Sequence[Claimed], datetime], None]


class SqlQueue:
    """Implements `Queue`.  All instants come from the caller, none from the database.

    `repeats` says of a kind whether it is sent again when nobody knows if it arrived.  A hook that
    raises is logged and undone; what it was told about is recorded all the same.
    """

    def __init__(
        self,
        engine: Engine,
        compose: Compose,
        *,
        repeats: Callable[[Kind], bool],
        gone: Gone | None = None,
        undelivered: Undelivered | None = None,
    ) -> None:
        self._engine = engine
        self._compose = compose
        self._repeating = [kind.value for kind in Kind if repeats(kind)]
        self._gone = gone
        self._undelivered = undelivered
        self._mine: set[int] = set()  # claimed by this object and not yet recorded
        self._turns = Turns()
        self._lock = Lock()

    def claim(self, now: datetime, limit: int, lease: timedelta) -> list[Claimed]:
        known = self._turns.are_known(now)
        if not known:
            self._look_up(now, limit, lease)
        rows = self._take(now, limit, lease)
        if known and not rows:  # they were cancelled meanwhile: who else?
            self._look_up(now, limit, lease)
            rows = self._take(now, limit, lease)
        return rows

    def take_over(self, now: datetime) -> None:
        with self._lock:
            mine = frozenset(self._mine)
        with writing(self._engine) as db:
            claiming.free_lapsed(db, now, None, mine, self._repeating)

    def compose(self, rows: Sequence[Claimed], now: datetime) -> list[Composed]:
        try:
            return self._composed(rows, now)
        except Exception:
            log.exception("composing %d rows together failed; trying person by person", len(rows))
        people: dict[int, list[Claimed]] = {}
        for row in rows:
            people.setdefault(row.recipient_id, []).append(row)
        results: list[Composed] = []
        for of_person in people.values():
            try:
                results += self._composed(of_person, now)
            except Exception:
                log.exception("notices %s cannot be composed", [row.id for row in of_person])
        return results

    def begin(self, rows: Sequence[Claimed], now: datetime) -> None:
        once = [row for row in rows if row.kind.value not in self._repeating]
        if once:
            with writing(self._engine) as db:
                recording.begin(db, once, now)

    def record(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        with writing(self._engine) as db:
            held = recording.reachable_after_all(db, recording.still_held(db, outcomes))
            recording.settle(db, held, now)
            self._tell(db, held, now)
        with self._lock:
            self._mine.difference_update(outcome.row.id for outcome in outcomes)

    def next_due(self) -> datetime | None:
        with self._lock:
            mine = frozenset(self._mine)
        leases = select(func.min(notice.c.lease_until)).where(notice.c.state == State.SENDING.value)
        if mine:
            leases = leases.where(notice.c.id.not_in(mine))
        due = select(func.min(notice.c.due)).where(notice.c.state == State.PENDING.value)
        with reading(self._engine) as db:
            instants = (db.execute(due).scalar(), db.execute(leases).scalar())
        return min((instant for instant in instants if instant is not None), default=None)

    def _look_up(self, now: datetime, limit: int, lease: timedelta) -> None:
        """Whose turn it is, after what others left behind is freed and what is too late is dropped."""
        with self._lock:
            mine = frozenset(self._mine)
        with reading(self._engine) as db:
            untidy = claiming.is_untidy(db, now, lease, mine)
        if untidy:
            with writing(self._engine) as db:
                claiming.free_lapsed(db, now, lease, mine, self._repeating)
                claiming.mark_missed(db, now)
        with reading(self._engine) as db:
            self._turns.look_up(db, now, limit)

    def _take(self, now: datetime, limit: int, lease: timedelta) -> list[Claimed]:
        people = self._turns.next(limit)
        if not people:
            return []
        with writing(self._engine) as db:
            rows = claiming.take(db, now, people, now + lease)
        with self._lock:
            self._mine.update(row.id for row in rows)
        return rows

    def _composed(self, rows: Sequence[Claimed], now: datetime) -> list[Composed]:
        with reading(self._engine) as db:
            results = list(self._compose(db, rows, now))
        given = sorted(row.id for result in results for row in result.rows)
        if given != sorted(row.id for row in rows):
            raise ValueError("the composer must put every claimed row into exactly one result")
        return results

    def _tell(self, db: Connection, outcomes: Sequence[Outcome], now: datetime) -> None:
        lost = [o for o in outcomes if o.state in (State.UNREACHABLE, State.FAILED)]
        if not lost:
            return
        gone = {o.address for o in lost if o.state is State.UNREACHABLE and o.address is not None}
        try:
            with db.begin_nested():
                if self._gone is not None:
                    for address in sorted(gone, key=lambda a: (a.channel, a.chat_id)):
                        self._gone(db, address, now)
                if self._undelivered is not None:
                    self._undelivered(db, [o.row for o in lost], now)
        except Exception:
            log.exception("nobody could be told about %d undelivered notices", len(lost))
