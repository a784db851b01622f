"""A service that wants nothing for long: what is for it goes back to the queue, and holds up nobody."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from bot.clock import TurnableClock
from bot.message import Message
from bot.outbox.gate import HOLD, ClosedError, Gate
from bot.outbox.load import Load
from bot.outbox.pacing import Pacing
from bot.outbox.port import Address, RetryLaterError, State
from bot.outbox.sender import Sender
from bot.storage.engine import reading
from bot.storage.tables import notice
from tests.outbox.stage import NOW, Stage, repeats

PAUSE = 600.0


class Paced:
    """Implements `Channel` behind a real gate; `refuses`: what it answers with 429."""

    def __init__(self, name: str, *, refuses: bool) -> None:
        self.name = name
        self.gate = Gate(Pacing(28))
        self.refuses = refuses
        self.sent: list[str] = []

    async def turn(self, address: Address) -> None:
        await self.gate.turn(address.chat_id, answer=False, patient=False)

    def blocked_for(self, address: Address) -> float:
        return self.gate.blocked_for(address.chat_id, answer=False)

    async def send(self, address: Address, message: Message, *, answer: bool = False) -> str:
        self.sent.append(address.chat_id)
        if self.refuses:
            self.gate.refused(address.chat_id, PAUSE, answer=False)
            raise RetryLaterError("", after=PAUSE, detail="429")
        return str(len(self.sent))

    async def edit(self, address: Address, message_id: str, message: Message, *, answer: bool = False) -> str:
        return await self.send(address, message)


@asynccontextmanager
async def running(stage: Stage, *channels: Paced) -> AsyncIterator[Sender]:
    with ThreadPoolExecutor(2) as executor:
        sender = Sender(
            stage.queue(),
            {channel.name: channel for channel in channels},
            TurnableClock(NOW),
            executor,
            repeats=repeats,
            load=Load.of_rate(28),
        )
        loop = asyncio.create_task(sender.run())
        yield sender
        await sender.stop()
        await loop


async def test_a_long_pause_of_one_service_leaves_the_hand_to_the_others(engine: Engine) -> None:
    stage = Stage(engine)
    stage.add_cluster(60)
    stage.put(stage.notices())
    stage.channel = "zalo"
    elsewhere = stage.add_cluster(5, first_chat=5000)
    telegram, zalo = Paced("telegram", refuses=True), Paced("zalo", refuses=False)
    async with running(stage, telegram, zalo) as sender, asyncio.timeout(20):
        while stage.states().count(State.SENDING) or not telegram.sent or _due_before(stage, PAUSE):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        stage.put(stage.notices(cluster=elsewhere))
        sender.poke()
        while len(zalo.sent) < 5:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert len(telegram.sent) == 1, "one refusal is enough"
    assert stage.states().count(State.PENDING) == 60


def _due_before(stage: Stage, seconds: float) -> int:
    """How many wait for an earlier moment than this, but for what it took until now."""
    soon = NOW + timedelta(seconds=seconds - HOLD)
    with reading(stage.engine) as db:
        waiting = select(notice.c.due).where(notice.c.state == State.PENDING.value)
        return sum(due < soon for due in db.execute(waiting).scalars())


async def test_who_already_waits_is_sent_away_and_who_is_patient_stays() -> None:
    gate = Gate(Pacing(1))
    await gate.turn("1", answer=False)
    impatient = asyncio.create_task(gate.turn("2", answer=False, patient=False))
    patient = asyncio.create_task(gate.turn("3", answer=False))
    await asyncio.sleep(0)
    gate.refused("1", HOLD - 1, answer=False)
    await asyncio.sleep(0)
    assert not impatient.done()
    gate.refused("1", PAUSE, answer=False)
    with pytest.raises(ClosedError):
        await impatient
    with pytest.raises(ClosedError):
        await gate.turn("4", answer=False, patient=False)
    assert not patient.done()
    await asyncio.wait_for(gate.turn("5", answer=True), 5)
    patient.cancel()


async def test_a_service_that_fails_for_long_closes_too() -> None:
    gate = Gate(Pacing(0))
    for _ in range(20):
        gate.stumbled()
    with pytest.raises(ClosedError):
        await gate.turn("1", answer=False, patient=False)
    gate.worked()
    await gate.turn("1", answer=True)
