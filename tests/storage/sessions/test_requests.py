"""Requests to move a session or to stay away, and swaps, on both engines."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.errors import OutdatedError
from bot.sessions.request import RequestKind, RequestState, Swap
from bot.storage.sessions import SqlSessions
from tests.storage.world import NOW, World, a_request, a_session


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
