"""Questions and answers about a reading: pure functions."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cluster.people import Cluster
from bot.errors import BadInputError
from bot.flows.plans.doubts import (
    EACH_DAY,
    NO_HOST_YET,
    NOBODY_MORE,
    NOBODY_YET,
    UNSURE,
    Field,
    Known,
    Question,
    questions,
    remarks,
)
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


def test_a_host_that_nobody_knows_yet() -> None:
    reading = read("24-zalo-paste.txt")
    question = one(reading, Field.HOST)
    assert question.choices[-1] == NO_HOST_YET
    assert settle(reading, question, NO_HOST_YET, KNOWN).sessions[3].hosts == ()


ROWS = (
    "Cụm trường An Tiến\nKẾ HOẠCH\nNăm học 2024-2025\nThời gian\tĐơn vị đăng cai\tNội dung\tThành phần dự\n"
)


def test_several_days_become_one_of_them_or_so_many_sessions() -> None:
    rows = "15/10 và 29/10\tMN Sao Sáng\tSTEAM\tHT\n08/3\tMN An Tiến\tBữa ăn\t4 GV cốt cán\n"
    reading = read_text(ROWS + rows)
    question = one(reading, Field.DAY)
    assert question.choices == ("Thứ Ba, 15/10/2024", "Thứ Ba, 29/10/2024", EACH_DAY, UNSURE)
    alone = settle(reading, question, "Thứ Ba, 29/10/2024", KNOWN)
    assert [str(s.date) for s in alone.sessions] == ["2024-10-29", "2025-03-08"]
    each = settle(reading, question, EACH_DAY, KNOWN)
    assert [str(s.date) for s in each.sessions] == ["2024-10-15", "2024-10-29", "2025-03-08"]
    assert {s.content for s in each.sessions[:2]} == {"STEAM"}
    assert one(each, Field.COUNT).session == 2


def test_a_missing_audience_is_typed_or_like_another_or_left() -> None:
    reading = read_text(ROWS + "15/10\tMN Sao Sáng\tSTEAM\tHT, PHT\n12/11\tMN An Tiến\tBữa ăn\t\n")
    question = one(reading, Field.AUDIENCE)
    assert question.text == "Thành phần dự buổi 2 là ai?"
    assert question.choices == ("Như buổi 1: HT, PHT", NOBODY_YET)
    like = settle(reading, question, "Như buổi 1: HT, PHT", KNOWN).sessions[1]
    assert (like.audience_text, [item.role for item in like.audience]) == ("HT, PHT", ["HT", "PHT"])
    typed = settle(reading, question, "bếp trưởng, 2 GV/trường", KNOWN).sessions[1]
    assert [(item.role, item.count) for item in typed.audience] == [("BEP_TRUONG", None), ("GV", 2)]
    assert settle(reading, question, NOBODY_YET, KNOWN).sessions[1].audience == ()
    with pytest.raises(BadInputError, match="chức danh"):
        settle(reading, question, "mọi người", KNOWN)


def test_words_of_an_audience_that_nobody_knows() -> None:
    reading = read_text(ROWS + "15/10\tMN Sao Sáng\tSTEAM\tHT, Ban điều hành cụm\n")
    question = one(reading, Field.AUDIENCE)
    assert question.choices == (NOBODY_MORE,)
    more = settle(reading, question, "kế toán", KNOWN).sessions[0]
    assert [item.role for item in more.audience] == ["HT", "KE_TOAN"]


def test_a_plan_that_corrects_is_asked_about_only_where_there_is_one_to_correct() -> None:
    reading = read("104-dieu-chinh.txt")
    assert Field.PARTIAL not in [q.field for q in questions(reading, KNOWN)]
    stored = replace(KNOWN, schools=("Đông Hải",))
    question = one(reading, Field.PARTIAL, stored)
    assert settle(reading, question, question.choices[0], stored).partial
    assert not settle(reading, question, question.choices[1], stored).partial
    assert question.likely == question.choices[0]


def test_a_school_that_the_list_leaves_out() -> None:
    head = "Cụm trường An Tiến\nKẾ HOẠCH\nNăm học 2024-2025\nCụm gồm 3 trường: MN Sao Sáng, MN An Tiến.\n"
    reading = read_text(head + ROWS.partition("2024-2025\n")[2] + "15/10\tMN Sao Sáng\tSTEAM\tHT\n")
    question = one(reading, Field.SCHOOLS)
    assert settle(reading, question, "Bát Trang", KNOWN).schools == ("Sao Sáng", "An Tiến", "Bát Trang")
    assert settle(reading, question, question.choices[0], KNOWN).schools == ("Sao Sáng", "An Tiến")


def test_a_plan_that_is_silent_keeps_the_rule_and_says_so() -> None:
    reading = read_text(ROWS + "15/10\tMN Sao Sáng\tSTEAM\tHT\n")
    cluster = Cluster(1, "An Tiến", "2023-2024", None, None, 5, True, None, "MA")
    told = [d.message for d in recall(reading, cluster, []).doubts if d.code == "rule_from_settings"]
    assert told == ["Tài liệu không ghi thời hạn mời; giữ mức cụm đang dùng: 5 ngày làm việc."]


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
