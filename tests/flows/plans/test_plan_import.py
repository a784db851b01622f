"""A corrected plan on the whole bot: newly invited, no longer invited, agreements, other clusters, size."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import BadInputError
from bot.flows.plans.doubts import Known
from bot.flows.plans.importing import import_plan
from bot.flows.plans.previewing import known, preview
from bot.flows.plans.summary import differences
from bot.flows.sessions import rescheduling
from bot.notices.notice import Kind
from bot.plan.reader import read_plan
from bot.plan.reading import AudienceItem, PlanReading
from bot.sessions.request import Cause, RequestKind
from bot.sessions.reschedule import Ask
from tests.talks.conftest import _nothing_breaks, stage
from tests.talks.stage import LEAD, LEADER, Stage

__all__ = ["_nothing_breaks", "stage"]

FILES = Path(__file__).parents[2] / "talks" / "files"
ORIGINAL = (FILES / "ke-hoach.txt").read_text("utf-8")
COOK = "Bếp trưởng Bát Trang"
TEACHER = "Giáo viên cốt cán 1 Bát Trang"


def read(text: str) -> PlanReading:
    return read_plan("ke-hoach.txt", text.encode())


def take(stage: Stage, reading: PlanReading) -> None:
    stage.run(lambda work: import_plan(work, reading))


def with_audience(reading: PlanReading, at: int, words: str, *items: AudienceItem) -> PlanReading:
    sessions = list(reading.sessions)
    sessions[at] = replace(sessions[at], audience_text=words, audience=items)
    return replace(reading, sessions=tuple(sessions))


async def test_who_is_invited_newly_is_invited_and_who_is_not_any_more_hears_nothing(stage: Stage) -> None:
    await stage.at(2, 11, 2023)
    seen = len(stage.seen(COOK)), len(stage.seen(TEACHER))
    changed = with_audience(
        read(ORIGINAL),
        1,
        "HT, PHT CSND, TTCM các trường",
        AudienceItem("HT"),
        AudienceItem("PHT_CSND"),
        AudienceItem("TTCM"),
    )
    take(stage, changed)
    await stage.settle()
    newly = "Tổ trưởng mẫu giáo Bát Trang"
    assert "mời dự sinh hoạt chuyên môn" in stage.seen(newly)[-1]
    session = stage.session("B2")
    gone = {stage.person(COOK).id, stage.person(TEACHER).id}
    pending = stage.see(lambda work: work.reports.queued(session.id, 1, Kind.REMINDER))
    assert not pending & gone
    await stage.at(9, 11, 2023)
    assert (len(stage.seen(COOK)), len(stage.seen(TEACHER))) == seen


async def test_a_session_moved_by_agreement_stays_where_it_is(stage: Stage) -> None:
    await stage.at(20, 11, 2023)
    host, leader, session = (
        stage.person("Hiệu trưởng Trường Thành"),
        stage.person(LEADER),
        stage.session("B3"),
    )
    what = Ask(RequestKind.MOVE, host.unit_id, host.id, Cause.OWN_WORK, None, dt.date(2023, 12, 19))
    asked = stage.run(lambda work: rescheduling.ask(work, host, session.id, 1, what))
    stage.run(lambda work: rescheduling.agree(work, leader, asked.id, None))
    for text in (ORIGINAL, ORIGINAL.replace("14/12/2023\t", "Ngày 14 tháng 12 năm 2023\t")):
        take(stage, read(text))
        assert stage.session("B3").date == dt.date(2023, 12, 19)
    shown = stage.see(lambda work: preview(work, read(text.replace("Ngày 14", "Sáng ngày 14"))))
    assert [s.code for s, _ in shown.changes.kept] == ["B3"]


async def test_swapped_days_are_told_each_as_a_change(stage: Stage) -> None:
    await stage.at(6, 12, 2023)
    swapped = ORIGINAL.replace("14/12/2023\t", "x\t").replace("12/3/2024\t", "14/12/2023\t")
    take(stage, read(swapped.replace("x\t", "12/3/2024\t")))
    await stage.settle()
    assert stage.session("B3").date == dt.date(2024, 3, 12)
    assert stage.session("B4").date == dt.date(2023, 12, 14)
    assert "Đổi lịch" in "\n".join(stage.seen("Hiệu trưởng Trường Thành")[-2:])


async def test_another_host_is_told_to_those_who_would_go_astray(stage: Stage) -> None:
    await stage.at(6, 11, 2023)
    take(stage, read(ORIGINAL.replace("08/11/2023\tAn Tiến", "08/11/2023\tBát Trang")))
    await stage.settle()
    assert "Bát Trang" in stage.seen("Hiệu trưởng Trường Thọ")[-1].partition("\n")[0]


async def test_old_and_new_values(stage: Stage) -> None:
    changed = read(ORIGINAL.replace("BGH, TTCM các trường", "BGH, TTCM, TPCM các trường"))
    what = stage.see(lambda work: preview(work, changed))
    units = {unit.id: unit for unit in what.units}
    ((session, draft),) = [pair for pair in what.changes.reworded if pair[0].code == "B3"]
    (found,) = differences(session, draft, units)
    assert (found.field, found.old, found.new) == (
        "audience",
        "BGH, TTCM các trường",
        "BGH, TTCM, TPCM các trường",
    )


async def test_another_clusters_plan_is_refused(stage: Stage) -> None:
    lead = stage.person(LEAD)
    other = replace(read(ORIGINAL), cluster="Cụm trường Hoa Ban")
    with pytest.raises(BadInputError, match="cụm khác"):
        stage.run(lambda work: import_plan(work, other, lead))
    assert len(stage.see(lambda work: work.people.clusters())) == 1


async def test_what_is_known_beside_the_document(stage: Stage) -> None:
    lead = stage.person(LEAD)
    about = stage.see(lambda work: known(work, read(ORIGINAL), lead))
    assert isinstance(about, Known)
    assert about.clusters == ("An Tiến",)
    assert len(about.schools) == 5


async def test_a_file_of_more_than_ten_megabytes(stage: Stage) -> None:
    await stage.send_file(LEAD, "lon.txt", b"a" * (10 * 1024 * 1024 + 1))
    assert "10 MB" in stage.seen(LEAD)[-1]


async def test_a_plan_of_forty_sessions_is_no_wall(stage: Stage) -> None:
    rows = [line for line in ORIGINAL.splitlines() if line.startswith("14/12/2023")]
    many = "\n".join(
        rows[0].replace("14/12/2023", f"{day:02}/{month}/2024") for month in (3, 4) for day in range(1, 21)
    )
    await stage.send_file(LEAD, "dai.txt", ORIGINAL.replace(rows[0], many).encode())
    while "Chưa rõ ngày" in stage.last(LEAD).labels:  # days off are asked about
        await stage.press(LEAD, stage.last(LEAD).labels[0])
    pages = 1
    while any(label.endswith("▶") for label in stage.last(LEAD).labels):
        assert len(stage.last(LEAD).text) < 2000
        await stage.press(LEAD, next(label for label in stage.last(LEAD).labels if label.endswith("▶")))
        pages += 1
    assert f"Trang {pages}/{pages}" in stage.last(LEAD).text
    assert pages > 5
    await stage.press(LEAD, "Quay lại")


async def test_a_plan_pasted_into_the_chat_is_taken_like_a_file(stage: Stage) -> None:
    rows = ORIGINAL[ORIGINAL.index("Cụm trường An Tiến lập") :].replace("08/11/2023", "15/11/2023")
    pasted = "KẾ HOẠCH\nNăm học 2023-2024\n" + rows[rows.index("Cụm trường An Tiến") :]
    pasted = pasted[: pasted.index("### I. ")] + pasted[pasted.index("Thời gian\t") :]
    await stage.type("Hiệu trưởng An Tiến", "/lich")
    await stage.type("Hiệu trưởng An Tiến", pasted)
    assert "Kế hoạch cụm" not in stage.last("Hiệu trưởng An Tiến").text
    await stage.type(LEAD, "/buoi B1")
    await stage.press(LEAD, "Việc đăng cai")
    await stage.press(LEAD, "Chương trình")  # an open question does not swallow it
    await stage.type(LEAD, pasted)
    assert "Đổi ngày B2: thứ Tư, 08/11/2023 → thứ Tư, 15/11/2023" in stage.last(LEAD).text
    assert stage.session("B1").programme is None
    await stage.press(LEAD, "Xác nhận")
    assert stage.session("B2").date == dt.date(2023, 11, 15)


async def test_a_remark_with_two_days_is_no_plan(stage: Stage) -> None:
    remark = "Chị ơi ngày 12/10 em bận, ngày 13/10 em cũng bận, nhờ chị xem giúp có dời được không. " * 3
    await stage.type(LEAD, remark)
    assert "Kế hoạch" not in stage.last(LEAD).text
