"""What fails on the way: tried again later, elsewhere or not at all, and never past its use."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from bot.message import Message
from bot.notices.notice import Kind
from bot.outbox.port import (
    Address,
    Claimed,
    Composed,
    OtherAddressError,
    SendError,
    State,
)
from bot.outbox.retry import Retry
from bot.outbox.sender import Load, Sender
from bot.storage import tables as t
from bot.storage.engine import reading
from tests.outbox.room import Room
from tests.outbox.stage import DAY, HOUR, NOW, plain_compose, repeats


@pytest.mark.parametrize("fault", ["gateway", "server", "cut", "hang"])
async def test_a_failure_is_tried_again_later(room: Room, fault: str) -> None:
    faults = room.service.faults
    {
        "gateway": lambda: faults.gateway("sendMessage", times=3),
        "server": lambda: faults.reply("sendMessage", 500, times=3),
        "cut": lambda: faults.close("sendMessage", times=3),
        "hang": lambda: faults.hang("sendMessage", times=3),
    }[fault]()
    room.stage.put(room.stage.notices())
    sender = room.sender()
    assert await sender.drain() == 0
    assert room.stage.states() == [State.PENDING] * 3
    room.turn(timedelta(seconds=10))
    assert await sender.drain() == 3


async def test_a_short_flood_is_waited_out_in_hand(room: Room) -> None:
    room.service.faults.flood("sendMessage", 1)
    room.stage.put(room.stage.notices())
    assert await room.sender().drain() == 3
    assert len(room.service.sent()) == 3


async def test_a_long_flood_goes_back_to_the_queue(room: Room) -> None:
    room.service.faults.flood("sendMessage", 120, chat_id=1000)
    room.stage.put(room.stage.notices(people=room.stage.of_cluster[1][:1]))
    sender = room.sender()
    assert await sender.drain() == 0
    with reading(room.stage.engine) as db:
        assert db.execute(select(t.notice.c.due)).scalar() == NOW + timedelta(seconds=120)


async def test_an_unclear_reminder_is_not_said_twice(room: Room) -> None:
    room.service.faults.close("sendMessage", acts=True)
    room.stage.put(room.stage.notices(kind=Kind.REMINDER, people=room.stage.of_cluster[1][:1]))
    sender = room.sender()
    await sender.drain()
    room.turn(HOUR)
    await sender.drain()
    assert room.stage.states() == [State.UNCERTAIN]
    assert len(room.service.sent()) == 1


async def test_what_fails_again_and_again_fails_and_is_told(room: Room) -> None:
    room.service.faults.reply("sendMessage", 500, times=1000)
    room.stage.put(room.stage.notices(people=room.stage.of_cluster[1][:1]))
    sender = room.sender(most=4)
    for _ in range(5):
        await sender.drain()
        room.turn(HOUR)
    assert room.stage.states() == [State.FAILED]
    assert room.told == [room.stage.of_cluster[1][:1]]


async def test_nothing_is_tried_past_its_use(room: Room) -> None:
    room.service.faults.reply("sendMessage", 500, times=1000)
    person = room.stage.of_cluster[1][:1]
    room.stage.put(room.stage.notices(people=person, useful_until=NOW + timedelta(seconds=12)))
    sender = room.sender()
    for _ in range(4):
        await sender.drain()
        room.turn(timedelta(seconds=5))
    room.service.faults.clear()
    assert await sender.drain() == 0
    assert set(room.stage.states()) <= {State.FAILED, State.MISSED}


async def test_after_a_stop_the_useful_goes_out_once_and_the_rest_is_missed(room: Room) -> None:
    room.stage.put(room.stage.notices(due=NOW + HOUR, useful_until=NOW + 2 * HOUR))
    room.stage.put(room.stage.notices(due=NOW + HOUR, useful_until=NOW + 2 * DAY, kind=Kind.CHANGE))
    room.turn(DAY)
    sender = room.sender()
    assert await sender.drain() == 3
    room.turn(-DAY)
    assert await sender.drain() == 0
    room.turn(2 * DAY)
    assert await sender.drain() == 0
    assert room.stage.count(State.MISSED) == 3


async def test_a_composer_that_fails_is_asked_again_later(room: Room) -> None:
    def compose(db: Connection, rows: list[Claimed], now: datetime) -> list[Composed]:
        if now == NOW:
            raise KeyError("room")
        return plain_compose(db, rows, now)

    room.stage.put(room.stage.notices())
    sender = room.sender(compose=compose)
    assert await sender.drain() == 0
    room.turn(HOUR)
    assert await sender.drain() == 3


async def test_a_duty_that_fails_does_not_hold_up_notices(room: Room) -> None:
    def duties(now: datetime) -> None:
        raise RuntimeError("a fault")

    room.stage.put(room.stage.notices())
    assert await room.sender(duties=duties).drain() == 3


class Refusing:
    """Implements `Channel`; nothing goes here, and perhaps there is another address."""

    def __init__(self, name: str, error: SendError) -> None:
        self.name = name
        self.error = error
        self.tried: list[Address] = []

    async def turn(self, address: Address) -> None: ...

    def blocked_for(self, address: Address) -> float:
        return 0.0

    async def send(self, address: Address, message: Message, *, answer: bool = False) -> str:
        self.tried.append(address)
        raise self.error

    async def edit(self, address: Address, message_id: str, message: Message, *, answer: bool = False) -> str:
        raise self.error


async def test_where_both_channels_fail_each_is_tried_once(room: Room) -> None:
    here, there = Address("telegram", "1000"), Address("zalo", "9:a")
    refused = SendError("", detail="the quota is used up")
    first = Refusing("telegram", OtherAddressError(there, refused))
    second = Refusing("zalo", OtherAddressError(here, refused))
    room.stage.put(room.stage.notices(people=[room.stage.of_cluster[1][0]]))
    sender = Sender(
        room.stage.queue(),
        {"telegram": first, "zalo": second},
        room.clock,
        room.executor,
        repeats=repeats,
        retry=Retry(repeats),
        load=Load.of_rate(0),
    )
    assert await sender.drain() == 0
    assert (first.tried, second.tried) == ([here], [there])
    assert room.stage.states() == [State.FAILED]
    with reading(room.stage.engine) as db:
        (tried,) = db.execute(select(t.delivery)).all()
    assert (tried.channel, tried.error) == ("zalo", "the quota is used up"), "where it was tried last"
