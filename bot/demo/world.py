"""The demo's world: one cluster with everybody registered, a clock to turn, and the bot working in it."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Self

from bot.app import Service
from bot.clock import Clock, TurnableClock
from bot.cluster.rights import is_lead
from bot.demo.botapi import BotApiServer, ChatService, Limits
from bot.demo.botapi.groups import Groups
from bot.demo.filling import Filled, fill, read, sample, start_of
from bot.demo.homes import zalo_schools
from bot.demo.phones import Phones, TelegramPhones, ZaloPhones
from bot.demo.stage import StagePerson, Story, View
from bot.demo.viewing import look_at
from bot.demo.zaloapi import ZaloBot, ZaloServer, ZaloService
from bot.flows.work import Work
from bot.outbox.pacing import Pacing
from bot.outbox.sender import Sender
from bot.settings import Settings
from bot.storage.opening import open_desk
from bot.storage.work import Desk

#: Of the local Zalo server: they open nothing.
ZALO_TOKENS = ("3000000000000000001:demo-only-not-a-secret", "3000000000000000002:demo-only-not-a-secret")
FIRST_CHAT = 1001
GROUP = -2001
PATIENCE = 60.0  #: seconds until one more person is welcomed


class World:
    """Implements `bot.demo.stage.Stage`.  `async with World(folder) as world`: the bot works inside.

    `zalo`: every second school is on Zalo, with two bots of a local Zalo server; otherwise all are on
    Telegram.  `group`: the lead has joined the cluster's Telegram group.
    """

    def __init__(self, folder: Path, *, zalo: bool = False, group: bool = False) -> None:
        self._folder = folder
        self._with_group = group
        self._group: StagePerson | None = None
        self._clock = TurnableClock(dt.datetime(2023, 10, 3, tzinfo=dt.UTC))
        self.service = ChatService(limits=Limits.none(), clock=self._clock)
        self._with_zalo = zalo
        self._zalo = ZaloService(self._clock)
        self._zalo_phones = ZaloPhones(self._zalo)
        self._telegram_phones = TelegramPhones(self.service)
        self.phones = Phones(self._telegram_phones, self._zalo_phones)
        self._server = BotApiServer(self.service)
        self._zalo_server = ZaloServer(self._zalo)
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
        await self._zalo_server.start()
        await self._begin(*sample())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._end()
        await self._server.stop()
        await self._zalo_server.stop()

    def now(self) -> dt.datetime:
        return self._clock.now()

    async def view(self) -> View:
        channels = {chat: self.phones.side(chat).channel for chat in self._chats.values()}

        def look(work: Work) -> View:
            return look_at(work, self._chats, channels, own=self._own, story=self._story, group=self._group)

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
            await self._begin(*sample())
            self._own = False
        self._changed()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def _begin(self, plan_name: str, plan: bytes, roster: bytes) -> None:
        self.service.reset()
        self._zalo_phones.clear()
        self._zalo.bots.clear()
        bots = [
            self._zalo.add_bot(token, f"Nhắc Lịch {number}")
            for number, token in enumerate(ZALO_TOKENS if self._with_zalo else (), 1)
        ]
        reading = await asyncio.to_thread(read, plan_name, plan)
        self._clock.turn_to(start_of(reading))
        settings = self._settings()
        self._desk = await asyncio.to_thread(open_desk, settings, self._clock)
        filled = await asyncio.to_thread(self._desk.run, lambda work: fill(work, reading, roster))
        bot = Service(settings, self._desk, Pacing(0, chat_gap=0))
        self.sender = bot.sender
        self._bot = asyncio.create_task(bot.run(), name="demo bot")
        await self._register(filled, bots)
        self._group = await self._join_group(filled) if self._with_group else None
        await self.sender.drain()
        self._story = None
        self._story = (await self.view()).story

    async def _register(self, filled: Filled, bots: list[ZaloBot]) -> None:
        """Everybody opens the link on the sheet, or types the code that stands there, as people do."""
        self._chats = {}
        homes = zalo_schools(filled.units, [person for person, _ in filled.people], bots)
        for chat, (person, code) in enumerate(filled.people, FIRST_CHAT):
            self._chats[person.id] = chat
            bot = homes.get(person.unit_id)
            if bot is None:
                self.service.add_user(chat, person.name)
            else:
                self._zalo_phones.add(chat, person.name, bot)
            self.phones.type(chat, f"/start {code}" if bot is None else code)
        for chat in self._chats.values():
            welcome = await self.phones.first_word(chat, PATIENCE)
            self.phones.read(chat, welcome.id)

    async def _join_group(self, filled: Filled) -> StagePerson | None:
        """The lead lets the bot into the group and says yes.  None where she is not on Telegram."""
        leads = [person for person, _ in filled.people if is_lead(person, person.cluster_id)]
        chats = [chat for lead in leads if (chat := self._chats[lead.id]) in self.service.chats]
        if not chats:
            return None
        chat, name = chats[0], f"Nhóm cụm {filled.cluster}"
        Groups(self.service).let_in(GROUP, chat, title=name, pin=True)
        self._telegram_phones.add_group(GROUP, chat)
        await self.service.until(lambda: "Xác nhận" in self.service.last(chat).labels, PATIENCE)
        self.service.press(chat, self.service.last(chat).id, "Xác nhận")
        await self.service.until(lambda: bool(self.service.chats[GROUP].pinned), PATIENCE)
        for seen in (chat, GROUP):
            self.phones.read(seen)
        return StagePerson(GROUP, name, "Nhóm Telegram", "Nhóm của cụm", GROUP, group=True)

    async def _end(self) -> None:
        self._bot.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._bot
        await asyncio.to_thread(self._desk.close)

    def _try_out(self, plan_name: str, plan: bytes, roster: bytes) -> None:
        """Raises BadInputError."""
        reading = read(plan_name, plan)
        clock: Clock = TurnableClock(start_of(reading))
        desk = open_desk(self._settings(), clock)
        try:
            desk.run(lambda work: fill(work, reading, roster))
        finally:
            desk.close()

    def _settings(self) -> Settings:
        self._databases += 1
        given = {
            "telegram_bot_token": self.service.token,
            "telegram_api_url": self._server.url,
            "database_url": f"sqlite:///{self._folder / f'demo-{self._databases}.db'}",
            "send_rate": 0,
        }
        if self._with_zalo:
            given |= {"zalo_bot_tokens": ",".join(ZALO_TOKENS), "zalo_api_url": self._zalo_server.url}
        return Settings.model_validate(given)

    def _changed(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def _next_instant(work: Work) -> dt.datetime | None:
    cluster = work.people.clusters()[0]
    instants = (work.reports.next_due(cluster.id), work.sessions.next_duty())
    return min((i for i in instants if i is not None), default=None)
