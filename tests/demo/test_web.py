"""The page's requests over HTTP: what it may ask, who may ask, and what it is told."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.demo.web import HOST, create_demo_app, serve
from bot.errors import NhacLichError
from bot.resources import data_path
from tests.demo.fake_data import AUTHORITY, GUEST, START
from tests.demo.fake_data import HOST as HOST_HEAD
from tests.demo.fake_stage import FakeStage
from tests.demo.page_server import page_served

WEIGHT = 150 * 1024


class Page:
    def __init__(self, stage: FakeStage, url: str, http: aiohttp.ClientSession) -> None:
        self.stage = stage
        self.url = url
        self.http = http

    async def get(self, path: str) -> Any:
        async with self.http.get(self.url + path) as reply:
            assert reply.status == 200, await reply.text()
            return await reply.json()

    async def post(self, path: str, given: Any, **options: Any) -> tuple[int, Any]:
        async with self.http.post(self.url + path, json=given, **options) as reply:
            return reply.status, await reply.json(content_type=None) if reply.status != 403 else None


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with page_served() as (stage, url), aiohttp.ClientSession() as http:
        yield Page(stage, url, http)


async def test_the_state_has_everything_for_a_first_picture(page: Page) -> None:
    state = await page.get("/api/state")
    assert len(state["people"]) == 24
    assert state["stage"]["cluster"] == "Cụm An Tiến"
    assert [one["code"] for one in state["stage"]["sessions"]] == ["B1", "B2", "B3", "B4"]
    assert state["chats"][str(HOST_HEAD)]["unread"] == 1
    assert state["chats"][str(GUEST)] == {"last": None, "unread": 0}
    assert "900" not in state["chats"], "who is not registered has no chat"
    await page.post("/api/read", {"chat": HOST_HEAD})
    assert (await page.get("/api/state"))["chats"][str(HOST_HEAD)]["unread"] == 0


async def test_what_is_read_is_read_on_every_page(page: Page) -> None:
    async with page.http.get(page.url + "/api/events") as stream:
        await stream.content.readuntil(b"\n\n")
        await page.post("/api/read", {"chat": HOST_HEAD})
        told = await stream.content.readuntil(b"\n\n")
    assert told.decode() == f'event: read\ndata: {{"chat": {HOST_HEAD}, "unread": 0}}\n\n'


async def test_the_samples_can_be_looked_at(page: Page) -> None:
    for which, beginning in (("plan", "KẾ HOẠCH"), ("roster", "Họ và tên")):
        async with page.http.get(f"{page.url}/api/sample/{which}") as reply:
            assert reply.headers["Content-Disposition"].startswith("attachment")
            assert beginning in (await reply.read()).decode("utf-8-sig")
    async with page.http.get(f"{page.url}/api/sample/key") as reply:
        assert reply.status == 404


async def test_typing_pressing_attaching(page: Page) -> None:
    status, _ = await page.post("/api/type", {"chat": GUEST, "text": "/lich"})
    assert status == 200
    await page.stage.service.until(lambda: len(page.stage.service.messages(GUEST)) == 2)
    chat = await page.get(f"/api/chat/{GUEST}")
    assert chat["commands"] == [{"command": "lich", "description": "Lịch của cụm"}]
    assert chat["messages"][1]["entities"][0]["type"] == "bold"

    card = page.stage.service.last(HOST_HEAD)
    press = {"chat": HOST_HEAD, "message": card.id, "row": 0, "column": 0}
    assert (await page.post("/api/press", press))[0] == 200
    gone = await page.post("/api/press", {**press, "row": 7})
    assert gone == (400, {"error": "Nút này không còn trên tin nhắn nữa."})

    form = aiohttp.FormData({"chat": str(GUEST)}, quote_fields=False)
    form.add_field("file", b"noi dung", filename="Kế hoạch.txt")
    async with page.http.post(page.url + "/api/attach", data=form) as reply:
        assert reply.status == 200
    sent = (await page.get(f"/api/chat/{GUEST}"))["messages"][2]
    assert sent["file"]["name"] == "Kế hoạch.txt"
    async with page.http.get(f"{page.url}/api/file/{sent['file']['id']}") as reply:
        assert reply.headers["Content-Disposition"].startswith("attachment")
        assert await reply.read() == b"noi dung"
    assert sent["file"]["preview"]
    shown = await page.get(f"/api/preview/{sent['file']['id']}")
    assert shown == {"kind": "text", "text": "noi dung"}
    async with page.http.get(f"{page.url}/api/picture/{sent['file']['id']}") as reply:
        assert reply.status == 404, "no picture"


@pytest.mark.parametrize(
    ("path", "given", "sentence"),
    [
        ("/api/type", {"chat": 1, "text": "a"}, "Không có người này trong bản chạy thử."),
        ("/api/type", {"chat": GUEST, "text": "  "}, "Chưa có chữ nào để gửi."),
        (
            "/api/type",
            {"chat": GUEST, "text": "a" * 4097},
            "Một tin nhắn dài nhất 4096 ký tự; tin này có 4097.",
        ),
        ("/api/type", [], "Yêu cầu không đọc được."),
        ("/api/clock", {"step": -5}, "Đồng hồ chỉ chạy tới, mỗi lần nhiều nhất một tuần."),
        ("/api/clock", {"step": "back"}, "Đồng hồ chỉ chạy tới, mỗi lần nhiều nhất một tuần."),
    ],
)
async def test_what_cannot_be_done_is_said(page: Page, path: str, given: Any, sentence: str) -> None:
    assert await page.post(path, given) == (400, {"error": sentence})


async def test_the_clock(page: Page) -> None:
    due = page.stage.notices[0].due
    status, answer = await page.post("/api/clock", {"step": "next"})
    assert (status, datetime.fromisoformat(answer["now"])) == (200, due)
    await page.post("/api/clock", {"step": "day"})
    await page.post("/api/clock", {"step": 3600})
    assert page.stage.now() == due + timedelta(days=1, hours=1)
    page.stage.notices.clear()
    assert (await page.post("/api/clock", {"step": "next"}))[1]["moved"] is False


async def test_own_plan_and_roster(page: Page) -> None:
    async def load(plan: bytes | None) -> tuple[int, Any]:
        form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
        if plan is not None:
            form.add_field("plan", plan, filename="kế hoạch.txt")
        form.add_field("roster", b"x", filename="danh sách.csv")
        async with page.http.post(page.url + "/api/load", data=form) as reply:
            return reply.status, await reply.json()

    assert await load(None) == (400, {"error": "Chưa chọn kế hoạch."})
    bad = "Không tìm thấy bảng buổi sinh hoạt nào trong kế hoạch.txt."
    assert await load(b"khong co gi") == (400, {"error": bad})
    await page.post("/api/clock", {"step": "week"})
    assert (await load("TT | Thời gian".encode()))[0] == 200
    assert page.stage.now() == START
    await page.post("/api/clock", {"step": "week"})
    assert (await page.post("/api/restart", {}))[0] == 200
    assert page.stage.now() == START


async def test_events_are_streamed(page: Page) -> None:
    seen: list[tuple[str, Any]] = []
    async with page.http.get(page.url + "/api/events") as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        await stream.content.readuntil(b"\n\n")
        await page.post("/api/type", {"chat": GUEST, "text": "/lich"})
        page.stage.service.reset()
        async with asyncio.timeout(5):
            while not seen or seen[-1][0] != "stage":
                block = (await stream.content.readuntil(b"\n\n")).decode()
                kind, data = block.strip().split("\n")
                seen.append((kind.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    kinds = [kind for kind, _ in seen]
    assert kinds[0] == "message"
    assert seen[0][1]["text"] == "/lich"
    assert "reset" in kinds


async def test_a_stage_that_begins_anew_is_not_shown_half_built(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewed_meanwhile = []
    view, begin = page.stage.view, page.stage.restart
    building = False

    async def slow_restart() -> None:
        nonlocal building
        building = True
        await begin()
        await asyncio.sleep(0.3)
        building = False

    async def watched_view() -> Any:
        viewed_meanwhile.append(building)
        return await view()

    monkeypatch.setattr(page.stage, "restart", slow_restart)
    monkeypatch.setattr(page.stage, "view", watched_view)
    async with page.http.get(page.url + "/api/events") as stream:
        await stream.content.readuntil(b"\n\n")
        restarted = asyncio.create_task(page.post("/api/restart", {}))
        await asyncio.sleep(0.1)
        await page.get("/api/state")
        await restarted
        assert await stream.content.readuntil(b"\n\n") == b"event: reset\ndata: {}\n\n"
    assert viewed_meanwhile == [False]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_another_page_cannot_drive_it(page: Page, headers: dict[str, str]) -> None:
    status, _ = await page.post("/api/type", {"chat": GUEST, "text": "a"}, headers=headers)
    assert status == 403
    assert page.stage.service.messages(GUEST) == []


async def test_our_own_page_can(page: Page) -> None:
    headers = {"Origin": page.url, "Sec-Fetch-Site": "same-origin"}
    assert (await page.post("/api/type", {"chat": GUEST, "text": "a"}, headers=headers))[0] == 200


async def test_headers_and_weight(page: Page) -> None:
    async with page.http.get(page.url) as reply:
        html = await reply.text()
        policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http://" not in html.replace("http://www.w3.org", "")
    assert "https://" not in html
    assert sum(file.stat().st_size for file in data_path("demo").rglob("*") if file.is_file()) <= WEIGHT
    async with page.http.get(page.url + "/static/../routes.py") as reply:
        assert reply.status == 404
    async with page.http.get(page.url + "/api/file/none") as reply:
        assert reply.status == 404


async def test_a_taken_port_is_said(page: Page) -> None:
    port = int(page.url.rpartition(":")[2])
    app = create_demo_app(page.stage.phones, page.stage)
    with pytest.raises(NhacLichError, match=f"Cổng {port}"):
        await serve(app, port)
    assert HOST == "127.0.0.1"
    assert AUTHORITY in page.stage.service.chats
