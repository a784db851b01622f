"""The receiving half: one destructive update at a time, stored first, handled once."""

import asyncio
import contextlib
import datetime as dt
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import pytest

from bot.channels.zalo.errors import BadTokenError
from bot.channels.zalo.line import Line
from bot.channels.zalo.receiver import ZaloReceiver
from bot.channels.zalo.updates import Update, read_update
from bot.demo.botapi.faults import Fault
from bot.demo.zaloapi import Plan, ZaloBot, ZaloServer, ZaloService
from tests.channels.zalo.people import LAN, MAI


class FakeInbox:
    """Implements `Inbox` in memory; `broken` makes so many calls fail."""

    def __init__(self) -> None:
        self.stored: dict[tuple[str, str], Update] = {}
        self.finished: list[str] = []
        self.broken = 0

    async def put(self, key: str, update: Update, event: Mapping[str, Any]) -> bool:
        if self.broken:
            self.broken -= 1
            raise OSError("the database is away")
        new = (update.chat, update.message_id) not in self.stored
        self.stored[update.chat, update.message_id] = update
        return new

    async def done(self, key: str, update: Update) -> None:
        self.finished.append(update.message_id)

    async def unfinished(self, key: str, age: dt.timedelta) -> list[Update]:
        return [one for one in self.stored.values() if one.message_id not in self.finished]


class Ear:
    """A receiver that polls, and what it has handled."""

    def __init__(self, line: Line, inbox: FakeInbox) -> None:
        self.inbox = inbox
        self.heard: list[str | None] = []
        self.fail = False
        self.receiver = ZaloReceiver(line, inbox, self._handle)

    async def _handle(self, line: Line, update: Update) -> None:
        if self.fail:
            raise RuntimeError("a handler broke")
        self.heard.append(update.text)

    async def until(self, ready: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not ready():  # noqa: ASYNC110
                await asyncio.sleep(0.01)


@pytest.fixture
async def ear(line: Line) -> AsyncIterator[Ear]:
    ear = Ear(line, FakeInbox())
    async with polling(ear):
        yield ear


@contextlib.asynccontextmanager
async def polling(ear: Ear) -> AsyncIterator[None]:
    task = asyncio.create_task(ear.receiver.poll())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, BadTokenError):
            await task


@pytest.mark.parametrize("flat", [False, True])
async def test_both_shapes_of_a_body(ear: Ear, service: ZaloService, bot: ZaloBot, flat: bool) -> None:
    service.flat = flat
    service.write(bot, MAI, "một")
    service.write(bot, MAI, "hai")
    await ear.until(lambda: ear.heard == ["một", "hai"])
    await ear.receiver.finish()
    assert len(ear.inbox.finished) == 2


async def test_a_repeated_delivery_is_handled_once(ear: Ear, service: ZaloService, bot: ZaloBot) -> None:
    update = service.write(bot, MAI, "một")
    assert update is not None
    service.deliver(bot, update)
    service.write(bot, MAI, "hai")
    await ear.until(lambda: "hai" in ear.heard)
    assert ear.heard == ["một", "hai"]


async def test_what_is_not_text_comes_without_text_and_the_unknown_not_at_all(
    ear: Ear, service: ZaloService, bot: ZaloBot
) -> None:
    service.post(bot, MAI, "message.image.received", {"photo_url": "https://x/1.jpg"})
    service.post(bot, MAI, "message.unsupported.received", {})
    service.post(bot, MAI, "message.reaction.received", {})
    service.write(bot, MAI, "chữ")
    await ear.until(lambda: "chữ" in ear.heard)
    assert ear.heard == [None, None, "chữ"]


async def test_an_update_is_not_lost_while_the_database_is_away(
    ear: Ear, service: ZaloService, bot: ZaloBot
) -> None:
    ear.inbox.broken = 2
    service.write(bot, MAI, "một")
    await ear.until(lambda: ear.heard == ["một"])


async def test_an_update_that_was_read_is_not_lost_at_a_stop(
    line: Line, service: ZaloService, bot: ZaloBot
) -> None:
    ear = Ear(line, FakeInbox())
    ear.inbox.broken = 2
    service.write(bot, MAI, "một")
    async with polling(ear):
        await ear.until(lambda: ear.inbox.broken < 2)  # it is read, and not stored yet
    await ear.receiver.finish()
    assert ear.heard == ["một"]


async def test_what_was_stored_before_a_stop_is_handled_after_it(
    line: Line, service: ZaloService, bot: ZaloBot
) -> None:
    inbox = FakeInbox()
    first = Ear(line, inbox)
    first.fail = True
    async with polling(first):
        service.write(bot, MAI, "một")
        await first.until(lambda: bool(inbox.stored))
        await first.receiver.finish()
    second = Ear(line, inbox)
    async with polling(second):
        await second.until(lambda: second.heard == ["một"])


async def test_failures_of_the_service_do_not_end_the_polling(
    ear: Ear, service: ZaloService, bot: ZaloBot, server: ZaloServer
) -> None:
    service.faults.gateway("getUpdates")
    service.write(bot, MAI, "một")
    await ear.until(lambda: ear.heard == ["một"])
    bot.webhook = ("https://x", "12345678")
    service.faults.add("getUpdates", Fault(status=200, body=b"<html>"))
    service.write(bot, MAI, "hai")
    await ear.until(lambda: "hai" in ear.heard)
    await ear.until(lambda: bot.webhook is None)  # polling takes a webhook away


async def test_a_wrong_token_ends_the_polling(line: Line, service: ZaloService) -> None:
    service.bots.clear()
    with pytest.raises(BadTokenError):
        await Ear(line, FakeInbox()).receiver.poll()
    assert line.stopped


async def test_nobody_reads_the_token_in_the_log(
    line: Line, server: ZaloServer, caplog: pytest.LogCaptureFixture
) -> None:
    secret = next(iter(server.service.bots)).partition(":")[2]
    await server.stop()
    ear = Ear(line, FakeInbox())
    with caplog.at_level(logging.DEBUG, "bot"):
        async with polling(ear):
            await ear.until(lambda: not ear.receiver.reachable)
    assert caplog.records
    assert secret not in caplog.text


async def test_person_51_is_not_heard(service: ZaloService) -> None:
    full = service.add_bot("5:fivefivefivefive", plan=Plan(people=1))
    assert service.write(full, MAI, "một") is not None
    assert service.write(full, LAN, "hai") is None


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {"ok": True, "result": []},
        {"event_name": "message.text.received"},
        {"event_name": "message.text.received", "message": {"chat": {}, "from": {}}},
        {
            "event_name": "message.text.received",
            "message": {
                "chat": {"id": "a"},
                "from": {"id": "b", "is_bot": True},
                "message_id": "1",
                "text": "x",
            },
        },
        {
            "event_name": "message.text.received",
            "message": {"chat": {"id": "a" * 200}, "from": {"id": "b"}, "message_id": "1", "text": "x"},
        },
    ],
)
def test_what_is_no_update_is_left_aside(body: object) -> None:
    assert read_update(body) is None


@pytest.mark.parametrize(
    ("date", "at"),
    [
        (1750316131602, dt.datetime(2025, 6, 19, 6, 55, 31, 602000, dt.UTC)),
        ("1750316131602", dt.datetime(2025, 6, 19, 6, 55, 31, 602000, dt.UTC)),
        (1750316131, dt.datetime(2025, 6, 19, 6, 55, 31, 0, dt.UTC)),  # seconds
        (None, None),
        ("hôm qua", None),
        (7, None),
        (1e300, None),
        (float("nan"), None),
    ],
)
def test_when_something_was_sent(date: object, at: dt.datetime | None) -> None:
    message = {"chat": {"id": "a"}, "from": {"id": "b"}, "message_id": "1", "text": "x", "date": date}
    update = read_update({"event_name": "message.text.received", "message": message})
    assert update is not None
    assert update.at == at
