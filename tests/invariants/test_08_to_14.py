"""The invariants of the design, by their numbers: the request to move, doubts, people, time, words."""

import datetime as dt
import logging
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.flows.plans.importing import import_plan
from bot.flows.work import Work
from bot.message import plain
from bot.notices.dates import days_left, full_day, weekday
from bot.notices.notice import Kind
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.sessions.request import RequestState
from bot.storage.tables import notice
from bot.workdays import Workdays
from tests.talks.stage import LEAD, LEADER, OFFICER, STRANGER, Stage

HOST, GUEST, TEACHER = "Hiệu trưởng An Tiến", "Hiệu trưởng Bát Trang", "Giáo viên cốt cán 1 Bát Trang"
COOK = "Bếp trưởng Bát Trang"
PLAN = data_path("plans", "an-tien-2023-2024.txt").read_text("utf-8")


async def ask_to_move(stage: Stage) -> None:
    for label in ("Xin đổi lịch", "Trùng lịch của Phòng, Sở", "Thứ Sáu 10/11", "Xác nhận"):
        await stage.press(HOST, label)


def read(stage: Stage, plan: str) -> None:
    reading = read_plan("ke-hoach.txt", plan.encode(), deadline=Workdays.load().deadline)
    stage.run(lambda work: import_plan(work, reading))


async def test_08_the_old_date_stands_until_the_authority_agrees(november: Stage) -> None:
    await november.press(TEACHER, "Tham dự")
    await ask_to_move(november)
    assert november.session("B2").date == dt.date(2023, 11, 8)
    assert "lịch thứ Tư 08/11 giữ nguyên" in november.last(TEACHER).text
    await november.press(OFFICER, "Đồng ý")
    moved = november.session("B2")
    assert (moved.date, moved.date_revision) == (dt.date(2023, 11, 10), 2)

    def after(work: Work) -> None:
        assert work.sessions.answers(moved) == {}
        assert work.deadline(november.cluster(), dt.date(2023, 11, 10)) == dt.date(2023, 11, 7)
        told = work.reports.told(moved.id, 2)
        assert november.person(TEACHER).id in told
        kinds = {kind for person in told.values() for kind in person}
        assert kinds <= {Kind.CHANGE, Kind.REQUEST_NEWS, Kind.PREPARE}  # the host: with the new letter

    november.see(after)
    with november.desk.engine.connect() as db:
        pending = select(notice.c.id).where(
            notice.c.session_id == moved.id, notice.c.date_revision == 1, notice.c.state == "pending"
        )
        assert db.execute(pending).all() == []


async def test_08_on_paper_the_lead_records_it(november: Stage) -> None:
    november.unregister(OFFICER, LEADER)
    await ask_to_move(november)
    await november.press(LEAD, "Đồng ý")
    assert november.session("B2").date == dt.date(2023, 11, 10)
    (request,) = november.see(lambda work: work.sessions.requests(november.session("B2").id))
    assert (request.state, request.on_paper) == (RequestState.AGREED, True)


async def test_09_a_session_known_by_month_invites_nobody_until_its_day_is_confirmed(stage: Stage) -> None:
    await stage.at(16, 10, 2023)
    read(stage, PLAN.replace("14/12/2023\tTrường Thành", "Tháng 01/2024\tTrường Thọ"))
    vague = stage.session("B5")
    assert vague.date is None
    seen = len(stage.service.received)
    await stage.at(17, 10, 2023)
    assert not any("B5" in one.text for one in stage.service.received[seen:])

    host = "Hiệu trưởng Trường Thọ"
    await stage.type(host, "/buoi B5")
    assert "Tham dự" not in stage.last(host).labels
    await stage.press(host, "Đề nghị ngày")
    await stage.type(host, "16/01/2024")
    await stage.press(host, "Xác nhận")
    assert stage.session("B5").date is None
    assert stage.last(LEAD).text.startswith("MN Trường Thọ đề nghị ngày thứ Ba, 16/01/2024 cho buổi B5")
    press = await stage.forge(GUEST, f"fix:{vague.id}:2024-01-16")
    assert press.alert
    await stage.press(LEAD, "Xác nhận")
    assert stage.session("B5").date == dt.date(2024, 1, 16)
    await stage.at(10, 1, 2024)
    assert any("mời dự" in text and "16/01/2024" in text for text in stage.seen(GUEST))


async def test_10_who_cannot_be_reached_is_somebodys_to_phone(stage: Stage) -> None:
    stage.unregister(COOK)
    await stage.at(1, 11, 2023)
    stage.service.block(stage.chat(TEACHER))
    await stage.settle()
    await stage.at(2, 11, 2023)
    for name in (HOST, LEAD):
        watch = next(text for text in stage.seen(name) if text.startswith("Hạn mời buổi B2"))
        assert "Bếp trưởng MN Bát Trang" in watch
    await ask_to_move(stage)
    await stage.press(OFFICER, "Đồng ý")
    lost = next(text for text in reversed(stage.seen(HOST)) if text.startswith("Chưa báo được"))
    assert "Giáo viên cốt cán 1 MN Bát Trang" in lost
    assert not any("gọi điện" in text for text in stage.seen(GUEST))


@given(st.dates(dt.date(2023, 1, 1), dt.date(2030, 12, 31)), st.integers(-3, 400))
def test_11_days_are_counted_on_the_calendar_and_the_weekday_is_shown(today: dt.date, ahead: int) -> None:
    day = today + dt.timedelta(days=ahead)
    words = {0: "hôm nay", 1: "ngày mai"}.get(ahead, f"còn {ahead} ngày" if ahead > 0 else "đã qua")
    assert days_left(today, day) == words
    assert full_day(day).startswith(weekday(day))


async def test_11_time_is_stored_in_utc_and_shown_in_vietnam(november: Stage) -> None:
    with november.desk.engine.connect() as db:
        dues = db.execute(select(notice.c.due).where(notice.c.kind == Kind.INVITATION.value)).scalars().all()
    assert {due.tzinfo for due in dues} == {dt.UTC}
    assert dt.datetime(2023, 11, 1, 1, 0, tzinfo=dt.UTC) in dues  # 08:00 in Việt Nam
    late = november.clock.now().replace(hour=17, minute=30)  # 00:30 of the next day in Việt Nam
    november.clock.turn_to(late)
    await november.type(TEACHER, "/buoi B2")
    assert "(còn 6 ngày)" in november.last(TEACHER).text


async def test_12_no_token_code_or_phone_in_any_log(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, "bot")
    stage.unregister(COOK)
    code, join = stage.code(COOK), stage.cluster().join_code
    await stage.type(STRANGER, f"/start {code}")
    await stage.type("Người lạ khác", f"/start {join}")
    await stage.type("Người lạ khác", "/start SAI-MA-NAY")
    await stage.type(LEAD, "/thanhvien")
    stage.service.block(stage.chat(TEACHER))
    await stage.at(9, 10, 2023)
    logged = "\n".join(f"{r.name} {r.getMessage()} {r.exc_text or ''}" for r in caplog.records)
    logged = "\n".join(line for line in logged.splitlines() if not line.startswith("asyncio"))
    secret = stage.service.token.partition(":")[2]
    for hidden in (secret, code, code.replace("-", ""), join):
        assert hidden not in logged


async def test_13_old_cards_go_dead_gracefully(november: Stage) -> None:
    """Whatever button of a card from before the move is pressed: today's state, nothing changed."""
    old = {name: november.find(name, "Tham dự") for name in (TEACHER, COOK, GUEST)}
    data = {name: message.button("Tham dự").data or "" for name, message in old.items()}
    await ask_to_move(november)
    await november.press(OFFICER, "Đồng ý")
    for name, message in old.items():
        press = november.service.forge_press(november.chat(name), message.id, data[name])
        await november.settle()
        assert press.alert
        assert "thứ Sáu, 10/11/2023" in (press.answer or "")
        shown = november.service.message(november.chat(name), message.id)
        assert "thứ Sáu, 10/11/2023" in plain(shown.text)
        assert (shown.button("Tham dự").data or "").endswith(":2")
    assert november.see(lambda work: work.sessions.answers(november.session("B2"))) == {}


async def test_14_a_session_keeps_its_code_for_life(stage: Stage) -> None:
    await stage.at(16, 10, 2023)
    contents = {code: stage.session(code).content for code in ("B1", "B2", "B3", "B4")}
    rows = [line for line in PLAN.splitlines() if re.match(r"\d\d/\d\d?/\d{4}\t", line)]
    assert len(rows) == 4
    shuffled = PLAN.replace("\n".join(rows[2:]), "\n".join(reversed(rows[2:]))).replace(
        rows[0], f"05/02/2024\tBát Trang\tGiáo dục kỹ năng sống\tHT\n{rows[0]}"
    )
    read(stage, shuffled)
    assert {code: stage.session(code).content for code in contents} == contents
    assert stage.session("B5").content == "Giáo dục kỹ năng sống"
    read(stage, PLAN)  # without it again
    read(stage, shuffled)
    codes = [s.code for s in stage.see(lambda work: work.sessions.of_cluster(stage.cluster().id))]
    assert sorted(codes) == sorted(set(codes))
    assert {code: stage.session(code).content for code in contents} == contents
