"""/lich over a long year, two clusters and every state: in pages, and never over what a channel takes."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.channels.zalo.drawing import draw
from bot.chat.incoming import Incoming
from bot.chat.talk import Talk
from bot.chat.views.schedule import schedule
from bot.chat.views.schedule_place import Place, Tab
from bot.flows.work import Work
from bot.message import Message, plain, utf16_length
from bot.notices.actions import Verb, parse
from bot.plan.reading import Precision
from bot.sessions.session import Session, SessionState
from tests.talks.stage import Stage

COOK = "Bếp trưởng An Tiến"


def _lengthen(work: Work, count: int) -> None:
    """Many more sessions, one a week, with contents as long as plans have them."""
    (cluster,) = work.people.clusters()
    first = work.sessions.by_code(cluster.id, "B2")
    assert first is not None
    assert first.date is not None
    for number in range(count):
        day = first.date + dt.timedelta(days=7 * number + 4)
        content = f"Chuyên đề số {number}: " + "đổi mới phương pháp, lấy trẻ làm trung tâm " * 4
        work.sessions.add(replace(first, id=0, code="", date=day, content=content, version=1))


def _talk(work: Work, stage: Stage, name: str, *, private: bool = True) -> Talk:
    return Talk(work, Incoming("telegram", str(stage.chat(name)), private=private, text="/lich"))


def _all_pages(stage: Stage, name: str, tab: Tab) -> list[Message]:
    def read(work: Work) -> list[Message]:
        made: list[Message] = []
        while True:
            page = schedule(_talk(work, stage, name), Place(tab, len(made) + 1))
            made.append(page)
            if not any(one.label == "Trang sau ›" for row in page.rows for one in row):
                return made

    return stage.see(read)


def _opened(message: Message) -> list[int]:
    actions = [parse(one.token) for row in message.rows for one in row]
    return [action.number(0) for action in actions if action.verb is Verb.CARD]


@pytest.mark.parametrize("tab", [tab for tab in Tab if tab is not Tab.BEFORE])
async def test_a_long_year_comes_in_pages_that_fit_every_channel(stage: Stage, tab: Tab) -> None:
    stage.run(lambda work: _lengthen(work, 30))
    pages = _all_pages(stage, COOK, tab)
    assert len(pages) > 1
    opened = [session for page in pages for session in _opened(page)]
    assert len(opened) == len(set(opened)), "each session stands on one page"
    for page in pages:
        assert utf16_length(plain(page.text)) <= 4096
        assert len(draw(page).texts) == 1, "one text on Zalo too, with its choices"
    if tab is Tab.YEAR:
        assert len(opened) == 34


async def test_the_first_view_keeps_what_is_coming_and_leaves_the_rest_to_the_year(stage: Stage) -> None:
    stage.run(lambda work: _lengthen(work, 30))
    await stage.at(20, 11, 2023)
    coming = "\n".join(page.text for page in _all_pages(stage, COOK, Tab.COMING))
    assert "Đã qua" not in coming
    assert "✓" not in coming
    year = "\n".join(page.text for page in _all_pages(stage, COOK, Tab.YEAR))
    assert "✓ Thứ Năm, 12/10/2023" in year


async def test_each_state_has_its_word_and_its_sign(stage: Stage) -> None:
    def change(work: Work) -> None:
        (cluster,) = work.people.clusters()
        b1, _, b3, b4 = work.sessions.of_cluster(cluster.id)
        work.sessions.save(_next(b1, state=SessionState.CANCELLED))
        work.sessions.save(_next(b3, date=dt.date(2023, 12, 15), date_revision=2))
        window = (dt.date(2024, 3, 1), dt.date(2024, 3, 31))
        work.sessions.save(
            _next(b4, date=None, precision=Precision.MONTH, date_text="tháng 3/2024", window=window)
        )

    stage.run(change)
    await stage.type("Hiệu trưởng An Tiến", "/buoi B2")
    asking = ("Xin đổi lịch", "Trùng lịch của Phòng, Sở", "Để cơ quan quản lý chọn ngày", "Xác nhận")
    for label in asking:
        await stage.press("Hiệu trưởng An Tiến", label)
    shown = plain(stage.see(lambda work: schedule(_talk(work, stage, COOK))).text)
    for words in (
        "✕ Thứ Năm, 12/10/2023 · MN Sao Sáng (B1)",
        "[đã hủy]",
        "⇄ Thứ Tư, 08/11/2023 · MN An Tiến (B2)",
        "[có mời; đang xin đổi lịch]",
        "↻ Thứ Sáu, 15/12/2023 · MN Trường Thành (B3)",
        "[đã đổi ngày]",
        "○ Tháng 3/2024 · MN Trường Thọ (B4)",
        "[chưa chốt ngày]",
    ):
        assert words in shown


def _next(session: Session, **changes: object) -> Session:
    return replace(session, version=session.version + 1, **changes)  # type: ignore[arg-type]


async def test_in_a_group_nobody_sees_who_is_invited_or_has_answered(stage: Stage) -> None:
    await stage.forge(COOK, "go:2:1")
    shown = stage.see(lambda work: schedule(_talk(work, stage, COOK, private=False)))
    assert "tham dự" not in shown.text
    assert "có mời" not in shown.text
