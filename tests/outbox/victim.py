"""A process that sends what is due until it is killed; its arguments are those of `main`."""

import asyncio
import dataclasses
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bot.channels.telegram.sender import TelegramChannel
from bot.channels.telegram.transport import open_bot
from bot.clock import SystemClock
from bot.outbox.gate import Gate
from bot.outbox.pacing import Pacing
from bot.outbox.sender import Load, Sender
from bot.storage.engine import open_engine
from bot.storage.leading import SqlLead
from bot.storage.queue import SqlQueue
from tests.outbox.stage import plain_compose, repeats


async def main(database: str, api: str, token: str, rate: float, lease: float, span: float) -> None:
    load = dataclasses.replace(Load.of_rate(rate), lease=timedelta(seconds=lease))
    engine = open_engine(database)
    queue = SqlQueue(engine, plain_compose, repeats=repeats)
    channel = TelegramChannel(open_bot(token, api), Gate(Pacing(rate)))
    sender = Sender(
        queue,
        {"telegram": channel},
        SystemClock(),
        ThreadPoolExecutor(2),
        repeats=repeats,
        load=load,
        lead=SqlLead(engine, "telegram", span=span) if span else None,
    )
    await sender.run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4], *map(float, sys.argv[4:7])))  # type: ignore[arg-type]
