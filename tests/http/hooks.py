"""Bots to which the services deliver by webhook, and what they have stored and logged."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import URL, text

from bot.demo.botapi import BotApiServer
from bot.demo.zaloapi import ZaloServer, ZaloService
from tests.http.conftest import Listening, free_port, listening, of_telegram, until

SECRET = "mot-bi-mat-cua-cum"
PUBLIC = "https://lich.example"
FIRST, SECOND = "1001:first-zalo-token-abcdef", "1002:second-zalo-token-abcdef"
#: The header of a delivery that knows the secret.
OF_TELEGRAM = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
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


def logged(caplog: pytest.LogCaptureFixture, level: int = logging.WARNING) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.levelno >= level and one.name.startswith("bot")]


def inbox(bot: Listening) -> list[Any]:
    """Rows of (message_id, done): what was delivered, and whether it has been handled."""
    with bot.desk.engine.connect() as db:
        return list(db.execute(text("SELECT message_id, done FROM inbox ORDER BY message_id")))
