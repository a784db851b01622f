"""Papers on Zalo, which takes no files: a letter is a link that opens, a picture a photo."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from sqlalchemy import URL, text

from bot.clock import TurnableClock
from bot.demo.zaloapi import ZaloBot, ZaloServer, ZaloService
from tests.http.conftest import Listening, free_port, listening, until
from tests.http.sample import NOON, fill, person

HOST = "Hiệu trưởng An Tiến"


@dataclass
class OnZalo:
    """A bot with a public address, and its host's chat with it."""

    bot: Listening
    service: ZaloService
    one: ZaloBot

    async def types(self, text: str, until_said: str) -> str:
        """What the host is told, once these words stand in it."""
        self.service.write(self.one, "hoa", text)
        await until(lambda: until_said in "".join(self.one.from_bot("hoa")[-1:]))
        return self.one.from_bot("hoa")[-1]

    async def chooses(self, label: str, until_said: str) -> str:
        numbered = re.search(rf"(\d+)\. {label}", self.one.from_bot("hoa")[-1])
        assert numbered is not None, self.one.from_bot("hoa")[-1]
        return await self.types(numbered[1], until_said)


@pytest.fixture
async def on_zalo(sqlite_url: URL) -> AsyncIterator[OnZalo]:
    service = ZaloService()
    one = service.add_bot("1001:first-zalo-token-abcdef")
    port = free_port()
    async with ZaloServer(service, leads_to=f"http://127.0.0.1:{port}") as zalo:
        asked = {
            "zalo_bot_tokens": one.token,
            "zalo_api_url": zalo.url,
            "database_url": str(sqlite_url),
            "http_port": port,
            "public_url": "https://lich.example",
        }
        async with listening(asked, TurnableClock(NOON)) as bot:
            bot.desk.run(fill)
            await until(lambda: bool(one.webhook))
            bot.desk.run(lambda work: work.people.link(person(work, HOST), "zalo", "1001:hoa", work.now))
            yield OnZalo(bot, service, one)


async def test_on_zalo_a_letter_is_a_link_that_opens(on_zalo: OnZalo) -> None:
    await on_zalo.types("/lich", "Thêm các buổi của tôi vào lịch")
    said = await on_zalo.chooses("Thêm các buổi", "/f/")
    assert "(liên kết riêng, mở được trong 7 ngày):\nhttps://lich.example/f/" in said
    assert "1. Lịch tự cập nhật" in said
    found = re.search(r"https://lich\.example(/f/\S+)", said)
    assert found is not None
    answer = await on_zalo.bot.web.get(found[1])
    assert answer.status_code == 200
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    said = await on_zalo.types("1", "/cal/")
    assert "<" not in said


async def _asks_for_the_year(on_zalo: OnZalo, until_said: str) -> str:
    await on_zalo.types("/lich", "Cả năm")
    await on_zalo.chooses("Cả năm", "Ảnh lịch cả năm")
    return await on_zalo.chooses("Ảnh lịch cả năm", until_said)


async def test_on_zalo_the_year_is_a_photo_that_zalo_can_fetch(on_zalo: OnZalo) -> None:
    said = await _asks_for_the_year(on_zalo, "Lịch cả năm học trong một ảnh")
    await until(lambda: bool(on_zalo.one.photos("hoa")))
    (url,) = on_zalo.one.photos("hoa")  # the stand-in has fetched it, and would have refused anything else
    assert url.startswith("https://lich.example/f/")
    assert "Tệp" not in said
    assert "/f/" not in said

    def counted() -> int:
        with on_zalo.bot.desk.engine.connect() as db:
            return int(db.execute(text("SELECT sent FROM quota")).scalar_one())

    await until(lambda: counted() == on_zalo.one.sent)  # written down once the service has answered


async def test_on_zalo_a_photo_that_is_not_taken_is_said_in_words(on_zalo: OnZalo) -> None:
    refusal = {"ok": False, "error_code": 400, "description": "Bad request: photo"}
    on_zalo.service.faults.reply("sendPhoto", 200, refusal)
    said = await _asks_for_the_year(on_zalo, "Tệp lich-nam")
    assert "08/11" in said
    assert on_zalo.one.photos("hoa") == []
