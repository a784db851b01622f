"""The bot as a process under a turned wall clock, and everybody's phones at another process."""

import datetime as dt
import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.flows.work import Work
from bot.settings import Settings
from bot.storage.opening import open_desk
from tests.cli.processes import ROOT, Chats, Office, chats, wait_until
from tests.year.wall import VIETNAM, WallClock, at

PLAN = ROOT / "data" / "plans" / "an-tien-2023-2024.txt"
ROSTER = ROOT / "data" / "roster" / "an-tien.csv"
HOURS = ((6, 30), (8, 0), (10, 1), (14, 0), (15, 30), (16, 30))  #: whenever something may be said
STARTED = dt.date(2023, 10, 3)


@dataclass(frozen=True)
class Person:
    chat: int
    name: str
    role: str
    unit: str


@dataclass(frozen=True)
class Got:
    """One new message on one phone (`edit`: an old one drawn anew)."""

    person: Person
    at: dt.datetime  #: by the turned clock, in Viet Nam
    text: str
    message: int
    edit: bool
    file: str | None = None  #: the name of the paper that came with it


@dataclass
class SchoolYear:
    clock: WallClock
    office: Office
    phones: Chats
    log: Path
    people: list[Person] = field(default_factory=list)
    bot: "subprocess.Popen[bytes] | None" = None
    _stack: ExitStack = field(default_factory=ExitStack)

    # -- the bot ---------------------------------------------------------------------------------

    def start_bot(self) -> None:
        self.bot = self._stack.enter_context(self.office.start("run", log=self.log))

    def kill_bot(self) -> None:
        """kill -9"""
        assert self.bot is not None
        self.bot.kill()
        self.bot.wait()

    def close(self) -> None:
        self._stack.close()

    # -- time ------------------------------------------------------------------------------------

    def walk_to(self, until: dt.datetime) -> None:
        """Through every hour at which anything can fall due, each time until all of it was sent."""
        day = self.clock.now().astimezone(VIETNAM).date()
        while day <= until.astimezone(VIETNAM).date():
            for hour, minute in HOURS:
                instant = at(day, hour, minute, 1)
                if self.clock.now() < instant < until:
                    self.turn_to(instant)
            day += dt.timedelta(days=1)
        self.turn_to(until)

    def turn_to(self, instant: dt.datetime) -> None:
        self.clock.turn_to(instant)
        self.settle()

    def settle(self, within: float = 60.0) -> None:
        """Until nothing is due and nothing is on its way."""
        if self._busy():
            wait_until(lambda: not self._busy(), within)

    def _busy(self) -> bool:
        return bool(self._desk.see(self._due))

    def _due(self, work: Work) -> bool:
        now = self.clock.now()
        cluster = work.people.clusters()[0]
        counts = work.reports.counts(cluster.id)
        instants = (work.reports.next_due(cluster.id), work.sessions.next_duty())
        sending = any(state.value == "sending" and number for state, number in counts.items())
        return sending or any(i is not None and i <= now for i in instants)

    # -- phones ----------------------------------------------------------------------------------

    def got(self) -> list[Got]:
        people = {person.chat: person for person in self.people}
        return [
            Got(
                person=people[one["chat_id"]],
                at=dt.datetime.fromisoformat(one["virtual_at"]).astimezone(VIETNAM),
                text=one["text"],
                message=one["message_id"],
                edit=not one["method"].startswith("send"),
                file=one["file_name"],
            )
            for one in self.phones.get("received")
        ]

    def chat(self, person: Person) -> list[dict[str, Any]]:
        return list(self.phones.get(f"messages?user_id={person.chat}"))

    def type(self, person: Person, text: str) -> None:
        """And wait for the answer."""
        before = len(self.phones.get("received"))
        self.phones.post("type", user_id=person.chat, text=text)
        wait_until(lambda: self._answered(person, before))

    def press(self, person: Person, label: str) -> None:
        """The newest button with this label in the person's chat; waits until the press was answered."""
        for message in reversed(self.chat(person)):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            if any(button["text"] == label for row in rows for button in row):
                before = len(self.phones.get("received"))
                pressed = self.phones.post(
                    "press", user_id=person.chat, message_id=message["message_id"], button=label
                )
                return self._wait_for_answer(person, pressed["id"], before)
        shown = [m.get("reply_markup") for m in self.chat(person)[-3:]]
        raise AssertionError(f"{person.name} has no button {label!r}: {shown}")

    def _wait_for_answer(self, person: Person, press_id: str, before: int) -> None:
        wait_until(lambda: self.phones.get(f"press?id={press_id}")["answered"])
        wait_until(lambda: self._answered(person, before))
        seen = -1
        while seen != (seen := len(self.phones.get("received"))):
            time.sleep(0.5)  # what a press leads to is written after its answer, message by message
        self.settle()

    def _answered(self, person: Person, before: int) -> bool:
        return any(one["chat_id"] == person.chat for one in self.phones.get(f"received?after={before}"))

    def who(self, role: str, unit: str) -> Person:
        """The first with this post in this school or authority."""
        return next(p for p in self.people if p.unit == unit and role in p.role.split(", "))

    @property
    def _desk(self) -> Any:
        if "desk" not in self.__dict__:
            url = f"sqlite:///{self.office.folder / 'nhaclich.db'}"
            self.__dict__["desk"] = open_desk(Settings.model_validate({"database_url": url}), self.clock)
            self._stack.callback(self.__dict__["desk"].close)
        return self.__dict__["desk"]


@contextmanager
def school_year(folder: Path, library: str) -> Iterator[SchoolYear]:
    """Plan and roster imported by the command on the morning of 03/10/2023, everybody registered by code."""
    clock = WallClock(folder, library)
    clock.turn_to(at(STARTED, 9))
    with chats(**clock.settings) as phones:
        office = Office(folder, clock.settings | phones.settings)
        year = SchoolYear(clock, office, phones, folder / "bot.log")
        try:
            office.ok("plan", "import", PLAN, "--yes")
            office.ok("roster", "import", ROSTER, "--yes")
            codes = json.loads(office.ok("roster", "codes", "--json"))
            year.start_bot()
            for number, one in enumerate(codes):
                person = Person(1001 + number, one["name"], one["role"], one["unit"])
                year.people.append(person)
                phones.post("users", id=person.chat, name=person.name)
                phones.post("type", user_id=person.chat, text=f"/start {one['code']}")
            wait_until(lambda: sum("Đã đăng ký" in g.text for g in year.got()) >= len(codes), 90)
            year.settle()
            yield year
        finally:
            year.close()
