"""Who is told through her school, inside a caller's transaction (`bot.cluster.store.RelayStore`)."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bot.storage.tables import person, relay


class SqlRelays:
    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def relayed(self, cluster_id: int) -> frozenset[int]:
        chosen = (
            select(relay.c.person_id)
            .join(person, person.c.id == relay.c.person_id)
            .where(person.c.cluster_id == cluster_id, person.c.active)
        )
        return frozenset(self._db.execute(chosen).scalars())

    def set_relay(self, person_id: int, now: datetime, *, on: bool) -> None:
        self._db.execute(delete(relay).where(relay.c.person_id == person_id))
        if on:
            self._db.execute(insert(relay).values(person_id=person_id, at=now))
