"""Who covers: the schools whose heads hear nothing else of a session, races, and who may do what."""

from dataclasses import replace

import pytest

from bot.cluster.people import Person, Post
from bot.errors import BadInputError, OutdatedError
from bot.flows.people.leaving import leave
from bot.flows.planning import replan, replan_cluster
from bot.flows.scene import Scene
from bot.flows.sessions.covering import answer_cover, free_to_cover, line_of, name_cover, own_lines, seen
from bot.flows.work import Work
from bot.plan.reading import AudienceItem
from bot.sessions.cover import CoverState
from tests.chat.test_forged import COOK, CORE, GUEST, HOST, OFFICER
from tests.talks.stage import CLERK, Stage

VICE, KITCHEN_VICE = "Phó hiệu trưởng chuyên môn Bát Trang", "Phó hiệu trưởng nuôi dưỡng Bát Trang"
AWAY, OTHER = "Giáo viên cốt cán 1 Bát Trang", "Giáo viên cốt cán 2 Bát Trang"
FREE, ALSO_FREE = "Tổ trưởng mẫu giáo Bát Trang", "Tổ phó mẫu giáo Bát Trang"
TEACHERS, COOKS = AudienceItem("GV_COT_CAN", 4), AudienceItem("BEP_TRUONG")


def invite_only(stage: Stage, *items: AudienceItem) -> None:
    """B2 is for these alone: no head is invited."""

    def change(work: Work) -> None:
        session = work.sessions.by_code(work.people.clusters()[0].id, "B2")
        assert session is not None
        changed = replace(session, audience=items, version=session.version + 1)
        work.sessions.save(changed)
        replan(work, changed)

    stage.run(change)


NOBODY_YET = "1:"  #: what a head saw: of the first day, nobody is named


def name(stage: Stage, head: str, absent: str, who: str, seen_as: str = NOBODY_YET) -> None:
    session, by, away, covers = stage.session("B2"), *map(stage.person, (head, absent, who))
    stage.run(lambda work: name_cover(work, by, session.id, away.id, seen_as, covers.id))


def titles(stage: Stage, who: str) -> list[str]:
    return [text.partition("\n")[0] for text in stage.seen(who) if "08/11/2023" in text.partition("\n")[0]]


@pytest.mark.parametrize(
    ("items", "asked"), [((TEACHERS, COOKS), VICE), ((COOKS,), KITCHEN_VICE)], ids=["classes", "kitchen"]
)
async def test_a_school_whose_heads_hear_nothing_gets_one_message_and_one_on_the_day_before(
    stage: Stage, items: tuple[AudienceItem, ...], asked: str
) -> None:
    invite_only(stage, *items)
    await stage.at(1, 11, 2023)
    assert len(titles(stage, asked)) == 1
    assert "người dự cần người thay" in titles(stage, asked)[0]
    others = {GUEST, VICE, KITCHEN_VICE} - {asked}
    assert not any(titles(stage, other) for other in others)
    assert not any("cần người thay" in title for title in titles(stage, HOST)), "the host read it at prepare"
    assert any("người dự cần người thay" in text for text in stage.seen(HOST))
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


async def test_of_two_heads_who_name_at_once_the_second_is_told(november: Stage) -> None:
    name(november, GUEST, AWAY, FREE)
    with pytest.raises(OutdatedError):
        name(november, KITCHEN_VICE, AWAY, ALSO_FREE)
    with pytest.raises(BadInputError):
        name(november, KITCHEN_VICE, OTHER, FREE)
    session = november.session("B2")
    covers = november.see(lambda work: work.sessions.covers(session.id))
    assert [cover.person_id for cover in covers] == [november.person(FREE).id]


async def test_who_may_be_chosen(november: Stage) -> None:
    head, session = november.person(GUEST), november.session("B2")

    def free(absent: str) -> list[str]:
        def look(work: Work) -> list[str]:
            of = Scene(work).of(session)
            return [p.name for p in free_to_cover(of, line_of(of, head, november.person(absent).id))]

        return november.see(look)

    assert free(AWAY) == [
        *(FREE, ALSO_FREE, "Tổ trưởng nhà trẻ Bát Trang", "Tổ phó nhà trẻ Bát Trang"),
        VICE,
    ]
    name(november, GUEST, AWAY, FREE)
    assert FREE not in free(OTHER)
    assert FREE not in free(AWAY)


async def test_heads_leave_nothing_behind_and_the_host_counts_too(november: Stage) -> None:
    session = november.session("B2")

    def lines(work: Work, who: str) -> list[str]:
        of = Scene(work).of(session)
        return [line.absent.name for line in own_lines(of, november.person(who).unit_id)]

    for head in (GUEST, HOST):
        found = november.see(lambda work, head=head: lines(work, head))  # type: ignore[misc]
        school = head.removeprefix("Hiệu trưởng ")
        assert found == [*(f"Giáo viên cốt cán {n} {school}" for n in range(1, 5)), f"Bếp trưởng {school}"]


async def test_an_answer_counts_once_and_may_be_changed(november: Stage) -> None:
    name(november, GUEST, AWAY, FREE)
    me, session = november.person(FREE), november.session("B2")
    for accepts in (True, True, False, True):
        november.run(lambda work, a=accepts: answer_cover(work, me, 1, 1, accepts=a))  # type: ignore[misc]
    november.telegram.sender.poke()
    await november.settle()
    (cover,) = november.see(lambda work: work.sessions.covers(session.id))
    assert cover.state is CoverState.ACCEPTED
    steps = [
        e.detail["state"]
        for e in november.see(lambda work: work.sessions.history(session.id))
        if e.what == "cover"
    ]
    assert steps == ["asked", "accepted", "declined", "accepted"]
    assert not any("chưa có người dạy thay" in text for text in november.seen(GUEST)), "settled since"


async def test_who_refused_one_and_covers_for_another_cannot_take_both(november: Stage) -> None:
    name(november, GUEST, AWAY, FREE)
    me, session = november.person(FREE), november.session("B2")
    november.run(lambda work: answer_cover(work, me, 1, 1, accepts=False))
    name(november, GUEST, OTHER, FREE)
    with pytest.raises(OutdatedError):
        november.run(lambda work: answer_cover(work, me, 1, 1, accepts=True))
    of_both = november.see(lambda work: work.sessions.covers(session.id))
    assert [cover.state for cover in of_both] == [CoverState.DECLINED, CoverState.ASKED]


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


def seen_by_heads(stage: Stage) -> str:
    session, head, away = stage.session("B2"), stage.person(GUEST), stage.person(AWAY)

    def look(work: Work) -> str:
        of = Scene(work).of(session)
        return seen(of, line_of(of, head, away.id))

    return stage.see(look)


@pytest.mark.parametrize("who", [COOK, CORE, OFFICER, CLERK])
async def test_only_heads_of_the_school_name_and_only_who_is_named_answers(november: Stage, who: str) -> None:
    name(november, GUEST, AWAY, FREE)
    session = november.session("B2")
    before = november.see(lambda work: work.sessions.covers(session.id))
    away = november.person(AWAY).id
    for token in ("lop:2", f"thay:2:{away}", "nhan:1:1", "tuchoi:1:1"):
        press = await november.forge(who, token)
        assert press.alert, token
    assert november.see(lambda work: work.sessions.covers(session.id)) == before


@pytest.mark.parametrize(
    "token", ["thay:2", "thay:2:x", "nhan:1", "nhan:x:1", "nhan:99:1", "tat", "tat:x:1", "lop:0"]
)
async def test_broken_tokens(november: Stage, token: str) -> None:
    press = await november.forge(GUEST, token)
    assert press.alert
    assert press.answer


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


async def test_a_long_list_is_turned_over(november: Stage) -> None:
    invite_only(november, AudienceItem("GV_COT_CAN"), AudienceItem("HT"))
    unit, cluster = november.person(GUEST).unit_id, november.cluster()

    def more(work: Work) -> None:
        for number in range(5, 20):
            person = Person(0, cluster.id, unit, f"Nguyễn Thị Lan {number}", (Post("GV_COT_CAN"),))
            work.people.put_person(person)
        replan_cluster(work, cluster.id)

    november.run(more)
    await november.forge(GUEST, "lop:2")
    first = november.last(GUEST)
    assert len([label for label in first.labels if "Thay" in label]) == 12
    assert "Trang 2 ▶" in first.labels
    await november.press(GUEST, "Trang 2 ▶")
    second = november.last(GUEST)
    assert (second.id, len([label for label in second.labels if "Thay" in label])) == (first.id, 7)
    last = "○ Thay Nguyễn Thị Lan 19 (GV cốt cán)"
    await november.press(GUEST, last)
    await november.press(GUEST, "Không cần")
    assert "● Thay Nguyễn Thị Lan 19 (GV cốt cán)" in november.last(GUEST).labels, "the page she stands on"
    await november.press(GUEST, "◀ Trang 1")
    assert "Giáo viên cốt cán 1 Bát Trang: chưa có" in november.last(GUEST).text
    await november.at(7, 11, 2023, 16)
    assert "; và 6 người nữa" in november.last(GUEST).text
