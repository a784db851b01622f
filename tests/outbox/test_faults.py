"""A fault injected once at every database call of claim, compose, begin, send and record, on each channel:
nothing is lost, nothing is said twice, and the loop lives."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from bot.clock import TurnableClock
from bot.message import Button
from bot.notices.notice import Kind
from bot.outbox.port import Channel, Claimed, Composed, Parcel, State
from bot.outbox.retry import Retry
from bot.outbox.sender import Load, Sender
from tests.long import DEEP
from tests.outbox.receivers import Receiver, address_prefix, receiver
from tests.outbox.stage import NOW, Stage, plain_compose, repeats
from tests.outbox.victim import open_channel

PEOPLE = 4  #: half of each kind
MOST_CALLS = 200  #: of one broadcast; chats are open for so many
LEASE_AND_MORE = timedelta(seconds=100)
STILL = 20  #: looks without any progress after which it is taken to wait for a lease
BUTTONS = ((Button("Tham dự", "go:1:1"), Button("Vắng mặt", "no:1:1")),)


class Saboteur:
    """Counts the statements and commits of the sender's threads, and lets one of them fail."""

    def __init__(self, fail_at: int) -> None:
        self.fail_at = fail_at
        self.count = 0

    def step(self, *_: Any, **__: Any) -> None:
        if threading.current_thread() is threading.main_thread():
            return  # the test's own looking
        self.count += 1
        if self.count == self.fail_at:
            raise OperationalError("injected", None, Exception("disk I/O error"))


@contextmanager
def sabotage(engine: Engine, fail_at: int) -> Iterator[Saboteur]:
    saboteur = Saboteur(fail_at)
    for name in ("before_cursor_execute", "commit"):
        event.listen(engine, name, saboteur.step)
    try:
        yield saboteur
    finally:
        for name in ("before_cursor_execute", "commit"):
            event.remove(engine, name, saboteur.step)


def with_buttons(db: Connection, rows: Sequence[Claimed], now: datetime) -> list[Composed]:
    """What Zalo writes down of a list of choices is in reach of the faults too."""
    composed = plain_compose(db, rows, now)
    return [
        replace(one, message=replace(one.message, rows=BUTTONS)) if isinstance(one, Parcel) else one
        for one in composed
    ]


@dataclass
class Room:
    """A sender's surroundings on one channel."""

    stage: Stage
    service: Receiver
    channel: Channel
    executor: ThreadPoolExecutor
    clock: TurnableClock = field(default_factory=lambda: TurnableClock(NOW))

    def sender(self) -> Sender:
        return Sender(
            self.stage.queue(with_buttons),
            {self.channel.name: self.channel},
            self.clock,
            self.executor,
            repeats=repeats,
            retry=Retry(repeats, chance=lambda: 0.5),
            load=Load.of_rate(0),
        )


@pytest.fixture(params=["telegram", "zalo"])
async def room(request: pytest.FixtureRequest, engine: Engine) -> AsyncIterator[Room]:
    name = str(request.param)
    if not DEEP and (name == "zalo" or engine.dialect.name != "sqlite"):
        pytest.skip("half a minute in all: NHACLICH_DEEP=1 runs it")
    chats = [str(1000 * run + place) for run in range(1, MOST_CALLS) for place in range(PEOPLE)]
    async with receiver(name, chats) as service:
        with ThreadPoolExecutor(2) as executor:
            async with open_channel(name, engine, executor, service.url, service.token, 0) as channel:
                yield Room(Stage(engine, name, address_prefix(name)), service, channel, executor)


async def _send_all(room: Room, fail_at: int) -> int:
    """One broadcast with one fault; returns how many database calls it took in all."""
    cluster = room.stage.add_cluster(PEOPLE, first_chat=1000 * fail_at)
    people = room.stage.of_cluster[cluster]
    room.stage.put(room.stage.notices(cluster=cluster, people=people[: PEOPLE // 2]))
    room.stage.put(room.stage.notices(cluster=cluster, people=people[PEOPLE // 2 :], kind=Kind.REMINDER))
    before = room.service.got()
    sender = room.sender()
    loop = asyncio.create_task(sender.run())
    with sabotage(room.stage.engine, fail_at) as saboteur:
        async with asyncio.timeout(60):
            stood: tuple[int, int] | None = None
            for look in count(1):
                sender.poke()
                await asyncio.sleep(0.02)
                if (room.service.got() - before).total() >= PEOPLE and not _open(room):
                    break
                if look % STILL == 0:
                    moved, stood = stood, (room.service.got().total(), saboteur.count)
                    if moved == stood:  # what a fault left behind is taken up when its lease ran out
                        room.clock.turn_to(room.clock.now() + LEASE_AND_MORE)
    assert not loop.done()
    await sender.stop()
    await loop
    got = room.service.got() - before
    assert (len(got), set(got.values())) == (PEOPLE, {1}), f"the fault at call {fail_at}"
    assert set(room.stage.states()) == {State.SENT}
    return saboteur.count


def _open(room: Room) -> bool:
    return bool({State.PENDING, State.SENDING} & set(room.stage.states()))


async def test_a_fault_at_every_database_call_loses_nothing(room: Room) -> None:
    fail_at, calls = 1, 1
    while fail_at <= calls:
        calls = await _send_all(room, fail_at)
        fail_at += 1
    written_by_zalo = PEOPLE * 4  # each message: its list, its heading, that it is shown, one of the month
    expected = 12 + (written_by_zalo if room.channel.name == "zalo" else 0)
    assert fail_at > expected, "the faults reached claim, compose, begin, send and record"
