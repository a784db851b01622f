"""Which transport carries the requests, and that neither lets a token out."""

import logging

import pytest
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram.sender import TelegramChannel
from bot.channels.telegram.transport import AiohttpRequest, open_bot, open_request
from bot.demo.botapi import BotApiServer, ChatService
from bot.message import Button, Document, Message
from bot.outbox.gate import Gate
from bot.outbox.pacing import Pacing
from bot.outbox.port import Address, RetryLaterError
from tests.channels.telegram.conftest import MAI

TO_MAI = Address("telegram", str(MAI))


def test_aiohttp_carries_everything_but_socks() -> None:
    assert isinstance(open_request(), AiohttpRequest)
    assert isinstance(open_request("http://127.0.0.1:3128"), AiohttpRequest)
    assert isinstance(open_request("socks5://127.0.0.1:1080"), HTTPXRequest)


async def test_python_telegram_bots_own_transport_sends_the_same(
    server: BotApiServer, service: ChatService
) -> None:
    bot = open_bot(service.token, server.url)
    request = HTTPXRequest()
    bot._request = (bot._request[0], request)
    await request.initialize()
    channel = TelegramChannel(bot, Gate(Pacing(0)))
    message = Message(
        "giấy <b>mời</b>", rows=((Button("Tham dự", "go:1:1"),),), documents=(Document("a.ics", b"BEGIN"),)
    )
    message_id = await channel.send(TO_MAI, message)
    assert await channel.edit(TO_MAI, message_id, Message("mới")) == message_id
    assert service.messages(MAI)[0].text == "mới"
    await request.shutdown()


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:9", "socks5://127.0.0.1:9"])
async def test_a_proxy_that_is_not_there_did_nothing(
    service: ChatService, server: BotApiServer, proxy: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    bot = open_bot(service.token, server.url, proxy)
    await bot.request.initialize()
    with pytest.raises(RetryLaterError) as caught:
        await TelegramChannel(bot, Gate(Pacing(0))).send(TO_MAI, Message("x"))
    secret = service.token.partition(":")[2]
    assert secret not in caught.value.detail
    assert secret not in caplog.text
    assert service.sent() == []
    await bot.request.shutdown()


async def test_the_body_of_a_large_document(channel: TelegramChannel, service: ChatService) -> None:
    content = bytes(range(256)) * 20_000
    await channel.send(TO_MAI, Message("x", documents=(Document("lớn.bin", content),)))
    file = service.messages(MAI)[-1].file
    assert file is not None
    assert file.content == content


def test_answers_that_are_no_clean_json() -> None:
    assert AiohttpRequest.parse_json_payload(b'{"result": "\\ud83d"}') == {"result": "\ud83d"}
    with pytest.raises(TelegramError):
        AiohttpRequest.parse_json_payload(b"<html>502</html>")
