"""The sending half against a Bot API server over HTTP: what is sent, and what comes back."""

import asyncio
import re
import time

import pytest

from bot.channels.telegram.sender import TelegramChannel
from bot.channels.telegram.transport import open_bot
from bot.demo.botapi import BotApiServer, ChatService
from bot.demo.botapi.groups import Groups
from bot.message import Button, Document, Message, Pin
from bot.outbox.gate import Gate
from bot.outbox.pacing import Pacing
from bot.outbox.port import (
    Address,
    ChatMovedError,
    RecipientGoneError,
    RetryLaterError,
    SendError,
    UncertainError,
)
from tests.channels.telegram.conftest import GROUP, LAN, MAI

TO_MAI = Address("telegram", str(MAI))
TO_LAN = Address("telegram", str(LAN))
TO_GROUP = Address("telegram", str(GROUP))
CARD = Message("<b>Buổi B1</b> &amp; B2", rows=((Button("Tham dự", "go:1:1"), Button("Vắng mặt", "no:1:1")),))


async def test_a_message_with_buttons(channel: TelegramChannel, service: ChatService) -> None:
    message_id = await channel.send(TO_MAI, CARD)
    shown = service.last(MAI)
    assert (str(shown.id), shown.text) == (message_id, "Buổi B1 & B2")
    assert [button.label for row in shown.keyboard for button in row] == ["Tham dự", "Vắng mặt"]


async def test_documents_follow_the_text(channel: TelegramChannel, service: ChatService) -> None:
    message_id = await channel.send(
        TO_MAI, Message("Giấy mời", documents=(Document("giấy mời.docx", b"PK", "application/zip"),))
    )
    text, document = service.messages(MAI)
    assert str(text.id) == message_id
    assert document.file is not None
    assert (document.file.name, document.file.content) == ("giấy mời.docx", b"PK")


async def test_a_long_text_comes_in_parts_and_the_last_has_the_buttons(
    channel: TelegramChannel, service: ChatService
) -> None:
    paragraphs = [f"<b>{number}</b> " + "chữ " * 200 for number in range(10)]
    message_id = await channel.send(TO_MAI, Message("\n\n".join(paragraphs), rows=CARD.rows))
    shown = service.messages(MAI)
    assert len(shown) > 1
    assert [bool(one.keyboard) for one in shown] == [False] * (len(shown) - 1) + [True]
    assert str(shown[-1].id) == message_id
    said = " ".join(one.text for one in shown).split()
    assert said == re.sub("</?b>", "", " ".join(paragraphs)).split()


async def test_markup_that_telegram_refuses_goes_out_without(
    channel: TelegramChannel, service: ChatService
) -> None:
    await channel.send(TO_MAI, Message("a <b>b"))
    assert service.last(MAI).text == "a b"


async def test_a_card_is_redrawn_in_place(channel: TelegramChannel, service: ChatService) -> None:
    message_id = await channel.send(TO_MAI, CARD)
    assert await channel.edit(TO_MAI, message_id, Message("mới")) == message_id
    assert await channel.edit(TO_MAI, message_id, Message("mới")) == message_id, "not modified is no error"
    assert [one.text for one in service.messages(MAI)] == ["mới"]


async def test_what_cannot_be_edited_is_sent_anew(channel: TelegramChannel, service: ChatService) -> None:
    new = await channel.edit(TO_MAI, "99999", CARD)
    assert [str(one.id) for one in service.messages(MAI)] == [new]


async def test_who_blocked_never_started_or_left_is_gone(
    channel: TelegramChannel, service: ChatService
) -> None:
    service.block(MAI)
    for address in (TO_MAI, TO_LAN, Address("telegram", "424242")):
        with pytest.raises(RecipientGoneError):
            await channel.send(address, CARD)
    service.unblock(MAI)
    service.deactivate(MAI)
    with pytest.raises(RecipientGoneError):
        await channel.edit(TO_MAI, "1", CARD, answer=True)


async def test_a_flood_says_how_long_to_wait(channel: TelegramChannel, service: ChatService) -> None:
    service.faults.flood("sendMessage", 7)
    with pytest.raises(RetryLaterError) as caught:
        await channel.send(TO_MAI, CARD)
    assert caught.value.after == 7
    assert 6 < channel.blocked_for(TO_MAI) <= 7
    assert 6 < channel.blocked_for(TO_GROUP) <= 7, "all bulk waits"


async def test_an_answer_waits_out_a_flood(channel: TelegramChannel, service: ChatService) -> None:
    service.faults.flood("sendMessage", 1)
    begun = time.monotonic()
    await channel.send(TO_MAI, CARD, answer=True)
    assert time.monotonic() - begun >= 1
    assert len(service.messages(MAI)) == 1


async def test_an_answer_survives_a_short_failure(channel: TelegramChannel, service: ChatService) -> None:
    service.faults.gateway("sendMessage")
    await channel.send(TO_MAI, CARD, answer=True)
    assert len(service.messages(MAI)) == 1


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_an_error_of_the_server_did_nothing(
    channel: TelegramChannel, service: ChatService, status: int
) -> None:
    service.faults.reply("sendMessage", status)
    service.faults.gateway("sendMessage", status=status)
    for _ in range(2):
        with pytest.raises(RetryLaterError) as caught:
            await channel.send(TO_MAI, CARD)
        assert caught.value.after is None


@pytest.mark.parametrize("acts", [False, True])
async def test_a_lost_connection_is_uncertain(
    channel: TelegramChannel, service: ChatService, acts: bool
) -> None:
    service.faults.close("sendMessage", acts=acts)
    service.faults.hang("sendMessage", acts=acts)
    for _ in range(2):
        with pytest.raises(UncertainError):
            await channel.send(TO_MAI, CARD)
    assert len(service.sent(MAI)) == 2 * acts


async def test_a_gateway_that_timed_out_is_uncertain(channel: TelegramChannel, service: ChatService) -> None:
    service.faults.gateway("sendMessage", status=504)
    with pytest.raises(UncertainError):
        await channel.send(TO_MAI, CARD)


async def test_a_server_that_is_not_there_did_nothing(service: ChatService) -> None:
    bot = open_bot(service.token, "http://127.0.0.1:9")
    channel = TelegramChannel(bot, Gate(Pacing(0)))
    with pytest.raises(RetryLaterError):
        await channel.send(TO_MAI, CARD)
    await bot.request.shutdown()


async def test_a_bad_request_is_refused_for_good(channel: TelegramChannel) -> None:
    with pytest.raises(SendError) as caught:
        await channel.send(TO_MAI, Message(""))
    assert type(caught.value) is SendError


async def test_a_wrong_token_is_not_the_messages_fault(server: BotApiServer) -> None:
    bot = open_bot("7000000002:AAsome-other-token-of-another-bot-0", server.url)
    with pytest.raises(RetryLaterError) as caught:
        await TelegramChannel(bot, Gate(Pacing(0))).send(TO_MAI, CARD)
    assert "AA" not in caught.value.detail
    await bot.request.shutdown()


async def test_a_group_that_moved_says_where_to(channel: TelegramChannel, service: ChatService) -> None:
    Groups(service).migrate(GROUP, -100_2001)
    with pytest.raises(ChatMovedError) as caught:
        await channel.send(TO_GROUP, CARD)
    assert caught.value.new_chat_id == "-1002001"


async def test_an_answer_follows_a_group_that_moved(server: BotApiServer) -> None:
    heard: list[tuple[str, str]] = []

    async def moved(old: Address, new: Address) -> None:
        heard.append((old.chat_id, new.chat_id))

    bot = open_bot(server.service.token, server.url)
    Groups(server.service).migrate(GROUP, -100_2001)
    await TelegramChannel(bot, Gate(Pacing(0)), moved=moved).send(TO_GROUP, CARD, answer=True)
    assert heard == [(str(GROUP), "-1002001")]
    assert len(server.service.sent(-100_2001)) == 1
    await bot.request.shutdown()


async def test_an_answer_overtakes_bulk(server: BotApiServer) -> None:
    bot = open_bot(server.service.token, server.url)
    channel = TelegramChannel(bot, Gate(Pacing(20)))
    for number in range(20):
        server.service.add_user(3000 + number, "Hoa", started=True)

    async def bulk(chat: int) -> None:
        address = Address("telegram", str(chat))
        await channel.turn(address)
        await channel.send(address, CARD)

    broadcast = [asyncio.create_task(bulk(3000 + number)) for number in range(20)]
    await asyncio.sleep(0.15)
    await channel.send(TO_MAI, Message("lịch"), answer=True)
    await asyncio.gather(*broadcast)
    order = [one.chat_id for one in server.service.sent()]
    assert order.index(MAI) < 15, "it was asked for when three or four were out"
    await bot.request.shutdown()


async def test_what_is_pinned_comes_without_a_sound_and_says_whether_it_could_be(
    server: BotApiServer, service: ChatService
) -> None:
    heard: list[tuple[str, bool]] = []

    async def pinned(where: Address, held: bool) -> None:
        heard.append((where.chat_id, held))

    bot = open_bot(service.token, server.url)
    channel = TelegramChannel(bot, Gate(Pacing(0)), pinned=pinned)
    message_id = await channel.send(TO_GROUP, Message("Buổi tới", pin=Pin.ALWAYS))
    assert service.last(GROUP).silent
    assert (service.chats[GROUP].pinned, heard) == ([], [(str(GROUP), False)])
    service.chats[GROUP].may_pin = True
    assert await channel.edit(TO_GROUP, message_id, Message("Buổi sau", pin=Pin.NEW)) == message_id
    assert service.chats[GROUP].pinned == [], "only where it is sent"
    await channel.edit(TO_GROUP, message_id, Message("Buổi sau nữa", pin=Pin.ALWAYS))
    assert service.chats[GROUP].pinned == [int(message_id)]
    service.chats[GROUP].messages[int(message_id)].deleted = True
    anew = await channel.edit(TO_GROUP, message_id, Message("Buổi cuối", pin=Pin.NEW))
    assert service.chats[GROUP].pinned[-1] == int(anew)
    assert [held for _, held in heard] == [False, True, True]
    await bot.request.shutdown()


async def test_a_pin_that_failed_for_now_is_no_failure_of_the_message(
    channel: TelegramChannel, service: ChatService
) -> None:
    service.chats[GROUP].may_pin = True
    for spoil in (service.faults.gateway, service.faults.hang, service.faults.close):
        spoil("pinChatMessage")
        await channel.send(TO_GROUP, Message("Buổi tới", pin=Pin.NEW))
    assert len(service.messages(GROUP)) == 3
    assert service.chats[GROUP].pinned == []
