"""Who is told through her school, inside a caller's transaction (`bot.cluster.store.RelayStore`)."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert

from bot.storage import frequent
from bot.storage.tables import relay


class SqlRelays:
    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def relayed(self, cluster_id: int) -> frozenset[int]:
        chosen = self._db.execute(frequent.RELAYED_OF_CLUSTER, {"id": cluster_id})
        return frozenset(chosen.scalars())

    def set_relay(self, person_id: int, now: datetime, *, on: bool) -> None:
        self._db.execute(delete(relay).where(relay.c.person_id == person_id))
        if on:
            self._db.execute(insert(relay).values(person_id=person_id, at=now))
