"""The whole demo as a visitor meets it: the page, the real bot behind it, the story to its end."""

import asyncio
import contextlib
import datetime as dt
from pathlib import Path

from playwright.async_api import Page, expect

from bot.demo.web import HOST, create_demo_app, serve
from bot.demo.world import World
from tests.demo.page_server import browser, free_port
from tests.demo.tour import walk
from tests.demo.visiting import Visit

PATIENCE = 60_000


async def test_the_tour_moves_a_real_session(tmp_path: Path) -> None:
    async with World(tmp_path, zalo=True, group=True) as world, browser() as chromium:
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
            await _answer_on_zalo(page)
            # Two causes can redraw one card with the same words: Telegram says so, and nothing is lost.
            refused = [one for one in world.service.refused if "not modified" not in one.description]
            assert refused == []
            assert visit.complaints == []
            await visit.leave()
        finally:
            serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await serving


async def _answer_on_zalo(page: Page) -> None:
    """A head whose school is on Zalo has the news as well, and answers by a number."""
    await page.click(".person:has(.zalo-mark)")
    phone = page.locator(".phone.zalo")
    await expect(phone.locator(".channel")).to_have_text("Zalo")
    await expect(phone.locator(".key")).to_have_count(0)
    said = phone.locator(".in")
    before = await said.count()
    await phone.locator(".quick [data-label='Tham dự']").click()
    await expect(phone.locator(".out .text").last).to_have_text("1")
    await expect(said).to_have_count(before + 1, timeout=PATIENCE)
    await expect(said.last).to_contain_text("tham dự")
    await expect(page.locator("#quotas li")).to_have_count(2)
    await expect(page.locator("#quotas")).to_contain_text("12/50 người")
