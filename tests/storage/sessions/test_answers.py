"""What people say to a session: answers, nominations, acknowledgements, on both engines."""

import datetime as dt
from dataclasses import replace

from bot.sessions.acknowledgement import Acknowledgement
from bot.sessions.answers import Answer, Reply
from bot.sessions.nomination import Nomination
from bot.storage.sessions import SqlSessions
from tests.storage.world import NOW, World


def _answer(world: World, person: int, reply: Reply, revision: int = 1) -> Answer:
    return Answer(world.session.id, revision, world.people[person].id, reply, "ốm", None, NOW)


def test_the_last_answer_counts_and_a_new_day_asks_again(store: SqlSessions, world: World) -> None:
    first, second = world.people[0].id, world.people[1].id
    store.put_answer(_answer(world, 0, Reply.GOING))
    changed = replace(_answer(world, 0, Reply.DECLINED), substitute="Cô Lan", at=NOW + dt.timedelta(hours=1))
    store.put_answer(changed)
    store.put_answer(_answer(world, 1, Reply.GOING))
    assert store.answers(world.session) == {first: changed, second: _answer(world, 1, Reply.GOING)}
    moved = replace(world.session, date_revision=2)
    assert store.answers(moved) == {}
    store.put_answer(_answer(world, 0, Reply.GOING, revision=2))
    assert set(store.answers_of([first])) == {(world.session.id, 1), (world.session.id, 2)}
    assert store.answers_of([]) == {}


def test_who_goes_instead_is_kept_and_an_answer_can_be_taken_back(store: SqlSessions, world: World) -> None:
    first, second = world.people[0].id, world.people[1].id
    given = replace(_answer(world, 0, Reply.DECLINED), substitute="Cô Lan", substitute_id=second)
    store.put_answer(given)
    assert store.answers(world.session) == {first: given}
    store.drop_answer(world.session, second)
    assert store.answers(world.session) == {first: given}
    store.drop_answer(world.session, first)
    assert store.answers(world.session) == {}


def test_the_last_nomination_of_a_school_counts(store: SqlSessions, world: World) -> None:
    people = tuple(person.id for person in world.people[:2])
    said = Nomination(
        world.session.id, world.cluster.id, world.people[0].unit_id, "GV_COT_CAN", people, people[0], NOW
    )
    nobody = replace(said, person_ids=(), at=NOW + dt.timedelta(hours=1))
    other = replace(said, part="TTCM/mẫu giáo")
    for one in (said, other, nobody):
        store.put_nomination(one)
    assert store.nominations(world.session.id) == [nobody, other]


def test_the_last_nomination_of_the_cluster_counts_beside_those_of_schools(
    store: SqlSessions, world: World
) -> None:
    first, second = world.people[0], world.people[1]
    said = Nomination(world.session.id, world.cluster.id, None, "GV_COT_CAN", (first.id,), first.id, NOW)
    of_school = replace(said, unit_id=first.unit_id)
    again = replace(said, person_ids=(second.id,), named_by=second.id, at=NOW + dt.timedelta(hours=1))
    other = replace(said, part="BEP_TRUONG")
    for one in (said, of_school, other, again):
        store.put_nomination(one)
    assert store.nominations(world.session.id) == [again, of_school, other]


def test_who_was_told_of_a_late_change_is_known_by_its_newest(store: SqlSessions, world: World) -> None:
    session, (one, two) = world.session, world.people[:2]
    later = NOW + dt.timedelta(hours=1)

    def asked(person_id: int, version: int) -> Acknowledgement:
        return Acknowledgement(session.id, world.cluster.id, person_id, version, NOW.date(), NOW)

    store.ask_known([])
    store.ask_known([asked(one.id, 2), asked(two.id, 2)])
    store.know(session.id, one.id, later)
    known = store.acknowledgements(session.id)
    assert known == {one.id: replace(asked(one.id, 2), known_at=later), two.id: asked(two.id, 2)}
    store.ask_known([asked(one.id, 3)])
    assert store.acknowledgements(session.id)[one.id] == asked(one.id, 3)


def test_answers_of_a_day_are_dropped_together(store: SqlSessions, world: World) -> None:
    session = world.session
    one, two = (person.id for person in world.people[:2])
    for person_id in (one, two):
        store.put_answer(Answer(session.id, session.date_revision, person_id, Reply.GOING, None, None, NOW))
    assert store.drop_answers(session, [one]) == 1
    assert set(store.answers(session)) == {two}
    assert store.drop_answers(session, []) == 0
