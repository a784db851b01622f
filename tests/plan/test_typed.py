from datetime import date, time

import pytest

from bot.errors import BadInputError
from bot.plan.dates.typed import parse_typed_date, parse_typed_time

TODAY = date(2023, 10, 3)  # Tuesday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15/11", date(2023, 11, 15)),
        ("15/11/2023", date(2023, 11, 15)),
        ("15-11", date(2023, 11, 15)),
        ("15.11.23", date(2023, 11, 15)),
        ("ngày 15 tháng 11", date(2023, 11, 15)),
        ("ngay 15 thang 11", date(2023, 11, 15)),
        ("Thứ Tư tuần sau", date(2023, 10, 11)),
        ("thu tu tuan sau", date(2023, 10, 11)),
        ("thứ 5", date(2023, 10, 5)),
        ("chủ nhật", date(2023, 10, 8)),
        ("mai", date(2023, 10, 4)),
        ("hôm nay", date(2023, 10, 3)),
        ("12/3", date(2024, 3, 12)),
        ("1/10", date(2024, 10, 1)),
        ("29/2", date(2024, 2, 29)),
        ("ngày 20", date(2023, 10, 20)),
        ("thứ Tư 15/11", date(2023, 11, 15)),
    ],
)
def test_a_typed_day_is_understood(text: str, day: date) -> None:
    assert parse_typed_date(text, today=TODAY, school_year="2023-2024") == day


@pytest.mark.parametrize(
    "text", ["30/02", "32/1", "31/11/2023", "hôm nào cũng được", "", "thứ Năm 15/11", "9" * 5000]
)
def test_a_day_that_is_none_gets_a_sentence(text: str) -> None:
    with pytest.raises(BadInputError) as caught:
        parse_typed_date(text, today=TODAY, school_year="2023-2024")
    assert "Đề nghị gõ" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("8h", (time(8), None)),
        ("8h00", (time(8), None)),
        ("7 giờ 30", (time(7, 30), None)),
        ("7 gio ruoi", (time(7, 30), None)),
        ("07:30", (time(7, 30), None)),
        ("13h45", (time(13, 45), None)),
        ("8h-10h30", (time(8), time(10, 30))),
        ("từ 8h00 đến 11h00", (time(8), time(11))),
        ("2h chiều", (time(14), None)),
        ("2h chieu", (time(14), None)),
        ("8", (time(8), None)),
    ],
)
def test_a_typed_hour_is_understood(text: str, hours: tuple[time, time | None]) -> None:
    assert parse_typed_time(text) == hours


@pytest.mark.parametrize("text", ["25h", "abc", "", "10h-8h", "15/11"])
def test_an_hour_that_is_none_gets_a_sentence(text: str) -> None:
    with pytest.raises(BadInputError) as caught:
        parse_typed_time(text)
    assert "Đề nghị gõ như" in str(caught.value)
