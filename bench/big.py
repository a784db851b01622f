"""A country in one database: 3000 clusters with a million rows of the outbox, beside one cluster alone."""

import asyncio
import os
import socket
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.country import ROWS_OF_A_CLUSTER, Country, country
from bench.world import Row
from bot.app import _next_duty
from bot.chat.incoming import Incoming
from bot.chat.reception import receive
from bot.demo.botapi import BotApiServer, ChatService, Limits
from bot.flows.composing import compose
from bot.flows.housekeeping import next_step
from bot.flows.planning import replan
from bot.flows.sessions.duties import run_duties, tell_undelivered
from bot.flows.work import Work
from bot.outbox.sender import Load
from bot.storage.queue import SqlQueue

CLUSTERS = 3000
#: What is measured, and the most it may be (ms, ms, ms, s, MB).
REACH = {
    "replan of one session": 20.0,
    "a wake with nothing due": 5.0,
    "/lich, worded": 30.0,
    "start, to the first poll": 3.0,
    "memory after the start": 220.0,
}
ALONE = {"start, to the first poll": 2.0, "memory after the start": 140.0}
UNITS = {"start, to the first poll": "s", "memory after the start": "MB"}
MOST = 2.0  #: times the same with one cluster


@dataclass(frozen=True, slots=True)
class Measured:
    figures: dict[str, float]
    note: str


async def measure(quick: bool) -> list[Row]:
    alone = await _measure(1, quick)
    many = await _measure(30 if quick else CLUSTERS, quick)
    rows = [Row("one cluster", "", "", alone.note), Row("a country", "", "", many.note)]
    for name, reach in REACH.items():
        unit = UNITS.get(name, "ms")
        one, all_ = alone.figures[name], many.figures[name]
        own = f", alone < {ALONE[name]:g} {unit}" if name in ALONE else ""
        rows.append(
            Row(
                name,
                f"{all_:.3g} {unit} = {all_ / one:.2f} × one cluster ({one:.3g} {unit})",
                f"< {reach:g} {unit}, within {MOST:g} ×{own}",
            )
        )
    return rows


async def _measure(clusters: int, quick: bool) -> Measured:
    begun = time.perf_counter()
    with country(clusters, rows=ROWS_OF_A_CLUSTER) as place:
        note = (
            f"{clusters} clusters, {place.people} people, {place.sessions} sessions, {place.outbox} rows "
            f"of the outbox; made in {time.perf_counter() - begun:.0f} s"
        )
        figures = {
            "replan of one session": _median(lambda number: _replan(place, number, clusters)),
            "a wake with nothing due": _wake(place),
            "/lich, worded": _median(lambda number: _asks(place, number, clusters)),
        }
        place.desk.close()
        starts = [await _start(place) for _ in range(1 if quick else 3)]
    figures["start, to the first poll"] = statistics.median(seconds for seconds, _ in starts)
    figures["memory after the start"] = statistics.median(memory for _, memory in starts)
    return Measured(figures, note)


def _median(work: Callable[[int], object], rounds: int = 31) -> float:
    """Milliseconds; the first round, which reads texts, does not count."""
    took = []
    for number in range(rounds + 1):
        begun = time.perf_counter()
        work(number)
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took[1:])


def _replan(place: Country, number: int, clusters: int) -> None:
    def again(work: Work) -> None:
        session = work.sessions.get(place.session_id(number * 97 % clusters, 3))
        assert session is not None
        replan(work, session)

    place.desk.run(again)


def _asks(place: Country, number: int, clusters: int) -> None:
    chat = str(place.chat_of(number * 97 % clusters, 7))
    asked = Incoming("telegram", chat, True, "Mai", text="/lich")
    said = place.desk.run(lambda work: receive(work, asked, "nhaclich_bot")).says
    assert "Lịch" in said[0].message.text


def _wake(place: Country) -> float:
    """What a look of the sender does: duties, the queue, and when to look again."""
    now = place.clock.now()
    place.clock.turn_to(now.replace(hour=0, minute=30))  # the evening before: nothing is due
    queue: SqlQueue = place.desk.queue(compose, tell_undelivered)

    def look(number: int) -> None:
        now = place.clock.now()
        place.desk.run(run_duties)
        place.desk.see(next_step)
        assert queue.claim(now, 100, Load.of_rate(28).lease) == []
        queue.next_due()
        place.desk.see(_next_duty)

    try:
        return _median(look)
    finally:
        place.clock.turn_to(now)


async def _start(place: Country) -> tuple[float, float]:
    """Seconds until a fresh process polls, and the MB that it has then."""
    service = ChatService(limits=Limits.none())
    polled = asyncio.Event()
    poll = service.updates.poll

    async def watched(offset: int, limit: int, seconds: float):  # type: ignore[no-untyped-def]
        polled.set()
        return await poll(offset, limit, seconds)

    service.updates.poll = watched  # type: ignore[method-assign]
    async with BotApiServer(service) as api:
        settings = {
            "TELEGRAM_BOT_TOKEN": service.token,
            "TELEGRAM_API_URL": api.url,
            "DATABASE_URL": place.url,
            "SEND_RATE": "28",
            "HTTP_PORT": str(_free_port()),
        }
        begun = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=os.environ | settings, stderr=asyncio.subprocess.DEVNULL
        )
        async with asyncio.timeout(120):
            await polled.wait()
        took = time.perf_counter() - begun
        await asyncio.sleep(2.0)
        memory = _memory(process.pid)
        process.terminate()
        await process.wait()
    return took, memory


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _memory(pid: int) -> float:
    """Resident MB; 0 where the system does not say."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
