"""What the benchmarks share: a database with people and notices, and a Bot API server in a process of
its own, each on a core of its own where there are two."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, insert, make_url, select

from bot.channels.telegram.sender import TelegramChannel
from bot.channels.telegram.transport import open_bot
from bot.clock import SystemClock
from bot.demo.botapi import DEFAULT_TOKEN
from bot.message import Button, Message
from bot.notices.notice import Kind, Notice
from bot.outbox.gate import Gate
from bot.outbox.pacing import Pacing
from bot.outbox.port import Address, Claimed, Composed, Parcel
from bot.outbox.sender import Load, Sender
from bot.storage import tables as t
from bot.storage.engine import open_engine, writing
from bot.storage.migrate import upgrade
from bot.storage.notices import SqlNotices
from bot.storage.queue import SqlQueue
from tests.postgres import postgres_database, postgres_server

FIRST_CHAT = 10_000
TEXT = "Kính mời đồng chí dự sinh hoạt chuyên môn cụm: <b>thứ Tư 08/11/2023</b>, Trường MN An Tiến."
CARD = Message(TEXT, rows=((Button("Tham dự", "go:1:1"), Button("Vắng mặt", "no:1:1")),))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    measured: str
    reach: str
    note: str = ""


def use_core(number: int) -> None:
    """Keep this process on one core, where there are at least two."""
    if (os.cpu_count() or 1) > 1 and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {number})


class World:
    """A cluster of `people` in an SQLite file; everybody has a chat."""

    def __init__(self, engine: Engine, people: int) -> None:
        self.engine = engine
        with writing(engine) as db:
            self.cluster = _one(
                db,
                t.cluster,
                name="An Tiến",
                school_year="2023-2024",
                invite_days=3,
                invite_counts_working_days=True,
                join_code="x",
            )
            unit = _one(
                db,
                t.unit,
                cluster_id=self.cluster,
                kind="school",
                name="A",
                label="MN A",
                aliases=[],
                position=0,
            )
            everybody = {"cluster_id": self.cluster, "unit_id": unit, "name": "Mai", "posts": []}
            db.execute(insert(t.person), [everybody] * people)
            self.people = list(db.execute(select(t.person.c.id).order_by(t.person.c.id)).scalars())

    def put(self, due: datetime, people: Sequence[int] | None = None, occurrence: str = "1") -> None:
        useful = due + timedelta(days=1)
        notices = [
            Notice(Kind.INVITATION, self.cluster, None, 1, person, occurrence, due, useful)
            for person in (people if people is not None else self.people)
        ]
        with writing(self.engine) as db:
            SqlNotices(db).put(notices)

    def compose(self, db: Connection, rows: Sequence[Claimed], now: datetime) -> list[Composed]:
        chats = FIRST_CHAT - self.people[0]
        return [Parcel((row,), Address("telegram", str(row.recipient_id + chats)), CARD) for row in rows]

    def sender(self, channel: TelegramChannel, executor: ThreadPoolExecutor, rate: float) -> Sender:
        return Sender(
            SqlQueue(self.engine, self.compose, repeats=lambda kind: True),
            {channel.name: channel},
            SystemClock(),
            executor,
            repeats=lambda kind: True,
            load=Load.of_rate(rate),
        )


@contextmanager
def world(people: int, engine: str = "sqlite") -> Iterator[World]:
    """`engine`: "sqlite" or "postgresql", which comes with the install of the tests."""
    with _database(engine) as url:
        upgrade(url)
        opened = open_engine(url)
        try:
            yield World(opened, people)
        finally:
            opened.dispose()


@contextmanager
def _database(engine: str) -> Iterator[URL]:
    if engine == "sqlite":
        with TemporaryDirectory(prefix="nhaclich-bench-") as folder:
            yield make_url(f"sqlite:///{Path(folder) / 'bench.db'}")
    else:
        with postgres_server() as running, postgres_database(running) as url:
            yield url


class Server:
    """A Bot API server in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process, url: str) -> None:
        self._process = process
        self.url = url

    async def tell(self, line: str) -> None:
        """Somebody does something: "say CHAT WORDS" or "press CHAT LABEL"."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        await self._process.stdin.drain()

    async def waits(self) -> list[float]:
        """Seconds from each thing done to the first that its chat got; once all of them have."""
        return list(await self._asked("waits"))

    async def counts(self) -> tuple[list[float], int]:
        """When each message came (seconds of the wall clock), and how many calls were refused."""
        told = await self._asked("counts")
        return told["times"], told["refused"]

    async def _asked(self, what: str) -> Any:
        assert self._process.stdout is not None
        await self.tell(what)
        return json.loads(await self._process.stdout.readline())


@asynccontextmanager
async def server(people: int, *, limits: bool = False, core: int | None = None) -> AsyncIterator[Server]:
    """`limits`: answers 429 above 30 messages in any second, and to a chat that gets too many.
    `core`: where it runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.server",
        str(people),
        "limits" if limits else "none",
        "" if core is None else str(core),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=64 * 1024 * 1024,
    )
    assert process.stdout is not None
    try:
        yield Server(process, (await process.stdout.readline()).decode().strip())
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def channel(api: str, rate: float) -> AsyncIterator[TelegramChannel]:
    bot = open_bot(DEFAULT_TOKEN, api)
    yield TelegramChannel(bot, Gate(Pacing(rate)))
    await bot.request.shutdown()


def _one(db: Connection, table: Table, **values: object) -> int:
    return int(db.execute(insert(table).values(values).returning(table.c.id)).scalar_one())
