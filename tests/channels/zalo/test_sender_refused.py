"""What Zalo answers instead of taking a message, and what the outbox is told: gone, later, uncertain."""

import logging

import pytest

from bot.channels.zalo.books import Choices
from bot.channels.zalo.errors import BadTokenError, QuotaUsedError
from bot.channels.zalo.line import Line
from bot.channels.zalo.sender import ZaloChannel
from bot.clock import TurnableClock
from bot.demo.botapi.faults import Fault
from bot.demo.zaloapi import ZaloBot, ZaloServer, ZaloService
from bot.message import Button, Message
from bot.outbox.port import Address, RecipientGoneError, RetryLaterError, SendError, UncertainError
from bot.storage.work import Desk
from tests.channels.zalo.people import CARD, KEY, MAI, NOON, TO_LAN, TO_MAI


async def test_who_blocked_or_never_wrote_is_gone(
    channel: ZaloChannel, service: ZaloService, bot: ZaloBot
) -> None:
    service.block(bot, MAI)
    for address in (TO_MAI, TO_LAN):
        with pytest.raises(RecipientGoneError):
            await channel.send(address, CARD)


async def test_a_refused_list_is_not_live(
    channel: ZaloChannel, service: ZaloService, bot: ZaloBot, choices: Choices
) -> None:
    await channel.send(TO_MAI, CARD)
    service.block(bot, MAI)
    with pytest.raises(RecipientGoneError):
        await channel.send(TO_MAI, Message("x", rows=((Button("Hủy", "cxl:1"),),)))
    live, *_ = await choices.lists(TO_MAI.chat_id)
    assert live.options[0][0] == "Tham dự"


@pytest.mark.parametrize("acts", [False, True])
async def test_no_answer_in_time_is_uncertain_and_no_number_counts(
    channel: ZaloChannel, service: ZaloService, bot: ZaloBot, choices: Choices, acts: bool
) -> None:
    service.faults.hang("sendMessage", acts=acts)
    with pytest.raises(UncertainError):
        await channel.send(TO_MAI, CARD)
    live, *_ = await choices.lists(TO_MAI.chat_id)
    assert not live.certain
    assert len(bot.from_bot(MAI)) == acts


async def test_an_answer_later_than_the_timeout_is_uncertain(
    channel: ZaloChannel, service: ZaloService
) -> None:
    service.faults.add("sendMessage", Fault(acts=True, delay=0.8, status=200, body=b"{}"))
    with pytest.raises(UncertainError):
        await channel.send(TO_MAI, CARD)


async def test_errors_inside_200(channel: ZaloChannel, service: ZaloService) -> None:
    def refuse(code: object) -> None:
        service.faults.reply("sendMessage", 200, {"ok": False, "description": "x", "error_code": code})

    for code, kind in (
        (400, SendError),
        ("404", SendError),
        ("403", RetryLaterError),
        (500, RetryLaterError),
    ):
        refuse(code)
        with pytest.raises(kind) as caught:
            await channel.send(TO_MAI, CARD)
        assert type(caught.value) is kind


async def test_html_429_backs_off_longer_each_time(channel: ZaloChannel, service: ZaloService) -> None:
    service.faults.gateway("sendMessage", status=429, times=2)
    waits = []
    for _ in range(2):
        with pytest.raises(RetryLaterError) as caught:
            await channel.send(TO_MAI, CARD)
        waits.append(caught.value.after)
    assert waits == [5, 10]
    assert 9 < channel.blocked_for(TO_MAI) <= 10


async def test_a_gateway_page_is_tried_later(channel: ZaloChannel, service: ZaloService) -> None:
    service.faults.gateway("sendMessage")
    with pytest.raises(RetryLaterError):
        await channel.send(TO_MAI, CARD)
    service.faults.gateway("sendMessage", status=504)
    with pytest.raises(UncertainError):
        await channel.send(TO_MAI, CARD)


async def test_an_answer_survives_a_short_failure(
    channel: ZaloChannel, service: ZaloService, bot: ZaloBot
) -> None:
    service.faults.gateway("sendMessage")
    await channel.send(TO_MAI, CARD, answer=True)
    assert len(bot.from_bot(MAI)) == 1


async def test_a_used_up_quota_stops_sending_until_the_month_ends(
    channel: ZaloChannel, server: ZaloServer, bot: ZaloBot, desk: Desk, clock: TurnableClock
) -> None:
    service_answer = {"ok": False, "description": "quota", "error_code": "429"}
    server.service.faults.reply("sendMessage", 200, service_answer)
    for _ in range(3):
        with pytest.raises(QuotaUsedError):
            await channel.send(TO_MAI, CARD)
    assert [method for method, _ in server.calls] == ["sendMessage"], "not repeated"
    used = desk.see(lambda work: work.reports.used(KEY, "2023-10"))
    assert (used.sent, used.used_up) == (0, True)
    clock.turn_to(NOON.replace(month=11))
    await channel.send(TO_MAI, CARD)
    assert desk.see(lambda work: work.reports.used(KEY, "2023-11")).sent == 1


async def test_a_wrong_token_stops_its_bot(
    channel: ZaloChannel, line: Line, server: ZaloServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.service.bots.clear()
    with caplog.at_level(logging.ERROR):
        for _ in range(2):
            with pytest.raises(BadTokenError):
                await channel.send(TO_MAI, CARD)
    assert line.stopped
    assert len(server.calls) == 0
    assert len(caplog.records) == 1


async def test_a_bot_that_is_not_set_up_is_tried_later(channel: ZaloChannel) -> None:
    address = Address("zalo", f"999:{MAI}")
    await channel.turn(address)
    with pytest.raises(RetryLaterError):
        await channel.send(address, CARD)


async def test_no_server_is_tried_later(channel: ZaloChannel, server: ZaloServer) -> None:
    await server.stop()
    with pytest.raises(RetryLaterError) as caught:
        await channel.send(TO_MAI, CARD)
    assert KEY not in f"{caught.value.detail} {caught.value} {caught.value.__context__!r}"
