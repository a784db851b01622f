"""A broadcast during which the sending process is killed again and again; the receiving server counts."""

import asyncio
import random
import signal
import sys
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import URL

from bot.clock import SystemClock
from bot.notices.notice import Kind
from bot.outbox.port import State
from bot.storage.engine import open_engine
from tests.outbox.receivers import Receiver, address_prefix, receiver
from tests.outbox.stage import Stage

LEASE = 2.0


@dataclass(frozen=True, slots=True)
class Tally:
    """`at_risk`: rows that the killed processes had in `sending`, in all.  What an earlier one left
    there, its lease still running, is counted once, with the process that claimed it."""

    kills: int
    lost: int
    repeated: int
    at_risk: int
    uncertain: int


async def broadcast_under_fire(
    url: URL,
    *,
    messages: int,
    kills: int,
    rate: float,
    seed: int,
    kind: Kind = Kind.INVITATION,
    channel: str = "telegram",
) -> Tally:
    chance = random.Random(seed)
    stage = _stage(url, channel)
    stage.add_cluster(messages)
    now = SystemClock().now()
    stage.put(stage.notices(kind=kind, due=now, useful_until=now + timedelta(days=1)))
    at_risk = 0
    async with receiver(channel, [chat for chat in stage.people.values() if chat]) as service:
        for round_ in range(kills):
            before = service.got().total()
            born = SystemClock().now()
            process = await _victim(url, service, channel, rate)
            share = before + (messages - before) / (kills - round_ + 1) * chance.uniform(0.2, 1.8)
            await _until_sent(service, min(share, messages - 1))
            await asyncio.sleep(chance.uniform(0, 0.05))
            process.kill()
            await process.wait()
            at_risk += stage.leased_until_after(born + timedelta(seconds=LEASE))
        process = await _victim(url, service, channel, rate)
        async with asyncio.timeout(messages / rate + 30):
            while not set(stage.states()) <= {State.SENT, State.UNCERTAIN}:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        process.kill()
        await process.wait()
        got = service.got()
    uncertain = stage.count(State.UNCERTAIN)
    stage.engine.dispose()
    return Tally(kills, messages - len(got), sum(got.values()) - len(got), at_risk, uncertain)


async def broadcast_by_two(
    url: URL, *, messages: int, rate: float, seed: int, rounds: int, span: float, channel: str = "telegram"
) -> Tally:
    """Two replicas; in turn the one that sends is stopped (SIGSTOP) until the other has taken over, or
    killed and replaced.  Leases are long: only the lead decides."""
    chance = random.Random(seed)
    stage = _stage(url, channel)
    stage.add_cluster(messages)
    now = SystemClock().now()
    stage.put(stage.notices(due=now, useful_until=now + timedelta(days=1)))
    at_risk = 0
    async with receiver(channel, [chat for chat in stage.people.values() if chat]) as service:

        async def start() -> asyncio.subprocess.Process:
            return await _victim(url, service, channel, rate, lease=600, span=span)

        leader = await start()
        await _until_sent(service, 5)
        follower = await start()
        await asyncio.sleep(1.5)  # it watches now
        for number in range(rounds):
            await _until_sent(service, service.got().total() + chance.uniform(3, 20))
            leader.send_signal(signal.SIGKILL if number % 2 else signal.SIGSTOP)
            await asyncio.sleep(0.1)
            at_risk += stage.count(State.SENDING)
            await _until_sent(service, service.got().total() + 5)  # the other one goes on
            if number % 2:
                await leader.wait()
                leader, follower = follower, await start()
                await asyncio.sleep(1.5)
            else:
                leader.send_signal(signal.SIGCONT)
                leader, follower = follower, leader
        await _until_sent(service, messages)
        async with asyncio.timeout(30):
            while set(stage.states()) != {State.SENT}:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        for process in (leader, follower):
            process.kill()
            await process.wait()
        got = service.got()
    stage.engine.dispose()
    return Tally(rounds, messages - len(got), sum(got.values()) - len(got), at_risk, 0)


def _stage(url: URL, channel: str) -> Stage:
    return Stage(open_engine(url), channel, address_prefix(channel))


async def _until_sent(service: Receiver, number: float) -> None:
    async with asyncio.timeout(60):
        while service.got().total() < number:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def _victim(
    url: URL, service: Receiver, channel: str, rate: float, *, lease: float = LEASE, span: float = 0
) -> asyncio.subprocess.Process:
    database = url.render_as_string(hide_password=False)
    given = (channel, database, service.url, service.token, str(rate), str(lease), str(span))
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.outbox.victim", *given)
