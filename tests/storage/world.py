"""A cluster with people and sessions, for the stores' tests."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.cluster.people import Cluster, Person, Post, Unit, UnitKind
from bot.plan.reading import AudienceItem, Precision, Scope
from bot.sessions.request import Cause, Request, RequestKind, RequestState
from bot.sessions.session import Session
from bot.storage.people import SqlPeople
from bot.storage.sessions import SqlSessions

NOW = dt.datetime(2023, 10, 3, 2, 0, tzinfo=dt.UTC)
DAY = dt.date(2023, 11, 8)


@dataclass(frozen=True)
class World:
    cluster: Cluster
    unit: Unit
    people: tuple[Person, ...]
    session: Session


def make_world(db: Connection, name: str = "An Tiến", join_code: str = "BCDFGH") -> World:
    people = SqlPeople(db)
    cluster = people.put_cluster(Cluster(0, name, "2023-2024", None, "Phòng GD&ĐT", 3, True, None, join_code))
    unit = people.put_unit(Unit(0, cluster.id, UnitKind.SCHOOL, "Sao Sáng", "MN Sao Sáng", ()))
    three = tuple(
        people.put_person(Person(0, cluster.id, unit.id, f"Người {n}", (Post("HT", None),), None, False, ""))
        for n in range(3)
    )
    return World(cluster, unit, three, SqlSessions(db).add(a_session(cluster.id, (unit.id,))))


def a_session(cluster_id: int, host_ids: tuple[int, ...] = (), date: dt.date | None = DAY) -> Session:
    return Session(
        id=0,
        cluster_id=cluster_id,
        code="",
        host_ids=host_ids,
        content="Đẩy mạnh <UDCNTT> & chuyển đổi số 🌱",
        audience_text="HT, 4 GV cốt cán",
        audience=(
            AudienceItem("HT", None, Scope.EACH_SCHOOL, None),
            AudienceItem("GV_COT_CAN", 4, Scope.CLUSTER, "mẫu giáo", ("GV",)),
        ),
        date=date,
        date_end=None,
        precision=Precision.DAY if date else Precision.MONTH,
        date_text="08/11/2023",
        window=None if date else (dt.date(2023, 12, 1), dt.date(2023, 12, 31)),
        start=dt.time(8, 30),
        end=None,
        room="Hội trường",
    )


def a_request(
    world: World, *, kind: RequestKind = RequestKind.MOVE, attached_to: int | None = None
) -> Request:
    return Request(
        id=0,
        cluster_id=world.cluster.id,
        session_id=world.session.id,
        date_revision=1,
        kind=kind,
        state=RequestState.REQUESTED,
        unit_id=world.unit.id,
        asked_by=world.people[0].id,
        asked_at=NOW,
        cause=Cause.OWN_WORK,
        reason="trùng hội thi",
        old_date=DAY,
        proposed=dt.date(2023, 11, 10),
        attached_to=attached_to,
    )
