"""Webhooks as Zalo delivers them, over real HTTP, to two bots of one process."""

import asyncio
import logging

import pytest
from sqlalchemy import URL

from bot.demo.zaloapi import ZaloBot, ZaloServer
from tests.http.conftest import until
from tests.http.hooks import (
    FIRST,
    OF_ZALO,
    PUBLIC,
    SECOND,
    SECRET,
    logged,
    zalo,
)


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
    said = logged(caplog, logging.INFO)
    assert f"Zalo bot 1001: delivers to {PUBLIC}/hook/zalo/1001 (OK)" in said


async def test_an_address_that_zalo_cannot_reach_is_told(
    sqlite_url: URL, caplog: pytest.LogCaptureFixture
) -> None:
    async with zalo(sqlite_url, leads_on=False):
        await until(lambda: len(logged(caplog, logging.ERROR)) == 2)
    told = min(logged(caplog, logging.ERROR))
    assert f"{PUBLIC}/hook/zalo/1001 was set, but Zalo cannot reach it (FAILED, HTTP 0)" in told
    assert SECRET not in caplog.text


async def test_an_address_that_zalo_refuses_is_polled_instead(
    sqlite_url: URL, caplog: pytest.LogCaptureFixture
) -> None:
    async with zalo(sqlite_url, public="http://lich.example") as (_, server):
        one = _bot(server, SECOND)
        server.service.write(one, "mai", "chào")
        await until(lambda: bool(one.from_bot("mai")))
    told = [line for line in logged(caplog) if "Zalo refuses the webhook of bot 1002" in line]
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
    assert any("the webhook of Zalo bot 1001 was changed; it is set anew" in one for one in logged(caplog))


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
