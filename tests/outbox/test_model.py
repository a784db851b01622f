"""Queue, replan, crashes and a clock that is set, at random, against a model (invariants 2, 3, 4)."""

import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from bot.notices.notice import Kind, Notice
from bot.outbox.port import Address, Claimed, Outcome, State
from bot.storage import tables as t
from bot.storage.engine import open_engine, reading, writing
from bot.storage.migrate import upgrade
from bot.storage.notices import SqlNotices
from bot.storage.queue import SqlQueue
from tests.outbox.stage import NOW, Stage, repeats

LEASE = timedelta(seconds=90)
KINDS = (Kind.INVITATION, Kind.REMINDER)  # one that repeats, one that does not
PEOPLE = 4
CHAT = Address("telegram", "1")

minutes = st.integers(-30, 90).map(lambda number: timedelta(minutes=number))


class Outbox(RuleBasedStateMachine):
    """`delivered` counts what really reached a person; the database must never contradict it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        url = f"sqlite:///{Path(self.folder.name) / 'x.db'}"
        upgrade(url)
        self.stage = Stage(open_engine(url))
        self.stage.add_cluster(PEOPLE)
        self.people = self.stage.of_cluster[1]
        self.queue: SqlQueue = self.stage.queue()
        self.now = NOW
        self.hand: list[Claimed] = []
        self.delivered: dict[int, int] = {}
        self.excused: dict[int, int] = {}  # deliveries that a crash or a lost connection may repeat
        self.ever_sent: dict[int, object] = {}

    def teardown(self) -> None:
        self.stage.engine.dispose()
        self.folder.cleanup()

    def notices(self, kind: Kind, who: Sequence[int], due: datetime, useful: timedelta) -> list[Notice]:
        people = [self.people[place] for place in who]
        return self.stage.notices(kind=kind, people=people, due=due, useful_until=due + useful)

    @rule(
        kind=st.sampled_from(KINDS),
        who=st.sets(st.integers(0, PEOPLE - 1)),
        due=minutes,
        useful=st.integers(1, 120),
    )
    def replan(self, kind: Kind, who: set[int], due: timedelta, useful: int) -> None:
        wanted = self.notices(kind, sorted(who), self.now + due, timedelta(minutes=useful))
        self.stage.replan([kind], wanted, self.now)
        before = self.rows()
        self.stage.replan([kind], wanted, self.now)
        assert self.rows() == before, "replanning twice changes nothing"
        keys = {notice.dedup_key for notice in wanted}
        for row in before:
            if row.kind == kind.value and row.state in (State.PENDING.value, State.UNREACHABLE.value):
                assert row.dedup_key in keys

    @rule(limit=st.integers(1, 5))
    def claim(self, limit: int) -> None:
        held = {row.id for row in self.hand}
        rows = self.queue.claim(self.now, limit, LEASE)
        for row in rows:
            assert row.id not in held, "a row in hand is never claimed again by its owner"
            assert row.due <= self.now < row.useful_until
        self.hand += rows

    @precondition(lambda self: self.hand)
    @rule(place=st.integers(0, 10), outcome=st.sampled_from(["sent", "lost", "later", "gone", "failed"]))
    def deliver(self, place: int, outcome: str) -> None:
        row = self.hand.pop(place % len(self.hand))
        self.queue.begin([row], self.now)
        state, retry = State.SENT, None
        if outcome in ("sent", "lost"):
            self.delivered[row.id] = self.delivered.get(row.id, 0) + 1
        if outcome == "lost":  # it arrived, but nobody knows
            state = State.PENDING if repeats(row.kind) else State.UNCERTAIN
            self.excused[row.id] = self.excused.get(row.id, 0) + repeats(row.kind)
        if outcome == "later":
            state, retry = State.PENDING, self.now + timedelta(minutes=1)
        if outcome in ("gone", "failed"):
            state = State.UNREACHABLE if outcome == "gone" else State.FAILED
        self.queue.record([Outcome(row, state, retry_at=retry, address=CHAT, message_id="1")], self.now)

    @precondition(lambda self: self.hand)
    @rule(place=st.integers(0, 10), arrived=st.booleans())
    def crash_while_sending(self, place: int, arrived: bool) -> None:
        row = self.hand.pop(place % len(self.hand))
        self.queue.begin([row], self.now)
        if arrived:
            self.delivered[row.id] = self.delivered.get(row.id, 0) + 1
            self.excused[row.id] = self.excused.get(row.id, 0) + repeats(row.kind)
        self.crash()

    @rule()
    def crash(self) -> None:
        self.hand = []
        self.queue = self.stage.queue()

    @rule(by=st.one_of(minutes, st.sampled_from([timedelta(days=1), -timedelta(days=1)])))
    def set_clock(self, by: timedelta) -> None:
        self.now += by

    @rule(who=st.integers(0, PEOPLE - 1))
    def revive(self, who: int) -> None:
        with writing(self.stage.engine) as db:
            SqlNotices(db).revive(self.people[who], self.now)

    @rule()
    def run_dry(self) -> None:
        """Nothing due is ever stuck: after the leases of the dead, everything due has been taken."""
        self.now += LEASE
        while rows := self.queue.claim(self.now, 3, LEASE):
            self.hand += rows
        held = {row.id for row in self.hand}
        for row in self.rows():
            if row.state == State.PENDING.value:
                assert row.due > self.now
            if row.state == State.SENDING.value:
                assert row.id in held

    @invariant()
    def nothing_is_said_too_often(self) -> None:
        for row, times in self.delivered.items():
            assert times <= 1 + self.excused.get(row, 0)

    @invariant()
    def what_was_sent_never_changes(self) -> None:
        for row in self.rows():
            if row.state == State.SENT.value:
                assert self.delivered.get(row.id, 0) >= 1
                assert self.ever_sent.setdefault(row.id, row) == row
            else:
                assert row.id not in self.ever_sent

    @invariant()
    def the_next_instant_is_known(self) -> None:
        pending = [row.due for row in self.rows() if row.state == State.PENDING.value]
        found = self.queue.next_due()
        if pending:
            assert found is not None
            assert found <= min(pending)

    def rows(self) -> Sequence[Any]:
        with reading(self.stage.engine) as db:
            return db.execute(select(t.notice).order_by(t.notice.c.id)).all()


Outbox.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
test_outbox_against_a_model = Outbox.TestCase
