"""Clusters, schools and people in the database (`bot.cluster.store`)."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Select, delete, func, select, update

from bot.cluster.names import same_cluster_name
from bot.cluster.people import Cluster, Person, Post, Unit, UnitKind
from bot.cluster.store import ERASED_NAME
from bot.storage import frequent
from bot.storage import tables as t
from bot.storage.chats import SqlChats
from bot.storage.seats import is_a_person


class SqlPeople(SqlChats):
    """A `PeopleStore` on one connection; the caller opens and ends the transaction."""

    def clusters(self) -> list[Cluster]:
        return [_cluster(row) for row in self._db.execute(select(t.cluster).order_by(t.cluster.c.id))]

    def cluster(self, cluster_id: int) -> Cluster | None:
        row = frequent.CLUSTER.row(self._db, cluster_id)
        return _cluster(row) if row else None

    def find_cluster(self, name: str) -> Cluster | None:
        return next((cluster for cluster in self.clusters() if same_cluster_name(cluster.name, name)), None)

    def cluster_by_join_code(self, join_code: str) -> Cluster | None:
        row = self._db.execute(select(t.cluster).where(t.cluster.c.join_code == join_code)).first()
        return _cluster(row) if row else None

    def put_cluster(self, cluster: Cluster) -> Cluster:
        values = {
            "name": cluster.name,
            "school_year": cluster.school_year,
            "lead_name": cluster.lead_name,
            "authority": cluster.authority,
            "invite_days": cluster.invite_days,
            "invite_counts_working_days": cluster.invite_counts_working_days,
            "conflict_rule": cluster.conflict_rule,
            "join_code": cluster.join_code,
        }
        return replace(cluster, id=self._put(t.cluster, cluster.id, values))

    def units(self, cluster_id: int) -> list[Unit]:
        return [_unit(row) for row in frequent.UNITS.rows(self._db, cluster_id)]

    def unit(self, unit_id: int) -> Unit | None:
        row = self._db.execute(select(t.unit).where(t.unit.c.id == unit_id)).first()
        return _unit(row) if row else None

    def put_unit(self, unit: Unit) -> Unit:
        values: dict[str, Any] = {
            "cluster_id": unit.cluster_id,
            "kind": unit.kind.value,
            "name": unit.name,
            "label": unit.label,
            "aliases": list(unit.aliases),
        }
        if unit.id == 0:
            last = select(func.max(t.unit.c.position)).where(t.unit.c.cluster_id == unit.cluster_id)
            values["position"] = (self._db.execute(last).scalar() or 0) + 1
        return replace(unit, id=self._put(t.unit, unit.id, values))

    def people(self, cluster_id: int, *, left_too: bool = False) -> list[Person]:
        if not left_too:
            return [_person(row) for row in frequent.PEOPLE.rows(self._db, cluster_id)]
        query = select(t.person).where(t.person.c.cluster_id == cluster_id, t.person.c.name != ERASED_NAME)
        return self._people(query.order_by(t.person.c.id))

    def person(self, person_id: int) -> Person | None:
        found = self._people(select(t.person).where(t.person.c.id == person_id))
        return found[0] if found else None

    def put_person(self, person: Person) -> Person:
        values = {
            "cluster_id": person.cluster_id,
            "unit_id": person.unit_id,
            "name": person.name,
            "posts": [[post.role, post.qualifier] for post in person.posts],
            "phone": person.phone,
            "clerk": person.clerk,
            "note": person.note,
            "active": person.active,
        }
        return replace(person, id=self._put(t.person, person.id, values))

    def deactivate(self, person_id: int) -> None:
        self._db.execute(update(t.person).where(t.person.c.id == person_id).values(active=False))
        self.end_codes([person_id])

    def erase(self, person_id: int) -> None:
        for link in self.links([person_id]):
            self._forget_chat(link.channel, link.chat_id, link.cluster_id)
        own_notices = select(t.notice.c.id).where(t.notice.c.recipient_id == person_id)
        self._db.execute(
            update(t.delivery)
            .where(t.delivery.c.notice_id.in_(own_notices))
            .values(chat_id=None, message_id=None, error=None)
        )
        self._db.execute(delete(t.card).where(t.card.c.person_id == person_id))
        self._db.execute(
            update(t.answer).where(t.answer.c.person_id == person_id).values(reason=None, substitute=None)
        )
        self._db.execute(
            update(t.answer).where(t.answer.c.substitute_id == person_id).values(substitute=ERASED_NAME)
        )
        for kept in (t.registration_code, t.channel_wish, t.web_link, t.relay, t.mute):
            self._db.execute(delete(kept).where(kept.c.person_id == person_id))
        self.unlink(person_id)
        gone = update(t.person).where(t.person.c.id == person_id)
        self._db.execute(
            gone.values(name=ERASED_NAME, posts=[], phone=None, clerk=False, note="", active=False)
        )

    def people_by_chat(self, channel: str, chat_id: str) -> list[Person]:
        return self._people(
            select(t.person)
            .join(t.chat_link, t.chat_link.c.person_id == t.person.c.id)
            .where(t.chat_link.c.channel == channel, t.chat_link.c.chat_id == chat_id, t.person.c.active)
            .order_by(t.chat_link.c.linked_at.desc(), t.chat_link.c.id.desc())
        )

    def person_by_chat(self, channel: str, chat_id: str, cluster_id: int | None = None) -> Person | None:
        found = self.people_by_chat(channel, chat_id)
        return next((p for p in found if cluster_id is None or p.cluster_id == cluster_id), None)

    def _people(self, query: Select[Any]) -> list[Person]:
        return [_person(row) for row in self._db.execute(query.where(is_a_person(t.person.c.id)))]


def _cluster(row: Row[Any]) -> Cluster:
    return Cluster(
        id=row.id,
        name=row.name,
        school_year=row.school_year,
        lead_name=row.lead_name,
        authority=row.authority,
        invite_days=row.invite_days,
        invite_counts_working_days=row.invite_counts_working_days,
        conflict_rule=row.conflict_rule,
        join_code=row.join_code,
    )


def _unit(row: Row[Any]) -> Unit:
    return Unit(row.id, row.cluster_id, UnitKind(row.kind), row.name, row.label, tuple(row.aliases))


def _person(row: Row[Any]) -> Person:
    return Person(
        id=row.id,
        cluster_id=row.cluster_id,
        unit_id=row.unit_id,
        name=row.name,
        posts=tuple(Post(role, qualifier) for role, qualifier in row.posts),
        phone=row.phone,
        clerk=row.clerk,
        note=row.note,
        active=row.active,
    )
