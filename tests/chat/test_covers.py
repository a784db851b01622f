"""Who covers: who may be chosen and by whom, races, and what a named one may answer."""

import pytest

from bot.cluster.people import Person, Post
from bot.errors import BadInputError, OutdatedError
from bot.flows.planning import replan_cluster
from bot.flows.scene import Scene
from bot.flows.sessions.covering import answer_cover, free_to_cover, line_of, own_lines
from bot.flows.work import Work
from bot.plan.reading import AudienceItem
from bot.sessions.cover import CoverState
from tests.chat.covering import ALSO_FREE, AWAY, FREE, KITCHEN_VICE, OTHER, VICE, invite_only, name
from tests.chat.people import COOK, CORE, GUEST, HOST
from tests.talks.stage import CLERK, OFFICER, Stage


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
