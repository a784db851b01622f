"""Webhooks as Telegram delivers them, over real HTTP, to a whole bot that listens."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import URL, text

from bot.demo.botapi import BotApiServer
from bot.http.hooks import LARGEST_BODY
from tests.http.conftest import MAI, listening, of_telegram, until
from tests.http.hooks import (
    OF_TELEGRAM,
    OF_ZALO,
    SECRET,
    inbox,
    logged,
    telegram,
)


def _number(server: BotApiServer) -> str:
    return server.service.token.partition(":")[0]


async def test_telegram_delivers_and_is_answered(server: BotApiServer, sqlite_url: URL) -> None:
    async with telegram(server, sqlite_url) as bot:
        chats = server.service
        await until(lambda: bool(chats.webhook.url))
        assert chats.webhook.url == f"{bot.settings.public_url}/hook/telegram/{_number(server)}"
        assert chats.webhook.secret == SECRET
        chats.type(MAI, "/start")
        await chats.until(lambda: bool(chats.sent(MAI)), 10)
        assert chats.webhook.posted == 1
        await until(lambda: [done for _, done in inbox(bot)] == [1])
        stored = 'nhaclich_webhook_requests_total{bot="%s",channel="telegram",result="stored"}'
        assert await bot.figure(stored % _number(server)) == 1


async def test_back_to_polling_takes_the_webhook_away(server: BotApiServer, sqlite_url: URL) -> None:
    async with telegram(server, sqlite_url):
        await until(lambda: bool(server.service.webhook.url))
    async with listening(of_telegram(server, sqlite_url)):
        server.service.type(MAI, "/start")
        await server.service.until(lambda: bool(server.service.sent(MAI)), 10)
        assert server.service.webhook.url == ""


async def test_an_address_that_telegram_refuses_is_polled_instead(
    server: BotApiServer, sqlite_url: URL, caplog: pytest.LogCaptureFixture
) -> None:
    asked = of_telegram(server, sqlite_url) | {"public_url": "http://lich.example", "http_host": "127.0.0.1"}
    async with listening(asked):
        server.service.type(MAI, "/start")
        await server.service.until(lambda: bool(server.service.sent(MAI)), 10)
    assert any(
        "refuses the webhook; polling instead (Bad webhook: an https url" in line for line in logged(caplog)
    )


def _typed(number: int, said: str = "/start") -> dict[str, Any]:
    person = {"id": MAI, "is_bot": False, "first_name": "Mai"}
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1696300000,
            "chat": {"id": MAI, "type": "private", "first_name": "Mai"},
            "from": person,
            "text": said,
        },
    }


async def test_who_does_not_know_the_secret_is_not_read(
    server: BotApiServer, sqlite_url: URL, caplog: pytest.LogCaptureFixture
) -> None:
    async with telegram(server, sqlite_url) as bot:
        await until(lambda: bool(server.service.webhook.url))
        path = f"/hook/telegram/{_number(server)}"
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": SECRET + "x"}, OF_ZALO):
            answer = await bot.web.post(path, json=_typed(1), headers=headers)
            assert answer.status_code == 403
            assert SECRET not in answer.text
        assert inbox(bot) == []
        assert (
            await bot.web.post("/hook/telegram/1", json=_typed(1), headers=OF_TELEGRAM)
        ).status_code == 404
        assert (await bot.web.get(path)).status_code == 200
        # One line a minute, however often somebody tries.
        said = [line for line in logged(caplog) if "wrong secret" in line]
        assert len(said) == 1
        assert SECRET not in said[0]


async def test_a_body_is_bounded_and_read_with_care(server: BotApiServer, sqlite_url: URL) -> None:
    async with telegram(server, sqlite_url) as bot:
        await until(lambda: bool(server.service.webhook.url))
        path = f"/hook/telegram/{_number(server)}"

        async def posts(body: bytes | AsyncIterator[bytes]) -> int:
            return (await bot.web.post(path, content=body, headers=OF_TELEGRAM)).status_code

        async def in_pieces() -> AsyncIterator[bytes]:
            for _ in range(20):
                yield b"x" * (LARGEST_BODY // 10)

        assert await posts(b"x" * 10 * LARGEST_BODY) == 413
        with contextlib.suppress(httpx.WriteError):  # it was told, and hung up upon
            assert await posts(in_pieces()) == 413
        assert await posts(b"\xff{") == 400
        assert await posts(b"[" * 200_000) == 400
        strange: list[Any] = [None, [], 7, {}, {"update_id": "7"}, {"update_id": -1}, {"update_id": 2**80}]
        strange += [{"update_id": 5, "message": 3}, {"update_id": 6, "message": {"chat": []}}]
        for body in strange:
            assert await posts(json.dumps(body).encode()) == 200, body
        assert await posts(json.dumps(_typed(9)).encode()) == 200
        await server.service.until(lambda: bool(server.service.sent(MAI)), 10)
        assert "9" in [number for number, _ in inbox(bot)]


async def test_an_update_that_is_repeated_is_answered_once(server: BotApiServer, sqlite_url: URL) -> None:
    async with telegram(server, sqlite_url) as bot:
        await until(lambda: bool(server.service.webhook.url))
        path = f"/hook/telegram/{_number(server)}"
        answers = await asyncio.gather(
            *(bot.web.post(path, json=_typed(4), headers=OF_TELEGRAM) for _ in range(5))
        )
        assert {answer.status_code for answer in answers} == {200}
        await server.service.until(lambda: bool(server.service.sent(MAI)), 10)
        await asyncio.sleep(0.2)
        assert len(server.service.sent(MAI)) == 1


async def test_what_cannot_be_stored_is_asked_for_again(server: BotApiServer, sqlite_url: URL) -> None:
    async with telegram(server, sqlite_url) as bot:
        await until(lambda: bool(server.service.webhook.url))
        with bot.desk.engine.begin() as db:
            db.execute(text("ALTER TABLE inbox RENAME TO away"))
        server.service.type(MAI, "/start")
        await until(lambda: "503" in server.service.webhook.last_error)
        with bot.desk.engine.begin() as db:
            db.execute(text("ALTER TABLE away RENAME TO inbox"))
        await server.service.until(lambda: bool(server.service.sent(MAI)), 15)
