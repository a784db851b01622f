"""News that must not get lost, or come too late: of a registration, of a request on the day, of a letter."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.cluster.people import UnitKind
from bot.demo.botapi.faults import Fault
from bot.flows.work import Work
from bot.notices.timeline import VIETNAM
from bot.outbox.port import State
from tests.talks.conftest import _nothing_breaks, november, stage
from tests.talks.stage import CLERK, LEAD, OFFICER, Stage

__all__ = ["_nothing_breaks", "november", "stage"]

HOST, DEPUTY, GUEST = "Hiệu trưởng An Tiến", "Phó hiệu trưởng chuyên môn An Tiến", "Hiệu trưởng Bát Trang"
ASKER = "Người xin vào"


async def ask_to_join(stage: Stage) -> None:
    await stage.type(ASKER, f"/dangky {stage.cluster().join_code}")
    await stage.press(ASKER, "MN Bát Trang")
    await stage.press(ASKER, "Giáo viên")
    await stage.type(ASKER, "Trần Thị Na")
    await stage.press(ASKER, "Xác nhận")


@pytest.mark.parametrize(
    ("decision", "words"), [("Đồng ý", "Đã đăng ký: Trần Thị Na"), ("Không đồng ý", "chưa được đồng ý")]
)
async def test_a_registration_is_answered_although_the_service_was_down(
    november: Stage, decision: str, words: str
) -> None:
    await ask_to_join(november)
    chat = november.chat(ASKER)
    down = Fault(status=502, body=b'{"ok": false, "error_code": 502, "description": "Bad Gateway"}')
    november.service.faults.add("sendMessage", down, times=2, chat_id=chat)
    await november.press(GUEST, decision, on="xin đăng ký")
    assert not any(words in text for text in november.seen(ASKER))
    await november.turn_to(november.clock.now() + dt.timedelta(minutes=10))
    assert sum(words in text for text in november.seen(ASKER)) == 1


async def ask_to_move(stage: Stage) -> None:
    for label in ("Xin đổi lịch", "Trùng lịch của Phòng, Sở", "Thứ Sáu 10/11", "Xác nhận"):
        await stage.press(HOST, label)


def on_saturday(work: Work) -> None:
    """B2 stands on a Saturday, 11/11, with the request about it."""
    session = work.sessions.by_code(work.people.clusters()[0].id, "B2")
    assert session is not None
    day = dt.date(2023, 11, 11)
    work.sessions.save(replace(session, date=day, window=(day, day), version=session.version + 1))
    request = work.sessions.open_move(session.id)
    assert request is not None
    work.sessions.save_request(replace(request, old_date=day, proposed=dt.date(2023, 11, 17)), request)
    work.sessions.set_duty(session.id, dt.datetime.combine(day, dt.time(), VIETNAM).astimezone(dt.UTC))


@pytest.mark.parametrize("saturday", [False, True])
async def test_that_the_day_stands_is_known_before_it_begins(november: Stage, saturday: bool) -> None:
    await ask_to_move(november)
    if saturday:
        november.run(on_saturday)
    day = 11 if saturday else 8
    await november.at(day, 11, 2023, 6, 29)
    assert not any("hết hiệu lực" in text for text in november.seen(DEPUTY))
    await november.at(day, 11, 2023, 7, 0)  # half an hour before a session whose hour nobody has set
    for name in (HOST, DEPUTY, GUEST, LEAD, CLERK):
        assert sum("hết hiệu lực" in text for text in november.seen(name)) == 1, name
    assert sum("tổ chức theo lịch" in text for text in november.seen(OFFICER)) == 1


async def offer_a_swap(stage: Stage) -> None:
    labels = ("Trường có việc quan trọng", "Đổi ngày với trường khác", "B3 · thứ Năm 14/12 · MN Trường Thành")
    for label in ("Xin đổi lịch", *labels, "Xác nhận"):
        await stage.press(HOST, label)


@pytest.mark.parametrize("accepted", [False, True])
async def test_a_duty_that_was_done_is_over(november: Stage, accepted: bool) -> None:
    """Else the sender would look at it five times a second until the day itself."""
    await offer_a_swap(november)
    if accepted:
        await november.press("Hiệu trưởng Trường Thành", "Đồng ý", on="xin đổi ngày với trường")
    for day in (3, 7):
        await november.at(day, 11, 2023)
        next_duty = november.see(lambda work: work.sessions.next_duty())
        assert next_duty is not None
        assert next_duty > november.clock.now()


def without_authority(work: Work) -> None:
    cluster = work.people.clusters()[0]
    offices = {u.id for u in work.people.units(cluster.id) if u.kind is UnitKind.AUTHORITY}
    for person in work.people.people(cluster.id):
        if person.unit_id in offices:
            work.people.put_person(replace(person, active=False))


async def test_where_nobody_of_the_authority_is_known_the_letter_goes_on_paper(stage: Stage) -> None:
    stage.run(without_authority)
    await stage.at(26, 10, 2023)
    assert "Đã gửi bằng văn bản" in stage.find(HOST, "Đã gửi bằng văn bản").labels
    await stage.at(2, 11, 2023)
    said = stage.find(HOST, "Đã gửi bằng văn bản", "Hạn mời").text
    assert "không tự đi được" in said
    assert "sẽ đi theo kế hoạch" not in said
    files = [one for one in stage.service.received if one.chat_id == stage.chat(HOST) and one.file_name]
    assert len(files) >= 2  # the draft, with *prepare* and again now
    await stage.press(LEAD, "Đã gửi bằng văn bản", on="Hạn mời")  # the lead records it as well
    assert stage.session("B2").released_by == stage.person(LEAD).id
    await stage.at(4, 11, 2023)
    for name in (HOST, LEAD):
        assert not any("tự động sáng nay" in text for text in stage.seen(name))
    assert sum("Hạn mời buổi B2" in text for text in stage.seen(HOST)) == 1  # on the day itself nothing more


async def test_whom_the_decision_is_for_is_no_member_and_nobody_else_hears_it(november: Stage) -> None:
    await ask_to_join(november)
    before = {name: len(november.seen(name)) for name in (LEAD, CLERK)}
    await november.press(GUEST, "Không đồng ý")
    assert {name: len(november.seen(name)) for name in before} == before
    counts = november.see(lambda work: work.reports.counts(november.cluster().id))
    assert counts.get(State.FAILED, 0) == 0
