"""Who handed over what to whom, inside a caller's transaction (`bot.cluster.store.HandoverStore`)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, insert, select

from bot.cluster.handover import Handover, Office
from bot.storage.reaching import SqlRelays
from bot.storage.tables import chat_link, handover, person


class SqlHandovers(SqlRelays):
    def lock(self, person_ids: Iterable[int]) -> None:
        # Always in the same order: two who lock the same people do not wait for each other.
        rows = select(person.c.id).where(person.c.id.in_(set(person_ids))).order_by(person.c.id)
        self._db.execute(rows.with_for_update()).all()

    def add_handover(self, made: Handover) -> Handover:
        values = {
            "cluster_id": made.cluster_id,
            "unit_id": made.unit_id,
            "at": made.at,
            "actor_id": made.actor_id,
            "from_id": made.from_id,
            "to_id": made.to_id,
            "offices": [[office.role, office.qualifier] for office in made.offices],
            "leaves": made.leaves,
        }
        added = self._db.execute(insert(handover).values(**values).returning(handover.c.id))
        return replace(made, id=added.scalar_one())

    def handover(self, handover_id: int) -> Handover | None:
        row = self._db.execute(select(handover).where(handover.c.id == handover_id)).one_or_none()
        return _handover(row) if row else None

    def handovers(self, cluster_id: int, limit: int) -> list[Handover]:
        found = select(handover).where(handover.c.cluster_id == cluster_id)
        latest = found.order_by(handover.c.at.desc(), handover.c.id.desc()).limit(limit)
        return [_handover(row) for row in self._db.execute(latest)]

    def has_left(self, channel: str, chat_id: str) -> bool:
        sleeping = (
            select(person.c.id)
            .join(chat_link, chat_link.c.person_id == person.c.id)
            .where(chat_link.c.channel == channel, chat_link.c.chat_id == chat_id, ~person.c.active)
        )
        return self._db.execute(sleeping.limit(1)).first() is not None


def _handover(row: Row[Any]) -> Handover:
    return Handover(
        id=row.id,
        cluster_id=row.cluster_id,
        unit_id=row.unit_id,
        at=row.at,
        actor_id=row.actor_id,
        from_id=row.from_id,
        to_id=row.to_id,
        offices=tuple(Office(role, qualifier) for role, qualifier in row.offices),
        leaves=row.leaves,
    )
