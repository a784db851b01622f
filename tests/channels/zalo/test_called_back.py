"""A poll that is called back at a stop leaves no connection open, whatever it was about to do."""

import asyncio
import contextlib
import gc

import pytest

from bot.channels.zalo import client as module
from bot.channels.zalo.client import ZaloClient
from bot.demo.zaloapi import ZaloServer
from tests.channels.zalo.people import TOKEN


@pytest.mark.parametrize("turns", range(8))
async def test_in_every_turn_of_the_loop(
    server: ZaloServer, turns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others' connections are idle for too long just then.  What is dropped unclosed is a ResourceWarning,
    which fails the test."""
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.02)
    client = ZaloClient(TOKEN, server.url)
    await asyncio.gather(*(client.get_me() for _ in range(5)))
    await asyncio.sleep(0.05)
    poll = asyncio.create_task(client.get_update())
    for _ in range(turns):
        await asyncio.sleep(0)
    poll.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await poll
    await client.close()
    del poll, client
    gc.collect()
