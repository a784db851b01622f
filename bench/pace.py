"""The pace: 1000 messages against a server that answers 429 above 30 in any second."""

import time
from concurrent.futures import ThreadPoolExecutor

from bench.world import Row, channel, server, world
from bot.clock import SystemClock

RATE = 28


async def measure(quick: bool) -> list[Row]:
    messages = 150 if quick else 1000
    with world(messages) as place, ThreadPoolExecutor(2) as executor:
        place.put(SystemClock().now())
        async with server(messages, limits=True) as api, channel(api.url, RATE) as telegram:
            sender = place.sender(telegram, executor, RATE)
            begun = time.perf_counter()
            sent = await sender.drain()
            whole = time.perf_counter() - begun
            times, refused = await api.counts()
    ideal = (messages - 1) / RATE
    took = times[-1] - times[0]
    busiest = max(sum(one <= other < one + 1.0 for other in times) for one in times)
    return [
        Row(
            f"{messages} messages at {RATE}/s, server refuses above 30 in any second",
            f"{took:.2f} s = {took / ideal:.4f} × ideal; 429: {refused}; busiest second: {busiest}",
            "no 429, within 2 % of ideal",
            f"{sent} recorded, {whole:.2f} s in all",
        )
    ]
