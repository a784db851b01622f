"""The page in Firefox: the whole tour, by its own helping hand (NHACLICH_DEEP=1)."""

import asyncio
import contextlib
import datetime as dt
from pathlib import Path

import pytest

from bot.demo.web import HOST, create_demo_app, serve
from bot.demo.world import World
from tests.demo import firefox
from tests.demo.page_server import free_port
from tests.long import only_deep

pytestmark = [
    only_deep("Firefox"),
    pytest.mark.skipif(firefox.found() is None, reason="Firefox is not installed"),
]
TITLE = "document.querySelector('#tour-title')?.innerText ?? ''"
#: Presses what the tour offers now; the title it then shows.
ON = """(() => {
  for (const id of ['tour-on', 'tour-help']) {
    const found = document.getElementById(id);
    if (found && !found.hidden && !found.disabled && found.offsetParent) { found.click(); break; }
  }
  return document.querySelector('#tour-title')?.innerText ?? '';
})()"""


async def test_the_tour_moves_a_real_session(tmp_path: Path) -> None:
    program = firefox.found()
    assert program is not None
    profile = tmp_path / "profile"
    profile.mkdir()
    async with World(tmp_path, zalo=True) as world:
        port, started = free_port(), asyncio.Event()
        serving = asyncio.create_task(serve(create_demo_app(world.phones, world), port, started=started))
        try:
            await started.wait()
            async with firefox.firefox(program, profile) as page:
                await page.open(f"http://{HOST}:{port}")
                seen = [await page.until(TITLE)]
                async with asyncio.timeout(120):
                    while len(seen) < 6:
                        title = await page.evaluate(ON)
                        if title and title != seen[-1]:
                            seen.append(title)
                        await asyncio.sleep(0.2)
                assert page.errors == []
            session = next(one for one in (await world.view()).sessions if one.code == "B2")
            assert session.date not in (None, dt.date(2023, 11, 8))
        finally:
            serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await serving
