"""Who hears of covering, and when: heads who hear nothing else, who is asked, who is taken back."""

import pytest

from bot.flows.people.leaving import leave
from bot.flows.planning import replan
from bot.flows.sessions.covering import name_cover
from bot.plan.reading import AudienceItem
from tests.chat.covering import (
    ALSO_FREE,
    AWAY,
    COOKS,
    FREE,
    KITCHEN_VICE,
    NOBODY_YET,
    TEACHERS,
    VICE,
    invite_only,
    name,
    seen_by_heads,
    titles,
)
from tests.chat.people import COOK, GUEST, HOST
from tests.talks.stage import Stage


@pytest.mark.parametrize(
    ("items", "asked"), [((TEACHERS, COOKS), VICE), ((COOKS,), KITCHEN_VICE)], ids=["classes", "kitchen"]
)
async def test_a_school_whose_heads_hear_nothing_gets_one_message_and_one_on_the_day_before(
    stage: Stage, items: tuple[AudienceItem, ...], asked: str
) -> None:
    invite_only(stage, *items)
    await stage.at(1, 11, 2023)
    assert len(titles(stage, asked)) == 1
    assert "người đi dự cần người thay" in titles(stage, asked)[0]
    others = {GUEST, VICE, KITCHEN_VICE} - {asked}
    assert not any(titles(stage, other) for other in others)
    assert not any("cần người thay" in title for title in titles(stage, HOST)), "the host read it at prepare"
    assert any("người đi dự cần người" in text for text in stage.seen(HOST))
    await stage.at(7, 11, 2023, 16)
    assert "chưa có người" in titles(stage, asked)[-1]
    assert len(titles(stage, asked)) == 2
    assert not any(titles(stage, other) for other in others)


async def test_nothing_on_the_day_before_where_all_is_settled(stage: Stage) -> None:
    invite_only(stage, COOKS)
    await stage.at(1, 11, 2023)
    await stage.press(KITCHEN_VICE, "Người trông bếp")
    await stage.press(KITCHEN_VICE, f"○ Thay {COOK}")
    await stage.press(KITCHEN_VICE, "Không cần")
    await stage.at(7, 11, 2023, 16)
    assert len(titles(stage, KITCHEN_VICE)) == 3  # the message, the list, the choice


async def test_who_muted_the_session_is_not_told_on_the_day_before(stage: Stage) -> None:
    invite_only(stage, COOKS)
    person, session = stage.person(KITCHEN_VICE), stage.session("B2")
    stage.run(lambda work: work.sessions.set_mute(session.id, person.id, work.now, on=True))
    await stage.at(7, 11, 2023, 16)
    assert len(titles(stage, KITCHEN_VICE)) == 1


async def test_where_the_heads_who_were_invited_stay_away_another_hears_on_the_day_before(
    november: Stage,
) -> None:
    for head in (GUEST, KITCHEN_VICE):
        await november.press(head, "Vắng mặt")
    await november.at(7, 11, 2023, 16)
    assert "Ngày mai, thứ Tư, 08/11/2023: có người đi dự mà chưa có người" in titles(november, VICE)[-1]
    assert len(titles(november, VICE)) == 1
    for head in (GUEST, KITCHEN_VICE):
        assert not any("Ngày mai" in title for title in titles(november, head))


async def test_replanning_twice_says_nothing_twice(november: Stage) -> None:
    name(november, GUEST, AWAY, FREE)
    session = november.session("B2")
    november.telegram.sender.poke()
    await november.settle()
    before = len(november.seen(FREE))
    for _ in range(3):
        november.run(lambda work: replan(work, session))
    november.telegram.sender.poke()
    await november.settle()
    assert len(november.seen(FREE)) == before
    assert seen_by_heads(november) == "1:1.asked"


async def test_who_is_taken_back_before_she_was_told_hears_nothing(november: Stage) -> None:
    await november.at(1, 11, 2023, 21)
    name(november, GUEST, AWAY, FREE)
    name(november, GUEST, AWAY, ALSO_FREE, "1:1.asked")
    await november.at(2, 11, 2023, 9)
    assert not any("dạy thay" in title for title in titles(november, FREE))
    assert titles(november, ALSO_FREE)[-1] == f"Thứ Tư, 08/11/2023: nhờ thầy/cô dạy thay {AWAY}"


async def test_who_leaves_the_roster_leaves_the_line_open_to_who_had_named_her(november: Stage) -> None:
    name(november, GUEST, AWAY, FREE)
    me = november.person(FREE)
    november.run(lambda work: leave(work, me))
    november.telegram.sender.poke()
    await november.settle()
    assert titles(november, GUEST)[-1] == f"Thứ Tư, 08/11/2023: chưa có người dạy thay {AWAY}"
    assert "không còn trong danh sách của trường" in november.last(GUEST).text
    assert seen_by_heads(november) == NOBODY_YET


async def test_who_is_told_through_her_school_is_asked_so_and_her_head_writes_the_answer_down(
    stage: Stage,
) -> None:
    cook, team_head = stage.person(COOK), "Tổ trưởng mẫu giáo Bát Trang"
    session, head, away = stage.session("B3"), stage.person(GUEST), stage.person(team_head)
    stage.unregister(COOK)
    stage.run(lambda work: work.people.set_relay(cook.id, work.now, on=True))
    stage.run(lambda work: name_cover(work, head, session.id, away.id, NOBODY_YET, cook.id))
    stage.telegram.sender.poke()
    await stage.settle()
    asked = stage.last(KITCHEN_VICE)
    assert asked.text.startswith("Nhờ đồng chí báo lại cho thầy/cô Bếp trưởng")
    assert "nhờ thầy/cô dạy thay Tổ trưởng mẫu giáo Bát Trang" in asked.text
    assert not asked.labels
    await stage.type(GUEST, "/buoi B3")
    await stage.press(GUEST, "Người dạy thay")
    assert f"{COOK}, chờ trả lời" in stage.last(GUEST).text
    await stage.press(GUEST, f"○ Thay {team_head}")
    await stage.press(GUEST, "Đã nhận lời")
    assert f"{COOK}, đã nhận" in stage.last(GUEST).text
