"""A running bot on the other stand-in for Zalo, and what people of the roster type and read there."""

import asyncio
import contextlib
import datetime as dt
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select

from bot.app import Service
from bot.clock import TurnableClock
from bot.flows.people.bots import codes_with_bots, zalo_bots
from bot.flows.people.roster import IssuedCode, import_roster
from bot.flows.plans.importing import import_plan
from bot.flows.work import Work
from bot.notices.timeline import VIETNAM
from bot.outbox.pacing import Pacing
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.settings import Settings
from bot.storage.engine import reading
from bot.storage.opening import open_desk
from bot.storage.tables import inbox
from bot.workdays import Workdays
from tests.talks.other_zalo import Account, OtherZalo

TOKENS = {"4711:the-first-secret-of-zalo": "a1b2c3", "4712:the-second-secret-of-zalo": "d4e5f6"}
T = TypeVar("T")


class Story:
    """A running bot, and what people of the roster type and read on Zalo."""

    def __init__(self, zalo: OtherZalo, service: Service, clock: TurnableClock) -> None:
        self.zalo = zalo
        self.service = service
        self.clock = clock
        self.homes: dict[str, tuple[Account, str]] = {}
        self._written = 0
        self._done: set[str] = set()

    def see(self, look: Callable[[Work], T]) -> T:
        return self.service.desk.see(look)

    async def settle(self) -> None:
        """Until everything that was written is answered, and everything due is sent."""
        async with asyncio.timeout(60):
            while True:
                while self._handled() < self._written:  # noqa: ASYNC110
                    await asyncio.sleep(0.005)
                if not await self.service.sender.drain() and self._handled() >= self._written:
                    return

    def _handled(self) -> int:
        """How many, ever: rows of long ago are dropped again."""
        with reading(self.service.desk.engine) as db:
            self._done.update(db.execute(select(inbox.c.message_id).where(inbox.c.done)).scalars())
        return len(self._done)

    async def registers(self, issued: IssuedCode) -> None:
        """Opens the bot that the paper says, and types the code."""
        name = issued["name"]
        account = next(one for one in self.zalo.accounts.values() if issued["zalo"].endswith(f"/{one.id}"))
        self.homes[name] = (account, f"{len(self.homes):020x}")
        await self.types(name, issued["code"].lower())

    async def types(self, name: str, text: str) -> str:
        """What she reads last."""
        account, person = self.homes[name]
        assert self.zalo.writes(account, person, name, text), f"{account.name} is full for {name}"
        self._written += 1
        await self.settle()
        return self.read(name)[-1]

    async def chooses(self, name: str, label: str) -> str:
        """By the number that stands before it in her newest list."""
        listed = dict(re.findall(r"^(\d+)\. (.+)$", self.read(name)[-1], re.MULTILINE))
        (number,) = [number for number, words in listed.items() if words.startswith(label)]
        return await self.types(name, number)

    def read(self, name: str) -> list[str]:
        account, person = self.homes[name]
        return account.heard[person]

    async def a_while(self) -> None:
        """What the service did not take is tried again."""
        for _ in range(4):
            self.clock.turn_to(self.clock.now() + dt.timedelta(minutes=1))
            await self.settle()

    async def at(self, day: int, month: int, hour: int = 9, minute: int = 0) -> None:
        """Turn the clock forward; what falls due on the way happens at its own time."""
        instant = dt.datetime(2023, month, day, hour, minute, tzinfo=VIETNAM)
        await self.settle()
        while (due := self.see(_next_instant)) is not None and self.clock.now() < due <= instant:
            self.clock.turn_to(due)
            await self.settle()
        self.clock.turn_to(instant)
        await self.settle()


def _next_instant(work: Work) -> dt.datetime | None:
    (cluster,) = work.people.clusters()
    instants = (work.sessions.next_duty(), work.reports.next_due(cluster.id))
    return min((one for one in instants if one is not None), default=None)


@asynccontextmanager
async def story(folder: Path, disturb: Callable[[str, int], None] | None = None) -> AsyncIterator[Story]:
    """It is the day of the plan; nobody is registered."""
    clock = TurnableClock(dt.datetime(2023, 10, 3, 9, tzinfo=VIETNAM))
    with OtherZalo(lambda: int(clock.now().timestamp() * 1000), disturb) as zalo:
        for number, (token, id) in enumerate(TOKENS.items(), 1):
            zalo.add(token, id, f"Nhắc Lịch {number}")
        settings = Settings.model_validate(
            {
                "zalo_bot_tokens": ",".join(TOKENS),
                "zalo_api_url": zalo.url,
                "database_url": f"sqlite:///{folder / 'other.db'}",
                "send_rate": 0,
            }
        )
        desk = open_desk(settings, clock)
        plan = data_path("plans", "an-tien-2023-2024.txt").read_bytes()
        read = read_plan("plan.txt", plan, deadline=Workdays.load().deadline)
        roster = data_path("roster", "an-tien.csv").read_bytes()
        desk.run(lambda work: import_roster(work, import_plan(work, read), roster))
        service = Service(settings, desk, Pacing(0, chat_gap=0))
        running = asyncio.create_task(service.run())
        try:
            yield Story(zalo, service, clock)
        finally:
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running
            desk.close()


async def names_known(told: Story, *, within: float) -> None:
    """Seconds of the real clock."""
    async with asyncio.timeout(within):
        while len(told.see(zalo_bots)) < len(TOKENS):  # noqa: ASYNC110 - no event to wait for from outside
            await asyncio.sleep(0.02)


async def register(told: Story, most: int | None = None) -> list[IssuedCode]:
    """Everybody (the first `most` of the roster)."""
    await names_known(told, within=30)
    desk = told.service.desk
    issued = desk.run(lambda work: codes_with_bots(work, work.people.clusters()[0]))[:most]
    for one in issued:
        await told.registers(one)
        assert told.read(one["name"])[0].startswith(f"Đã đăng ký: {one['name']}"), told.read(one["name"])
    return issued
