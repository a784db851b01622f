"""The store of people on SQLite, and one person in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.cluster.people import Person, Unit
from bot.cluster.store import PeopleStore
from bot.storage import tables as t
from bot.storage.engine import open_engine
from bot.storage.people import SqlPeople
from tests.storage.people.making import add_cluster, add_person, add_school


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = open_engine(f"sqlite:///{tmp_path}/people.db")
    t.metadata.create_all(engine)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def store(connection: Connection) -> PeopleStore:
    return SqlPeople(connection)


@pytest.fixture
def unit(store: PeopleStore) -> Unit:
    return add_school(store, add_cluster(store))


@pytest.fixture
def person(store: PeopleStore, unit: Unit) -> Person:
    return add_person(store, unit)
