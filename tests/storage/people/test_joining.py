"""Ways in: one-time codes, attempts at them, and requests to be let in."""

from datetime import timedelta

from bot.cluster.people import Person, Unit
from bot.cluster.store import JoinState, PeopleStore
from tests.storage.people.making import ask
from tests.storage.world import NOW


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
