"""A name as people type it."""

import pytest

from bot.cluster.finding import find_people, said_to_go_instead, separate
from tests.cluster.sample import SAO_SANG, person

PEOPLE = [
    person(1, SAO_SANG, "GV", name="Nguyễn Thị Lan"),
    person(2, SAO_SANG, "GV", name="Trần Thị Lan"),
    person(3, SAO_SANG, "GV", name="Nguyễn Thị Lân"),
    person(4, SAO_SANG, "GV", name="Đỗ Thuý Hoà"),
    person(5, SAO_SANG, "GV_COT_CAN", name="Giáo viên cốt cán 1 Sao Sáng"),
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nguyễn Thị Lan", [1]),
        ("cô Nguyễn Thị Lan, GV lớp 5 tuổi", [1]),
        ("  nguyễn   thị lan. ", [1]),
        ("cô Lan", [1, 2]),
        ("Lân", [3]),
        ("thi lan", [1, 2, 3]),  # without accents nobody can tell
        ("thầy Hòa", [4]),  # the other way to place the tone
        ("thúy hòa", [4]),
        ("do thuy hoa", [4]),
        ("giáo viên cốt cán 1 sao sáng", [5]),
        ("Thị", []),  # no name ends so
        ("an", []),
        ("", []),
        ("cô", []),
        (", GV", []),
    ],
)
def test_who_is_meant(typed: str, meant: list[int]) -> None:
    assert [p.id for p in find_people(typed, PEOPLE)] == meant


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("cô Lan đi thay", "cô Lan"),
        ("nhờ cô Lan dự thay tôi", "cô Lan"),
        ("Cử Nguyễn Thị Lan sẽ đi dự thay.", "Nguyễn Thị Lan"),
        ("cô Lan thay", "cô Lan"),
        ("ốm", None),
        ("đi thay", None),
        ("con ốm không có ai trông thay cả", None),
    ],
)
def test_that_somebody_goes_instead(typed: str, who: str | None) -> None:
    assert said_to_go_instead(typed) == who


def test_several_names_in_one_line() -> None:
    assert separate("cô Lan, cô Hoa và cô Mai;") == ["cô Lan", "cô Hoa", "cô Mai"]
