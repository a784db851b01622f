"""PostgreSQL tells other processes that something was queued.  A wake-up only: nothing depends on it."""

import logging
import select
import socket
import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, text

log = logging.getLogger(__name__)

CHANNEL = "nhaclich_queued"
RECONNECT = 5.0  #: seconds between two tries to listen again

_tell = text(f"NOTIFY {CHANNEL}")


def tell_others(db: Connection) -> None:
    """Something was queued; told when the transaction is committed, once, and not at all otherwise."""
    if db.dialect.name == "postgresql":
        db.execute(_tell)


class Listener:
    """A thread with a connection of its own that calls `ring` when any process has queued something.

    A connection that drops is opened again, and `ring` called then, since nobody knows what was told
    meanwhile.  Until it stands the sender looks at the queue in its usual intervals.
    """

    def __init__(self, engine: Engine, ring: Callable[[], None], *, reconnect: float = RECONNECT) -> None:
        self._engine = engine
        self._ring = ring
        self._reconnect = reconnect
        self._leave, self._left = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Return when the connection is closed.  Once, after `start`."""
        self._leave.close()
        self._thread.join()
        self._left.close()

    def _run(self) -> None:
        while True:
            try:
                if self._listen():
                    return
            except Exception as error:  # no traceback: it may hold the database's address
                log.warning("PostgreSQL cannot be listened to (%s); again soon", type(error).__name__)
            if select.select([self._left], [], [], self._reconnect)[0]:
                return

    def _listen(self) -> bool:
        """True: told to stop.  Raises where the connection drops."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            try:
                connection.exec_driver_sql(f"LISTEN {CHANNEL}")
                driver: Any = connection.connection.driver_connection
                self._ring()
                while True:
                    ready, _, _ = select.select([driver, self._left], [], [])
                    if self._left in ready:
                        return True
                    if any(True for _ in driver.notifies(timeout=0)):
                        self._ring()
            finally:
                connection.invalidate()  # it is subscribed: not for the pool
