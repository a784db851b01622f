"""Questions and answers about a reading: pure functions."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cluster.people import Cluster
from bot.errors import BadInputError
from bot.flows.plans.doubts import UNSURE, Field, Known, Question, questions, remarks
from bot.flows.plans.kept_reading import SIZE_LIMIT, pack, unpack
from bot.flows.plans.recall import recall
from bot.flows.plans.settling import settle, settle_as_likely
from bot.plan.reader import read_plan, read_text
from bot.plan.reading import PlanReading, Precision, Scope
from bot.sessions.plan_changes import Draft, new_session

DOCUMENTS = Path(__file__).parents[2] / "plan" / "documents"
KNOWN = Known(dt.date(2024, 9, 1), ("An Tiến",))


def read(name: str) -> PlanReading:
    return read_plan(name, (DOCUMENTS / name).read_bytes())


def one(reading: PlanReading, field: Field, known: Known = KNOWN) -> Question:
    return next(q for q in questions(reading, known) if q.field is field)


@pytest.mark.parametrize(
    ("label", "scope"), [("Mỗi trường 4 người", Scope.EACH_SCHOOL), ("Cả cụm 4 người", Scope.CLUSTER)]
)
def test_the_scope_of_a_count(label: str, scope: Scope) -> None:
    reading = read("00-an-tien-2023-2024.txt")
    after = settle(reading, one(reading, Field.COUNT), label, KNOWN)
    counted = [item for item in after.sessions[1].audience if item.count == 4]
    assert [(item.role, item.scope) for item in counted] == [("GV_COT_CAN", scope)]
    assert questions(after, KNOWN) == []
    assert all(doubt.code != "count_scope_ambiguous" for doubt in remarks(after, KNOWN))


def test_a_day_is_chosen_or_typed_or_left_open() -> None:
    reading = read("25-mn-broken-dates.txt")
    question = one(reading, Field.DAY)
    assert question.choices == ("Thứ Năm, 17/10/2024", "Thứ Sáu, 18/10/2024", UNSURE)
    other = settle(reading, question, "Thứ Sáu, 18/10/2024", KNOWN).sessions[0]
    assert (other.date, other.date_doubt, other.date_text) == (dt.date(2024, 10, 18), False, "18/10/2024")
    assert settle(reading, question, "22/10", KNOWN).sessions[0].date == dt.date(2024, 10, 22)
    assert settle(reading, question, "thứ năm, 17/10/2024", KNOWN).sessions[0].date == dt.date(2024, 10, 17)
    left_open = settle(reading, question, UNSURE, KNOWN).sessions[0]
    assert (left_open.date, left_open.precision) == (None, Precision.MONTH)
    assert left_open.window == (dt.date(2024, 10, 1), dt.date(2024, 10, 31))


@pytest.mark.parametrize("said", ["không biết", "31/2", "22/10/2026", ""])
def test_what_is_no_day_is_asked_again(said: str) -> None:
    reading = read("25-mn-broken-dates.txt")
    with pytest.raises(BadInputError):
        settle(reading, one(reading, Field.DAY), said, KNOWN)


def test_a_host_read_wrongly() -> None:
    reading = read("53-mn-word-bullets.docx")
    question = one(reading, Field.HOST)
    assert question.choices[0] == "Gia Cát"
    assert settle(reading, question, "Yên Trạch", KNOWN).sessions[0].hosts == ("Yên Trạch",)
    with pytest.raises(BadInputError):
        settle(reading, question, "Trường nào đó", KNOWN)


def test_a_host_that_is_missing() -> None:
    reading = read("24-zalo-paste.txt")
    assert settle(reading, one(reading, Field.HOST), "Bảo Ninh", KNOWN).sessions[3].hosts == ("Bảo Ninh",)


def test_days_counted_as_working_days() -> None:
    reading = read("64-mn-one-paragraph.txt")
    rules = settle(reading, one(reading, Field.RULE), "Ngày làm việc", KNOWN).rules
    assert (rules.invite_working_days, rules.invite_calendar_days) == (3, None)


def test_a_paper_without_its_cluster() -> None:
    reading = read("45-chat-phone.txt")
    assert settle(reading, one(reading, Field.CLUSTER), "An Tiến", KNOWN).cluster == "An Tiến"


def test_the_school_year_dates_the_days_without_a_year() -> None:
    text = "Cụm trường An Tiến\nKẾ HOẠCH\nThời gian\tĐơn vị đăng cai\tNội dung\tThành phần dự\n"
    text += "12/10\tSao Sáng\tSTEAM\tHT\n08/3\tAn Tiến\tBữa ăn\tHT\n"
    reading = replace(read_text(text), school_year=None)
    after = settle(reading, one(reading, Field.YEAR), "2024-2025", KNOWN)
    assert after.school_year == "2024-2025"
    assert [s.date for s in after.sessions] == [dt.date(2024, 10, 12), dt.date(2025, 3, 8)]


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_likely_answers_leave_only_what_nobody_can_guess(path: Path) -> None:
    reading, taken = settle_as_likely(read(path.name), KNOWN)
    assert all(question.likely is None for question in questions(reading, KNOWN))
    assert all(answer in question.choices for question, answer in taken)


def test_what_was_asked_once_is_not_asked_again() -> None:
    reading = read("00-an-tien-2023-2024.txt")
    settled = settle(reading, one(reading, Field.COUNT), "Cả cụm 4 người", KNOWN)
    stored = [new_session(1, Draft(s, (1,), s.audience)) for s in settled.sessions]
    cluster = Cluster(1, "An Tiến", "2023-2024", None, None, 3, True, None, "MA")
    again = recall(reading, cluster, stored)
    assert questions(again, KNOWN) == []
    assert again.sessions[1].audience == settled.sessions[1].audience


def test_a_reading_is_kept_small_and_whole() -> None:
    reading = read("00-an-tien-2023-2024.txt")
    assert unpack(pack(reading)) == reading
    many = replace(reading, sessions=reading.sessions * 50, doubts=reading.doubts * 50)
    assert len(pack(many)) < SIZE_LIMIT / 10
