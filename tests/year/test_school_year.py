"""The school year 2023-2024 from outside: who got what, and when, counted at the phones.

`nhaclich run` is a process under a turned wall clock; our Bot API server, with Telegram's limits, another.
About two minutes, so it runs where NHACLICH_DEEP=1 is set.
"""

import datetime as dt
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from tests.cli.processes import wait_until
from tests.long import only_deep
from tests.year.cast import AUDIENCE, SCHOOLS, Cast, news_due
from tests.year.school_year import Got, Person, SchoolYear, school_year
from tests.year.wall import at, find_faketime

pytestmark = [
    only_deep("a whole school year takes minutes"),
    pytest.mark.skipif(
        find_faketime() is None, reason="libfaketime is not installed (package faketime or libfaketime)"
    ),
]
IN_HAND = 14  #: messages claimed at once at the default rate: what a kill can repeat


def day(number: int, month: int) -> dt.date:
    return dt.date(2023 if month >= 9 else 2024, month, number)


def _kill_in_the_invitations(year: SchoolYear) -> None:
    """kill -9 when some have gone and some have not; two minutes later it is started again."""
    before = len(year.got())
    year.clock.turn_to(at(day(1, 11), 8, 0, 1))
    wait_until(lambda: len(year.got()) >= before + 5, every=0.02)
    year.kill_bot()
    assert len(year.got()) < before + 30, "killed too late to prove anything"
    year.clock.turn_to(at(day(1, 11), 8, 2))
    year.start_bot()
    year.settle(90)


def _ask_to_move(year: SchoolYear) -> None:
    """The head of the host school, with buttons, at 09:00; an officer agrees at 10:00."""
    host = year.who("HT", "MN An Tiến")
    year.walk_to(at(day(2, 11), 9))
    year.type(host, "/buoi B2")
    year.press(host, "Xin đổi lịch")
    year.press(host, "Trường có việc quan trọng")
    year.type(host, "10/11")
    year.press(host, "Xác nhận")
    year.walk_to(at(day(2, 11), 10))
    year.press(_officer(year), "Đồng ý")


def _officer(year: SchoolYear) -> Person:
    return next(p for p in year.people if p.role.startswith("Chuyên viên"))


def _live_through(year: SchoolYear) -> Person:
    """The whole year; returns the one who declined the first session."""
    absent = year.who("TTCM mẫu giáo", "MN Trường Thành")
    year.walk_to(at(day(5, 10), 9))
    year.press(absent, "Vắng mặt")
    year.press(absent, "Không nêu lý do")
    year.press(year.who("HT", "MN Bát Trang"), "Tham dự")
    year.walk_to(at(day(1, 11), 7))
    _kill_in_the_invitations(year)
    _ask_to_move(year)
    year.walk_to(at(day(6, 12), 9))
    year.phones.post("block", user_id=_blocker(year).chat)
    year.walk_to(at(day(7, 12), 9))
    year.press(year.who("HT", "MN Trường Thành"), "Gửi giấy mời")
    year.walk_to(at(day(1, 3), 12))
    _stop_for_days(year)
    year.walk_to(at(day(31, 5), 18))
    return absent


def _blocker(year: SchoolYear) -> Person:
    return year.who("TTCM nhà trẻ", "MN Bát Trang")


def _stop_for_days(year: SchoolYear) -> None:
    """Nobody notices that the computer is off, from 01/03 to 06/03, over the day of the invitations."""
    assert year.bot is not None
    year.bot.terminate()
    assert year.bot.wait(20) == 0
    year.clock.turn_to(at(day(6, 3), 9))
    year.start_bot()
    year.settle(90)


def _news(got: list[Got], year: SchoolYear, absent: Person) -> dict[str, Counter[Person]]:
    """New messages by hour, without the registration and the answers to one's own typing and pressing."""
    talking = {
        "05/10 09:00": {absent},
        "02/11 09:00": {year.who("HT", "MN An Tiến")},
    }
    found: dict[str, Counter[Person]] = {}
    for one in got:
        hour = f"{one.at:%d/%m %H}:{one.at.minute // 30 * 30:02}"
        if (
            not one.edit
            and not one.file
            and hour != "03/10 09:00"
            and one.person not in talking.get(hour, ())
        ):
            found.setdefault(hour, Counter())[one.person] += 1
    return found


def test_everybody_hears_what_concerns_them_when_it_does(tmp_path: Path) -> None:
    library = find_faketime()
    assert library is not None
    began = time.monotonic()
    with school_year(tmp_path, library) as year:
        cast = Cast(year.people)
        assert len(year.people) == 66
        assert len(cast.authority) == 5
        assert [len(cast.invited(code)) for code in AUDIENCE] == [15, 35, 25, 35]
        welcomed = Counter(g.person for g in year.got() if "Đã đăng ký" in g.text)
        assert welcomed == Counter(year.people)

        absent = _live_through(year)
        got = year.got()
        news = _news(got, year, absent)
        host = year.who("HT", "MN An Tiến")
        expected = news_due(cast, absent, _blocker(year))
        # Who asks and who decides read it on the card that they pressed.
        expected["02/11 09:00"] -= {host}
        expected["02/11 10:00"] -= {_officer(year)}
        differences = _differences(news, expected)
        assert not differences, json.dumps(differences, ensure_ascii=False)

        # Once each; only the kill may have repeated what was in hand at that instant.
        repeated = {hour: sum(c.values()) - len(c) for hour, c in news.items()}
        assert repeated.pop("01/11 08:00") <= IN_HAND
        assert not {hour: number for hour, number in repeated.items() if number}

        # Papers go to those who work with them: heads, the lead, the officers.
        papers = {g.person for g in got if g.file}
        assert (
            papers <= set().union(*(cast.heads(school) for school in SCHOOLS)) | cast.managers | cast.officers
        )

        # Nothing more is said about 08/11 once the change has been told.
        told = at(day(2, 11), 10, 30)
        assert not [g.text for g in got if g.at > told and re.search(r"0?8/11", g.text)]
        assert [g for g in got if g.at > told and "10/11/2023" in g.text]
        # Nothing at night, on a Sunday, or in the holidays.
        assert not [g for g in got if not 6 <= g.at.hour < 21 or g.at.weekday() > 4]
        # Telegram refused nothing: no flooding, no broken markup, no unknown chat.
        assert year.phones.get("refused") == []
        log = year.log.read_text(encoding="utf-8")
        assert "Traceback" not in log
        assert year.phones.token not in log
    print(f"a school year in {time.monotonic() - began:.0f} s, {len(got)} messages")  # noqa: T201


def _differences(
    news: Mapping[str, Iterable[Person]], expected: Mapping[str, set[Person]]
) -> dict[str, dict[str, list[str]]]:
    """By hour: who heard something unforeseen, and who did not hear what was due."""
    found = {}
    for hour in sorted(news.keys() | expected.keys()):
        heard, due = set(news.get(hour, ())), expected.get(hour, set())
        if heard != due:
            found[hour] = {"unforeseen": _names(heard - due), "missing": _names(due - heard)}
    return found


def _names(people: Iterable[Person]) -> list[str]:
    return sorted(f"{p.name} {p.unit}" for p in people)
