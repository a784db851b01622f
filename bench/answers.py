"""Answers during a broadcast: how long a person who asks for the schedule waits."""

import asyncio
import random
import time
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from bench.world import CARD, FIRST_CHAT, Row, World, channel, server, world
from bot.clock import SystemClock
from bot.outbox.port import Address
from bot.storage import tables as t
from bot.storage.engine import reading

RATE = 28
BROADCAST = 10_000


async def measure(quick: bool) -> list[Row]:
    asked = 40 if quick else 300
    chance = random.Random(5)
    with world(BROADCAST) as place, ThreadPoolExecutor(2) as executor, ThreadPoolExecutor(2) as answers:
        place.put(SystemClock().now())
        async with server(BROADCAST, limits=True) as api, channel(api.url, RATE) as telegram:
            sender = place.sender(telegram, executor, RATE)
            broadcast = asyncio.create_task(sender.run())
            await asyncio.sleep(1.0)
            waits: list[float] = []

            async def ask(chat: int) -> None:
                begun = time.perf_counter()
                await asyncio.get_running_loop().run_in_executor(answers, _schedule, place)
                await telegram.send(Address("telegram", str(chat)), CARD, answer=True)
                waits.append(time.perf_counter() - begun)

            asking = []
            for number in range(asked):  # about eight people a second, at any moment
                asking.append(asyncio.create_task(ask(FIRST_CHAT + BROADCAST - 1 - number)))
                await asyncio.sleep(chance.expovariate(8))
            await asyncio.gather(*asking)
            sent = sender.sent
            await sender.stop()
            await broadcast
            _, refused = await api.counts()
    waits.sort()
    return [
        Row(
            f"an answer during a broadcast of {BROADCAST} ({asked} asked)",
            f"median {_at(waits, 0.5):.0f} ms, p99 {_at(waits, 0.99):.0f} ms, worst {_at(waits, 1):.0f} ms",
            "p99 ≤ 300 ms (stock limiter: 4.8 to 11.5 s)",
            f"{sent} of the broadcast went out meanwhile; 429: {refused}",
        )
    ]


def _schedule(place: World) -> int:
    with reading(place.engine) as db:
        return len(db.execute(select(t.session).where(t.session.c.cluster_id == place.cluster)).all())


def _at(waits: list[float], share: float) -> float:
    return waits[min(len(waits) - 1, int(len(waits) * share))] * 1000
