"""The whole bot on a stage: real HTTP against our Bot API server, a clock to turn, everybody registered.

`World` registers the sample roster once for a process; each test then begins with a copy of that database.
"""

import asyncio
import contextlib
import datetime as dt
import shutil
from collections.abc import Callable
from copy import deepcopy
from functools import cache, partial
from pathlib import Path
from typing import Self, TypeVar

from bot.app import Service
from bot.clock import TurnableClock
from bot.cluster.people import Cluster, Person
from bot.demo.botapi import BotApiServer, ChatService, Limits
from bot.demo.botapi.groups import Groups
from bot.demo.botapi.model import Press, StoredMessage
from bot.flows.people.roster import make_codes
from bot.flows.work import Work
from bot.notices.timeline import VIETNAM
from bot.outbox.pacing import Pacing
from bot.sessions.session import Session
from bot.settings import Settings
from bot.storage.opening import open_desk
from tests.talks.template import BEGINNING, Lived, Template, first_morning, make, next_update

T = TypeVar("T")
LEAD = "Lê Thị Minh Hồng"
CLERK = "Văn thư Sao Sáng"
LEADER = "Lãnh đạo Phòng GD&ĐT"
OFFICER = "Chuyên viên mầm non Phòng GD&ĐT"
STRANGER = "Người lạ"
FIRST_STRANGER = 9001
FIRST_GROUP = -5001
INVITED = dt.datetime(2023, 11, 1, 9, 0, tzinfo=VIETNAM)  #: all of the cluster have been invited to B2


@cache
def template(at: dt.datetime = BEGINNING) -> Template:
    """Nobody has done anything until then.  Made once for a process."""
    return make(first_morning if at == BEGINNING else partial(_live_until, at))


async def _live_until(at: dt.datetime, folder: Path) -> Lived:
    async with Stage(folder) as stage:
        await stage.turn_to(at)
    return stage.chats, stage.service


class Stage:
    """`async with Stage(folder) as stage`: what people do, and what they see."""

    def __init__(self, folder: Path, at: dt.datetime = BEGINNING, *, pacing: Pacing | None = None) -> None:
        self._pacing = pacing or Pacing(0, chat_gap=0)
        found = template(at)
        self.database = folder / "stage.db"
        shutil.copyfile(found.database, self.database)
        self.chats = dict(found.chats)
        self.clock = TurnableClock(at)
        self.service = ChatService(limits=Limits.none(), clock=self.clock)
        self.service.chats = deepcopy(found.screens)
        while self.service.new_message_id() < found.next_message:
            pass
        while next_update(self.service) < found.next_update:
            pass
        self._server = BotApiServer(self.service)
        self._codes: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        await self._server.start()
        await self.start_bot()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop_bot()
        await self._server.stop()

    async def start_bot(self) -> None:
        settings = Settings.model_validate(
            {
                "telegram_bot_token": self.service.token,
                "telegram_api_url": self._server.url,
                "database_url": f"sqlite:///{self.database}",
                "send_rate": 0,
            }
        )
        self.desk = open_desk(settings, self.clock)
        self.telegram = Service(settings, self.desk, self._pacing)
        self._running = asyncio.create_task(self.telegram.run(), name="bot")
        await self.settle()

    async def stop_bot(self) -> None:
        self._running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._running
        self.desk.close()

    async def settle(self) -> None:
        """Until everything that was done is answered, and everything due is sent."""
        updates = self.service.updates
        while True:
            while updates.pending:  # confirmed by the bot's next poll  # noqa: ASYNC110
                await asyncio.sleep(0.002)
            await self.telegram.receiver.finish()
            if not await self.telegram.sender.drain() and not updates.pending:
                return

    # -- what people do -----------------------------------------------------------------------

    def chat(self, name: str) -> int:
        """The chat of somebody; whoever is not in the roster is a stranger with an account."""
        if name not in self.chats:
            self.chats[name] = FIRST_STRANGER + len(self.chats)
            self.service.add_user(self.chats[name], name)
        return self.chats[name]

    async def type(self, name: str, text: str) -> None:
        self.service.type(self.chat(name), text)
        await self.settle()

    async def press(self, name: str, label: str, on: str = "") -> Press:
        """A button of the newest message that has it (and whose text holds `on`)."""
        return await self.press_on(name, self.find(name, label, on), label)

    def find(self, name: str, label: str, on: str = "") -> StoredMessage:
        """The newest message with such a button.  Raises LookupError."""
        for message in reversed(self.service.messages(self.chat(name))):
            if message.from_bot and label in message.labels and on in message.text:
                return message
        raise LookupError(f"{name} has no button {label!r}; she sees {self.seen(name)[-3:]}")

    async def press_on(self, name: str, message: StoredMessage, label: str) -> Press:
        press = self.service.press(self.chat(name), message.id, label)
        await self.settle()
        return press

    async def forge(self, name: str, data: str, *, inaccessible: bool = False) -> Press:
        """Press with any data, on the newest message, as a hostile client can."""
        chat = self.chat(name)
        shown = [m.id for m in self.service.messages(chat) if m.from_bot] or [1]
        press = self.service.forge_press(chat, shown[-1], data, inaccessible=inaccessible)
        await self.settle()
        return press

    async def send_file(self, name: str, file_name: str, content: bytes) -> None:
        self.service.send_file(self.chat(name), file_name, content)
        await self.settle()

    # -- in groups

    def group(self, name: str) -> int:
        """The chat of a group; made at first use, without the bot in it."""
        if name not in self.chats:
            self.chats[name] = FIRST_GROUP - len(self.chats)
            Groups(self.service).add(self.chats[name], name).bot = "left"
        return self.chats[name]

    async def in_group(self, name: str, who: str, what: str) -> None:
        """`who` lets the bot in or puts it out, lets it pin, makes the group a supergroup."""
        chat, by = self.group(name), self.chat(who)
        if what == "upgrade":
            self.chats[name] = chat * 1000
            Groups(self.service).migrate(chat, self.chats[name], by)
        elif what == "put out":
            Groups(self.service).put_out(chat, by)
        else:
            Groups(self.service).let_in(chat, by, pin=what == "may pin")
        await self.settle()

    async def type_in(self, group: str, who: str, text: str) -> None:
        Groups(self.service).type(self.group(group), self.chat(who), text)
        await self.settle()

    async def forge_in(self, group: str, who: str, data: str) -> Press:
        chat = self.group(group)
        shown = [m.id for m in self.service.messages(chat) if m.from_bot] or [1]
        press = Groups(self.service).forge_press(chat, self.chat(who), shown[-1], data)
        await self.settle()
        return press

    async def turn_to(self, instant: dt.datetime) -> None:
        """Turn the clock forward; what falls due on the way happens at its own time."""
        await self.settle()
        while (due := self.see(_next_instant)) is not None and self.clock.now() < due <= instant:
            self.clock.turn_to(due)
            await self.settle()
        self.clock.turn_to(max(instant, self.clock.now()))
        await self.settle()

    async def at(self, day: int, month: int, year: int, hour: int = 9, minute: int = 0) -> None:
        await self.turn_to(dt.datetime(year, month, day, hour, minute, tzinfo=VIETNAM))

    # -- what is known ------------------------------------------------------------------------

    def seen(self, name: str) -> list[str]:
        """The bot's messages on this person's screen, oldest first."""
        return [m.text for m in self.service.messages(self.chat(name)) if m.from_bot]

    def last(self, name: str) -> StoredMessage:
        return self.service.last(self.chat(name))

    def see(self, look: Callable[[Work], T]) -> T:
        return self.desk.see(look)

    def run(self, use: Callable[[Work], T]) -> T:
        return self.desk.run(use)

    def cluster(self) -> Cluster:
        return self.see(lambda work: work.people.clusters()[0])

    def person(self, name: str) -> Person:
        cluster = self.cluster()
        return next(p for p in self.see(lambda work: work.people.people(cluster.id)) if p.name == name)

    def session(self, code: str) -> Session:
        cluster = self.cluster()
        found = self.see(lambda work: work.sessions.by_code(cluster.id, code))
        assert found is not None
        return found

    def unregister(self, *names: str) -> None:
        """As if these had never opened their link; their phones are strange to the bot again."""
        for name in names:
            person = self.person(name)
            self.run(lambda work, person=person: work.people.unlink(person.id))  # type: ignore[misc]

    def code(self, name: str) -> str:
        """The registration code of somebody not registered (made once for all of them)."""
        if name not in self._codes:
            cluster = self.cluster()
            issued = self.run(lambda work: make_codes(work.people, cluster, work.now))
            self._codes |= {one["name"]: one["code"] for one in issued}
        return self._codes[name]


def _next_instant(work: Work) -> dt.datetime | None:
    instants = [work.sessions.next_duty(), *(work.reports.next_due(c.id) for c in work.people.clusters())]
    return min((i for i in instants if i is not None), default=None)
