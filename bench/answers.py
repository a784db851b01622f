"""Answers: how long a person waits who asks or presses, while nothing else happens and during a broadcast.

It is the whole bot on copies of the sample cluster: the question is stored, understood, worded from the
database and sent over HTTP, and the server that receives the answer holds the watch.
"""

import asyncio
import itertools
import random
from collections.abc import Iterator

from bench.country import DAY_OF_THE_PLAN, INVITATIONS_ARE_DUE, Country, country
from bench.world import Row, Server, server, use_core
from bot.app import Service
from bot.demo.botapi import DEFAULT_TOKEN
from bot.settings import Settings

RATE = 28
CLUSTERS = 260  #: more than 10 000 messages
A_SECOND = 8  #: people who ask
TOGETHER = 20  #: so many take turns, that nobody gets two answers within a second
#: What is asked in turn: words, or a button of the answer before.
QUESTIONS = (("say", "/lich"), ("press", "Cả năm"), ("say", "/buoi B3"), ("say", "tháng 11 có gì"))


async def measure(quick: bool) -> list[Row]:
    clusters, asked = (20, 160) if quick else (CLUSTERS, 400)
    use_core(0)
    with country(clusters) as place:
        place.clock.turn_to(DAY_OF_THE_PLAN)
        async with server(place.people, limits=True, core=1) as api:
            given = {"TELEGRAM_BOT_TOKEN": DEFAULT_TOKEN, "TELEGRAM_API_URL": api.url, "SEND_RATE": str(RATE)}
            service = Service(Settings.model_validate(given), place.desk)
            running = asyncio.create_task(service.run())
            chats = _idle(place, clusters)
            await asyncio.sleep(3.0)
            quiet = await _ask(api, chats, asked // 2)
            place.clock.turn_to(INVITATIONS_ARE_DUE)
            service.sender.poke()
            await asyncio.sleep(1.0)
            before = service.sender.sent
            busy = await _ask(api, chats, asked)
            sent = service.sender.sent - before
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            _, refused = await api.counts()
    return [
        Row(f"an answer, nothing else going on ({len(quiet)} asked)", _line(quiet), "within 150 ms"),
        Row(
            f"an answer during a broadcast of {place.invited} ({len(busy)} asked)",
            _line(busy),
            "p99 ≤ 300 ms (stock limiter: 4.8 to 11.5 s)",
            f"{sent} of the broadcast went out meanwhile; 429: {refused}",
        ),
    ]


def _idle(place: Country, clusters: int) -> Iterator[int]:
    """Chats of people to whom the broadcast says nothing: what they get is an answer."""
    for person in itertools.cycle(place.idle):
        for cluster in range(clusters):
            yield place.chat_of(cluster, person)


async def _ask(api: Server, chats: Iterator[int], number: int) -> list[float]:
    """Milliseconds that each waited, sorted; about eight people ask in a second, at any moment."""
    chance = random.Random(5)
    for _ in range(number // (TOGETHER * len(QUESTIONS))):
        some = list(itertools.islice(chats, TOGETHER))
        for (how, what), chat in itertools.product(QUESTIONS, some):
            await api.tell(f"{how} {chat} {what}")
            await asyncio.sleep(chance.expovariate(A_SECOND))
    return sorted(wait * 1000 for wait in await api.waits())


def _line(waits: list[float]) -> str:
    return f"median {_at(waits, 0.5):.0f} ms, p99 {_at(waits, 0.99):.0f} ms, worst {_at(waits, 1):.0f} ms"


def _at(waits: list[float], share: float) -> float:
    return waits[min(len(waits) - 1, int(len(waits) * share))]
