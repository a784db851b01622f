"""Databases for these tests, and a sender on one."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Engine

from bot.demo.botapi import BotApiServer, ChatService, Limits
from tests.databases import (
    database_url,
    engine,
    postgres_copy,
    postgres_kept,
    postgres_template,
    sqlite_template,
    sqlite_url,
)
from tests.outbox.room import Room
from tests.outbox.stage import Stage
from tests.postgres import postgres, postgres_url

__all__ = [
    "database_url",
    "engine",
    "postgres",
    "postgres_copy",
    "postgres_kept",
    "postgres_template",
    "postgres_url",
    "sqlite_template",
    "sqlite_url",
]


@pytest.fixture
async def room(engine: Engine) -> AsyncIterator[Room]:
    """Three people with open chats, and a service that limits nothing."""
    stage = Stage(engine)
    stage.add_cluster(3)
    async with BotApiServer(ChatService(limits=Limits.none())) as server:
        room = Room(stage, server)
        room.open_chats()
        yield room
        await room.close()
