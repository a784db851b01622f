"""Pictures for the guide: `python -m tests.demo.guide_pictures ADDRESS FOLDER`, of a demo just begun.

Each is the newest message on one person's phone; the story goes on from one to the next.
"""

import asyncio
import sys
from pathlib import Path

from playwright.async_api import Page, expect

from tests.demo.page_server import browser
from tests.demo.visiting import phone, press, turn

PLAN = Path(__file__).parents[1] / "plan" / "documents" / "00-an-tien-2023-2024.txt"
LEAD, TEACHER, ZALO_TEACHER, HOST, OFFICER = 1001, 1008, 1020, 1049, 1063


class Camera:
    def __init__(self, page: Page, clock: Page, folder: Path) -> None:
        self._page = page
        self._clock = clock
        self._folder = folder

    async def until(self, day: str) -> None:
        """The next notice of this day ("05/10") goes out."""
        for _ in range(60):
            coming = await self._clock.get_attribute("#next", "title") or ""
            await turn(self._clock, 1)
            if day in coming:
                return
        raise LookupError(f"nothing goes out on {day}")

    async def visit(self, chat: int) -> Page:
        back = self._page.locator(".phone:visible .back")
        if await back.count():
            await back.click()
        await self._page.locator(f".person[data-chat='{chat}']").click()
        await expect(self._page.locator(phone(self._page, chat))).to_be_visible()
        await self._page.wait_for_timeout(500)
        return self._page

    async def take(self, chat: int, name: str, words: str = "") -> None:
        """The newest message of the bot with these words, and its buttons."""
        said = self._page.locator(f"{phone(self._page, chat)} article.message.in")
        message = said.filter(has_text=words).last
        await self._page.wait_for_timeout(1200)
        await message.screenshot(path=self._folder / f"{name}.png")


async def say(page: Page, chat: int, words: str) -> None:
    field = page.locator(f"{phone(page, chat)} textarea, {phone(page, chat)} input[type=text]").first
    await field.fill(words)
    await field.press("Enter")


async def story(camera: Camera, plan: Path) -> None:
    page = await camera.visit(LEAD)
    await page.locator(f"{phone(page, LEAD)} input[type=file]").set_input_files(plan)
    await page.wait_for_timeout(2500)
    await camera.take(LEAD, "ke-hoach")
    await say(page, LEAD, "/huy")

    await camera.until("25/10")
    await camera.visit(HOST)
    await camera.take(HOST, "dang-cai", "Dự thảo giấy mời")
    await camera.until("01/11")
    page = await camera.visit(TEACHER)
    await camera.take(TEACHER, "loi-moi")
    await say(page, TEACHER, "lịch")
    await camera.take(TEACHER, "lich")
    await camera.visit(ZALO_TEACHER)
    await camera.take(ZALO_TEACHER, "loi-moi-zalo")

    page = await camera.visit(HOST)
    for label in ("Xin đổi lịch", "Trùng lịch của Phòng, Sở", "Chọn ngày khác"):
        await press(page, HOST, label)
        await page.wait_for_timeout(1200)
    await camera.take(HOST, "chon-ngay")
    await press(page, HOST, "Quay lại")
    await page.wait_for_timeout(1200)
    for label in ("Thứ Sáu 10/11", "Xác nhận"):
        await press(page, HOST, label)
        await page.wait_for_timeout(1200)
    await camera.visit(OFFICER)
    await camera.take(OFFICER, "xin-y-kien")
    page = await camera.visit(LEAD)
    await say(page, LEAD, "/tinhtrang")
    await camera.take(LEAD, "tinh-trang")


async def take(address: str, folder: Path) -> None:
    plan = folder / "Kế hoạch điều chỉnh.txt"
    plan.write_text(PLAN.read_text("utf-8").replace("14/12", "14/12 và 21/12"), "utf-8")
    async with browser() as chromium:
        pages = []
        for width, height in ((420, 1700), (1440, 900)):
            context = await chromium.new_context(
                viewport={"width": width, "height": height}, reduced_motion="reduce", color_scheme="light"
            )
            page = await context.new_page()
            await page.add_init_script("localStorage.setItem('nhaclich-tour', '1')")
            await page.goto(address)
            await expect(page.locator(".person").first).to_be_visible()
            pages.append(page)
        await story(Camera(pages[0], pages[1], folder), plan)
    plan.unlink()


if __name__ == "__main__":
    target = Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(sys.argv[1], target))
