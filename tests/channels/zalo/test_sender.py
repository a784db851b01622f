"""What goes out to Zalo, over HTTP against a stand-in: texts, numbered lists, what can be read of files."""

import asyncio
import json

from bot.channels.zalo.books import Choices
from bot.channels.zalo.sender import ZaloChannel
from bot.demo.botapi.faults import Fault
from bot.demo.zaloapi import ZaloBot, ZaloServer, ZaloService
from bot.message import Button, Document, Message, utf16_length
from tests.channels.zalo.people import CARD, MAI, TO_MAI


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
