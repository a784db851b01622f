"""The whole bot on Zalo: two bots of a local stand-in, a clock to turn, the sample roster on both.

With `telegram` names, those people are on Telegram instead and the two channels run together.
"""

import asyncio
import contextlib
import datetime as dt
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy import select

from bot.app import Service
from bot.clock import TurnableClock
from bot.cluster.people import Cluster, Person
from bot.demo.botapi import BotApiServer, ChatService, Limits
from bot.demo.zaloapi import Plan, ZaloBot, ZaloServer, ZaloService
from bot.flows.housekeeping import next_step
from bot.flows.people.roster import import_roster, make_codes
from bot.flows.plans.importing import import_plan
from bot.flows.work import Work
from bot.notices.timeline import VIETNAM
from bot.outbox.pacing import Pacing
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.sessions.session import Session
from bot.settings import Settings
from bot.storage.engine import reading
from bot.storage.opening import open_desk
from bot.storage.tables import inbox
from bot.workdays import Workdays

T = TypeVar("T")

BEGINNING = dt.datetime(2023, 10, 3, 9, 0, tzinfo=VIETNAM)
TOKENS = ("1111111111111111111:AbCdEfGhIjKlMnOpQrSt", "2222222222222222222:UvWxYzAbCdEfGhIjKlMn")
FIRST_CHAT = 1001
_LISTED = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)


class ZaloStage:
    """`async with ZaloStage(folder) as stage`: everybody is linked, to the first bot as far as 50 go.

    `strangers` of the roster are linked nowhere.
    """

    def __init__(
        self, folder: Path, *, telegram: Collection[str] = (), strangers: Collection[str] = ()
    ) -> None:
        self._folder = folder
        self._on_telegram = frozenset(telegram)
        self._strangers = frozenset(strangers)
        self.clock = TurnableClock(BEGINNING)
        self.zalo = ZaloService(self.clock)
        self.bots = [self.zalo.add_bot(token, plan=Plan(50, 3000)) for token in TOKENS]
        self._zalo_server = ZaloServer(self.zalo)
        self.telegram = ChatService(limits=Limits.none(), clock=self.clock)
        self._telegram_server = BotApiServer(self.telegram)
        self.homes: dict[str, tuple[ZaloBot, str]] = {}
        self.chats: dict[str, int] = {}
        self._written = 0
        self._codes: dict[str, str] = {}
        self._done: set[tuple[str, str]] = set()  #: handled by now

    async def __aenter__(self) -> Self:
        await self._zalo_server.start()
        await self._telegram_server.start()
        self.settings = Settings.model_validate(
            {
                "telegram_bot_token": self.telegram.token if self._on_telegram else None,
                "telegram_api_url": self._telegram_server.url,
                "zalo_bot_tokens": ", ".join(TOKENS),
                "zalo_api_url": self._zalo_server.url,
                "database_url": f"sqlite:///{self._folder / 'zalo.db'}",
                "send_rate": 0,
            }
        )
        desk = open_desk(self.settings, self.clock)
        desk.run(self._fill)
        desk.close()
        await self.start_bot()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop_bot()
        await self._zalo_server.stop()
        await self._telegram_server.stop()

    async def start_bot(self) -> None:
        self.desk = open_desk(self.settings, self.clock)
        self.service = Service(self.settings, self.desk, Pacing(0, chat_gap=0))
        self._running = asyncio.create_task(self.service.run(), name="bot")
        await self.settle()

    async def stop_bot(self) -> None:
        self._running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._running
        self.desk.close()

    def _fill(self, work: Work) -> None:
        plan = data_path("plans", "an-tien-2023-2024.txt").read_bytes()
        cluster = import_plan(work, read_plan("plan.txt", plan, deadline=Workdays.load().deadline))
        import_roster(work, cluster, data_path("roster", "an-tien.csv").read_bytes())
        for number, person in enumerate(work.people.people(cluster.id)):
            if person.name in self._on_telegram:
                chat = self.chats[person.name] = FIRST_CHAT + number
                self.telegram.add_user(chat, person.name, started=True)
                work.people.link(person, "telegram", str(chat), work.now)
            elif person.name not in self._strangers:
                bot, chat_id = self.home(person.name)
                work.people.link(person, "zalo", f"{bot.id}:{chat_id}", work.now)

    def home(self, name: str) -> tuple[ZaloBot, str]:
        """The bot and the chat of somebody, who has written to it before."""
        if name not in self.homes:
            bot = next(one for one in self.bots if len(one.people) < 50)
            chat_id = f"{len(self.homes):020x}"
            self.zalo.write(bot, chat_id, "chào", name)
            bot.updates.clear()
            bot.chats[chat_id].clear()
            self.homes[name] = (bot, chat_id)
        return self.homes[name]

    async def settle(self) -> None:
        """Until all that was written is answered, the day's tidying is done, and all that is due is sent."""
        while True:
            async with asyncio.timeout(60):
                while self._handled() < self._written:  # noqa: ASYNC110
                    await asyncio.sleep(0.002)
                while self.telegram.updates.pending:  # noqa: ASYNC110
                    await asyncio.sleep(0.002)
            if self.service.telegram is not None and self._on_telegram:
                await self.service.telegram.finish()
            sent = await self.service.sender.drain()
            tidied = self.see(next_step) > self.clock.now()
            if tidied and not sent and self._handled() == self._written:
                return

    def _handled(self) -> int:
        """How many, ever: rows of long ago are dropped again."""
        with reading(self.desk.engine) as db:
            ours = inbox.c.bot.in_([bot.id for bot in self.bots])  # Telegram's updates are there too
            found = db.execute(select(inbox.c.bot, inbox.c.message_id).where(inbox.c.done, ours))
            self._done.update((row.bot, row.message_id) for row in found)
        return len(self._done)

    # -- what people do

    async def type(self, name: str, text: str) -> str:
        """Returns the last thing the bot said to her."""
        self.write(name, text)
        await self.settle()
        return self.last(name)

    def write(self, name: str, text: str) -> None:
        """The same without waiting for an answer: the bot may be away."""
        bot, chat_id = self.home(name)
        self.zalo.write(bot, chat_id, text, name)
        self._written += 1

    async def choose(self, name: str, label: str) -> str:
        """Type the number that stands before `label` in the newest list."""
        for said in reversed(self.seen(name)):
            listed = {found[2]: found[1] for found in _LISTED.finditer(said)}
            if listed:
                assert label in listed, f"{name} may choose {sorted(listed)}, not {label!r}"
                return await self.type(name, listed[label])
        raise LookupError(f"{name} has no list; she sees {self.seen(name)[-3:]}")

    async def at(self, day: int, month: int, year: int, hour: int = 9, minute: int = 0) -> None:
        await self.turn_to(dt.datetime(year, month, day, hour, minute, tzinfo=VIETNAM))

    async def turn_to(self, instant: dt.datetime) -> None:
        """Turn the clock forward; what falls due on the way happens at its own time."""
        await self.settle()
        while (due := self.see(_next_instant)) is not None and self.clock.now() < due <= instant:
            self.clock.turn_to(due)
            await self.settle()
        self.clock.turn_to(max(instant, self.clock.now()))
        await self.settle()

    # -- what is known

    def seen(self, name: str) -> list[str]:
        if name in self.chats:
            return [one.text for one in self.telegram.messages(self.chats[name]) if one.from_bot]
        bot, chat_id = self.home(name)
        return bot.from_bot(chat_id)

    def last(self, name: str) -> str:
        seen = self.seen(name)
        return seen[-1] if seen else ""

    def see(self, look: Callable[[Work], T]) -> T:
        return self.desk.see(look)

    def cluster(self) -> Cluster:
        return self.see(lambda work: work.people.clusters()[0])

    def person(self, name: str) -> Person:
        cluster = self.cluster()
        return next(p for p in self.see(lambda work: work.people.people(cluster.id)) if p.name == name)

    def unregister(self, *names: str) -> None:
        """As if these had never registered; their phones are strange to the bots again."""
        for name in names:
            person = self.person(name)
            self.desk.run(lambda work, person=person: work.people.unlink(person.id))  # type: ignore[misc]

    def code(self, name: str) -> str:
        """The registration code of somebody not registered (made once for all of them)."""
        if name not in self._codes:
            cluster = self.cluster()
            issued = self.desk.run(lambda work: make_codes(work.people, cluster, work.now))
            self._codes |= {one["name"]: one["code"] for one in issued}
        return self._codes[name]

    def session(self, code: str) -> Session:
        cluster = self.cluster()
        found = self.see(lambda work: work.sessions.by_code(cluster.id, code))
        assert found is not None
        return found


def _next_instant(work: Work) -> dt.datetime | None:
    instants = [work.sessions.next_duty(), *(work.reports.next_due(c.id) for c in work.people.clusters())]
    return min((i for i in instants if i is not None), default=None)
