"""The tour, done by its own helping hand."""

import contextlib

from playwright.async_api import Page, TimeoutError, expect

STEP = 40.0  #: seconds for one step, on a slow machine too
_LOOK = 0.1


async def walk(page: Page, steps: int = 6) -> None:
    """Press "Làm giúp tôi" and "Tiếp" until step `steps` is shown."""
    await expect(page.locator("#tour")).to_be_visible()
    for _ in range(steps - 1):
        title = await _title(page)
        waited = 0.0
        while await _title(page) == title:
            # #tour-on stands there when the step is done, #tour-help while it is still to be done.
            for button in ("#tour-on", "#tour-help"):
                found = page.locator(f"{button}:visible:enabled")
                if await found.count():
                    with contextlib.suppress(TimeoutError):  # the page went on by itself
                        await found.first.click(timeout=1000)
                    break
            await page.wait_for_timeout(_LOOK * 1000)
            waited += _LOOK
            assert waited < STEP, f"the tour stands still at {title!r}"


async def _title(page: Page) -> str:
    return await page.locator("#tour-title").inner_text()
