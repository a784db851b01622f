"""Lateness: from a notice's due instant to the server that receives it, the queue being empty before."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bench.world import Row, channel, server, world
from bot.clock import SystemClock

RATE = 28


async def measure(quick: bool) -> list[Row]:
    notices = 20 if quick else 150
    clock = SystemClock()
    with world(notices) as place, ThreadPoolExecutor(2) as executor:
        start = clock.now() + timedelta(seconds=3)
        due = [start + timedelta(milliseconds=237 * number) for number in range(notices)]
        for instant, person in zip(due, place.people, strict=True):
            place.put(instant, [person])
        async with server(notices) as api, channel(api.url, RATE) as telegram:
            sender = place.sender(telegram, executor, RATE)
            running = asyncio.create_task(sender.run())
            await asyncio.sleep((due[-1] - clock.now()).total_seconds() + 1.0)
            await sender.stop()
            await running
            times, _ = await api.counts()
    assert len(times) == notices
    late = sorted(came - instant.timestamp() for came, instant in zip(sorted(times), due, strict=True))
    return [
        Row(
            f"lateness of a due notice ({notices})",
            f"median {late[notices // 2] * 1000:.0f} ms, p99 {late[int(notices * 0.99)] * 1000:.0f} ms",
            "median < 50 ms, p99 < 250 ms",
        )
    ]
