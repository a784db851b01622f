"""The server's own HTTP: bodies of every kind, faults, webhooks, a process of its own, speed."""

import asyncio
import json
import sys
import time
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot.demo.botapi import BotApiServer, ChatService
from tests.demo.conftest import HOA


def address(server: BotApiServer, method: str) -> str:
    return f"{server.base_url}{server.service.token}/{method}"


@pytest.mark.parametrize("how", ["json", "form", "multipart", "query", "chunked"])
async def test_every_kind_of_body(server: BotApiServer, service: ChatService, how: str) -> None:
    given: dict[str, Any] = {"chat_id": HOA, "text": "Chào <b>cô</b> & cháu", "parse_mode": "HTML"}
    strings = {name: str(value) for name, value in given.items()}

    async def pieces() -> Any:
        body = json.dumps(given).encode()
        for at in range(0, len(body), 7):
            yield body[at : at + 7]

    async with aiohttp.ClientSession() as http:
        url = address(server, "SendMessage")
        if how == "json":
            reply = await http.post(url, json=given)
        elif how == "form":
            reply = await http.post(url, data=strings)
        elif how == "query":
            reply = await http.get(url, params=strings)
        elif how == "chunked":
            reply = await http.post(url, data=pieces(), headers={"Content-Type": "application/json"})
        else:
            form = aiohttp.FormData(strings, default_to_multipart=True)
            reply = await http.post(url, data=form)
        answer = await reply.json()
    assert answer["ok"] is True, answer
    assert service.last(HOA).text == "Chào cô & cháu"
    assert answer["result"]["entities"] == [{"type": "bold", "offset": 5, "length": 2}]


async def test_refusals_of_the_server_itself(server: BotApiServer) -> None:
    async with aiohttp.ClientSession() as http:

        async def ask(path: str, **options: Any) -> tuple[int, str]:
            async with http.post(server.url + path, **options) as reply:
                answer = await reply.json()
                assert answer["error_code"] == reply.status
                return reply.status, answer["description"]

        token = server.service.token
        assert await ask("/bot1:abc/getMe") == (401, "Unauthorized")
        assert await ask("/botnonsense/getMe") == (404, "Not Found")
        assert await ask("/") == (404, "Not Found")
        assert await ask(f"/bot{token}/fly") == (404, "Not Found: method not found")
        assert await ask("/control/received") == (404, "Not Found")
        broken = {"data": "{", "headers": {"Content-Type": "application/json"}}
        assert (await ask(f"/bot{token}/sendMessage", **broken))[0] == 400
        assert (await ask(f"/bot{token}/sendMessage", json={"text": "a"}))[0] == 400
        assert (await http.get(f"{server.file_url}{token}/documents/none")).status == 404


async def test_nonsense_on_the_wire(server: BotApiServer) -> None:
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(b"hello\r\n\r\n")
    assert (await reader.read()).startswith(b"HTTP/1.1 400")
    writer.close()


async def test_faults(bot: Bot, service: ChatService) -> None:
    service.faults.flood("sendMessage", 7)
    with pytest.raises(RetryAfter):
        await bot.send_message(HOA, "một")
    service.faults.gateway("sendMessage")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(HOA, "hai")
    service.faults.reply("*", 500)
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.get_me()
    service.faults.close("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(HOA, "ba")
    assert service.sent() == [], "none of these was delivered"

    service.faults.close("sendMessage", acts=True)
    with pytest.raises(NetworkError):
        await bot.send_message(HOA, "bốn")
    service.faults.hang("sendMessage", acts=True)
    with pytest.raises(TimedOut):
        await bot.send_message(HOA, "năm", read_timeout=0.2)
    assert [one.text for one in service.sent()] == ["bốn", "năm"], "delivered, though the bot cannot know"

    service.faults.flood("sendMessage", 1, chat_id=HOA)
    with pytest.raises(BadRequest):
        await bot.send_message(999, "không phải chat ấy")
    with pytest.raises(RetryAfter):
        await bot.send_message(HOA, "sáu")
    await bot.send_message(HOA, "bảy")


async def test_webhook(bot: Bot, service: ChatService) -> None:
    seen: list[tuple[str | None, int]] = []
    all_here = asyncio.Event()

    async def hook(request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        seen.append((secret, (await request.json())["update_id"]))
        if len(seen) == 3:
            all_here.set()
        return web.Response(status=500 if len(seen) == 1 else 200)

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="s3cret")
    service.type(HOA, "một")
    service.type(HOA, "hai")
    await asyncio.wait_for(all_here.wait(), 5)
    await asyncio.sleep(0.05)
    info = await bot.get_webhook_info()
    await bot.delete_webhook()
    await runner.cleanup()

    assert seen == [("s3cret", 1), ("s3cret", 1), ("s3cret", 2)], "the refused one came again, in order"
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    assert info.pending_update_count == 0


async def test_a_process_of_its_own() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.demo.botapi", "--no-limits", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    started = json.loads(await process.stdout.readline())
    try:
        async with aiohttp.ClientSession() as http:

            async def control(action: str, **given: Any) -> Any:
                async with http.post(f"{started['url']}/control/{action}", json=given) as reply:
                    return await reply.json()

            async def view(name: str) -> Any:
                async with http.get(f"{started['url']}/control/{name}") as reply:
                    return await reply.json()

            async def call(method: str, **given: Any) -> Any:
                url = f"{started['url']}/bot{started['token']}/{method}"
                async with http.post(url, json=given) as reply:
                    return await reply.json()

            await control("users", id=HOA, name="Hoa")
            await control("type", user_id=HOA, text="/start")
            keyboard = {"inline_keyboard": [[{"text": "Tham dự", "callback_data": "y"}]]}
            sent = await call("sendMessage", chat_id=HOA, text="Chào", reply_markup=keyboard)
            message_id = sent["result"]["message_id"]
            press = await control("press", user_id=HOA, message_id=message_id, button="Tham dự")
            await control("fault", method="sendMessage", status=502, body="<html>")
            assert (await call("answerCallbackQuery", callback_query_id=press["id"], text="Vâng"))["ok"]
            updates = (await call("getUpdates"))["result"]

            assert [sorted(update)[0] for update in updates] == ["message", "callback_query"]
            assert (await view(f"press?id={press['id']}"))["answer"] == "Vâng"
            assert [one["text"] for one in await view("received?after=0")] == ["Chào"]
            assert len(await view(f"messages?user_id={HOA}")) == 2
            assert (await view("counts"))["received"] == 1
            assert "error" in await control("press", user_id=HOA, message_id=message_id, button="Không có")
            assert "error" in await control("fly")
            async with http.post(f"{started['url']}/bot{started['token']}/sendMessage") as reply:
                assert reply.status == 502
    finally:
        process.terminate()
        await process.wait()


async def test_it_is_fast_enough_for_a_bench(server: BotApiServer, service: ChatService) -> None:
    """About 5000 a second alone on a core; here only far from the time when it would be the brake."""
    body = json.dumps({"chat_id": HOA, "text": "<b>Kính mời</b> cô", "parse_mode": "HTML"}).encode()
    request = (
        f"POST /bot{service.token}/sendMessage HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body
    reader, writer = await asyncio.open_connection(server.host, server.port)
    started = time.perf_counter()
    writer.write(request * 1000)
    for _ in range(1000):
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.rpartition(b"Content-Length: ")[2])
        assert json.loads(await reader.readexactly(length))["ok"]
    seconds = time.perf_counter() - started
    writer.close()
    assert len(service.sent(HOA)) == 1000
    assert seconds < 5, f"{1000 / seconds:.0f} a second"
