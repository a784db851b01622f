"""A fault injected once at every database call of claim, compose, begin and record: nothing is lost,
nothing is said twice, and the loop lives."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from bot.demo.botapi import BotApiServer, ChatService, Limits
from bot.notices.notice import Kind
from bot.outbox.port import State
from tests.outbox.room import Room
from tests.outbox.stage import Stage

PEOPLE = 6
LEASE_AND_MORE = timedelta(seconds=100)


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


@pytest.fixture
async def room(engine: Engine) -> AsyncIterator[Room]:
    stage = Stage(engine)
    async with BotApiServer(ChatService(limits=Limits.none())) as server:
        room = Room(stage, server)
        yield room
        await room.bot.request.shutdown()
        room.executor.shutdown()


async def _send_all(room: Room, fail_at: int) -> int:
    """One broadcast with one fault; returns how many database calls it took in all."""
    cluster = room.stage.add_cluster(PEOPLE, first_chat=1000 * fail_at)
    room.open_chats()
    people = room.stage.of_cluster[cluster]
    room.stage.put(room.stage.notices(cluster=cluster, people=people[:3]))
    room.stage.put(room.stage.notices(cluster=cluster, people=people[3:], kind=Kind.REMINDER))
    before = len(room.service.sent())
    sender = room.sender()
    loop = asyncio.create_task(sender.run())
    with sabotage(room.stage.engine, fail_at) as saboteur:
        for look in range(200):
            sender.poke()
            await asyncio.sleep(0.02)
            if len(room.service.sent()) - before >= PEOPLE and not _open(room):
                break
            if look % 50 == 49:  # what a fault left behind is taken up when its lease ran out
                room.turn(LEASE_AND_MORE)
    assert not loop.done()
    await sender.stop()
    await loop
    assert len(room.service.sent()) - before == PEOPLE
    assert set(room.stage.states()) == {State.SENT}
    return saboteur.count


def _open(room: Room) -> bool:
    return bool({State.PENDING, State.SENDING} & set(room.stage.states()))


async def test_a_fault_at_every_database_call_loses_nothing(room: Room) -> None:
    fail_at, calls = 1, 1
    while fail_at <= calls:
        calls = await _send_all(room, fail_at)
        fail_at += 1
    assert fail_at > 12, "the faults reached claim, compose, begin and record"
