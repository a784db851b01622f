"""Private links over real HTTP: what opens, what does not, and what nobody learns."""

import datetime as dt
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from icalendar import Calendar
from sqlalchemy import URL, text

from bot.clock import TurnableClock
from bot.cluster.people import Person
from bot.demo.botapi import BotApiServer
from bot.demo.zaloapi import ZaloBot, ZaloServer, ZaloService
from bot.flows.papers.links import FILE_LIFE, MOST_FILES, make_feed, opened_file, publish
from bot.flows.people.leaving import leave
from bot.flows.people.roster import import_roster
from bot.flows.plans.importing import import_plan
from bot.flows.sessions.details import cancel_session
from bot.flows.work import Work
from bot.message import Document
from bot.notices.timeline import VIETNAM
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.workdays import Workdays
from tests.http.conftest import MAI, Listening, free_port, listening, of_telegram, until

NOON = dt.datetime(2023, 10, 3, 12, tzinfo=VIETNAM)
LETTER = Document("Giấy mời buổi B2 “đổi mới”.docx", b"PK-a letter", "application/x-letter")


def _fill(work: Work) -> None:
    path = data_path("plans", "an-tien-2023-2024.txt")
    reading = read_plan(path.name, path.read_bytes(), deadline=Workdays.load().deadline)
    import_roster(work, import_plan(work, reading), data_path("roster", "an-tien.csv").read_bytes())


def _person(work: Work, name: str = "Hiệu trưởng Bát Trang") -> Person:
    (cluster,) = work.people.clusters()
    return next(one for one in work.people.people(cluster.id) if one.name == name)


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock(NOON)


@pytest.fixture
async def bot(server: BotApiServer, sqlite_url: URL, clock: TurnableClock) -> AsyncIterator[Listening]:
    """With the sample cluster; its head of Bát Trang is on Telegram."""
    port = free_port()
    asked = {"http_port": port, "public_url": f"http://127.0.0.1:{port}"}
    async with listening(of_telegram(server, sqlite_url) | asked, clock) as bot:
        bot.desk.run(_fill)
        bot.desk.run(lambda work: work.people.link(_person(work), "telegram", str(MAI), work.now))
        await bot.answers()
        yield bot


def _file_link(bot: Listening, document: Document = LETTER) -> str:
    url = bot.desk.run(lambda work: publish(work, _person(work), document))
    assert url is not None
    return url


async def test_a_file_opens_with_its_name_and_is_kept_by_nobody(bot: Listening) -> None:
    answer = await bot.web.get(_file_link(bot))
    assert (answer.status_code, answer.content) == (200, LETTER.content)
    assert answer.headers["content-type"] == LETTER.mime
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-robots-tag"].startswith("noindex")
    named = answer.headers["content-disposition"]
    assert named.startswith('attachment; filename="giay moi buoi b2 doi moi.docx"; ')
    assert unquote(named.partition("filename*=UTF-8''")[2]) == LETTER.name


async def test_a_name_does_not_break_out_of_its_header(bot: Listening) -> None:
    odd = Document('a"\r\nX-Evil: 1\\/../b.docx', b"x", "application/x-letter")
    answer = await bot.web.get(_file_link(bot, odd))
    assert answer.status_code == 200
    assert "x-evil" not in answer.headers


async def test_what_opens_nothing_is_answered_alike(bot: Listening, clock: TurnableClock) -> None:
    good = _file_link(bot)
    feed = bot.desk.run(lambda work: make_feed(work, _person(work)))
    assert feed is not None
    secret = feed.rpartition("/")[2].removesuffix(".ics")
    wrong = ["/f/x", "/f/" + "A" * 43, f"/f/{secret}", "/cal/x.ics", "/f/..%2f..%2fetc%2fpasswd", "/f/%00"]
    wrong += [f"/cal/{good.rpartition('/')[2]}.ics", good[:-1], "/f/" + "ă" * 43]
    answers = [await bot.web.get(one) for one in wrong]
    assert {(one.status_code, one.text) for one in answers} == {(404, answers[0].text)}
    for nothing in ("/f/", "/f", "/cal/", "/"):
        assert (await bot.web.get(nothing)).status_code == 404
    assert (await bot.web.post(good)).status_code == 405
    clock.turn_to(NOON + FILE_LIFE - dt.timedelta(seconds=1))
    assert (await bot.web.get(good)).status_code == 200
    clock.turn_to(NOON + FILE_LIFE)
    assert (await bot.web.get(good)).status_code == 404


async def test_a_token_is_not_stored_and_old_files_go(bot: Listening) -> None:
    links = [_file_link(bot) for _ in range(MOST_FILES + 2)]
    tokens = {one.rpartition("/")[2] for one in links}
    assert len(tokens) == len(links)
    assert all(len(one) == 43 for one in tokens)  # 256 bits
    with bot.desk.engine.connect() as db:
        rows = str(db.execute(text("SELECT * FROM web_link")).fetchall())
    assert not any(one in rows for one in tokens)
    assert [(await bot.web.get(one)).status_code for one in links] == [404] * 2 + [200] * MOST_FILES


async def _press(server: BotApiServer, label: str) -> None:
    """On the last message that has this button."""
    chats = server.service
    await until(lambda: any(label in one.labels for one in chats.messages(MAI)))
    found = [one for one in chats.messages(MAI) if label in one.labels]
    chats.press(MAI, found[-1].id, label)


async def _address(server: BotApiServer, but: str = "") -> str:
    """The address that the chat shows now."""

    def shown() -> list[str]:
        said = " ".join(one.text for one in server.service.messages(MAI))
        return [one for one in re.findall(r"http://\S+\.ics", said) if one != but]

    await until(lambda: bool(shown()))
    return shown()[-1]


def _events(content: bytes) -> dict[str, dict[str, str]]:
    """Each entry's properties, by the code of its session."""
    found = {}
    for event in Calendar.from_ical(content).walk("VEVENT"):
        told = {name: str(event[name]) for name in ("SUMMARY", "UID", "STATUS", "SEQUENCE")}
        found[told["SUMMARY"][:2]] = told
    return found


async def test_the_feed_is_what_is_true_now(
    bot: Listening, server: BotApiServer, clock: TurnableClock
) -> None:
    url = bot.desk.run(lambda work: make_feed(work, _person(work)))
    assert url is not None
    first = await bot.web.get(url)
    assert first.status_code == 200
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    assert first.headers["cache-control"] == "private, max-age=900"
    events = _events(first.content)
    assert set(events) == {"B1", "B2", "B3", "B4"}
    assert "X-WR-CALNAME:Sinh hoạt chuyên môn cụm An Tiến".encode() in first.content
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in first.content

    clock.turn_to(NOON + dt.timedelta(hours=2))  # nothing has changed
    again = await bot.web.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    weak = await bot.web.get(url, headers={"If-None-Match": f'"x", W/{first.headers["etag"]}'})
    assert weak.status_code == 304

    def cancels(work: Work) -> None:
        lead = next(p for p in work.people.people(1) if p.name == "Lê Thị Minh Hồng")
        session = work.sessions.by_code(1, "B2")
        assert session is not None
        cancel_session(work, lead, session.id, session.date_revision, "Bão")

    bot.desk.run(cancels)
    after = await bot.web.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert after.status_code == 200
    b2 = _events(after.content)["B2"]
    assert b2["STATUS"] == "CANCELLED"
    assert b2["UID"] == events["B2"]["UID"]
    assert int(b2["SEQUENCE"]) > int(events["B2"]["SEQUENCE"])


async def test_asked_for_in_the_chat_revoked_by_asking_anew_and_by_leaving(
    bot: Listening, server: BotApiServer
) -> None:
    server.service.type(MAI, "/lich")
    await _press(server, "Thêm các buổi của tôi vào lịch")
    await _press(server, "Lịch tự cập nhật")
    first = await _address(server)
    assert (await bot.web.get(first)).status_code == 200

    await _press(server, "Lịch tự cập nhật")
    await until(lambda: "hôm thứ Ba, 03/10/2023" in server.service.last(MAI).text)
    assert (await bot.web.get(first)).status_code == 200, "asking alone changes nothing"
    await _press(server, "Lấy địa chỉ mới")
    second = await _address(server, but=first)
    assert (await bot.web.get(first)).status_code == 404
    assert (await bot.web.get(second)).status_code == 200

    await _press(server, "Bỏ địa chỉ này")
    await until(lambda: "Đã bỏ địa chỉ" in server.service.last(MAI).text)
    assert (await bot.web.get(second)).status_code == 404
    await _press(server, "Lịch tự cập nhật")
    third = await _address(server, but=first)
    assert (await bot.web.get(third)).status_code == 200

    bot.desk.run(lambda work: leave(work, _person(work)))
    assert (await bot.web.get(third)).status_code == 404
    with bot.desk.engine.connect() as db:
        assert db.execute(text("SELECT count(*) FROM web_link")).scalar() == 0


async def test_who_is_off_the_roster_sees_nothing_more(bot: Listening) -> None:
    url = bot.desk.run(lambda work: make_feed(work, _person(work)))
    assert url is not None
    bot.desk.run(lambda work: work.people.deactivate(_person(work).id))
    assert (await bot.web.get(url)).status_code == 404


async def test_without_a_public_address_there_are_no_links(server: BotApiServer, sqlite_url: URL) -> None:
    async with listening(of_telegram(server, sqlite_url), TurnableClock(NOON)) as bot:
        bot.desk.run(_fill)
        assert bot.desk.run(lambda work: publish(work, _person(work), LETTER)) is None
        assert bot.desk.run(lambda work: make_feed(work, _person(work))) is None
        assert bot.desk.see(lambda work: opened_file(work, "A" * 43)) is None
        await bot.answers()
        assert (await bot.web.get("/f/" + "A" * 43)).text == "Not Found"


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
            bot.desk.run(_fill)
            await until(lambda: bool(one.webhook))
            bot.desk.run(lambda work: work.people.link(_person(work, HOST), "zalo", "1001:hoa", work.now))
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
