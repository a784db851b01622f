"""What one process queues wakes another at once; a connection that drops costs only the haste."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import URL, Engine, text

from bot.storage.engine import open_engine, writing
from bot.storage.listening import Listener, tell_others
from tests.outbox.stage import Stage

SOON = 5.0


class Ring:
    """Counts; `comes` waits for one more."""

    def __init__(self) -> None:
        self._rung = threading.Semaphore(0)

    def __call__(self) -> None:
        self._rung.release()

    def comes(self, within: float = SOON) -> bool:
        return self._rung.acquire(timeout=within)


@pytest.fixture
def engines(postgres_copy: URL) -> Iterator[tuple[Engine, Engine]]:
    """Those of two processes."""
    one, other = open_engine(postgres_copy), open_engine(postgres_copy)
    yield one, other
    one.dispose()
    other.dispose()


@pytest.fixture
def ring(engines: tuple[Engine, Engine]) -> Iterator[Ring]:
    ring = Ring()
    listener = Listener(engines[0], ring, reconnect=0.05)
    listener.start()
    assert ring.comes(), "once when it listens: something may have been queued before"
    yield ring
    listener.stop()


def test_what_another_process_queues_rings(engines: tuple[Engine, Engine], ring: Ring) -> None:
    stage = Stage(engines[1])
    stage.add_cluster(2)
    assert not ring.comes(0.2)
    stage.put(stage.notices())
    assert ring.comes()
    assert not ring.comes(0.2), "one transaction rings once"


def test_what_is_rolled_back_does_not_ring(engines: tuple[Engine, Engine], ring: Ring) -> None:
    with engines[1].connect() as db, db.begin() as transaction:
        tell_others(db)
        transaction.rollback()
    assert not ring.comes(0.2)


def test_a_connection_that_drops_is_opened_again(engines: tuple[Engine, Engine], ring: Ring) -> None:
    with engines[1].connect() as db:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
        assert db.execute(text(others)).scalars().all() == [True]
    assert ring.comes(), "what was told meanwhile is not known"
    with writing(engines[1]) as db:
        tell_others(db)
    assert ring.comes()


def test_it_stops_also_where_no_database_answers(postgres: URL) -> None:
    engine = open_engine(postgres.set(database="there_is_none"))
    ring = Ring()
    listener = Listener(engine, ring)
    listener.start()
    assert not ring.comes(0.3)
    listener.stop()
    engine.dispose()
