"""The demo's world: one cluster with everybody registered, a clock to turn, and the bot working in it."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Self

from bot.app import Service, open_desk
from bot.clock import Clock, TurnableClock
from bot.demo.botapi import BotApiServer, ChatService, Limits
from bot.demo.phones import Phones, TelegramPhones
from bot.demo.stage import Story, View
from bot.demo.viewing import look_at
from bot.flows.people.roster import import_roster, make_codes
from bot.flows.plans.importing import import_plan
from bot.flows.work import Work
from bot.notices.timeline import VIETNAM
from bot.outbox.pacing import Pacing
from bot.outbox.sender import Sender
from bot.plan.reader import read_plan
from bot.plan.reading import PlanReading
from bot.resources import data_path
from bot.settings import Settings
from bot.storage.work import Desk
from bot.workdays import Workdays

PLAN = ("plans", "an-tien-2023-2024.txt")
ROSTER = ("roster", "an-tien.csv")
MORNING = dt.time(9, 0)
DAYS_BEFORE = 30  #: where a plan does not say when it was issued, the story begins so long before
FIRST_CHAT = 1001
PATIENCE = 60.0  #: seconds until one more person is welcomed


class World:
    """Implements `bot.demo.stage.Stage`.  `async with World(folder) as world`: the bot works inside."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._clock = TurnableClock(dt.datetime(2023, 10, 3, tzinfo=dt.UTC))
        self.service = ChatService(limits=Limits.none(), clock=self._clock)
        self.phones = Phones(TelegramPhones(self.service))
        self._server = BotApiServer(self.service)
        self._chats: dict[int, int] = {}  #: person → chat
        self._story: Story | None = None
        self._own = False
        self._databases = 0
        self._turning = asyncio.Lock()
        self._listeners: list[Callable[[], None]] = []
        self._desk: Desk
        self.sender: Sender
        self._bot: asyncio.Task[None]

    async def __aenter__(self) -> Self:
        await self._server.start()
        await self._begin(*_sample())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._end()
        await self._server.stop()

    def now(self) -> dt.datetime:
        return self._clock.now()

    async def view(self) -> View:
        def look(work: Work) -> View:
            return look_at(work, self._chats, own=self._own, story=self._story)

        return await asyncio.to_thread(self._desk.see, look)

    async def advance_to(self, instant: dt.datetime) -> None:
        async with self._turning:
            await self.sender.drain()
            while (due := await asyncio.to_thread(self._desk.see, _next_instant)) and due <= instant:
                if due <= self._clock.now():  # what must be tried again is not waited for
                    break
                self._clock.turn_to(due)
                await self.sender.drain()
                self._changed()
            self._clock.turn_to(max(instant, self._clock.now()))
            await self.sender.drain()
        self._changed()

    async def load(self, plan_name: str, plan: bytes, roster_name: str, roster: bytes) -> None:
        """Tried in a database aside first: a document that cannot be used changes nothing."""
        await asyncio.to_thread(self._try_out, plan_name, plan, roster)
        async with self._turning:
            await self._end()
            await self._begin(plan_name, plan, roster)
            self._own = True
        self._changed()

    async def restart(self) -> None:
        async with self._turning:
            await self._end()
            await self._begin(*_sample())
            self._own = False
        self._changed()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def _begin(self, plan_name: str, plan: bytes, roster: bytes) -> None:
        self.service.reset()
        reading = await asyncio.to_thread(_read, plan_name, plan)
        self._clock.turn_to(_start(reading))
        settings = self._settings()
        self._desk = await asyncio.to_thread(open_desk, settings, self._clock)
        codes = await asyncio.to_thread(self._desk.run, lambda work: _fill(work, reading, roster))
        bot = Service(settings, self._desk, Pacing(0, chat_gap=0))
        self.sender = bot.sender
        self._bot = asyncio.create_task(bot.run(), name="demo bot")
        await self._register(codes)
        await self.sender.drain()
        self._story = None
        self._story = (await self.view()).story

    async def _register(self, codes: list[tuple[int, str, str]]) -> None:
        """Everybody opens the link on the sheet, as people do."""
        self._chats = {}
        for number, (person_id, name, code) in enumerate(codes):
            chat = self._chats[person_id] = FIRST_CHAT + number
            self.service.add_user(chat, name)
            self.service.type(chat, f"/start {code}")
        for chat in self._chats.values():
            welcome = await self.phones.first_word(chat, PATIENCE)
            self.phones.read(chat, welcome.id)

    async def _end(self) -> None:
        self._bot.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._bot
        await asyncio.to_thread(self._desk.close)

    def _try_out(self, plan_name: str, plan: bytes, roster: bytes) -> None:
        """Raises BadInputError."""
        reading = _read(plan_name, plan)
        clock: Clock = TurnableClock(_start(reading))
        desk = open_desk(self._settings(), clock)
        try:
            desk.run(lambda work: _fill(work, reading, roster))
        finally:
            desk.close()

    def _settings(self) -> Settings:
        self._databases += 1
        return Settings.model_validate(
            {
                "telegram_bot_token": self.service.token,
                "telegram_api_url": self._server.url,
                "database_url": f"sqlite:///{self._folder / f'demo-{self._databases}.db'}",
                "send_rate": 0,
            }
        )

    def _changed(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def _sample() -> tuple[str, bytes, bytes]:
    return PLAN[-1], data_path(*PLAN).read_bytes(), data_path(*ROSTER).read_bytes()


def _read(name: str, content: bytes) -> PlanReading:
    return read_plan(name, content, deadline=Workdays.load().deadline)


def _start(reading: PlanReading) -> dt.datetime:
    """The morning of the day on which the plan was issued."""
    days = [session.date for session in reading.sessions if session.date is not None]
    first = min(days, default=dt.date(2023, 10, 12))
    day = reading.issued or first - dt.timedelta(days=DAYS_BEFORE)
    return dt.datetime.combine(day, MORNING, VIETNAM).astimezone(dt.UTC)


def _fill(work: Work, reading: PlanReading, roster: bytes) -> list[tuple[int, str, str]]:
    """Plan and roster into an empty database; (person, name, code) of everybody."""
    cluster = import_plan(work, reading)
    import_roster(work, cluster, roster)
    people = work.people.people(cluster.id)
    codes = make_codes(work.people, cluster, work.now)
    return [(person.id, one["name"], one["code"]) for person, one in zip(people, codes, strict=True)]


def _next_instant(work: Work) -> dt.datetime | None:
    cluster = work.people.clusters()[0]
    instants = (work.reports.next_due(cluster.id), work.sessions.next_duty())
    return min((i for i in instants if i is not None), default=None)
