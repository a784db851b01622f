"""The calendar that keeps itself up to date: what it holds, who gets its address, when that ends."""

import datetime as dt
import re

from icalendar import Calendar
from sqlalchemy import text

from bot.clock import TurnableClock
from bot.demo.botapi import BotApiServer
from bot.flows.papers.links import make_feed
from bot.flows.people.leaving import leave
from bot.flows.sessions.details import cancel_session
from bot.flows.work import Work
from tests.http.conftest import MAI, Listening, until
from tests.http.sample import NOON, person


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
    url = bot.desk.run(lambda work: make_feed(work, person(work)))
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

    bot.desk.run(lambda work: leave(work, person(work)))
    assert (await bot.web.get(third)).status_code == 404
    with bot.desk.engine.connect() as db:
        assert db.execute(text("SELECT count(*) FROM web_link")).scalar() == 0


async def test_who_is_off_the_roster_sees_nothing_more(bot: Listening) -> None:
    url = bot.desk.run(lambda work: make_feed(work, person(work)))
    assert url is not None
    bot.desk.run(lambda work: work.people.deactivate(person(work).id))
    assert (await bot.web.get(url)).status_code == 404
