"""The page in a real browser: the story by hand, narrow screens, keyboard, dark mode, axe."""

import contextlib
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.async_api import TimeoutError, expect

from tests.demo.fake_data import AUTHORITY, GUEST, HOST
from tests.demo.fake_stage import FakeStage
from tests.demo.test_preview import letter
from tests.demo.tour import walk
from tests.demo.visiting import Visit, phone, press, turn
from tests.long import only_deep

pytestmark = pytest.mark.asyncio(loop_scope="session")

FIRST_PICTURE = 1000  #: milliseconds
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
SERIOUS = ("serious", "critical")
#: The tour is walked in every run on the real bot (test_world_page.py).
long = only_deep("a tour of the page")


async def test_the_story_by_hand(visit: Visit) -> None:
    page = await visit.page()
    await turn(page, 4)
    await expect(page.locator("#now-day")).to_have_text("Thứ Tư, 01/11/2023")
    await press(page, GUEST, "Tham dự")
    await expect(page.locator(phone(page, GUEST))).to_contain_text("Trả lời của thầy cô: Tham dự")

    await press(page, HOST, "Xin đổi lịch")
    await press(page, HOST, "Việc của trường")
    await press(page, HOST, "thứ Sáu 10/11/2023")
    await press(page, HOST, "Xác nhận")
    await expect(page.locator(".session.asked")).to_contain_text("B2")
    await page.click(f".person[data-chat='{AUTHORITY}']")
    await press(page, AUTHORITY, "Đồng ý")

    await expect(page.locator(".session.moved")).to_contain_text("B2 10/11")
    await expect(page.locator("#happened li").first).to_contain_text("Đổi lịch")
    await expect(page.locator(f".person[data-chat='{GUEST}'] .badge")).to_contain_text("1")
    await page.click(f".person[data-chat='{GUEST}']")
    await expect(page.locator(phone(page, GUEST))).to_contain_text("Phòng GD&ĐT đã đồng ý.")
    await page.click("[data-session='B2']")
    await expect(page.locator("#detail")).to_contain_text("hạn mời cơ quan quản lý: thứ Ba 07/11/2023")


@long
@pytest.mark.parametrize("width", [1440, 390])
async def test_the_tour_leads_by_the_hand(visit: Visit, stage: FakeStage, width: int) -> None:
    """Whoever presses only what is outlined comes to the end."""
    page = await visit.page(width, 844, tour=True, hurry=True)
    await expect(page.locator("#tour")).to_be_visible()
    presses = 0
    while await page.locator("#tour").is_visible():
        further = page.locator("#tour-on")
        pointed = page.locator(".hint:visible")
        with contextlib.suppress(TimeoutError):  # the page went on by itself
            if await further.count():
                await further.click(timeout=1000)
            elif await pointed.count():
                await pointed.first.click(timeout=1000)
                presses += 1
        await page.wait_for_timeout(60)
        assert presses < 40, await page.locator("#tour").inner_text()
    assert stage.sessions["B2"].state == "moved"


@long
async def test_the_tour_does_it_all_if_asked(visit: Visit) -> None:
    page = await visit.page(tour=True, hurry=True)
    titles = [
        "Lời mời đến",
        "Có người trả lời",
        "Trường đăng cai xin đổi lịch",
        "Cơ quan quản lý quyết định",
        "Mọi người được báo",
        "Ngày mới, hạn mời mới",
    ]
    for title in titles[:4]:
        await expect(page.locator("#tour-title")).to_have_text(title)
        await expect(page.locator(".hint:visible").first).to_be_visible()
        await page.click("#tour-help")
    await expect(page.locator("#tour-title")).to_have_text(titles[4], timeout=15_000)
    await walk(page, steps=2)
    await expect(page.locator("#tour")).to_contain_text("thứ Sáu 10/11/2023")
    await expect(page.locator("#tour")).to_contain_text("thứ Ba 07/11/2023")
    await expect(page.locator(".session.hint")).to_contain_text("B2")
    await page.click("#tour-on")
    await expect(page.locator("#tour")).to_be_hidden()
    await page.reload()
    await expect(page.locator(".person").first).to_be_visible()
    await expect(page.locator("#tour")).to_be_hidden()


async def test_first_picture_and_weight(visit: Visit) -> None:
    """The best of a few visits counts: other programs run on this machine."""
    page = await visit.page()
    for _ in range(5):
        painted, weight = await page.evaluate(
            """() => [performance.getEntriesByName("first-contentful-paint")[0].startTime,
              performance.getEntriesByType("resource").reduce((sum, one) => sum + one.encodedBodySize, 0)]"""
        )
        assert 0 < weight < 150 * 1024
        if painted < FIRST_PICTURE:
            break
        await page.wait_for_timeout(500)
        await page.reload()
    assert painted < FIRST_PICTURE


async def test_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    page = await visit.page(360, 800, tour=True)
    for width in (360, 390, 768, 1024, 1280, 1600):
        await page.set_viewport_size({"width": width, "height": 800})
        await page.evaluate("document.body.dataset.view = 'people'")
        await page.click(f".person[data-chat='{HOST}']")
        await expect(page.locator(phone(page, HOST))).to_be_visible()
        outside = await page.evaluate(
            """() => [...document.querySelectorAll("button, input, textarea, select, .bubble, h2")]
              .filter((one) => one.offsetParent && !one.closest(".scroller, .unseen"))
              .filter((one) => one.getBoundingClientRect().right > innerWidth + 1
                || one.getBoundingClientRect().left < -1)
              .map((one) => one.outerHTML.slice(0, 80))"""
        )
        assert outside == [], width
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


async def test_by_keyboard_and_search(visit: Visit) -> None:
    page = await visit.page()
    await page.focus("#search")
    await page.keyboard.type("bep truong tho")
    await expect(page.locator(".person:visible")).to_have_count(1)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    writing = page.locator("[data-pane='116'] textarea")
    await expect(writing).to_be_focused()
    await page.keyboard.type("/li")
    await expect(page.locator(".commands:visible button")).to_have_count(1)
    await page.keyboard.press("Escape")
    await page.keyboard.type("ch")
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-pane='116']")).to_contain_text("Lịch của cụm")
    await expect(page.locator("[data-pane='116'] [role=log]")).to_be_visible()


async def test_typed_markup_stays_text(visit: Visit) -> None:
    page = await visit.page()
    nasty = "<img src=x onerror=alert(1)> & <b>đậm</b> 😀"
    writing = page.locator(phone(page, GUEST)).locator("textarea")
    await writing.fill(nasty)
    await writing.press("Enter")
    bubble = page.locator(phone(page, GUEST)).locator(".out .text")
    await expect(bubble).to_have_text(nasty)
    assert await page.locator(".log img").count() == 0


async def test_papers_and_pictures_can_be_looked_at(visit: Visit, tmp_path: Path) -> None:
    page = await visit.page()
    paper, picture = tmp_path / "giấy mời.docx", tmp_path / "tháng.png"
    paper.write_bytes(letter())
    picture.write_bytes(await page.screenshot())
    chat = page.locator(phone(page, GUEST))
    for file in (paper, picture):
        await chat.locator("input[type=file]").set_input_files(file)
    await chat.get_by_role("button", name="Xem giấy mời.docx").click()
    await expect(page.locator("#preview .paper p.center b").first).to_have_text("GIẤY MỜI")
    await expect(page.locator("#preview .paper")).to_contain_text("<script>alert(1)</script>")
    await page.keyboard.press("Escape")
    shown = chat.locator(".picture img")
    await expect(shown).to_be_visible()
    assert await shown.evaluate("(one) => one.decode().then(() => one.naturalWidth)") == 1440
    async with page.expect_download() as download:
        await chat.locator("a.file").click()
    assert (await download.value).suggested_filename == "giấy mời.docx"


async def test_own_plan(visit: Visit, tmp_path: Path) -> None:
    bad, good, roster = tmp_path / "xau.txt", tmp_path / "tot.txt", tmp_path / "ds.csv"
    bad.write_text("không có bảng")
    good.write_text("TT | Thời gian")
    roster.write_text("Họ và tên")
    visit.expected.add("400")  # the refusal itself
    page = await visit.page()
    await page.click("#load-open")
    await page.click("#load-go")
    await expect(page.locator("#load-error")).to_have_text("Còn thiếu kế hoạch.")
    await page.set_input_files("#load-plan", bad)
    await page.set_input_files("#load-roster", roster)
    await page.click("#load-go")
    await expect(page.locator("#load-error")).to_contain_text("Không tìm thấy bảng")
    await page.set_input_files("#load-plan", good)
    await page.click("#load-go")
    await expect(page.locator("#load")).to_be_hidden()
    await expect(page.locator(".person").first).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
async def test_axe_finds_nothing_serious(visit: Visit, width: int) -> None:
    """Everything in light colours; of the dark ones the contrast."""
    axe = AXE.read_text(encoding="utf-8")
    page = await visit.page(width, 844, tour=True)
    await turn(page, 4)
    for view in ("people", "chats", "feed"):
        tab = page.locator(f"[data-tab={view}]")
        if await tab.is_visible():
            await tab.click()
        elif view != "people":
            continue  # all of it is on the screen already
        await page.wait_for_timeout(250)
        await page.evaluate(axe)
        for colours, rules in (("light", "{}"), ("dark", "{runOnly: ['color-contrast']}")):
            await page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
            found = await page.evaluate(f"axe.run({rules}).then((result) => result.violations)")
            serious = [
                f"{colours}, {one['id']}: {node['html'][:120]} {node['failureSummary'][:300]}"
                for one in found
                if one["impact"] in SERIOUS
                for node in one["nodes"][:3]
            ]
            assert serious == []
