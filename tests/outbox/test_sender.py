"""The sender with a real queue, a real channel and a Bot API server: what goes out, when, and who is told."""

import asyncio
from datetime import datetime

from sqlalchemy import Connection

from bot.demo.botapi.groups import Groups
from bot.notices.notice import Kind
from bot.outbox.port import (
    Address,
    Claimed,
    Composed,
    Dropped,
    Postponed,
    State,
)
from tests.outbox.room import Room
from tests.outbox.stage import DAY, HOUR, NOW, plain_compose


async def test_what_is_due_goes_out_once(room: Room) -> None:
    room.stage.put(room.stage.notices())
    sender = room.sender()
    assert await sender.drain() == 3
    assert await sender.drain() == 0
    assert len(room.service.sent()) == 3
    assert room.stage.states() == [State.SENT] * 3


async def test_several_things_for_one_person_are_one_message(room: Room) -> None:
    room.stage.put(room.stage.notices())
    room.stage.put(room.stage.notices(kind=Kind.REMINDER))
    assert await room.sender().drain() == 3
    assert room.stage.count(State.SENT) == 6


async def test_a_blocked_chat_is_told_to_somebody(room: Room) -> None:
    one = room.stage.of_cluster[1][0]
    room.service.block(1000)
    room.stage.put(room.stage.notices())
    assert await room.sender().drain() == 2
    assert room.stage.states()[0] is State.UNREACHABLE
    assert room.told == ["1000", [one]]


async def test_who_has_no_chat_is_told_to_somebody(room: Room) -> None:
    cluster = room.stage.add_cluster(0, without_chat=1)
    room.stage.put(room.stage.notices(cluster=cluster))
    assert await room.sender().drain() == 0
    assert room.told == [room.stage.of_cluster[cluster]]


async def test_what_the_composer_puts_off_or_drops(room: Room) -> None:
    def compose(db: Connection, rows: list[Claimed], now: datetime) -> list[Composed]:
        if now == NOW:
            return [Postponed(tuple(rows[:1]), NOW + HOUR), Dropped(tuple(rows[1:]), State.CANCELLED, "x")]
        return plain_compose(db, rows, now)

    room.stage.put(room.stage.notices())
    sender = room.sender(compose=compose)
    assert await sender.drain() == 0
    assert room.stage.states() == [State.PENDING, State.CANCELLED, State.CANCELLED]
    room.turn(HOUR)
    assert await sender.drain() == 1


async def test_a_group_that_moved_is_followed(room: Room) -> None:
    moves: list[tuple[str, str]] = []

    def moved(old: Address, new: Address) -> None:
        moves.append((old.chat_id, new.chat_id))

    cluster = room.stage.add_cluster(1, first_chat=-77)
    Groups(room.service).add(-77, "Cụm")
    Groups(room.service).migrate(-77, -10077)
    room.stage.put(room.stage.notices(cluster=cluster))
    assert await room.sender(moved=moved).drain() == 1
    assert moves == [("-77", "-10077")]
    assert len(room.service.sent(-10077)) == 1


async def test_duties_come_before_what_they_queue(room: Room) -> None:
    def duties(now: datetime) -> None:
        room.stage.put(room.stage.notices(due=now))

    assert await room.sender(duties=duties).drain() == 3


async def test_the_loop_wakes_when_something_falls_due_and_when_the_clock_is_turned(room: Room) -> None:
    sender = room.sender()
    loop = asyncio.create_task(sender.run())
    room.stage.put(room.stage.notices(due=NOW + DAY))
    sender.poke()
    await asyncio.sleep(0.2)
    assert room.service.sent() == []
    room.turn(DAY)
    await room.service.until(lambda: len(room.service.sent()) == 3, within=20)
    room.turn(-2 * DAY)
    room.stage.put(room.stage.notices(due=NOW - DAY, kind=Kind.CHANGE))
    sender.poke()
    await room.service.until(lambda: len(room.service.sent()) == 6, within=20)
    await sender.stop()
    await loop
    assert room.stage.states() == [State.SENT] * 6


async def test_a_stop_gives_back_what_is_not_on_the_wire(room: Room) -> None:
    room.stage.add_cluster(40, first_chat=5000)
    room.open_chats()
    room.stage.put(room.stage.notices(cluster=2))
    sender = room.sender(rate=10)
    loop = asyncio.create_task(sender.run())
    await room.service.until(lambda: len(room.service.sent()) >= 3)
    await sender.stop()
    await loop
    sent = len(room.service.sent())
    assert sent < 40
    assert (room.stage.count(State.SENT), room.stage.count(State.PENDING)) == (sent, 40 - sent)
