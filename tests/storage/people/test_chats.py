"""Whose chat is whose, where somebody is reached, and what leaving does to it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.cluster.people import Person, Unit
from bot.cluster.store import PeopleStore
from bot.storage.people import SqlPeople
from tests.storage.people.making import add_cluster, add_person, add_school
from tests.storage.world import NOW


def test_a_chat_stands_for_one_person_in_each_cluster(store: PeopleStore, person: Person) -> None:
    elsewhere = add_person(store, add_school(store, add_cluster(store, "Phía Bắc", "ZZZZZZ")))
    store.link(person, "telegram", "11", NOW)
    store.link(elsewhere, "telegram", "11", NOW + timedelta(days=1))
    assert store.people_by_chat("telegram", "11") == [elsewhere, person]
    assert store.person_by_chat("telegram", "11") == elsewhere
    assert store.person_by_chat("telegram", "11", person.cluster_id) == person
    assert store.person_by_chat("telegram", "11", 99) is None
    assert store.person_by_chat("zalo", "11") is None


def test_the_database_itself_refuses_a_second_person_on_one_chat(
    store: PeopleStore, unit: Unit, person: Person
) -> None:
    store.link(person, "telegram", "11", NOW)
    with pytest.raises(IntegrityError):
        store.link(add_person(store, unit, "Trần Thị B"), "telegram", "11", NOW)


def test_the_address_is_the_latest_chat_that_is_not_blocked(store: PeopleStore, person: Person) -> None:
    store.link(person, "telegram", "11", NOW)
    store.link(person, "zalo", "22", NOW + timedelta(days=1))
    assert store.addresses([person.id])[person.id].chat_id == "22"
    store.mark_blocked("zalo", "22", NOW)
    assert store.addresses([person.id])[person.id].chat_id == "11"
    store.mark_blocked("telegram", "11", NOW)
    assert store.addresses([person.id]) == {}
    store.mark_blocked("telegram", "11", NOW + timedelta(days=9))
    assert {link.blocked_at for link in store.links([person.id])} == {NOW}
    store.mark_unblocked("telegram", "11")
    assert store.addresses([person.id])[person.id].channel == "telegram"
    store.unlink(person.id, "telegram")
    assert [link.channel for link in store.links([person.id])] == ["zalo"]
    assert store.addresses([]) == {}


def test_who_left_is_neither_listed_nor_reached_until_back(store: PeopleStore, person: Person) -> None:
    store.link(person, "telegram", "11", NOW)
    store.replace_codes({person.id: "h"}, NOW)
    store.deactivate(person.id)
    assert store.people(person.cluster_id) == []
    assert store.people(person.cluster_id, left_too=True) == [replace(person, active=False)]
    assert store.people_by_chat("telegram", "11") == []
    assert store.addresses([person.id]) == {}
    assert store.code("h") is None
    store.put_person(person)
    assert store.addresses([person.id])[person.id].chat_id == "11"


def test_the_chat_of_somebody_who_left_is_free(store: PeopleStore, unit: Unit, person: Person) -> None:
    store.link(person, "telegram", "11", NOW)
    store.deactivate(person.id)
    successor = add_person(store, unit, "Trần Thị B")
    store.link(successor, "telegram", "11", NOW)
    assert store.people_by_chat("telegram", "11") == [successor]
    assert store.links([person.id]) == []


def test_a_chat_that_gets_another_id_keeps_its_person(connection: Connection, person: Person) -> None:
    store = SqlPeople(connection)
    store.link(person, "telegram", "11", NOW)
    store.link(person, "zalo", "11", NOW)
    store.move_chat("telegram", "11", "-10011")
    assert store.person_by_chat("telegram", "-10011") == person
    assert store.person_by_chat("telegram", "11") is None
    assert store.person_by_chat("zalo", "11") == person
