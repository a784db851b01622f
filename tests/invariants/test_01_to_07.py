"""The invariants of the design, by their numbers: the queue and the rights."""

import asyncio
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from bot.errors import OutdatedError
from bot.flows.composing import compose
from bot.flows.planning import replan_cluster, say_now
from bot.flows.scene import Scene
from bot.flows.sessions.duties import tell_undelivered
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.notices.timeline import timeline
from bot.outbox.pacing import Pacing
from bot.outbox.port import Outcome, State
from bot.sessions import changes
from bot.sessions.session import SessionState
from bot.storage.tables import notice
from tests.notices.plans import POLICY, WORKDAYS, local, plan_on
from tests.talks.stage import INVITED, LEAD, OFFICER, Stage

HOST, GUEST, TEACHER = "Hiệu trưởng An Tiến", "Hiệu trưởng Bát Trang", "Giáo viên cốt cán 1 Bát Trang"
COOK = "Bếp trưởng Bát Trang"
LEASE = dt.timedelta(seconds=90)


def rows(stage: Stage) -> list[tuple[object, ...]]:
    with stage.desk.engine.connect() as db:
        columns = (notice.c.id, notice.c.dedup_key, notice.c.state, notice.c.due, notice.c.finished_at)
        return [tuple(row) for row in db.execute(select(*columns).order_by(notice.c.id))]


async def test_01_the_database_row_is_the_truth(stage: Stage) -> None:
    """The process is gone when the invitations fall due, and back an hour later: they go out once."""
    await stage.at(31, 10, 2023, 18)
    assert "scheduler" not in " ".join(inspect(stage.desk.engine).get_table_names())
    await stage.stop_bot()
    stage.clock.turn_to(INVITED + dt.timedelta(minutes=30))
    await stage.start_bot()
    invitations = [text for text in stage.seen(TEACHER) if "mời dự" in text]
    assert len(invitations) == 1
    await stage.stop_bot()
    await stage.start_bot()
    assert [text for text in stage.seen(TEACHER) if "mời dự" in text] == invitations


@settings(max_examples=60, deadline=None)
@given(st.dates(dt.date(2023, 9, 5), dt.date(2024, 5, 25)), st.integers(0, 60 * 24 * 60))
def test_02_planning_is_a_pure_function(day: dt.date, minutes: int) -> None:
    plan = plan_on(day)
    now = local("01/09/2023 00:00") + dt.timedelta(minutes=minutes * 6)
    first = timeline(plan, POLICY, WORKDAYS, now)
    assert timeline(plan, POLICY, WORKDAYS, now) == first
    assert len({one.dedup_key for one in first}) == len(first)
    assert all(now <= one.due < one.useful_until for one in first)


async def test_02_replanning_changes_nothing_and_never_what_was_sent(november: Stage) -> None:
    before = rows(november)
    for _ in range(2):
        november.run(lambda work: replan_cluster(work, november.cluster().id))
    assert rows(november) == before
    await november.press(HOST, "Xin đổi lịch")
    for label in ("Trùng lịch của Phòng, Sở", "Thứ Sáu 10/11", "Xác nhận"):
        await november.press(HOST, label)
    await november.press(OFFICER, "Đồng ý")
    finished = [row for row in before if row[4] is not None]
    assert [row for row in rows(november) if row in finished] == finished


async def test_03_the_same_notice_is_queued_once(november: Stage) -> None:
    def twice(work: Work) -> None:
        session = work.sessions.by_code(november.cluster().id, "B2")
        assert session is not None
        for _ in range(2):
            of = Scene(work).of(session)
            say_now(work, Kind.CANCELLATION, of, [november.person(TEACHER).id], "x", {"reason": "thử"})

    before = len(rows(november))
    november.run(twice)
    assert len(rows(november)) == before + 1
    keys = [row[1] for row in rows(november)]
    assert None not in keys
    assert len(set(keys)) == len(keys)


async def test_03_an_hour_is_a_new_version_and_nobody_is_invited_again(november: Stage) -> None:
    before = november.session("B2")
    await november.press(HOST, "Đặt giờ")
    await november.type(HOST, "8h00")
    after = november.session("B2")
    assert (after.version, after.date_revision) == (before.version + 1, before.date_revision)
    assert len([m for m in november.service.messages(november.chat(TEACHER)) if m.from_bot]) == 2
    assert "8h00" in november.last(TEACHER).text  # the card, drawn anew
    await november.at(3, 11, 2023, 18)
    assert not any(text.startswith("8h00") and "mời dự" in text for text in november.seen(TEACHER)[2:])


async def test_04_an_acknowledgement_is_fenced_by_its_attempt(november: Stage) -> None:
    """A process that lost its lease cannot undo what the next one did."""
    await november.stop_bot()
    november.clock.turn_to(INVITED)
    due = dt.datetime(2023, 11, 7, 8, 31, tzinfo=dt.UTC)
    slow, quick = (november.desk.queue(compose, tell_undelivered) for _ in range(2))
    claimed = slow.claim(due, 400, LEASE)
    assert claimed
    assert not quick.claim(due, 400, LEASE)
    later = due + LEASE + dt.timedelta(seconds=1)
    again = quick.claim(later, 400, LEASE)
    quick.record([Outcome(row, State.SENT, message_id="7") for row in again], later)
    slow.record([Outcome(row, State.FAILED, error="too late") for row in claimed], later)
    states = {row[0]: row[2] for row in rows(november)}
    assert all(states[row.id] == State.SENT.value for row in again)
    november.desk.close()  # it was used while the bot was away; the bot has another
    await november.start_bot()


async def test_05_answers_before_bulk(tmp_path: Path) -> None:
    """Forty reminders at twenty a second; somebody asks in the middle and does not wait for them."""
    async with Stage(tmp_path, INVITED, pacing=Pacing(20, chat_gap=0)) as stage:
        before = len(stage.service.sent())
        stage.clock.turn_to(dt.datetime(2023, 11, 7, 8, 31, tzinfo=dt.UTC))
        stage.telegram.sender.poke()
        await stage.service.until(lambda: len(stage.service.sent()) > before + 3)
        chat = stage.chat("Tổ trưởng nhà trẻ An Tiến")
        stage.service.type(chat, "/lich")
        await stage.service.until(lambda: bool(stage.service.sent(chat)))
        assert len(stage.service.sent()) < before + 25
        await asyncio.wait_for(stage.settle(), 20)
        assert len(stage.service.sent()) > before + 40


async def test_06_rights_are_those_of_today(november: Stage) -> None:
    """The button was drawn while she was head of the host school; she is not any more."""
    shown = november.find(HOST, "Gửi giấy mời")
    november.run(lambda work: work.people.deactivate(november.person(HOST).id))
    press = await november.press_on(HOST, shown, "Gửi giấy mời")
    assert press.alert
    assert november.session("B2").released_at is None


async def test_07_a_change_is_compare_and_set(november: Stage) -> None:
    stale = november.session("B2")
    november.run(lambda work: work.sessions.save(changes.set_room(stale, "Phòng họp")))
    with pytest.raises(OutdatedError) as refused:
        november.run(lambda work: work.sessions.save(changes.cancel(stale)))
    assert str(refused.value).endswith(".")
    assert november.session("B2").state is SessionState.PLANNED
    assert november.session("B2").room == "Phòng họp"


async def test_07_two_heads_press_at_once(november: Stage) -> None:
    names = (HOST, "Phó hiệu trưởng chuyên môn An Tiến", LEAD)
    for name in names:
        shown = november.find(name, "Gửi giấy mời")
        november.service.press(november.chat(name), shown.id, "Gửi giấy mời")
    await november.settle()
    assert november.session("B2").version == 2
    assert (
        len([text for text in november.seen(OFFICER) if text.startswith("Kính mời") and "08/11" in text]) == 1
    )
