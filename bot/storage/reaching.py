"""Who is told through her school, inside a caller's transaction (`bot.cluster.store.RelayStore`)."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert

from bot.storage import frequent
from bot.storage.tables import relay


class SqlRelays:
    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def relayed(self, cluster_id: int) -> frozenset[int]:
        return frozenset(row.person_id for row in frequent.RELAYED.rows(self._db, cluster_id))

    def set_relay(self, person_id: int, now: datetime, *, on: bool) -> None:
        self._db.execute(delete(relay).where(relay.c.person_id == person_id))
        if on:
            self._db.execute(insert(relay).values(person_id=person_id, at=now))
