"""The sending half against a stand-in over HTTP: what is sent, and what comes back."""

import asyncio
import json
import logging

import pytest

from bot.channels.zalo.books import Choices
from bot.channels.zalo.drawing import HEADING, Option
from bot.channels.zalo.errors import BadTokenError, QuotaUsedError
from bot.channels.zalo.line import Line
from bot.channels.zalo.sender import ZaloChannel
from bot.clock import TurnableClock
from bot.demo.botapi.faults import Fault
from bot.demo.zaloapi import ZaloBot, ZaloServer, ZaloService
from bot.demo.zaloapi.model import ApiError
from bot.message import Button, Document, Message, utf16_length
from bot.outbox.port import Address, RecipientGoneError, RetryLaterError, SendError, UncertainError
from bot.storage.work import Desk
from tests.channels.zalo.people import CARD, KEY, MAI, NOON, TO_LAN, TO_MAI


async def test_buttons_become_numbers_and_are_remembered(
    channel: ZaloChannel, bot: ZaloBot, choices: Choices
) -> None:
    message_id = await channel.send(TO_MAI, CARD)
    shown = bot.messages(MAI)[-1]
    assert (shown.id, shown.text) == (
        message_id,
        "Buổi B1 & B2\n\nTrả lời bằng số:\n1. Tham dự\n2. Vắng mặt",
    )
    live, *_ = await choices.lists(TO_MAI.chat_id)
    assert live.certain
    assert live.options == (("Tham dự", "card:1"), ("Vắng mặt", "no:1:1"))


async def test_no_markup_leaks(channel: ZaloChannel, bot: ZaloBot) -> None:
    text = '<b>A</b> <i>b</i> <a href="https://x.vn/?a=1&amp;b=2">xem</a> 3 &lt; 4'
    rows = ((Button("Bản đồ", url="https://y.vn"),),)
    await channel.send(TO_MAI, Message(text, rows))
    assert bot.from_bot(MAI) == ["A b xem (https://x.vn/?a=1&b=2) 3 < 4\n\nBản đồ: https://y.vn"]


async def test_a_long_text_comes_in_parts_and_the_last_has_the_list(
    channel: ZaloChannel, bot: ZaloBot
) -> None:
    paragraphs = [f"<b>{number}</b> " + "chữ 😀 " * 90 for number in range(10)]
    message_id = await channel.send(TO_MAI, Message("\n\n".join(paragraphs), rows=CARD.rows))
    shown = bot.from_bot(MAI)
    assert len(shown) > 1
    assert all(1 <= utf16_length(one) <= 2000 for one in shown)
    assert ["1. Tham dự" in one for one in shown] == [False] * (len(shown) - 1) + [True]
    assert bot.messages(MAI)[-1].id == message_id


async def test_what_can_be_read_of_a_file_is_said(channel: ZaloChannel, bot: ZaloBot) -> None:
    files = (
        Document("phiếu.txt", "Mã: ABC".encode(), "text/plain"),
        Document("giấy mời.docx", b"PK", "application/zip"),
    )
    await channel.send(TO_MAI, Message("Giấy mời", documents=files))
    (said,) = bot.from_bot(MAI)
    assert "Mã: ABC" in said
    assert "“giấy mời.docx” không gửi được" in said


async def test_a_redrawn_card_floods_nobody(channel: ZaloChannel, bot: ZaloBot) -> None:
    message_id = await channel.send(TO_MAI, CARD)
    assert await channel.edit(TO_MAI, message_id, Message("mới")) == message_id
    assert len(bot.from_bot(MAI)) == 1


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


async def test_what_goes_over_the_wire_is_plain_json(channel: ZaloChannel, server: ZaloServer) -> None:
    await channel.send(TO_MAI, Message("Chào"))
    assert json.dumps(server.calls[-1]) == json.dumps(["sendMessage", {"chat_id": MAI, "text": "Chào"}])


async def test_whoever_reads_a_number_waits_for_its_list(channel: ZaloChannel, service: ZaloService) -> None:
    service.faults.add(
        "sendMessage",
        Fault(acts=True, delay=0.2, status=200, body=b'{"ok":true,"result":{"message_id":"1"}}'),
    )
    sending = asyncio.create_task(channel.send(TO_MAI, CARD))
    await asyncio.sleep(0.05)
    await channel.settled(TO_MAI.chat_id)
    assert sending.done()
    assert await sending == "1"


class Forgetful:
    """Implements `Notebook` and `Ledger`; writing down fails, from `open` on or only after the message."""

    def __init__(self, *, opens: bool) -> None:
        self._opens = opens

    async def heading(self, options: tuple[Option, ...]) -> str:
        return HEADING

    async def open(self, chat_id: str, options: tuple[Option, ...]) -> int:
        if not self._opens:
            raise OSError("the disk is full")
        return 1

    async def shown(self, slip: int) -> None:
        raise OSError("the disk is full")

    async def drop(self, slip: int) -> None:
        raise OSError("the disk is full")

    async def sent(self, key: str) -> None:
        raise OSError("the disk is full")

    async def used_up(self, key: str) -> None:
        raise OSError("the disk is full")

    def is_used_up(self, key: str) -> bool:
        return False


async def test_a_message_that_went_out_counts_as_sent_even_if_that_cannot_be_written_down(
    line: Line, bot: ZaloBot
) -> None:
    forgetful = Forgetful(opens=True)
    assert await ZaloChannel({line.key: line}, forgetful, forgetful).send(TO_MAI, CARD)
    assert len(bot.from_bot(MAI)) == 1


async def test_choices_that_cannot_be_written_down_are_not_sent(line: Line, bot: ZaloBot) -> None:
    forgetful = Forgetful(opens=False)
    with pytest.raises(RetryLaterError):
        await ZaloChannel({line.key: line}, forgetful, forgetful).send(TO_MAI, CARD)
    assert bot.from_bot(MAI) == []


async def test_a_refusal_stays_what_it_is_even_if_nothing_can_be_written_down(
    line: Line, service: ZaloService, bot: ZaloBot
) -> None:
    forgetful = Forgetful(opens=True)
    service.block(bot, MAI)
    with pytest.raises(RecipientGoneError):
        await ZaloChannel({line.key: line}, forgetful, forgetful).send(TO_MAI, CARD)


class Shelf:
    """Implements `Publisher`: everything has an address."""

    async def publish(self, address: Address, document: Document) -> str | None:
        return f"https://lich.example/f/{document.name}"


@pytest.fixture
def with_links(line: Line) -> ZaloChannel:
    forgetful = Forgetful(opens=True)
    return ZaloChannel({line.key: line}, forgetful, forgetful, Shelf())


PICTURE = Message(
    "Ảnh lịch", documents=(Document("a.png", b"", "image/png"), Document("b.ics", b"", "text/calendar"))
)


async def test_a_picture_is_a_photo_and_any_other_file_a_link(with_links: ZaloChannel, bot: ZaloBot) -> None:
    await with_links.send(TO_MAI, PICTURE)
    (said,) = bot.from_bot(MAI)
    assert said.endswith("https://lich.example/f/b.ics")
    assert bot.photos(MAI) == ["https://lich.example/f/a.png"]
    assert bot.sent == 2, "each counts"


async def test_a_photo_that_may_have_arrived_is_not_said_again(
    with_links: ZaloChannel, service: ZaloService, bot: ZaloBot
) -> None:
    service.faults.close("sendPhoto", acts=True)
    await with_links.send(TO_MAI, PICTURE, answer=True)
    assert len(bot.photos(MAI)) == 1
    assert len(bot.from_bot(MAI)) == 1


async def test_a_photo_is_tried_again_where_the_service_is_busy(
    with_links: ZaloChannel, service: ZaloService, bot: ZaloBot
) -> None:
    service.faults.gateway("sendPhoto")
    await with_links.send(TO_MAI, PICTURE)
    assert len(bot.photos(MAI)) == 1


@pytest.mark.parametrize(
    "url", [None, 7, "", "lich.png", "ftp://a.vn/b", "https://localhost/a.png", "https://"]
)
async def test_the_stand_in_takes_a_photo_only_from_a_public_address(
    service: ZaloService, bot: ZaloBot, url: object
) -> None:
    with pytest.raises(ApiError) as caught:
        await service.call(bot, "sendPhoto", {"chat_id": MAI, "photo": url})
    assert caught.value.code == 400
