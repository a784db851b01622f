"""What every channel does, over real HTTP: the outbox knows nothing else of it."""

from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram.sender import TelegramChannel
from bot.channels.telegram.transport import AiohttpRequest, open_bot
from bot.channels.zalo.books import Choices, Months
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.line import Line
from bot.channels.zalo.sender import ZaloChannel
from bot.clock import SystemClock
from bot.demo.botapi import BotApiServer, ChatService, Limits
from bot.demo.botapi.faults import Faults
from bot.demo.zaloapi import ZaloServer, ZaloService
from bot.flows.work import Office
from bot.message import Button, Message, utf16_length
from bot.notices.policy import Policy
from bot.notices.timeline import VIETNAM
from bot.outbox.gate import Gate
from bot.outbox.pacing import Pacing
from bot.outbox.port import Address, Channel, RecipientGoneError, RetryLaterError, SendError, UncertainError
from bot.storage.choices import SqlQuota
from bot.storage.engine import open_engine
from bot.storage.migrate import upgrade
from bot.storage.work import Desk
from bot.workdays import Workdays
from tests.channels.zalo.people import KEY, MAI, TOKEN

CARD = Message("<b>Buổi B1</b> &amp; B2", rows=((Button("Tham dự", "go:1:1"), Button("Vắng mặt", "no:1:1")),))


@dataclass
class Rig:
    channel: Channel
    mai: Address
    stranger: Address
    faults: Faults
    said: Callable[[], list[str]]  #: what stands on Mai's screen
    block: Callable[[], Any]
    stop: Callable[[], Any]
    limit: int


@pytest.fixture(params=["telegram", "zalo"])
async def rig(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    opened = _telegram() if request.param == "telegram" else _zalo(tmp_path)
    async for one in opened:
        yield one


async def _telegram() -> AsyncIterator[Rig]:
    service = ChatService(limits=Limits.none())
    service.add_user(1001, "Mai", started=True)
    async with BotApiServer(service) as server:
        bot = open_bot(service.token, server.url)
        assert isinstance(bot.request, AiohttpRequest)
        bot.request.read_seconds = 0.5
        yield Rig(
            TelegramChannel(bot, Gate(Pacing(0))),
            Address("telegram", "1001"),
            Address("telegram", "4242"),
            service.faults,
            lambda: [one.text for one in service.messages(1001)],
            lambda: service.block(1001),
            server.stop,
            4096,
        )
        await bot.request.shutdown()


async def _zalo(folder: Path) -> AsyncIterator[Rig]:
    url = f"sqlite:///{folder / 'contract.db'}"
    upgrade(url)
    desk = Desk(open_engine(url), Office(Policy.load(), Workdays.load(), VIETNAM), SystemClock())
    service = ZaloService()
    bot = service.add_bot(TOKEN)
    service.write(bot, MAI, "chào")
    with ThreadPoolExecutor(2) as pool:
        async with ZaloServer(service) as server:
            line = Line(ZaloClient(TOKEN, server.url, read_seconds=0.5), Gate(Pacing(0)))
            months = Months(SqlQuota(desk.engine), desk.clock, VIETNAM, pool)
            yield Rig(
                ZaloChannel({line.key: line}, Choices(desk, "zalo", pool), months),
                Address("zalo", f"{KEY}:{MAI}"),
                Address("zalo", f"{KEY}:nobody"),
                service.faults,
                lambda: bot.from_bot(MAI),
                lambda: service.block(bot, MAI),
                server.stop,
                2000,
            )
            await line.client.close()
    desk.close()


async def test_a_message_arrives_without_markup_and_with_what_may_be_chosen(rig: Rig) -> None:
    await rig.channel.turn(rig.mai)
    assert await rig.channel.send(rig.mai, CARD)
    (said,) = rig.said()
    assert said.startswith("Buổi B1 & B2")


async def test_a_long_text_arrives_whole(rig: Rig) -> None:
    words = " ".join(f"chữ{number}" for number in range(1500))
    await rig.channel.send(rig.mai, Message(words, rows=CARD.rows))
    said = rig.said()
    assert len(said) > 1
    assert all(utf16_length(one) <= rig.limit for one in said)
    assert " ".join(said).split()[:1500] == words.split()


async def test_who_blocked_or_is_unknown_is_gone(rig: Rig) -> None:
    rig.block()
    for address in (rig.mai, rig.stranger):
        for answer in (False, True):
            with pytest.raises(RecipientGoneError):
                await rig.channel.send(address, CARD, answer=answer)


async def test_a_bad_request_is_refused_for_good(rig: Rig) -> None:
    rig.faults.reply("sendMessage", 400, {"ok": False, "error_code": 400, "description": "Bad Request: x"})
    with pytest.raises(SendError) as caught:
        await rig.channel.send(rig.mai, CARD)
    assert type(caught.value) is SendError


async def test_an_error_of_the_service_is_tried_later(rig: Rig) -> None:
    rig.faults.gateway("sendMessage", status=502)
    rig.faults.reply("sendMessage", 500)
    for _ in range(2):
        with pytest.raises(RetryLaterError):
            await rig.channel.send(rig.mai, CARD)
    assert rig.said() == []


@pytest.mark.parametrize("acts", [False, True])
async def test_a_lost_connection_is_uncertain(rig: Rig, acts: bool) -> None:
    rig.faults.close("sendMessage", acts=acts)
    rig.faults.hang("sendMessage", acts=acts)
    for _ in range(2):
        with pytest.raises(UncertainError):
            await rig.channel.send(rig.mai, CARD)
    assert len(rig.said()) == 2 * acts


async def test_an_answer_survives_a_short_failure(rig: Rig) -> None:
    rig.faults.gateway("sendMessage")
    await rig.channel.send(rig.mai, CARD, answer=True)
    assert len(rig.said()) == 1


async def test_no_service_is_tried_later(rig: Rig) -> None:
    await rig.stop()
    with pytest.raises(RetryLaterError):
        await rig.channel.send(rig.mai, CARD)


async def test_a_card_is_redrawn_without_a_second_message(rig: Rig) -> None:
    message_id = await rig.channel.send(rig.mai, CARD)
    assert await rig.channel.edit(rig.mai, message_id, Message("mới")) == message_id
    assert len(rig.said()) == 1
