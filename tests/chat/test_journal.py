"""`/nhatky B2`: each kind of step, with no more noted of it than every step of that kind has."""

import re

from bot.flows.work import Work
from bot.resources import data_path
from bot.sessions.store import Event
from tests.talks.stage import LEAD, OFFICER, Stage

HOST = "Hiệu trưởng An Tiến"
TEMPLATE = data_path("texts", "chat", "nhatky_buoc.txt").read_text(encoding="utf-8")
STEPS = sorted(set(re.findall(r"w == '(\w+)'", TEMPLATE)))
LEAST: dict[str, dict[str, object]] = {
    "countered": {"day": "2023-11-10"},
    "day_fixed": {"day": "2023-11-10"},
    "day_proposed": {"day": "2023-11-10"},
    "nudged": {"missing": ["giờ"]},
}


def note_all(work: Work, session_id: int, cluster_id: int) -> None:
    for what in STEPS:
        work.sessions.note(Event(session_id, work.now, None, what, LEAST.get(what, {})), cluster_id)


async def test_a_step_of_which_little_was_noted_is_shown_all_the_same(stage: Stage) -> None:
    session = stage.session("B2")
    assert len(STEPS) > 15
    stage.run(lambda work: note_all(work, session.id, session.cluster_id))
    await stage.type(LEAD, "/nhatky B2")
    assert "Nhật ký buổi B2" in stage.last(LEAD).text
    assert "Đặt giờ." in stage.last(LEAD).text


async def test_a_move_that_was_agreed_says_from_where_to_where(november: Stage) -> None:
    for label in ("Xin đổi lịch", "Trùng lịch của Phòng, Sở", "Thứ Sáu 10/11", "Xác nhận"):
        await november.press(HOST, label)
    await november.press(OFFICER, "Đồng ý")
    await november.type(LEAD, "/nhatky B2")
    shown = november.last(LEAD).text
    assert "MN An Tiến xin đổi lịch sang thứ Sáu, 10/11/2023." in shown
    assert "Chuyển từ thứ Tư, 08/11/2023 sang thứ Sáu, 10/11/2023, theo đề nghị của MN An Tiến." in shown
