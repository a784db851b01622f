"""/tinhtrang where it is long, late, or about people whom no chat reaches; and on Zalo."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from bot.flows.people.bots import ZALO, ZALO_PEOPLE
from bot.flows.sessions.standing import Late, standings
from bot.flows.work import Work
from bot.message import utf16_length
from bot.storage.choices import SqlQuota
from tests.talks.stage import LEAD, Stage
from tests.talks.zalo_stage import ZaloStage

HOST = "Hiệu trưởng An Tiến"
HEADS = (HOST, "Phó hiệu trưởng chuyên môn An Tiến", "Phó hiệu trưởng nuôi dưỡng An Tiến")


def add_sessions(work: Work, number: int) -> None:
    cluster = work.people.clusters()[0]
    first = work.sessions.of_cluster(cluster.id)[-1]
    assert first.date is not None
    for step in range(number):
        work.sessions.add(replace(first, id=0, code="", date=first.date + dt.timedelta(days=7 * step)))


async def test_a_long_one_has_pages_and_each_session_its_buttons_on_its_own(november: Stage) -> None:
    november.run(lambda work: add_sessions(work, 12))
    await november.type(LEAD, "/tinhtrang")
    seen: list[str] = []
    while True:
        page = november.last(LEAD)
        assert utf16_length(page.text) <= 2000
        on_page = [label.removeprefix("Xem buổi ") for label in page.labels if label.startswith("Xem buổi ")]
        assert all(f"{code} · " in page.text for code in on_page)
        assert 1 <= len(on_page) <= 5
        seen += on_page
        turn = next((label for label in page.labels if label.endswith("▶")), None)
        if turn is None:
            break
        await november.press(LEAD, turn)
    assert sorted(seen) == sorted(f"B{n}" for n in range(2, 17))
    assert "◀ Trang" in " ".join(november.last(LEAD).labels)


async def test_what_is_late_stands_first_and_says_what(november: Stage) -> None:
    november.run(lambda work: add_sessions(work, 1))
    await november.at(7, 11, 2023)
    await november.type(LEAD, "/tinhtrang")
    shown = november.last(LEAD).text
    assert "1 buổi có việc chậm" in shown
    assert shown.index("B2 · ") < shown.index("B3 · ")
    assert "Chậm: đã qua hạn mời mà chưa có giờ, phòng" in shown
    found = november.see(lambda work: standings(work, november.cluster().id))
    assert [one.late for one in found[:2]] == [(Late.DETAILS,), ()]


async def test_heads_whom_no_chat_reaches_are_named_to_phone(november: Stage) -> None:
    november.unregister(*HEADS)
    person = november.person(HOST)
    november.run(lambda work: work.people.put_person(replace(person, phone="0912 345 678")))
    await november.type(LEAD, "/tinhtrang")
    press = await november.press(LEAD, "Báo trường đăng cai B2")
    assert press.answer == "Chưa gửi được cho ai của trường đăng cai buổi B2."
    assert "0912 345 678" in november.last(LEAD).text
    assert "đề nghị gọi điện" in november.last(LEAD).text


async def test_nothing_missing_is_not_asked_for(november: Stage) -> None:
    session = november.session("B2")
    ready = replace(
        session,
        version=session.version + 1,
        start=dt.time(8),
        room="Hội trường",
        programme="8h00 đón khách",
        released_at=november.clock.now(),
    )
    november.run(lambda work: work.sessions.save(ready))
    press = await november.forge(LEAD, f"bao:{session.id}:0")
    assert press.answer == "Buổi B2 không còn thiếu gì."
    assert press.alert
    await november.type(LEAD, "/tinhtrang")
    assert "Báo trường đăng cai B2" not in november.last(LEAD).labels


async def test_on_zalo_with_what_the_free_plan_still_gives(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        bot = stage.bots[0]
        assert len(bot.people) == ZALO_PEOPLE
        await stage.at(1, 11, 2023)
        for _ in range(2400):
            SqlQuota(stage.desk.engine).add(bot.id, "2023-11")
        said = await stage.type(LEAD, "tình trạng")
        names = {
            one["key"]: one["name"] for one in (stage.see(lambda work: work.talks.fact(ZALO)) or [[]])[0]
        }
        assert f"Zalo, bot {names[bot.id]}: 50/50 người" in said
        assert "(sắp hết tin, đủ người)" in said
        told = await stage.choose(LEAD, "Báo trường đăng cai B2")
        assert told.startswith("Đã báo trường đăng cai buổi B2: 3 người.")
        assert "còn thiếu giờ, phòng, chương trình" in stage.last(HOST)
