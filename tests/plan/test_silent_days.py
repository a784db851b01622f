"""No day is ever wrong without a doubt beside it, however it is written, mistyped or surrounded."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.plan.dates.years import WEEKDAY_NAMES
from bot.plan.reader import read_text
from bot.plan.reading import SessionReading
from tests.long import DEEP

HEAD = """KẾ HOẠCH
Sinh hoạt chuyên môn cụm trường An Bình
Năm học 2023-2024
Cụm gồm 3 trường: MN Hoa Sen, MN Hoa Mai, MN Ban Mai.
"""
DAY = date(2023, 10, 12)  #: a Thursday
CASES = 1_500 if DEEP else 60
days = st.dates(date(2023, 9, 5), date(2024, 5, 31))


def cell(words: str) -> SessionReading:
    """The session of a table whose date cell holds `words`."""
    text = (
        f"{HEAD}Thời gian\tĐơn vị đăng cai\tNội dung\tThành phần dự\n{words}\tMN Hoa Sen\tÂm nhạc\tHT, PHT\n"
    )
    return read_text(text).sessions[0]


def line(words: str) -> list[SessionReading]:
    """The sessions of a list with the item `words`, without its last one."""
    *found, last = read_text(f"{HEAD}{words}\n- 05/02/2024: MN Hoa Mai - tạo hình. HT.\n").sessions
    assert last.date == date(2024, 2, 5)
    return found


@pytest.mark.parametrize(
    "words",
    [
        "12/10",
        "12.10",
        "12-10",
        "12.10.2023",
        "12 - 10 - 2023",
        "12/10/23",
        "7h30 12/10",
        "15h 12/10",
        "8h-10h/12/10/2023",
        "T5, 12/10",
        "12/10/2023 (thay cho 10/10/2023)",
        "10/10/2023 chuyển sang 12/10/2023",
        "12/10/2023 (nộp bài trước 05/10/2023)",
        "12/10/2023 (dự phòng 19/10/2023)",
        "27/8 âm lịch (tức 12/10/2023)",
    ],
)
def test_the_day_is_read_and_nothing_is_doubted(words: str) -> None:
    session = cell(words)
    assert (session.date, session.date_end, session.date_doubt) == (DAY, None, False)


@pytest.mark.parametrize(
    "words",
    [
        "12/10 và 26/10",
        "12 và 26/10/2023",
        "12, 26/10/2023",
        "12/10 hoặc 13/10/2023",
        "12/10, 26/10, 9/11/2023",
        "12/10/2023 12/11/2023",
        "Lần 1: 12/10/2023, lần 2: 09/11/2023",
        "13 - 12/10/2023",
        "12/10/2023 - 13/12/2023",
        "Thứ Sáu, 12/10/2023",
        "Thứ 8, 12/10/2023",
        "l2/10/2023",
        "12/1O/2023",
        "12/10/2O23",
        "12/10/203",
        "12/10/2032",
        "12/10/2024",
        "31/11/2023",
        "29/02/2023",
        "12/13/2023",
        "00/10/2023",
        "12/102023",
        "1210/2023",
        "12 10/2023",
        "12,10,2023",
        "1/12/10/2023",
        "10/3 âm lịch",
        "Trước 12/10/2023",
        "Sau 20/11",
        "45210",
        "Học kỳ I",
    ],
)
def test_a_questionable_day_is_doubted(words: str) -> None:
    assert cell(words).date_doubt


@pytest.mark.parametrize(
    "words",
    [
        "1. MN Hoa Sen đăng ký trước ngày 05/10/2023, tổ chức ngày 12/10/2023, nội dung: âm nhạc. Mời: HT.",
        "- Theo Kế hoạch số 12/KH ngày 05/9/2023, buổi 1 tổ chức ngày 12/10/2023 tại MN Hoa Sen. Mời: HT.",
        "1. MN Hoa Sen: ngày 12/10/2023, âm nhạc theo Công văn 123/SGDĐT ngày 01/9/2023. HT, PHT.",
        "- MN Hoa Sen, thứ Năm 12/10/2023 (đổi từ 10/10/2023): âm nhạc. HT.",
        "- Buổi 2: lùi từ 10/10 sang 12/10 tại MN Hoa Sen. HT, PHT",
        "- Ngày 12/10 (dự phòng 19/10): MN Hoa Sen - âm nhạc. HT, PHT.",
        "- Tháng 10: MN Hoa Sen ngày 12, âm nhạc. HT, PHT",
        "- 12.10: MN Hoa Sen, âm nhạc. HT, PHT",
        "- 8h 12/10: MN Hoa Sen, âm nhạc. HT, PHT",
        "- 12/10: MN Hoa Sen dạy 2/3 số tiết. HT, PHT",
    ],
)
def test_of_several_days_in_a_line_the_session_has_its_own(words: str) -> None:
    assert [(s.date, s.date_doubt) for s in line(words)] == [(DAY, False)]


@pytest.mark.parametrize(
    "words", ["- 12/10 và 26/10: MN Hoa Sen - âm nhạc. HT.", "- 12, 26/10: MN Hoa Sen. HT."]
)
def test_several_days_in_a_line_are_asked_about(words: str) -> None:
    assert [(s.date, s.date_end, s.date_doubt) for s in line(words)] == [(DAY, None, True)]


@pytest.mark.parametrize(
    "words",
    [
        "- MN Hoa Sen gửi kế hoạch về cụm trưởng trước ngày 05/10/2023. HT ký duyệt.",
        "- Trước ngày 30/9/2023: MN Hoa Sen nộp danh sách GV, TTCM.",
        "- Ngày 15/9/2023: họp BGH 3 trường tại MN Hoa Sen thống nhất kế hoạch.",
        "- Căn cứ Quyết định số 1234/QĐ-UBND ngày 12/8/2023 về khung thời gian năm học, MN Hoa Sen, HT",
        "- Thực hiện Công văn số 55 ngày 02/10/2023, MN Hoa Mai mời HT, PHT.",
        "- Học sinh tựu trường ngày 28/8/2023; khai giảng 05/9/2023 tại MN Hoa Sen, HT dự.",
    ],
)
def test_deadlines_and_citations_are_no_sessions(words: str) -> None:
    assert line(words) == []


def test_numbers_before_a_dash_are_no_days_of_a_span() -> None:
    found = line("1 - 12/10: MN Hoa Sen, âm nhạc. HT\n2 - 9/11: MN Hoa Mai, tạo hình. HT")
    assert [(s.date, s.date_end) for s in found] == [(DAY, None), (date(2023, 11, 9), None)]


def _written(day: date) -> list[str]:
    weekday = WEEKDAY_NAMES[day.weekday()]
    return [
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{weekday}, {day.day}/{day.month}",
        f"{weekday} ngày {day:%d/%m/%Y}",
        f"8h00 ngày {day.day}/{day.month:02d}/{day.year}",
        f"Ngày {day:%d} tháng {day:%m} năm {day.year}",
        f"Sáng {day:%d-%m-%Y}",
        f"{day:%d.%m.%Y} ({weekday})",
        f"{day:%d/%m/%y}",
        f"{day:%Y-%m-%d}",
    ]


@settings(max_examples=CASES, deadline=None)
@given(days, st.integers(0, 9))
def test_a_day_well_written_is_that_day(day: date, form: int) -> None:
    session = cell(_written(day)[form])
    assert (session.date, session.date_doubt) == (day, False)


@settings(max_examples=CASES, deadline=None)
@given(days, st.integers(0, 9), st.data())
def test_a_slip_of_the_pen_is_doubted_or_changes_nothing(day: date, form: int, data: st.DataObject) -> None:
    """A letter for a digit, a character lost or doubled, another weekday: the right day, a doubt, or both.

    A digit changed for another makes another well-written day: only its weekday or its year can tell.
    """
    words = _written(day)[form]
    at = data.draw(st.integers(0, len(words) - 1))
    slip = data.draw(st.sampled_from(["letter", "lost", "doubled"]))
    if slip == "letter":
        swapped = {"0": "O", "1": "l", "2": "Z", "5": "S", "8": "B"}.get(words[at])
        words = words[:at] + (swapped or words[at]) + words[at + 1 :]
    else:
        words = words[:at] + (words[at] * 2 if slip == "doubled" else "") + words[at + 1 :]
    session = cell(words)
    if session.date is None or session.date_doubt:
        return
    other_day = str(session.date.day) in words or f"{session.date.day:02d}" in words
    assert session.date == day or (slip != "letter" and other_day), words


@settings(max_examples=CASES, deadline=None)
@given(days, days, st.sampled_from([" và ", ", ", " & ", " hoặc ", "; ", " + "]))
def test_two_days_are_one_span_only_where_they_follow_one_another(one: date, other: date, joint: str) -> None:
    session = cell(f"{one:%d/%m/%Y}{joint}{other:%d/%m/%Y}")
    if other - one == timedelta(days=1) and joint != " hoặc ":
        assert (session.date, session.date_end, session.date_doubt) == (one, other, False)
    elif one != other:
        assert session.date_doubt
