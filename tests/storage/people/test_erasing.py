"""Erasing somebody leaves nothing that says who it was."""

from sqlalchemy import Connection, insert, select

from bot.cluster.people import Person, Unit
from bot.cluster.store import ERASED_NAME, PeopleStore
from bot.storage import tables as t
from tests.storage.people.making import ask
from tests.storage.world import NOW


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
