"""One channel fails for good: the other one is tried, and only then somebody has to phone."""

from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.channels.fallback import DOWN, Fallback
from bot.clock import SystemClock
from bot.cluster.people import Cluster, Person, Unit, UnitKind
from bot.flows.work import Office
from bot.message import Message
from bot.notices.policy import Policy
from bot.notices.timeline import VIETNAM
from bot.outbox.port import (
    Address,
    Channel,
    OtherAddressError,
    RecipientGoneError,
    RetryLaterError,
    SendError,
    UncertainError,
)
from bot.storage.engine import open_engine
from bot.storage.migrate import upgrade
from bot.storage.work import Desk
from bot.workdays import Workdays

HERE, THERE = Address("telegram", "1"), Address("zalo", "9:a")
WORDS = Message("Kính mời")


@dataclass
class Fake:
    """Implements `Channel`; raises `error` where there is one."""

    name: str
    error: SendError | None = None
    sent: list[Address] = field(default_factory=list)

    async def turn(self, address: Address) -> None: ...

    def blocked_for(self, address: Address) -> float:
        return 0.0

    async def send(self, address: Address, message: Message, *, answer: bool = False) -> str:
        if self.error is not None:
            raise self.error
        self.sent.append(address)
        return self.name

    async def edit(self, address: Address, message_id: str, message: Message, *, answer: bool = False) -> str:
        return message_id


@dataclass
class Rig:
    desk: Desk
    first: Fake
    second: Fake
    channel: Fallback
    link: Callable[[Address], None]
    now: list[float]


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    url = f"sqlite:///{tmp_path / 'two.db'}"
    upgrade(url)
    desk = Desk(open_engine(url), Office(Policy.load(), Workdays.load(), VIETNAM), SystemClock())

    def add() -> Person:
        with desk.work() as work:
            cluster = work.people.put_cluster(
                Cluster(0, "An Tiến", "2023-2024", None, None, 3, True, None, "BCFGHJ")
            )
            unit = work.people.put_unit(Unit(0, cluster.id, UnitKind.SCHOOL, "An Tiến", "MN An Tiến", ()))
            return work.people.put_person(Person(0, cluster.id, unit.id, "Cô Mai", ()))

    mai = add()

    def link(address: Address) -> None:
        desk.run(lambda work: work.people.link(mai, address.channel, address.chat_id, work.now))

    link(HERE)
    first, second = Fake("telegram"), Fake("zalo")
    channels: dict[str, Channel] = {"telegram": first, "zalo": second}
    now = [0.0]
    with ThreadPoolExecutor(1) as pool:
        yield Rig(desk, first, second, Fallback(first, channels, desk, pool, lambda: now[0]), link, now)
    desk.close()


async def _goes_to_zalo(rig: Rig) -> None:
    with pytest.raises(OtherAddressError) as caught:
        await rig.channel.send(HERE, WORDS)
    assert caught.value.address == THERE
    assert caught.value.cause is rig.first.error


async def test_who_blocked_one_channel_gets_it_on_the_other(rig: Rig) -> None:
    rig.link(THERE)
    rig.first.error = RecipientGoneError("")
    await _goes_to_zalo(rig)
    address = rig.desk.see(lambda work: list(work.people.addresses([1]).values()))
    assert [link.channel for link in address] == ["zalo"], "the blocked chat is noted"


async def test_without_another_channel_the_failure_stands(rig: Rig) -> None:
    rig.first.error = RecipientGoneError("")
    with pytest.raises(RecipientGoneError):
        await rig.channel.send(HERE, WORDS)


async def test_what_may_have_arrived_is_not_said_twice(rig: Rig) -> None:
    rig.link(THERE)
    rig.first.error = UncertainError("")
    with pytest.raises(UncertainError):
        await rig.channel.send(HERE, WORDS)


async def test_a_service_out_of_reach_is_given_up_after_a_while(rig: Rig) -> None:
    rig.link(THERE)
    rig.first.error = RetryLaterError("")
    with pytest.raises(RetryLaterError):
        await rig.channel.send(HERE, WORDS)
    rig.now[0] = DOWN + 1
    await _goes_to_zalo(rig)
    rig.first.error = None
    assert await rig.channel.send(HERE, WORDS) == "telegram"


async def test_the_chosen_channel_comes_first_then_the_latest(rig: Rig) -> None:
    def channel() -> str:
        return rig.desk.see(lambda work: work.people.addresses([1])[1].channel)

    rig.link(THERE)
    assert channel() == "zalo"
    rig.desk.run(lambda work: work.people.choose_channel(1, "telegram"))
    assert channel() == "telegram"
    rig.desk.run(lambda work: work.people.mark_blocked("telegram", "1", work.now))
    assert channel() == "zalo"
