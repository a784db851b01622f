"""Who of the demo is on which channel, and what a phone on Zalo offers."""

from bot.cluster.people import Person, Unit, UnitKind
from bot.demo.homes import zalo_schools
from bot.demo.phones.zalo import choices_of
from bot.demo.zaloapi import Plan, ZaloBot


def test_choices_are_read_from_the_end_of_a_message() -> None:
    text = "Nội dung:\n1. Dự giờ\n\nTrả lời bằng số (hoặc gõ THAM DU B2, VANG B2):\n1. Tham dự\n2. Vắng mặt"
    assert choices_of(text) == ("Tham dự", "Vắng mặt")
    assert choices_of("Nội dung:\n1. Dự giờ") == ()


def test_a_school_too_large_for_the_bots_stays_on_telegram() -> None:
    units = [Unit(n, 1, UnitKind.SCHOOL, f"S{n}", f"MN S{n}") for n in range(1, 9)]
    units.append(Unit(9, 1, UnitKind.AUTHORITY, "Phòng", "Phòng"))
    sizes = {2: 30, 4: 60, 6: 40, 8: 20}
    people = [Person(0, 1, unit, "", ()) for unit, size in sizes.items() for _ in range(size)]
    bots = [ZaloBot(str(n), f"{n}:x", f"Bot {n}", Plan()) for n in (1, 2)]
    homes = zalo_schools(units, people, bots)
    assert set(homes) == {2, 6, 8}
    assert homes[2] is homes[8] is not homes[6]
