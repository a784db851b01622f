"""The store of people, on a real database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from bot.cluster.people import Cluster, Person, Post, Unit, UnitKind
from bot.cluster.store import ERASED_NAME, JoinRequest, JoinState, PeopleStore
from bot.storage import tables as t
from bot.storage.engine import open_engine
from bot.storage.people import SqlPeople

NOW = datetime(2023, 10, 3, 2, 0, tzinfo=UTC)


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


def add_cluster(store: PeopleStore, name: str = "An Tiến", join_code: str = "BCDFGH") -> Cluster:
    return store.put_cluster(
        Cluster(0, name, "2023-2024", "Lê Thị Minh Hồng", "Phòng GD&ĐT", 3, True, "xin ý kiến PGD", join_code)
    )


def add_school(store: PeopleStore, cluster: Cluster, name: str = "Sao Sáng") -> Unit:
    return store.put_unit(Unit(0, cluster.id, UnitKind.SCHOOL, name, f"MN {name}", ("SS",)))


def add_person(store: PeopleStore, unit: Unit, name: str = "Nguyễn Thị A") -> Person:
    posts = (Post("TTCM", "mẫu giáo"), Post("HT"))
    return store.put_person(Person(0, unit.cluster_id, unit.id, name, posts, "0912345678", True, "ghi chú"))


@pytest.fixture
def unit(store: PeopleStore) -> Unit:
    return add_school(store, add_cluster(store))


@pytest.fixture
def person(store: PeopleStore, unit: Unit) -> Person:
    return add_person(store, unit)


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


def test_fresh_codes_end_the_earlier_ones(store: PeopleStore, person: Person) -> None:
    store.replace_codes({person.id: "first"}, NOW)
    store.replace_codes({person.id: "second"}, NOW + timedelta(days=30))
    assert store.code("first") is None
    code = store.code("second")
    assert code is not None
    assert (code.person_id, code.expires_at, code.used_at) == (person.id, NOW + timedelta(days=30), None)
    store.replace_codes({}, NOW)
    store.end_codes([person.id])
    assert store.code("second") is None


def test_a_code_is_used_by_one_only(store: PeopleStore, person: Person) -> None:
    store.replace_codes({person.id: "h"}, NOW)
    code = store.code("h")
    assert code is not None
    assert store.use_code(code.id, NOW)
    assert not store.use_code(code.id, NOW)
    store.replace_codes({person.id: "later"}, NOW)
    used = store.code("h")
    assert used is not None
    assert used.used_at == NOW


def test_attempts_are_counted_per_chat(store: PeopleStore) -> None:
    for hours in (0, 2, 1):
        store.add_attempt("telegram", "11", NOW + timedelta(hours=hours))
    store.add_attempt("zalo", "11", NOW)
    assert store.attempts_since("telegram", "11", NOW) == [NOW + timedelta(hours=1), NOW + timedelta(hours=2)]
    store.forget_attempts(NOW + timedelta(hours=1))
    assert store.attempts_since("telegram", "11", NOW - timedelta(days=1)) == [NOW + timedelta(hours=2)]
    assert store.attempts_since("zalo", "11", NOW - timedelta(days=1)) == []


def ask(store: PeopleStore, unit: Unit, name: str, at: datetime = NOW) -> JoinRequest:
    asked = JoinRequest(0, unit.cluster_id, unit.id, "telegram", "11", name, "GV", None, JoinState.ASKED, at)
    return store.add_join_request(asked)


def test_a_later_join_request_of_a_chat_replaces_the_earlier(store: PeopleStore, unit: Unit) -> None:
    first, second = ask(store, unit, "Một"), ask(store, unit, "Hai")
    assert store.open_join_requests(unit.cluster_id) == [second]
    assert store.open_join_requests_of("telegram", "11") == [second]
    withdrawn = store.join_request(first.id)
    assert withdrawn is not None
    assert withdrawn.state is JoinState.WITHDRAWN
    assert store.join_request(99) is None


def test_a_join_request_is_decided_once(store: PeopleStore, unit: Unit, person: Person) -> None:
    request = ask(store, unit, "Một")
    assert store.close_join_request(request.id, JoinState.APPROVED, person.id, NOW)
    assert not store.close_join_request(request.id, JoinState.REFUSED, person.id, NOW)
    assert store.open_join_requests(unit.cluster_id) == []
    closed = store.join_request(request.id)
    assert closed is not None
    assert (closed.state, closed.decided_by, closed.decided_at) == (JoinState.APPROVED, person.id, NOW)


def test_erasing_leaves_nothing_that_says_who_it_was(
    connection: Connection, store: PeopleStore, unit: Unit, person: Person
) -> None:
    store.link(person, "telegram", "11", NOW)
    ask(store, unit, "Nguyễn Thị A")
    store.add_attempt("telegram", "11", NOW)
    store.replace_codes({person.id: "h"}, NOW)
    _leave_traces(connection, person)

    store.erase(person.id)

    erased = store.person(person.id)
    assert erased == Person(person.id, person.cluster_id, person.unit_id, ERASED_NAME, (), active=False)
    assert store.people(person.cluster_id, left_too=True) == []
    assert store.links([person.id]) == []
    rows = [
        tuple(row) for table in t.metadata.sorted_tables for row in connection.execute(select(table)).all()
    ]
    text = repr(rows)
    for trace in ("Nguyễn Thị A", "0912345678", "'11'", "ốm nặng", "Trần Thị C", "ghi chú", "'m1'"):
        assert trace not in text
    answer = connection.execute(select(t.answer)).one()
    assert (answer.person_id, answer.reply) == (person.id, "declined")


def _leave_traces(connection: Connection, person: Person) -> None:
    """A session, the person's answer with words, a delivered message, a card and an open dialog."""

    def add(table: str, **values: object) -> int:
        target = t.metadata.tables[table]
        key = connection.execute(insert(target).values(**values)).inserted_primary_key
        return int(key[0]) if key and isinstance(key[0], int) else 0

    chat = {"channel": "telegram", "chat_id": "11"}
    session = add(
        "session",
        cluster_id=person.cluster_id,
        code="B1",
        host_ids=[],
        content="",
        audience_text="",
        audience=[],
        precision="day",
        date_text="",
        state="planned",
        date_revision=1,
        version=1,
    )
    add(
        "answer",
        session_id=session,
        date_revision=1,
        person_id=person.id,
        reply="declined",
        reason="ốm nặng",
        substitute="Trần Thị C",
        at=NOW,
    )
    notice = add(
        "notice",
        cluster_id=person.cluster_id,
        session_id=session,
        date_revision=1,
        kind="invitation",
        recipient_id=person.id,
        occurrence="",
        dedup_key="k",
        payload={},
        due=NOW,
        useful_until=NOW,
        state="sent",
    )
    add("delivery", notice_id=notice, attempt=1, message_id="m1", state="sent", at=NOW, **chat)
    add("card", session_id=session, person_id=person.id, message_id="m1", **chat)
    add("dialog", name="details", step="room", data={}, expires_at=NOW, **chat)
