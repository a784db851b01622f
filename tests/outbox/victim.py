"""A process that sends what is due until it is killed; its arguments are those of `main`."""

import asyncio
import dataclasses
import sys
from collections.abc import AsyncIterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import Engine

from bot.channels.telegram.sender import TelegramChannel
from bot.channels.telegram.transport import open_bot
from bot.channels.zalo.books import Choices, Months
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.line import Line
from bot.channels.zalo.sender import ZaloChannel
from bot.clock import SystemClock
from bot.flows.work import Office
from bot.notices.policy import Policy
from bot.notices.timeline import VIETNAM
from bot.outbox.gate import Gate
from bot.outbox.pacing import Pacing
from bot.outbox.port import Channel
from bot.outbox.sender import Load, Sender
from bot.storage.choices import SqlQuota
from bot.storage.engine import open_engine
from bot.storage.leading import SqlLead
from bot.storage.queue import SqlQueue
from bot.storage.work import Desk
from bot.workdays import Workdays
from tests.outbox.stage import plain_compose, repeats


@asynccontextmanager
async def open_channel(
    name: str, engine: Engine, executor: Executor, api: str, token: str, rate: float
) -> AsyncIterator[Channel]:
    if name == "telegram":
        bot = open_bot(token, api)
        yield TelegramChannel(bot, Gate(Pacing(rate)))
        await bot.request.shutdown()
        return
    clock = SystemClock()
    client = ZaloClient(token, api)
    desk = Desk(engine, Office(Policy.load(), Workdays.load(), VIETNAM), clock)
    months = Months(SqlQuota(engine), clock, VIETNAM, executor)
    lines = {client.key: Line(client, Gate(Pacing(rate)))}
    yield ZaloChannel(lines, Choices(desk, name, executor), months)
    await client.close()


async def main(
    name: str, database: str, api: str, token: str, rate: float, lease: float, span: float
) -> None:
    load = dataclasses.replace(Load.of_rate(rate), lease=timedelta(seconds=lease))
    engine = open_engine(database)
    queue = SqlQueue(engine, plain_compose, repeats=repeats)
    executor = ThreadPoolExecutor(2)
    async with open_channel(name, engine, executor, api, token, rate) as channel:
        sender = Sender(
            queue,
            {name: channel},
            SystemClock(),
            executor,
            repeats=repeats,
            load=load,
            lead=SqlLead(engine, name, span=span) if span else None,
        )
        await sender.run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:5], *map(float, sys.argv[5:8])))  # type: ignore[arg-type]
