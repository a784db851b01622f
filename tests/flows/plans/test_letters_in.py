"""A giấy mời and a thông báo đổi lịch, handed in by the lead, on the whole bot."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import BadInputError, NotAllowedError, OutdatedError
from bot.flows.plans import letters_in
from bot.flows.sessions import rescheduling
from bot.plan.reader import read_plan
from bot.plan.reading import PlanReading
from bot.sessions.request import Cause, RequestKind, RequestState
from bot.sessions.reschedule import Ask
from tests.talks.conftest import _nothing_breaks, stage
from tests.talks.stage import LEAD, LEADER, Stage

__all__ = ["_nothing_breaks", "stage"]

FILES = Path(__file__).parents[2] / "talks" / "files"
HOST = "Hiệu trưởng Trường Thành"
OTHER = "Hiệu trưởng Bát Trang"


def paper(name: str, **changed: object) -> PlanReading:
    reading = read_plan(name, (FILES / name).read_bytes())
    session = replace(reading.sessions[0], **changed)  # type: ignore[arg-type]
    return replace(reading, sessions=(session,))


def hand_in(stage: Stage, reading: PlanReading, code: str, who: str = LEAD) -> None:
    person, session = stage.person(who), stage.session(code)
    stage.run(lambda work: letters_in.apply(work, reading, person, session.id))


def codes(stage: Stage, reading: PlanReading) -> list[str]:
    lead = stage.person(LEAD)
    return [s.code for s in stage.see(lambda work: letters_in.candidates(work, reading, lead))]


async def test_an_open_request_ends_as_agreed_on_paper(stage: Stage) -> None:
    await stage.at(29, 11, 2023)
    session, host = stage.session("B3"), stage.person(HOST)
    what = Ask(RequestKind.MOVE, host.unit_id, host.id, Cause.OWN_WORK, None, dt.date(2023, 12, 19))
    request = stage.run(lambda work: rescheduling.ask(work, host, session.id, session.date_revision, what))
    hand_in(stage, paper("doi-lich-b3.txt"), "B3")
    await stage.settle()
    (after,) = stage.see(lambda work: work.sessions.requests(session.id))
    assert (after.id, after.state, after.on_paper) == (request.id, RequestState.AGREED, True)
    moved = stage.session("B3")
    assert (moved.date, moved.date_revision, moved.start) == (dt.date(2023, 12, 21), 2, dt.time(8, 0))
    for name in (LEAD, HOST, OTHER):
        assert "Đổi lịch" in "\n".join(stage.seen(name)[-2:])
    assert "đã có ý kiến" in "\n".join(stage.seen(LEADER)[-2:])


async def test_without_a_request_the_paper_itself_is_written_down(stage: Stage) -> None:
    await stage.at(29, 11, 2023)
    hand_in(stage, paper("doi-lich-b3.txt"), "B3")
    session = stage.session("B3")
    (written,) = stage.see(lambda work: work.sessions.requests(session.id))
    assert (written.state, written.on_paper, written.asked_by) == (
        RequestState.AGREED,
        True,
        stage.person(LEAD).id,
    )
    assert written.decided_by == stage.person(LEAD).id


async def test_twice_does_no_harm(stage: Stage) -> None:
    await stage.at(29, 11, 2023)
    hand_in(stage, paper("doi-lich-b3.txt"), "B3")
    before = stage.session("B3")
    hand_in(stage, paper("doi-lich-b3.txt"), "B3")
    assert stage.session("B3") == before


async def test_only_lead_and_clerk(stage: Stage) -> None:
    with pytest.raises(NotAllowedError):
        hand_in(stage, paper("doi-lich-b3.txt"), "B3", HOST)
    assert stage.session("B3").date == dt.date(2023, 12, 14)


async def test_a_day_that_is_over_or_a_session_that_is(stage: Stage) -> None:
    await stage.at(29, 11, 2023)
    with pytest.raises(BadInputError, match="đã qua"):
        hand_in(stage, paper("doi-lich-b3.txt", date=dt.date(2023, 11, 20)), "B3")
    with pytest.raises(OutdatedError, match="đã diễn ra"):
        codes(stage, paper("giay-moi-b2.txt"))


async def test_a_notice_without_its_old_day_is_matched_by_host(stage: Stage) -> None:
    assert codes(stage, paper("doi-lich-b3.txt", replaces_date=None)) == ["B3"]
    everybody = paper("doi-lich-b3.txt", replaces_date=None, hosts=())
    assert codes(stage, everybody) == ["B1", "B2", "B3", "B4"]
    with pytest.raises(BadInputError, match=r"Không thấy buổi nào.*Lịch đang có: B3"):
        codes(stage, paper("doi-lich-b3.txt", replaces_date=dt.date(2023, 12, 1)))


async def test_a_notice_that_names_no_new_day(stage: Stage) -> None:
    with pytest.raises(BadInputError, match="chưa nêu ngày mới"):
        hand_in(stage, paper("doi-lich-b3.txt", date=None), "B3")


async def test_an_invitation_for_another_day_is_no_change_of_day(stage: Stage) -> None:
    with pytest.raises(BadInputError, match="Không thấy buổi nào"):
        codes(stage, paper("giay-moi-b2.txt", date=dt.date(2023, 11, 9)))


async def test_an_hour_that_was_told_and_changes_is_told(stage: Stage) -> None:
    await stage.at(6, 11, 2023)
    hand_in(stage, paper("giay-moi-b2.txt"), "B2")
    await stage.settle()
    session = stage.session("B2")
    assert (session.start, session.room) == (dt.time(7, 45), "Hội trường tầng 2")
    assert session.programme == "Tổ chức bữa ăn học đường và ứng dụng CNTT"
    assert session.date_revision == 1
    assert "giờ, phòng của buổi tại MN An Tiến" in stage.seen(OTHER)[-1]


@pytest.mark.parametrize(
    ("written", "room", "place"),
    [
        ("Hội trường tầng 2, Trường Mầm non An Tiến.", "Hội trường tầng 2", None),
        ("Tại MN An Tiến", None, None),
        ("Trường Mầm non An Tiến", None, None),
        ("Phòng họp", "Phòng họp", None),
        ("Nhà văn hóa xã An Tiến", "Nhà văn hóa xã An Tiến", None),
        ("Nhà văn hóa thôn Đông", None, "Nhà văn hóa thôn Đông"),
        (None, None, None),
    ],
)
async def test_where(stage: Stage, written: str | None, room: str | None, place: str | None) -> None:
    lead, session = stage.person(LEAD), stage.session("B2")
    reading = paper("giay-moi-b2.txt", place=written)
    what = stage.see(lambda work: letters_in.effect(work, reading, lead, session.id))
    assert (what.room, what.place) == (room, place)
