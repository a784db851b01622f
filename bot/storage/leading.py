"""Which of several processes on one database leads for a bot: a row that is renewed again and again."""

import os
import socket
import time
import uuid
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.engine import writing
from bot.storage.tables import fact

SPAN = 7.0  #: seconds without a renewal after which another process takes over: within 10 in all


class SqlLead:
    """Implements `bot.outbox.port.Lead` on the row `lead:<name>` of the table of facts.

    Every renewal changes the row.  Who sees it unchanged for SPAN seconds of its own monotonic clock
    takes it over, so that neither a wall clock that is set nor clocks that differ do any harm, and a
    process that is stopped loses the lead as a dead one does.
    """

    def __init__(
        self, engine: Engine, name: str, *, span: float = SPAN, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._engine = engine
        self._name = f"lead:{name}"
        self._timer = timer
        self._me = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._beat = 0
        self._seen: tuple[object, float] = (None, float("-inf"))  # the row, and since when it is like that
        self._until = float("-inf")
        self.span = span

    @property
    def held(self) -> bool:
        """Surely still ours: it ends well before anybody else may take it."""
        return self._timer() < self._until

    def hold(self, now: datetime) -> bool:
        """Take or renew the lead; call it about four times in a span.  False: another process leads."""
        begun = self._timer()
        with writing(self._engine) as db:
            dialect = postgresql if db.dialect.name == "postgresql" else sqlite
            new = dialect.insert(fact).values(name=self._name, value={}, at=now)
            db.execute(new.on_conflict_do_nothing(index_elements=[fact.c.name]))
            row = select(fact.c.value).where(fact.c.name == self._name).with_for_update()
            value = db.execute(row).scalar_one()
            if not self._may_take(value, begun):
                self._until = float("-inf")
                return False
            self._beat += 1
            mine = {"owner": self._me, "beat": self._beat}
            db.execute(update(fact).where(fact.c.name == self._name).values(value=mine, at=now))
        self._until = begun + self.span * 0.75
        return True

    def release(self) -> None:
        """Let another process take over at once."""
        self._until = float("-inf")
        with writing(self._engine) as db:
            row = select(fact.c.value).where(fact.c.name == self._name).with_for_update()
            if (db.execute(row).scalar_one_or_none() or {}).get("owner") == self._me:
                db.execute(delete(fact).where(fact.c.name == self._name))

    def _may_take(self, value: dict[str, object], now: float) -> bool:
        if not value or value.get("owner") == self._me:
            return True
        if value != self._seen[0]:
            self._seen = (value, now)
        return now - self._seen[1] >= self.span
