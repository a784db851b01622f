"""Messages a second with no ceiling: the whole way of a message beside clients that only send."""

import asyncio
import gc
import json
import os
import time
import urllib.parse
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.request import HTTPXRequest

from bench.country import country
from bench.world import CARD, FIRST_CHAT, TEXT, Row, channel, server, use_core, world
from bot.channels.telegram.transport import open_bot
from bot.cli.running import spare_the_collector
from bot.clock import SystemClock
from bot.demo.botapi import DEFAULT_TOKEN
from bot.flows.composing import compose
from bot.flows.sessions.duties import tell_undelivered
from bot.outbox.sender import Load, Sender

AT_ONCE = 50

Send = Callable[[int], Awaitable[object]]


@dataclass(frozen=True, slots=True, order=True)
class Speed:
    """`cpu`: milliseconds of this process for each message, which a busy machine disturbs less."""

    rate: float
    cpu: float


class Stopwatch:
    def __init__(self) -> None:
        self._begun, self._cpu = time.perf_counter(), time.process_time()

    def speed(self, messages: int) -> Speed:
        took, cpu = time.perf_counter() - self._begun, time.process_time() - self._cpu
        return Speed(messages / took, cpu / messages * 1000)


async def measure(quick: bool) -> list[Row]:
    clusters = 20 if quick else 90
    use_core(0)
    collector = gc.get_threshold()
    spare_the_collector()  # as `nhaclich run` does
    runs = [await _outbox(clusters) for _ in range(1 if quick else 3)]
    gc.set_threshold(*collector)
    outbox, messages = max(speed for speed, _ in runs), runs[0][1]
    others = {
        "the outbox with one fixed text, SQLite": await _fixed(messages, "sqlite"),
        "the outbox with one fixed text, PostgreSQL": await _fixed(messages, "postgresql"),
        "python-telegram-bot bare, its default transport": await _ptb(messages),
        "python-telegram-bot bare, over our transport": await _ptb_over_aiohttp(messages),
        "aiohttp bare": await _aiohttp(messages),
    }
    aiogram = os.environ.get("AIOGRAM_PYTHON")
    if aiogram:
        others["aiogram bare"] = await _aiogram(aiogram, messages)
    stock = others["python-telegram-bot bare, its default transport"]
    rows = [
        Row(
            "claimed, worded, sent, recorded durably on SQLite",
            f"{outbox.rate:.0f}/s = {outbox.rate / stock.rate:.1f} × python-telegram-bot bare; "
            f"{outbox.cpu:.2f} ms CPU",
            "≥ 2500/s on one core and ≥ 3 ×",
            f"{messages} messages, {AT_ONCE} at once, client and server on a core each",
        )
    ]
    for name, bare in others.items():
        share = outbox.rate / bare.rate
        rows.append(Row(name, f"{bare.rate:.0f}/s, {bare.cpu:.2f} ms CPU; the outbox is {share:.2f} ×", ""))
    if not aiogram:
        rows.append(Row("aiogram bare", "not measured", "", "AIOGRAM_PYTHON names no interpreter with it"))
    return rows


async def _outbox(clusters: int) -> tuple[Speed, int]:
    """The invitations of so many clusters, worded as they are for people; and how many messages that is."""
    with country(clusters) as place, ThreadPoolExecutor(2) as executor:
        async with server(place.people, core=1) as api, channel(api.url, 0) as telegram:
            sender = Sender(
                place.desk.queue(compose, tell_undelivered),
                {telegram.name: telegram},
                place.clock,
                executor,
                repeats=place.desk.repeats,
                load=Load.of_rate(0),
            )
            watch = Stopwatch()
            sent = await sender.drain()
            speed = watch.speed(sent)
            times, _ = await api.counts()
    assert sent == len(times) == place.invited
    return speed, sent


async def _fixed(messages: int, engine: str) -> Speed:
    """What claiming, sending and recording cost without the wording; PostgreSQL has the other core."""
    with world(messages, engine) as place, ThreadPoolExecutor(2) as executor:
        place.put(SystemClock().now())
        async with server(messages, core=1) as api, channel(api.url, 0) as telegram:
            sender = place.sender(telegram, executor, 0)
            watch = Stopwatch()
            assert await sender.drain() == messages
            return watch.speed(messages)


async def _rate(messages: int, send: Send) -> Speed:
    numbers = iter(range(messages))

    async def work() -> None:
        for number in numbers:
            await send(FIRST_CHAT + number)

    watch = Stopwatch()
    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return watch.speed(messages)


def _buttons() -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(one.label, callback_data=one.token) for one in CARD.rows[0]]
    return InlineKeyboardMarkup([row])


async def _ptb(messages: int) -> Speed:
    async with server(messages, core=1) as api:
        request = HTTPXRequest(connection_pool_size=AT_ONCE)
        async with Bot(DEFAULT_TOKEN, base_url=f"{api.url}/bot", request=request) as bot:
            buttons = _buttons()
            return await _rate(
                messages,
                lambda chat: bot.send_message(chat, TEXT, parse_mode="HTML", reply_markup=buttons),
            )


async def _ptb_over_aiohttp(messages: int) -> Speed:
    async with server(messages, core=1) as api:
        bot, buttons = open_bot(DEFAULT_TOKEN, api.url), _buttons()
        try:
            return await _rate(
                messages,
                lambda chat: bot.send_message(chat, TEXT, parse_mode="HTML", reply_markup=buttons),
            )
        finally:
            await bot.request.shutdown()


async def _aiohttp(messages: int) -> Speed:
    markup = json.dumps(_buttons().to_dict())
    async with server(messages, core=1) as api, aiohttp.ClientSession() as session:

        async def send(chat: int) -> None:
            fields = {"chat_id": chat, "text": TEXT, "parse_mode": "HTML", "reply_markup": markup}
            async with session.post(
                f"{api.url}/bot{DEFAULT_TOKEN}/sendMessage",
                data=urllib.parse.urlencode(fields).encode(),
                headers={"Content-Type": "application/x-www-form-urlencoded"},
            ) as response:
                assert (await response.json())["ok"]

        return await _rate(messages, send)


async def _aiogram(python: str, messages: int) -> Speed:
    """In the environment of this interpreter, on the same core."""
    async with server(messages, core=1) as api:
        task = {
            "url": api.url,
            "token": DEFAULT_TOKEN,
            "first_chat": FIRST_CHAT,
            "messages": messages,
            "at_once": AT_ONCE,
            "text": TEXT,
            "buttons": [(one.label, one.token) for one in CARD.rows[0]],
        }
        script = str(Path(__file__).with_name("aiogram_bare.py"))
        child = await asyncio.create_subprocess_exec(
            python, script, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        said, _ = await child.communicate(json.dumps(task).encode())
        assert child.returncode == 0
        return Speed(**json.loads(said))
