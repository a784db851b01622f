"""A corrected plan on the real bot: added, moved, reworded, dropped; who had been told hears of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import BadInputError
from bot.flows.plans.importing import import_plan
from bot.notices.notice import Kind
from bot.plan.reader import read_plan
from bot.sessions.session import SessionState
from bot.workdays import Workdays
from tests.talks.conftest import _nothing_breaks, stage
from tests.talks.stage import CLERK, LEAD, Stage

__all__ = ["_nothing_breaks", "stage"]

FILES = Path(__file__).parents[2] / "talks" / "files"


ORIGINAL = (FILES / "ke-hoach.txt").read_text("utf-8")
CORRECTED = (FILES / "ke-hoach-dieu-chinh.txt").read_text("utf-8")
MOVED = ORIGINAL.replace("14/12/2023\tTrường", "21/12/2023\tTrường")
OF_ANOTHER = ORIGINAL.replace("ụm trường An Tiến lập", "ụm trường Hoa Ban lập").replace(
    "cụm trường An Tiến.", "cụm trường Hoa Ban."
)


async def take(stage: Stage, content: str, *, by: str = "") -> set[str]:
    """Import a plan; the names of those who got a new message."""
    seen = len(stage.service.received)
    reading = read_plan("ke-hoach.txt", content.encode(), deadline=Workdays.load().deadline)
    actor = stage.person(by) if by else None
    stage.run(lambda work: import_plan(work, reading, actor))
    await stage.settle()
    names = {chat: person for person, chat in stage.chats.items()}
    new = [one for one in stage.service.received[seen:] if one.method.startswith("send")]
    return {names[one.chat_id] for one in new if one.file_name is None}


async def test_the_same_plan_again_changes_nothing_and_tells_nobody(stage: Stage) -> None:
    await stage.at(1, 11, 2023)
    before = [stage.session(code) for code in ("B1", "B2", "B3", "B4")]
    assert await take(stage, ORIGINAL) == set()
    assert [stage.session(code) for code in ("B1", "B2", "B3", "B4")] == before


async def test_a_dropped_session_is_cancelled_and_who_was_told_hears_it(stage: Stage) -> None:
    await stage.at(1, 11, 2023)
    told = await take(stage, CORRECTED, by=LEAD)
    assert len(told) == 36  # 35 invited and the host's vice head who is not
    assert all(stage.last(name).text.startswith("Hủy: buổi thứ Tư, 08/11/2023") for name in told)
    assert stage.session("B2").state is SessionState.CANCELLED
    seen = len(stage.service.received)
    await stage.at(13, 11, 2023)
    later = [one.text for one in stage.service.received[seen:] if "08/11" in one.text]
    assert all("Đã rõ" in text or "chưa báo đã rõ" in text for text in later)  # it is chased, not reminded of


async def test_codes_stay_and_a_new_session_gets_the_next(stage: Stage) -> None:
    await stage.at(1, 11, 2023)
    await take(stage, CORRECTED, by=CLERK)
    assert str(stage.session("B3").date) == "2023-12-21"
    assert stage.session("B4").content.startswith("Đẩy mạnh truyền thông")
    assert str(stage.session("B5").date) == "2024-04-16"


async def test_a_moved_session_whose_day_was_told_is_told_again_and_asked_anew(stage: Stage) -> None:
    await stage.at(8, 12, 2023)
    guest = "Tổ trưởng mẫu giáo Bát Trang"
    await stage.press(guest, "Tham dự", on="14/12/2023")
    told = await take(stage, MOVED)
    assert len(told) == 26  # 25 invited and the clerk, who had the deadline watch
    assert stage.last(guest).text.startswith(
        "Đổi lịch: buổi thứ Năm, 14/12/2023 chuyển sang thứ Năm, 21/12/2023"
    )
    session = stage.session("B3")
    assert stage.see(lambda work: work.sessions.answers(session)) == {}
    seen = len(stage.service.received)
    await stage.at(19, 12, 2023)
    late = [one for one in stage.service.received[seen:] if one.method.startswith("send")]
    assert not any("14/12" in one.text for one in late)
    assert not any("mời dự sinh hoạt chuyên môn cụm" in one.text for one in late if one.chat_id < 1061)


async def test_a_move_before_anybody_was_told_tells_nobody(stage: Stage) -> None:
    await stage.at(16, 10, 2023)
    assert await take(stage, MOVED) == set()
    await stage.at(8, 12, 2023)
    changes = stage.see(lambda work: work.reports.queued(stage.session("B3").id, 2, Kind.CHANGE))
    assert changes == frozenset()


async def test_what_was_moved_by_agreement_stays_moved_where_the_plan_says_nothing_new(stage: Stage) -> None:
    await stage.at(1, 11, 2023)
    host, officer = "Hiệu trưởng An Tiến", "Chuyên viên mầm non Phòng GD&ĐT"
    for label in ("Xin đổi lịch", "Trùng lịch của Phòng, Sở", "Thứ Sáu 10/11", "Xác nhận"):
        await stage.press(host, label)
    await stage.press(officer, "Đồng ý")
    assert await take(stage, ORIGINAL) == set()
    assert str(stage.session("B2").date) == "2023-11-10"


async def test_another_clusters_plan_is_refused(stage: Stage) -> None:
    with pytest.raises(BadInputError, match="cụm khác"):
        await take(stage, OF_ANOTHER, by=LEAD)


async def test_a_plan_that_only_corrects_drops_nothing_and_keeps_the_rule(stage: Stage) -> None:
    await stage.at(21, 11, 2023)
    first = stage.session("B4")
    stage.run(lambda work: work.people.put_cluster(replace(work.people.clusters()[0], invite_days=5)))
    reading = read_plan("bo-sung.txt", (FILES / "ke-hoach-bo-sung.txt").read_bytes())
    stage.run(lambda work: import_plan(work, replace(reading, partial=True)))
    assert str(stage.session("B3").date) == "2023-12-21"
    assert str(stage.session("B5").date) == "2024-04-16"
    assert stage.session("B4") == first
    assert stage.see(lambda work: work.people.clusters()[0].invite_days) == 5
