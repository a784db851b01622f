"""What a tab keeps: over a reload, beside another tab, through a lost connection."""

import pytest
from playwright.async_api import expect

from tests.demo.fake_data import AUTHORITY, GUEST, HOST
from tests.demo.visiting import Visit, phone, press, turn

pytestmark = pytest.mark.asyncio(loop_scope="session")

LEAD = 101


async def test_a_reload_keeps_who_is_open_and_where_the_tour_is(visit: Visit) -> None:
    page = await visit.page(tour=True, hurry=True)
    await page.click("#tour-help")
    await expect(page.locator("#tour-title")).to_have_text("Có người trả lời")
    await press(page, GUEST, "Tham dự")
    await expect(page.locator("#tour-title")).to_have_text("Trường đăng cai xin đổi lịch")
    await page.click(f"{phone(page, GUEST)} .close")
    await page.click(f".person[data-chat='{AUTHORITY}']")
    await page.reload()
    await expect(page.locator("#tour-title")).to_have_text("Trường đăng cai xin đổi lịch")
    await expect(page.locator(phone(page, AUTHORITY))).to_be_visible()
    await expect(page.locator(phone(page, GUEST))).to_have_count(0)


async def test_two_tabs_show_the_same(visit: Visit) -> None:
    """What one reads is read in the other; what one writes arrives in the other."""
    one, other = await visit.page(), await visit.page()
    badge = f".person[data-chat='{LEAD}'] .badge"
    await turn(one, 1)
    for page in (one, other):
        await expect(page.locator(badge)).to_contain_text("1")
    await one.click(f".person[data-chat='{LEAD}']")
    await expect(other.locator(badge)).to_be_hidden()
    await one.locator(phone(one, HOST)).locator("textarea").fill("/lich")
    await one.keyboard.press("Enter")
    await expect(other.locator(phone(other, HOST))).to_contain_text("Lịch của cụm")
    await other.reload()
    await expect(other.locator(badge)).to_be_hidden()


async def test_a_lost_connection_is_said_and_mended(visit: Visit) -> None:
    visit.expected.add("ERR_INTERNET_DISCONNECTED")  # said late, too
    page = await visit.page()
    await page.context.set_offline(True)
    await page.locator(phone(page, GUEST)).locator("textarea").fill("/lich")
    await page.keyboard.press("Enter")
    await expect(page.locator("#notices")).to_contain_text("Mất kết nối")
    await page.context.set_offline(False)
    await page.keyboard.press("Enter")
    await expect(page.locator(phone(page, GUEST))).to_contain_text("Lịch của cụm")
