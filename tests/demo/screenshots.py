"""Pictures of a running demo: `python -m tests.demo.screenshots ADDRESS FOLDER`.

Two widths, light and dark.  The first visit walks the story until the authority has been asked, which
leaves the demo as it then is for the pictures.
"""

import asyncio
import sys
from pathlib import Path

from playwright.async_api import expect

from tests.demo.page_server import browser
from tests.demo.tour import walk

SIZES = {1440: 900, 390: 844}


async def take(address: str, folder: Path) -> None:
    async with browser() as chromium:
        visit = await chromium.new_page(viewport={"width": 1440, "height": 900})
        await visit.goto(address)
        await walk(visit, steps=4)
        await visit.wait_for_timeout(800)
        await visit.screenshot(path=folder / "demo-story.png")
        await visit.close()
        for width, height in SIZES.items():
            for scheme in ("light", "dark"):
                context = await chromium.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                    reduced_motion="reduce",
                )
                page = await context.new_page()
                await page.add_init_script("localStorage.setItem('nhaclich-tour', '1')")
                await page.goto(address)
                await expect(page.locator(".person").first).to_be_visible()
                unread = page.locator(".person.unread:visible")
                if width < 760 and await unread.count():
                    await unread.first.click()
                await page.wait_for_timeout(600)
                await page.screenshot(path=folder / f"demo-{width}-{scheme}.png")
                await context.close()


if __name__ == "__main__":
    target = Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(sys.argv[1], target))
