"""Two whole bots on one PostgreSQL: one polls and sends, the other one takes over."""

import asyncio
import datetime as dt
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Self

from sqlalchemy import URL

from bot.app import Service
from bot.clock import SystemClock, TurnableClock
from bot.demo.botapi import BotApiServer, ChatService, Limits
from bot.demo.botapi.model import Accepted, ApiError, Json
from bot.flows.people.roster import import_roster
from bot.flows.plans.importing import import_plan
from bot.flows.work import Work
from bot.notices.notice import Kind, Notice
from bot.notices.timeline import VIETNAM
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.settings import Settings
from bot.storage.opening import open_desk
from bot.workdays import Workdays
from tests.cli.processes import ROOT, environment
from tests.http.conftest import free_port
from tests.long import only_deep

DAY_OF_THE_PLAN = dt.datetime(2023, 10, 3, 9, tzinfo=VIETNAM)
INVITATIONS_ARE_DUE = dt.datetime(2023, 10, 5, 8, 0, 5, tzinfo=VIETNAM)
FIRST_CHAT = 1001
pytestmark = only_deep("two whole bots, run alone")


def _fill(work: Work) -> int:
    """The sample plan, and everybody registered; how many chats."""
    path = data_path("plans", "an-tien-2023-2024.txt")
    reading = read_plan(path.name, path.read_bytes(), deadline=Workdays.load().deadline)
    cluster = import_plan(work, reading)
    import_roster(work, cluster, data_path("roster", "an-tien.csv").read_bytes())
    people = work.people.people(cluster.id)
    for number, person in enumerate(people):
        work.people.link(person, "telegram", str(FIRST_CHAT + number), work.now)
    return len(people)


class Watched(ChatService):
    """Counts polls that end another one."""

    def __init__(self) -> None:
        super().__init__(limits=Limits.none())
        self.conflicts = 0
        poll = self.updates.poll

        async def watched(offset: int, limit: int, seconds: float) -> list[Json]:
            try:
                return await poll(offset, limit, seconds)
            except ApiError:
                self.conflicts += 1
                raise

        self.updates.poll = watched  # type: ignore[method-assign]


@asynccontextmanager
async def office(url: URL) -> AsyncIterator[tuple[Watched, dict[str, str]]]:
    """A Bot API server on which everybody has an account, and the settings of a replica."""
    database = url.render_as_string(hide_password=False)
    desk = open_desk(Settings.model_validate({"database_url": database}), TurnableClock(DAY_OF_THE_PLAN))
    chats = desk.run(_fill)
    desk.close()
    service = Watched()
    for number in range(chats):
        service.add_user(FIRST_CHAT + number, "Mai", started=True)
    async with BotApiServer(service) as server:
        yield (
            service,
            {
                "TELEGRAM_BOT_TOKEN": service.token,
                "TELEGRAM_API_URL": server.url,
                "DATABASE_URL": database,
                "SEND_RATE": "200",
            },
        )


class Processes:
    """Replicas in processes of their own, at the hour at which the invitations are due; killed at the end."""

    def __init__(self, settings: dict[str, str]) -> None:
        self._settings = settings
        self._all: list[asyncio.subprocess.Process] = []

    async def start(self) -> asyncio.subprocess.Process:
        shift = (INVITATIONS_ARE_DUE - SystemClock().now()).total_seconds()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.replicas.replica",
            str(shift),
            cwd=ROOT,
            env=environment(self._settings),
            stderr=asyncio.subprocess.DEVNULL,
        )
        self._all.append(process)
        return process

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for process in self._all:
            if process.returncode is None:
                process.kill()
            await process.wait()


def _queue_another(work: Work) -> None:
    """Something else that is due now, for the first of all people."""
    (person,) = work.people.people_by_chat("telegram", str(FIRST_CHAT))
    session = work.sessions.by_code(person.cluster_id, "B1")
    assert session is not None
    revision, until = session.date_revision, work.now + dt.timedelta(days=1)
    note = Notice(Kind.DETAILS, person.cluster_id, session.id, revision, person.id, "again", work.now, until)
    work.notices.put([note])


async def becomes_true(ready: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not ready():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@asynccontextmanager
async def replica(settings: dict[str, str]) -> AsyncIterator[Service]:
    """A bot in this process, on the day of the plan; it stops in order at the end."""
    given = {name.lower(): value for name, value in settings.items()}
    read = Settings.model_validate(given)
    desk = open_desk(read, TurnableClock(DAY_OF_THE_PLAN))
    service = Service(read, desk, listens=True)
    running = asyncio.create_task(service.run())
    try:
        yield service
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        desk.close()


async def test_a_stopping_process_finishes_what_it_took_up_before_it_lets_go(postgres_copy: URL) -> None:
    async with office(postgres_copy) as (service, settings):
        stopping = AsyncExitStack()
        leader = await stopping.enter_async_context(replica(settings))
        await becomes_true(lambda: leader.sender.leads)
        async with replica(settings):
            service.faults.flood("sendMessage", 3, chat_id=FIRST_CHAT)
            service.type(FIRST_CHAT, "/lich")
            await becomes_true(lambda: not service.faults)  # refused: the answer waits
            await stopping.aclose()
            await asks(service, FIRST_CHAT + 1, 10)  # the other one polls, and has looked for what was left
    assert len(schedules(service, FIRST_CHAT)) == 1


def schedules(service: ChatService, chat: int) -> list[Accepted]:
    """The answers to /lich, among whatever else falls due for this chat."""
    return [one for one in service.sent(chat) if one.text.startswith("Lịch sinh hoạt cụm")]


async def asks(service: ChatService, chat: int, within: float) -> None:
    """Somebody types /lich and is answered once."""
    service.type(chat, "/lich")
    await service.until(lambda: bool(schedules(service, chat)), within)
    await asyncio.sleep(0.3)
    assert len(schedules(service, chat)) == 1


async def test_one_polls_each_notice_goes_once_and_another_takes_over(postgres_copy: URL) -> None:
    async with office(postgres_copy) as (service, settings), Processes(settings) as replicas:
        leader = await replicas.start()
        await service.until(lambda: len(service.sent()) > 0, 60)
        follower = await replicas.start()
        await asks(service, FIRST_CHAT, 60)
        await asyncio.sleep(2.5)  # the follower is there, and neither polls nor sends
        told = Counter((one.chat_id, one.text) for one in service.sent() if one.text)
        assert len(told) > 10
        assert set(told.values()) == {1}
        assert service.conflicts == 0

        leader.kill()
        killed = time.monotonic()
        await leader.wait()
        await asks(service, FIRST_CHAT + 1, 60)
        assert time.monotonic() - killed < 10.5  # 0.3 of them are the test's own
        assert service.conflicts <= 1, "the dead one's last poll may still hang"

        await replicas.start()
        await asyncio.sleep(2.5)
        follower.terminate()  # an orderly stop gives the lead up at once
        await asks(service, FIRST_CHAT + 2, 60)  # the new process may still be starting on a busy machine
        told = Counter((one.chat_id, one.text) for one in service.sent() if one.text)
        assert max(told.values()) == 1


async def test_a_replica_that_only_takes_webhooks_is_answered_for_and_notices_go_once(
    postgres_copy: URL,
) -> None:
    """Two bots behind one public address that leads to the one which does not lead."""
    async with office(postgres_copy) as (service, settings), AsyncExitStack() as both:
        port = free_port()
        settings |= {"PUBLIC_URL": f"http://127.0.0.1:{port}", "WEBHOOK_SECRET": "12345678"}
        first = settings | {"HTTP_PORT": str(free_port())}
        leader = await both.enter_async_context(replica(first))
        await becomes_true(lambda: leader.sender.leads)
        other = await both.enter_async_context(replica(settings | {"HTTP_PORT": str(port)}))
        await service.until(lambda: bool(service.webhook.url), 30)
        await asks(service, FIRST_CHAT, 30)
        assert not other.sender.leads
        assert service.webhook.posted == 1
        await becomes_true(lambda: leader.sender.sent > 0)
        assert other.sender.sent == 0

        # What the other one has queued is sent by the one that leads, at once.
        sent, begun = len(service.sent(FIRST_CHAT)), time.monotonic()
        other.desk.run(_queue_another)
        await service.until(lambda: len(service.sent(FIRST_CHAT)) > sent, 20)
        assert time.monotonic() - begun < 8, "otherwise it is looked at every half a minute"
        await asyncio.sleep(0.5)
        told = Counter((one.chat_id, one.text) for one in service.sent() if one.text)
        assert max(told.values()) == 1
