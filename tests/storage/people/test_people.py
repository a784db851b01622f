"""Clusters, schools and people: what is put is what is read, and how a cluster is found."""

from dataclasses import replace

import pytest

from bot.cluster.people import Person, Unit
from bot.cluster.store import PeopleStore
from tests.storage.people.making import add_cluster, add_person, add_school


def test_what_is_put_is_what_is_read(store: PeopleStore) -> None:
    cluster = add_cluster(store)
    unit = add_school(store, cluster)
    person = add_person(store, unit)
    assert store.cluster(cluster.id) == cluster
    assert store.unit(unit.id) == unit
    assert store.person(person.id) == person
    assert store.clusters() == [cluster]
    assert store.units(cluster.id) == [unit]
    assert store.people(cluster.id) == [person]
    assert (store.cluster(99), store.unit(99), store.person(99)) == (None, None, None)


def test_putting_again_changes_the_row(store: PeopleStore, unit: Unit, person: Person) -> None:
    store.put_person(replace(person, name="Trần Thị B", posts=(), phone=None))
    assert [p.name for p in store.people(unit.cluster_id)] == ["Trần Thị B"]
    cluster = store.cluster(unit.cluster_id)
    assert cluster is not None
    store.put_cluster(replace(cluster, school_year="2024-2025"))
    assert [c.school_year for c in store.clusters()] == ["2024-2025"]
    store.put_unit(replace(unit, aliases=()))
    assert store.units(cluster.id) == [replace(unit, aliases=())]


def test_units_keep_the_order_of_the_plan(store: PeopleStore) -> None:
    cluster = add_cluster(store)
    for name in ("Trường Thọ", "An Tiến", "Bát Trang"):
        add_school(store, cluster, name)
    assert [u.name for u in store.units(cluster.id)] == ["Trường Thọ", "An Tiến", "Bát Trang"]


@pytest.mark.parametrize("name", ["An Tiến", "cụm an tiến", "Cụm trường  An Tiến"])
def test_a_cluster_is_found_by_its_name(store: PeopleStore, name: str) -> None:
    cluster = add_cluster(store)
    add_cluster(store, "An Tiến 2", "BCDFGJ")
    assert store.find_cluster(name) == cluster
    assert store.find_cluster("An") is None


def test_a_cluster_is_found_by_its_join_code(store: PeopleStore) -> None:
    cluster = add_cluster(store)
    assert store.cluster_by_join_code("BCDFGH") == cluster
    assert store.cluster_by_join_code("") is None
