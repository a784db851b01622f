"""Units of work on the database: one transaction, everything in it or nothing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from threading import RLock
from typing import TypeVar

from sqlalchemy import Connection, Engine

from bot.clock import Clock
from bot.flows.groups import linking
from bot.flows.work import Office, Work
from bot.notices.notice import Kind
from bot.outbox.port import Address, Bell, Claimed, Composed, Lead
from bot.storage.ahead import expect
from bot.storage.engine import reading, writing
from bot.storage.groups import SqlGroups
from bot.storage.leading import SqlLead
from bot.storage.links import SqlLinks
from bot.storage.listening import Listener
from bot.storage.notices import SqlNotices
from bot.storage.people import SqlPeople
from bot.storage.queue import SqlQueue
from bot.storage.reports import SqlReports
from bot.storage.sessions import SqlSessions
from bot.storage.talks import SqlTalks
from bot.storage.upkeep import SqlUpkeep

T = TypeVar("T")


class Desk:
    """Where work is done: `with desk.work() as work: …` commits at the end, or rolls back.

    On SQLite the writers of one process take turns here: its own waiting is a polling that lets somebody
    starve when many write at once.
    """

    def __init__(self, engine: Engine, office: Office, clock: Clock) -> None:
        self._turn = RLock() if engine.dialect.name == "sqlite" else nullcontext()
        self.engine = engine
        self.office = office
        self.clock = clock

    @contextmanager
    def work(self) -> Iterator[Work]:
        with self._turn, writing(self.engine) as connection:
            yield self.on(connection)

    @contextmanager
    def look(self) -> Iterator[Work]:
        """The same, to read only."""
        with reading(self.engine) as connection:
            yield self.on(connection)

    def on(self, connection: Connection, now: datetime | None = None) -> Work:
        return Work(
            now=now or self.clock.now(),
            office=self.office,
            people=SqlPeople(connection),
            groups=SqlGroups(connection),
            sessions=SqlSessions(connection),
            notices=SqlNotices(connection),
            reports=SqlReports(connection),
            talks=SqlTalks(connection),
            upkeep=SqlUpkeep(connection),
            links=SqlLinks(connection),
        )

    def run(self, use: Callable[[Work], T]) -> T:
        with self.work() as work:
            return use(work)

    def see(self, use: Callable[[Work], T]) -> T:
        with self.look() as work:
            return use(work)

    def queue(
        self,
        compose: Callable[[Work, Sequence[Claimed]], Sequence[Composed]],
        undelivered: Callable[[Work, Sequence[Claimed]], None],
    ) -> SqlQueue:
        """The outbox of this database, its rows worded by `compose`."""

        def words(db: Connection, rows: Sequence[Claimed], now: datetime) -> Sequence[Composed]:
            sessions = {row.session_id for row in rows if row.session_id is not None}
            expect(db, clusters={row.cluster_id for row in rows}, sessions=sessions)
            return compose(self.on(db, now), rows)

        def gone(db: Connection, address: Address, now: datetime) -> None:
            SqlPeople(db).mark_blocked(address.channel, address.chat_id, now)
            linking.lost(self.on(db, now), address.channel, address.chat_id)

        def lost(db: Connection, rows: Sequence[Claimed], now: datetime) -> None:
            undelivered(self.on(db, now), rows)

        return SqlQueue(self.engine, words, repeats=self.repeats, gone=gone, undelivered=lost)

    @property
    def is_for_one_process(self) -> bool:
        """SQLite is."""
        return self.engine.dialect.name == "sqlite"

    def lead(self) -> Lead | None:
        """Which of several processes polls and sends.  None where there is one."""
        return None if self.is_for_one_process else SqlLead(self.engine, "bots")

    def bell(self, ring: Callable[[], None]) -> Bell | None:
        """Rings when any process queues something.  None where there is one."""
        return None if self.is_for_one_process else Listener(self.engine, ring)

    def repeats(self, kind: Kind) -> bool:
        return self.office.policy.rule(kind).repeat_if_uncertain

    def chat_moved(self, old: Address, new: Address) -> None:
        with self._turn, writing(self.engine) as db:
            SqlPeople(db).move_chat(old.channel, old.chat_id, new.chat_id)
            linking.moved(self.on(db), old.channel, old.chat_id, new.chat_id)

    def close(self) -> None:
        self.engine.dispose()
