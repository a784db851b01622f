"""A visitor of the page: what her browser complains of is kept; a hurried one waits for no animation."""

from dataclasses import dataclass, field

from playwright.async_api import Browser, Page, Request, expect

expect.set_options(timeout=20_000)  # milliseconds: the machine may be busy

HURRY = 6  #: so much shorter the page's own pauses are for a visitor in a hurry
_SHORTER = f"""const wait = window.setTimeout;
window.setTimeout = (act, ms, ...given) => wait(act, (ms ?? 0) / {HURRY}, ...given);"""


@dataclass
class Visit:
    url: str
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    expected: set[str] = field(default_factory=set)  #: parts of complaints that the test itself brings about

    async def page(
        self,
        width: int = 1440,
        height: int = 900,
        *,
        dark: bool = False,
        tour: bool = False,
        hurry: bool = False,
    ) -> Page:
        """The page, loaded, in a context of its own; without the tour unless asked for."""
        context = await self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        page = await context.new_page()
        self.watch(page)
        if not tour:
            await page.add_init_script("localStorage.setItem('nhaclich-tour', '1')")
        if hurry:
            await page.add_init_script(_SHORTER)
        await page.goto(self.url)
        await expect(page.locator(".person").first).to_be_visible()
        return page

    def watch(self, page: Page) -> None:
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._own)

    async def leave(self) -> None:
        """Close every page."""
        for context in tuple(self.browser.contexts):
            await context.close()

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not any(part in text for part in self.expected):
            self.complaints.append(text)

    def _own(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.complaints.append(f"an outside address: {request.url}")


def phone(page: Page, chat: int) -> str:
    return f"[data-pane='{chat}']"


async def press(page: Page, chat: int, label: str) -> None:
    await page.locator(phone(page, chat)).get_by_role("button", name=label, exact=True).last.click()


async def turn(page: Page, times: int) -> None:
    """Press "next notice" so often."""
    for _ in range(times):
        await page.click("#next")
        await expect(page.locator("#next")).not_to_have_attribute("aria-disabled", "true")
