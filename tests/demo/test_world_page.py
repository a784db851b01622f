"""The whole demo as a visitor meets it: the page, the real bot behind it, the story to its end."""

import asyncio
import contextlib
import datetime as dt
from pathlib import Path

from playwright.async_api import expect

from bot.demo.web import HOST, create_demo_app, serve
from bot.demo.world import World
from tests.demo.page_server import browser, free_port
from tests.demo.tour import walk

PATIENCE = 60_000


async def test_the_tour_moves_a_real_session(tmp_path: Path) -> None:
    async with World(tmp_path) as world, browser() as chromium:
        port, started = free_port(), asyncio.Event()
        serving = asyncio.create_task(serve(create_demo_app(world.service, world), port, started=started))
        try:
            await started.wait()
            page = await chromium.new_page(viewport={"width": 1440, "height": 900})
            complaints: list[str] = []
            page.on("pageerror", lambda error: complaints.append(str(error)))
            await page.goto(f"http://{HOST}:{port}")
            await walk(page)
            await expect(page.locator("#tour")).to_contain_text("/11/2023", timeout=PATIENCE)
            session = next(one for one in (await world.view()).sessions if one.code == "B2")
            assert session.planned_date == dt.date(2023, 11, 8)
            assert session.date not in (None, session.planned_date)
            assert world.service.refused == []
            assert complaints == []
        finally:
            serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await serving
