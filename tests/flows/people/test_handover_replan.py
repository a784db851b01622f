"""Whatever changes hands, and when: nothing is said twice, nobody else gets anything (invariants 2, 3)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.cluster.handover import may_leave, offices_of, posts_staying
from bot.cluster.people import UnitKind
from bot.flows.people.handing_over import Newcomer, Order, hand_over
from bot.flows.planning import replan_cluster
from bot.notices.notice import Kind
from bot.outbox.port import State
from bot.storage.engine import open_engine
from bot.storage.tables import metadata, notice
from bot.storage.work import Desk
from tests.flows.people.office import BEGINNING, cluster_of, make_desk, queued, send_what_is_due, waiting_for
from tests.long import only_deep

pytestmark = only_deep("many hand-overs")

_DAYS = 170  #: from the plan's day to after the last session
_HOURS = (7, 9, 12, 16, 21)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("office") / "office.db"
    engine = open_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    desk = make_desk(engine)
    yield desk
    desk.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    who=st.integers(0, 65),
    day=st.integers(0, _DAYS),
    hour=st.sampled_from(_HOURS),
    stays=st.booleans(),
    half_sent=st.integers(0, 3),
)
def test_nothing_is_said_twice_and_nobody_else_gets_anything(
    desk: Desk, who: int, day: int, hour: int, stays: bool, half_sent: int
) -> None:
    now = BEGINNING.replace(hour=hour) + dt.timedelta(days=day)
    with desk.engine.connect() as db, db.begin() as change:
        work = desk.on(db, now)
        people = work.people.people(cluster_of(work).id)
        old = people[who]
        send_what_is_due(db, now - dt.timedelta(hours=half_sent))
        replan_cluster(work, old.cluster_id)
        send_what_is_due(db, now - dt.timedelta(hours=half_sent))
        sent = _sent(db)
        unit = work.people.unit(old.unit_id)
        assert unit is not None
        offices = offices_of(old)
        leaves = not stays or posts_staying(old, offices) is None
        assert may_leave(old, offices, offices)
        order = Order(old.id, offices, Newcomer("Nguyễn Thị Mới"), leaves)
        everybody = {p.id for p in people} - {old.id}
        before = queued(db, but=[old.id])
        done = hand_over(work, old, order)
        after = queued(db, but=[old.id, done.new.id])
        told = {key for key in after.keys() - before.keys() if f":{Kind.HANDOVER.value}:" in key}
        assert after.keys() - before.keys() == told, "nobody else is told anything but the handover"
        assert len(told) <= (2 if unit.kind is UnitKind.SCHOOL else 3)
        assert all(after[key] == before[key] for key in before), "and what they were to get is as it was"
        assert _sent(db) == sent, "what was sent is not sent again"
        if leaves:
            assert waiting_for(db, old.id) == set()
        known = queued(db)
        replan_cluster(work, old.cluster_id)
        assert queued(db) == known, "planning again changes nothing"
        assert everybody >= {p.id for p in work.people.people(old.cluster_id)} - {old.id, done.new.id}
        change.rollback()


def _sent(db: object) -> Counter[str]:
    rows = db.execute(select(notice.c.dedup_key).where(notice.c.state == State.SENT.value))  # type: ignore[attr-defined]
    found = Counter(rows.scalars())
    assert all(times == 1 for times in found.values())
    return found
