"""The next school year: from the same cluster's new plan, with its people, its links and its history."""

import re

from bot.flows.plans.importing import import_plan
from bot.flows.plans.previewing import preview
from bot.plan.reader import read_plan
from bot.plan.reading import PlanReading
from bot.sessions.answers import Reply
from bot.sessions.session import SessionState
from bot.sessions.years import stands_in
from bot.workdays import Workdays
from tests.flows.plans.test_plan_again import ORIGINAL, take
from tests.talks.conftest import _nothing_breaks, stage
from tests.talks.stage import LEAD, Stage

__all__ = ["_nothing_breaks", "stage"]

TEACHER = "Giáo viên cốt cán 1 Bát Trang"


def a_year_later(text: str) -> str:
    text = re.sub(r"20(23|24)", lambda year: f"20{int(year[1]) + 1}", text)
    return re.sub(r"(?i)\bthứ (hai|ba|tư|năm|sáu|[2-6])\b,?", "", text)


NEXT = a_year_later(ORIGINAL)


def reading(text: str) -> PlanReading:
    return read_plan("ke-hoach.txt", text.encode(), deadline=Workdays.load().deadline)


async def test_people_and_links_stay_old_sessions_stay_and_codes_go_on(stage: Stage) -> None:
    await stage.at(1, 11, 2023)
    await stage.press(TEACHER, "Tham dự")
    await stage.at(20, 8, 2024)
    old = {code: stage.session(code) for code in ("B1", "B2", "B3", "B4")}
    people = stage.see(lambda work: work.people.people(stage.cluster().id))
    what = stage.see(lambda work: preview(work, reading(NEXT)))
    assert what.begins_after == "2023-2024"
    assert [len(part) for part in (what.changes.added, what.changes.dropped, what.changes.moved)] == [4, 0, 0]
    assert await take(stage, NEXT, by=LEAD) == set()
    assert stage.cluster().school_year == "2024-2025"
    assert {code: stage.session(code) for code in old} == old
    answers = stage.see(lambda work: work.sessions.answers(old["B2"]))
    assert answers[stage.person(TEACHER).id].reply is Reply.GOING
    assert stage.see(lambda work: work.people.people(stage.cluster().id)) == people
    assert [stage.session(f"B{n}").state for n in (5, 6, 7, 8)] == [SessionState.PLANNED] * 4
    assert await take(stage, NEXT, by=LEAD) == set(), "again: nothing changes"
    assert stage.see(lambda work: work.sessions.by_code(stage.cluster().id, "B9")) is None


async def test_the_same_words_for_a_day_do_not_take_last_years_session_for_this_years(stage: Stage) -> None:
    vague = re.sub(r"\d{1,2}/\d{1,2}/2024(?=\t)", "Tháng 11", NEXT)
    stage.run(
        lambda work: import_plan(work, reading(re.sub(r"\d{1,2}/\d{1,2}/2023(?=\t)", "Tháng 11", ORIGINAL)))
    )
    await stage.at(20, 8, 2024)
    what = stage.see(lambda work: preview(work, reading(vague)))
    assert not what.changes.same
    assert not what.changes.dropped
    assert len(what.changes.added) == 4


async def test_the_schedule_shows_the_present_year_and_the_earlier_ones_when_asked(stage: Stage) -> None:
    await stage.type(TEACHER, "/lich")
    assert "Các năm học trước" not in stage.last(TEACHER).labels
    await stage.at(20, 8, 2024)
    await take(stage, NEXT, by=LEAD)
    await stage.type(TEACHER, "/lich")
    assert "2024-2025" in stage.last(TEACHER).text
    assert "2023)" not in stage.last(TEACHER).text
    assert "B2" not in stage.last(TEACHER).text
    await stage.press(TEACHER, "Các năm học trước")
    assert "08/11/2023" in stage.last(TEACHER).text
    assert "B6" not in stage.last(TEACHER).text


async def test_an_old_plan_again_does_not_turn_the_year_back(stage: Stage) -> None:
    await stage.at(20, 8, 2024)
    await take(stage, NEXT, by=LEAD)
    assert await take(stage, ORIGINAL, by=LEAD) == set()
    assert stage.cluster().school_year == "2024-2025"
    states = stage.see(lambda work: [s.state for s in work.sessions.of_cluster(stage.cluster().id)])
    assert states == [SessionState.PLANNED] * 8


async def test_which_year_a_session_belongs_to(stage: Stage) -> None:
    session = stage.session("B2")
    assert stands_in(session, "2023-2024", "2023-2024")
    assert stands_in(session, "2023-2024", "2024-2025")
    assert not stands_in(session, "2024-2025", "2024-2025")
    assert not stands_in(session, "2022-2023", "2023-2024")
    assert stands_in(session, "không rõ", "2023-2024")
