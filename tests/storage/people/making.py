"""A cluster, a school, somebody in it and somebody who asks to be let in, put into the store."""

from datetime import datetime

from bot.cluster.people import Cluster, Person, Post, Unit, UnitKind
from bot.cluster.store import JoinRequest, JoinState, PeopleStore
from tests.storage.world import NOW


def add_cluster(store: PeopleStore, name: str = "An Tiến", join_code: str = "BCDFGH") -> Cluster:
    return store.put_cluster(
        Cluster(0, name, "2023-2024", "Lê Thị Minh Hồng", "Phòng GD&ĐT", 3, True, "xin ý kiến PGD", join_code)
    )


def add_school(store: PeopleStore, cluster: Cluster, name: str = "Sao Sáng") -> Unit:
    return store.put_unit(Unit(0, cluster.id, UnitKind.SCHOOL, name, f"MN {name}", ("SS",)))


def add_person(store: PeopleStore, unit: Unit, name: str = "Nguyễn Thị A") -> Person:
    posts = (Post("TTCM", "mẫu giáo"), Post("HT"))
    return store.put_person(Person(0, unit.cluster_id, unit.id, name, posts, "0912345678", True, "ghi chú"))


def ask(store: PeopleStore, unit: Unit, name: str, at: datetime = NOW) -> JoinRequest:
    asked = JoinRequest(0, unit.cluster_id, unit.id, "telegram", "11", name, "GV", None, JoinState.ASKED, at)
    return store.add_join_request(asked)
