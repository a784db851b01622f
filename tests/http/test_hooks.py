"""Webhooks as both services deliver them, over real HTTP, to a whole bot that listens."""

import asyncio
import contextlib
import hashlib
import hmac
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import URL, text

from bot.channels.hooks import Hook, secret_of
from bot.demo.botapi import BotApiServer
from bot.demo.zaloapi import ZaloBot, ZaloServer, ZaloService
from bot.http.hooks import LARGEST_BODY
from bot.settings import Settings
from tests.http.conftest import MAI, Listening, free_port, listening, of_telegram, until

SECRET = "mot-bi-mat-cua-cum"
PUBLIC = "https://lich.example"
FIRST, SECOND = "1001:first-zalo-token-abcdef", "1002:second-zalo-token-abcdef"
COMES_AND_GOES = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
OF_ZALO = {"X-Bot-Api-Secret-Token": SECRET}


@asynccontextmanager
async def telegram(server: BotApiServer, database: URL, **more: Any) -> AsyncIterator[Listening]:
    port = free_port()
    asked = {"http_port": port, "public_url": f"http://127.0.0.1:{port}", "webhook_secret": SECRET}
    async with listening(of_telegram(server, database) | asked | more) as bot:
        yield bot


@asynccontextmanager
async def zalo(
    database: URL, *, leads_on: bool = True, public: str = PUBLIC
) -> AsyncIterator[tuple[Listening, ZaloServer]]:
    """Two bots behind one public address."""
    port = free_port()
    service = ZaloService()
    for token in (FIRST, SECOND):
        service.add_bot(token)
    async with ZaloServer(service, leads_to=f"http://127.0.0.1:{port}" if leads_on else None) as server:
        asked = {
            "zalo_bot_tokens": f"{FIRST},{SECOND}",
            "zalo_api_url": server.url,
            "database_url": str(database),
            "http_port": port,
            "public_url": public,
            "webhook_secret": SECRET,
        }
        async with listening(asked) as bot:
            await until(lambda: all(one.webhook or one.poll for one in service.bots.values()))
            yield bot, server


def _lines(caplog: pytest.LogCaptureFixture, level: int = logging.WARNING) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.levelno >= level and one.name.startswith("bot")]


def _rows(bot: Listening) -> list[Any]:
    with bot.desk.engine.connect() as db:
        return list(db.execute(text("SELECT message_id, done FROM inbox ORDER BY message_id")))


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
        await until(lambda: [done for _, done in _rows(bot)] == [1])
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
        "refuses the webhook; polling instead (Bad webhook: an https url" in line for line in _lines(caplog)
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
        assert _rows(bot) == []
        assert (
            await bot.web.post("/hook/telegram/1", json=_typed(1), headers=COMES_AND_GOES)
        ).status_code == 404
        assert (await bot.web.get(path)).status_code == 200
        # One line a minute, however often somebody tries.
        said = [line for line in _lines(caplog) if "wrong secret" in line]
        assert len(said) == 1
        assert SECRET not in said[0]


async def test_a_body_is_bounded_and_read_with_care(server: BotApiServer, sqlite_url: URL) -> None:
    async with telegram(server, sqlite_url) as bot:
        await until(lambda: bool(server.service.webhook.url))
        path = f"/hook/telegram/{_number(server)}"

        async def posts(body: bytes | AsyncIterator[bytes]) -> int:
            return (await bot.web.post(path, content=body, headers=COMES_AND_GOES)).status_code

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
        assert "9" in [number for number, _ in _rows(bot)]


async def test_an_update_that_is_repeated_is_answered_once(server: BotApiServer, sqlite_url: URL) -> None:
    async with telegram(server, sqlite_url) as bot:
        await until(lambda: bool(server.service.webhook.url))
        path = f"/hook/telegram/{_number(server)}"
        answers = await asyncio.gather(
            *(bot.web.post(path, json=_typed(4), headers=COMES_AND_GOES) for _ in range(5))
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


def _bot(server: ZaloServer, token: str) -> ZaloBot:
    return server.service.bots[token]


@pytest.mark.parametrize("flat", [False, True])
async def test_zalo_delivers_to_each_bot_and_is_answered(
    sqlite_url: URL, flat: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "bot"):
        async with zalo(sqlite_url) as (bot, server):
            server.service.flat = flat
            for token in (FIRST, SECOND):
                one = _bot(server, token)
                assert one.webhook == (f"{PUBLIC}/hook/zalo/{one.id}", SECRET)
                update = server.service.write(one, "mai", "chào")
                assert update is not None
                server.service.deliver(one, update)  # repeated
                server.service.post(one, "mai", "message.reaction.received", {})  # unknown
                await until(lambda: len(one.from_bot("mai")) == 1 and not one.updates)  # noqa: B023
            await asyncio.sleep(0.1)
            assert [len(_bot(server, token).from_bot("mai")) for token in (FIRST, SECOND)] == [1, 1]
            assert set(server.webhooks.posted) == {200}
            stored = 'nhaclich_webhook_requests_total{bot="1002",channel="zalo",result="stored"}'
            assert await bot.figure(stored) == 1
    said = _lines(caplog, logging.INFO)
    assert f"Zalo bot 1001: delivers to {PUBLIC}/hook/zalo/1001 (OK)" in said


async def test_an_address_that_zalo_cannot_reach_is_told(
    sqlite_url: URL, caplog: pytest.LogCaptureFixture
) -> None:
    async with zalo(sqlite_url, leads_on=False):
        await until(lambda: len(_lines(caplog, logging.ERROR)) == 2)
    told = min(_lines(caplog, logging.ERROR))
    assert f"{PUBLIC}/hook/zalo/1001 was set, but Zalo cannot reach it (FAILED, HTTP 0)" in told
    assert SECRET not in caplog.text


async def test_an_address_that_zalo_refuses_is_polled_instead(
    sqlite_url: URL, caplog: pytest.LogCaptureFixture
) -> None:
    async with zalo(sqlite_url, public="http://lich.example") as (_, server):
        one = _bot(server, SECOND)
        server.service.write(one, "mai", "chào")
        await until(lambda: bool(one.from_bot("mai")))
    told = [line for line in _lines(caplog) if "Zalo refuses the webhook of bot 1002" in line]
    assert len(told) == 1
    assert "polling instead (400: Bad request" in told[0]


async def test_a_webhook_that_another_program_changed_is_set_anew(
    sqlite_url: URL, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.hooks.TICK", 0.05)
    monkeypatch.setattr("bot.channels.zalo.side.LOOK_EVERY", 0.1)
    async with zalo(sqlite_url) as (_, server):
        one = _bot(server, FIRST)
        ours = one.webhook
        one.webhook = ("https://elsewhere.example", "another-secret")
        await until(lambda: one.webhook == ours)
    assert any("the webhook of Zalo bot 1001 was changed; it is set anew" in one for one in _lines(caplog))


async def test_zalo_s_bad_secrets_and_large_bodies(sqlite_url: URL) -> None:
    async with zalo(sqlite_url) as (bot, _):
        body = {"event_name": "message.text.received", "message": {}}
        assert (await bot.web.post("/hook/zalo/1001", json=body)).status_code == 403
        wrong = {b"X-Bot-Api-Secret-Token": "bí mật".encode()}
        answer = await bot.web.post("/hook/zalo/1001", json=body, headers=wrong)
        assert answer.status_code == 403
        huge = b'{"a":"' + b"x" * 10 * 1024 * 1024 + b'"}'
        assert (await bot.web.post("/hook/zalo/1001", content=huge, headers=OF_ZALO)).status_code == 413
        assert (await bot.web.post("/hook/zalo/1001", json=body, headers=OF_ZALO)).status_code == 200
        assert (await bot.web.post("/hook/zalo/1003", json=body, headers=OF_ZALO)).status_code == 404


def test_a_secret_that_is_not_set_follows_from_the_token() -> None:
    settings = Settings.model_validate({"public_url": PUBLIC})
    ours = secret_of(settings, FIRST)
    assert ours == secret_of(settings, FIRST) != secret_of(settings, SECOND)
    assert ours == hmac.new(FIRST.encode(), b"nhaclich webhook", hashlib.sha256).hexdigest()
    assert Settings.model_validate({"webhook_secret": ours}).webhook_secret is not None  # of a good form
    given = Settings.model_validate({"webhook_secret": SECRET})
    assert secret_of(given, FIRST) == SECRET


async def _never(body: Any) -> bool:
    raise AssertionError


def test_a_hook_does_not_show_its_secret() -> None:
    assert SECRET not in repr(Hook("zalo", "1", "X", SECRET, _never))


@pytest.mark.parametrize("secret", ["ngắn", "1234567", "x" * 257, "có dấu cách", "12345678\n"])
def test_a_secret_that_a_service_would_refuse_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match="not a secret"):
        Settings.model_validate({"webhook_secret": secret})
    assert Settings.model_validate({"webhook_secret": "12345678"}).webhook_secret is not None


@pytest.mark.parametrize("url", ["lich.example", "ftp://x", "https://", "https://a:b@x", "https://x/?a=1"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="web address"):
        Settings.model_validate({"public_url": url})
    assert Settings.model_validate({"public_url": f"{PUBLIC}/bot/"}).public_url == f"{PUBLIC}/bot"
