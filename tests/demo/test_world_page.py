"""The whole demo as a visitor meets it: the page, the real bot behind it, the story to its end."""

import asyncio
import contextlib
import datetime as dt
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.demo.web import HOST, create_demo_app, serve
from bot.demo.world import World
from tests.demo.page_server import free_port
from tests.demo.tour import walk
from tests.demo.visiting import Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")

PATIENCE = 60_000


async def test_the_tour_moves_a_real_session(tmp_path: Path, chromium: Browser) -> None:
    async with World(tmp_path) as world:
        port, started = free_port(), asyncio.Event()
        serving = asyncio.create_task(serve(create_demo_app(world.phones, world), port, started=started))
        try:
            await started.wait()
            visit = Visit(f"http://{HOST}:{port}", chromium)
            page = await visit.page(tour=True, hurry=True)
            await walk(page)
            await expect(page.locator("#tour")).to_contain_text("/11/2023", timeout=PATIENCE)
            session = next(one for one in (await world.view()).sessions if one.code == "B2")
            assert session.planned_date == dt.date(2023, 11, 8)
            assert session.date not in (None, session.planned_date)
            assert world.service.refused == []
            assert visit.complaints == []
            await visit.leave()
        finally:
            serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await serving
