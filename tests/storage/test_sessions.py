"""The store of sessions, answers and requests, on both engines."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine, update
from sqlalchemy.exc import IntegrityError

from bot.errors import OutdatedError
from bot.sessions.acknowledgement import Acknowledgement
from bot.sessions.answers import Answer, Reply
from bot.sessions.nomination import Nomination
from bot.sessions.request import RequestKind, RequestState, Swap
from bot.sessions.store import Event, FixedDate
from bot.storage.sessions import SqlSessions
from bot.storage.tables import session as session_table
from tests.storage.world import DAY, NOW, World, a_request, a_session, make_world


@pytest.fixture
def db(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        yield connection


@pytest.fixture
def store(db: Connection) -> SqlSessions:
    return SqlSessions(db)


@pytest.fixture
def world(db: Connection) -> World:
    return make_world(db)


def test_what_is_put_is_what_is_read(store: SqlSessions, world: World) -> None:
    stored = world.session
    assert stored == replace(a_session(world.cluster.id, (world.unit.id,)), id=stored.id, code="B1")
    assert store.get(stored.id) == stored
    assert store.many([stored.id, 999]) == {stored.id: stored}
    assert store.many([]) == {}
    assert store.get(999) is None


def test_codes_are_for_life_and_counted_in_each_cluster(
    db: Connection, store: SqlSessions, world: World
) -> None:
    second = store.add(a_session(world.cluster.id))
    other = make_world(db, "Núi Đối", "XYZXYZ")
    assert (second.code, other.session.code) == ("B2", "B1")
    assert store.by_code(world.cluster.id, "b2") == second
    assert store.by_code(other.cluster.id, "B2") is None
    assert store.of_cluster(other.cluster.id) == [other.session]


def test_sessions_come_in_the_order_of_their_days(store: SqlSessions, world: World) -> None:
    window = store.add(a_session(world.cluster.id, date=None))
    late = store.add(a_session(world.cluster.id, date=dt.date(2024, 3, 12)))
    nothing = store.add(replace(a_session(world.cluster.id, date=None), window=None))
    early = store.add(a_session(world.cluster.id, date=dt.date(2023, 10, 12)))
    codes = [s.code for s in store.of_cluster(world.cluster.id)]
    assert codes == [s.code for s in (early, world.session, window, late, nothing)]


def test_of_two_who_change_the_same_version_one_is_told(store: SqlSessions, world: World) -> None:
    mine = replace(world.session, room="Phòng 1", version=2, released_at=NOW, released_by=world.people[0].id)
    assert store.save(mine) == mine
    with pytest.raises(OutdatedError, match="Vừa có thay đổi khác"):
        store.save(replace(world.session, room="Phòng 2", version=2))
    assert store.get(mine.id) == mine
    store.save(replace(mine, version=3, date=None))


def test_duties_are_found_when_their_time_has_come(store: SqlSessions, world: World) -> None:
    later = store.add(a_session(world.cluster.id))
    assert store.next_duty() is None
    store.set_duty(later.id, NOW + dt.timedelta(hours=1))
    store.set_duty(world.session.id, NOW)
    assert store.next_duty() == NOW
    assert store.with_duty(NOW - dt.timedelta(seconds=1), 9) == []
    assert [s.id for s in store.with_duty(NOW, 9)] == [world.session.id]
    assert [s.id for s in store.with_duty(NOW + dt.timedelta(days=1), 9)] == [world.session.id, later.id]
    assert [s.id for s in store.with_duty(NOW + dt.timedelta(days=1), 1)] == [world.session.id]
    store.set_duty(world.session.id, None)
    assert store.next_duty() == NOW + dt.timedelta(hours=1)


def test_the_history_keeps_who_when_what(store: SqlSessions, world: World) -> None:
    steps = [
        Event(world.session.id, NOW, None, "planned", {}),
        Event(world.session.id, NOW, world.people[0].id, "asked", {"proposed": "2023-11-10", "vì": "trùng"}),
    ]
    for step in steps:
        store.note(step, world.cluster.id)
    assert store.history(world.session.id) == steps


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


def test_a_request_is_kept_and_changed_once(store: SqlSessions, world: World) -> None:
    asked = store.add_request(a_request(world))
    assert asked == replace(a_request(world), id=asked.id)
    assert store.request(asked.id) == asked
    assert store.request(999) is None
    agreed = replace(
        asked, state=RequestState.AGREED, decided_by=world.people[1].id, decided_at=NOW, on_paper=True
    )
    store.save_request(agreed, asked)
    with pytest.raises(OutdatedError):
        store.save_request(replace(asked, state=RequestState.REFUSED), asked)
    assert store.request(asked.id) == agreed
    assert store.open_requests(world.session.id) == []
    assert store.requests(world.session.id) == [agreed]


def test_an_asking_again_is_a_change_too(store: SqlSessions, world: World) -> None:
    asked = store.add_request(a_request(world))
    store.save_request(replace(asked, nudges=1), asked)
    with pytest.raises(OutdatedError):
        store.save_request(replace(asked, nudges=1), asked)


def test_the_open_move_is_the_one_that_stands_alone(store: SqlSessions, world: World) -> None:
    move = store.add_request(a_request(world))
    joined = store.add_request(a_request(world, attached_to=move.id))
    absence = store.add_request(a_request(world, kind=RequestKind.ABSENCE))
    assert store.open_move(world.session.id) == move
    assert store.open_requests(world.session.id) == [move, joined, absence]
    assert store.open_moves_of([world.session.id, 999]) == {world.session.id: move}
    assert store.open_moves_of([]) == {}


def test_one_open_move_a_session(db: Connection, store: SqlSessions, world: World) -> None:
    move = store.add_request(a_request(world))
    with pytest.raises(IntegrityError), db.begin_nested():
        store.add_request(a_request(world))
    store.save_request(replace(move, state=RequestState.REFUSED), move)
    store.add_request(a_request(world))


def test_fixed_dates_are_kept_once(db: Connection, store: SqlSessions, world: World) -> None:
    dates = [FixedDate(DAY, "Hội nghị", "authority"), FixedDate(dt.date(2023, 11, 1), "Nghỉ", "day_off")]
    assert store.put_fixed_dates(world.cluster.id, [*dates, dates[0]]) == dates
    off = FixedDate(DAY, "Hội nghị", "day_off")
    assert store.put_fixed_dates(world.cluster.id, [*dates, off]) == [off]
    assert store.put_fixed_dates(world.cluster.id, []) == []
    assert [d.date for d in store.fixed_dates(world.cluster.id)] == [dt.date(2023, 11, 1), DAY, DAY]
    assert store.fixed_dates(make_world(db, "Núi Đối", "XYZXYZ").cluster.id) == []


def test_an_audience_of_an_earlier_version_is_read(db: Connection, store: SqlSessions, world: World) -> None:
    old = [{"role": "HT", "count": None, "scope": "each_school", "qualifier": None}]
    db.execute(update(session_table).values(audience=old))
    found = store.get(world.session.id)
    assert found is not None
    assert [(item.role, item.alternatives) for item in found.audience] == [("HT", ())]


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


def test_two_requests_that_belong_together_are_stored_or_neither(store: SqlSessions, world: World) -> None:
    one, two = world.session, store.add(a_session(world.cluster.id))
    halves = [replace(a_request(world), session_id=s.id, state=RequestState.OFFERED) for s in (one, two)]
    swap = store.add_swap(Swap(*halves))
    assert store.swap_of(swap.first.id) == store.swap_of(swap.second.id) == swap
    assert store.open_move(two.id) == swap.second
    third = store.add(a_session(world.cluster.id))
    with pytest.raises(OutdatedError):  # one of them has an open request already
        store.add_swap(Swap(replace(halves[0], session_id=third.id), halves[1]))
    assert store.requests(third.id) == []
    alone = store.add_request(replace(halves[0], session_id=third.id))
    assert store.swap_of(alone.id) is None
