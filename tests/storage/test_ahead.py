"""What is read for several at once is what is read for each alone."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, event

from bot.sessions.answers import Answer, Reply
from bot.storage.ahead import expect
from bot.storage.groups import SqlGroups
from bot.storage.people import SqlPeople
from bot.storage.sessions import SqlSessions
from tests.storage.world import NOW, World, a_request, make_world


@pytest.fixture
def worlds(db: Connection) -> list[World]:
    """Three clusters; in each somebody answered for an earlier day and for this one, is told through her
    school, does not want to be reminded, asks for another day, and one school settles covers by itself."""
    made = [make_world(db, name, name * 6) for name in ("B", "C", "D")]
    sessions, people = SqlSessions(db), SqlPeople(db)
    for world in made:
        first, second = world.people[:2]
        for revision, reply in ((0, Reply.DECLINED), (1, Reply.GOING)):
            sessions.put_answer(Answer(world.session.id, revision, first.id, reply, None, None, NOW))
        people.set_relay(second.id, NOW, on=True)
        sessions.set_mute(world.session.id, second.id, NOW, on=True)
        sessions.set_covering(world.unit.id, first.id, NOW, on=False)
        sessions.add_request(a_request(world))
    return made


def everything(db: Connection, world: World) -> list[object]:
    people, sessions, of, cluster = SqlPeople(db), SqlSessions(db), world.session, world.cluster.id
    return [
        *(people.cluster(cluster), people.units(cluster), people.people(cluster), people.relayed(cluster)),
        *(sessions.get(of.id), sessions.of_cluster(cluster), sessions.fixed_dates(cluster)),
        *(sessions.answers(of), sessions.acknowledgements(of.id), sessions.nominations(of.id)),
        *(sessions.muted(of.id), sessions.covers(of.id), sessions.not_covering(cluster)),
        *(sessions.open_requests(of.id), SqlGroups(db).linked(cluster)),
    ]


@contextmanager
def counted(db: Connection) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(db, "before_cursor_execute", note)
    yield statements
    event.remove(db, "before_cursor_execute", note)


def test_each_is_read_once_for_all_who_are_expected(db: Connection, worlds: list[World]) -> None:
    alone = [everything(db, world) for world in worlds]
    expect(
        db,
        clusters={world.cluster.id for world in worlds[:2]},
        sessions={world.session.id for world in worlds[:2]},
    )
    with counted(db) as first:
        assert everything(db, worlds[0]) == alone[0]
    assert len(first) == len(alone[0])
    with counted(db) as second:
        assert everything(db, worlds[1]) == alone[1]
    assert second == []
    with counted(db) as unexpected:
        assert everything(db, worlds[2]) == alone[2]
    assert len(unexpected) == len(alone[2])


def test_who_has_nothing_is_not_asked_for_again(db: Connection, worlds: list[World]) -> None:
    expect(db, clusters={worlds[0].cluster.id, 999}, sessions=())
    assert SqlPeople(db).units(999) == []
    with counted(db) as again:
        assert SqlPeople(db).cluster(999) is None
        assert SqlPeople(db).units(worlds[0].cluster.id) == [worlds[0].unit]
    assert len(again) == 1  # the clusters themselves


def test_without_expecting_what_was_written_is_read(db: Connection, worlds: list[World]) -> None:
    world, sessions = worlds[0], SqlSessions(db)
    assert sessions.muted(world.session.id) == {world.people[1].id}
    sessions.set_mute(world.session.id, world.people[0].id, NOW, on=True)
    assert sessions.muted(world.session.id) == {person.id for person in world.people[:2]}
