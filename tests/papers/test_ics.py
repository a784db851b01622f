"""Calendar files, read back by `icalendar`, by our own calendar reader, and by a bare RFC 5545 reader."""

import datetime as dt
import re

import pytest
from icalendar import Calendar, Event

from bot.flows.plans.calendars import read_calendar
from bot.papers.ics import MIME, many_calendar, session_calendar, uid
from bot.sessions.session import SessionState
from tests.papers.facts import NOW, ZONE, facts

EIGHT, ELEVEN = dt.time(8), dt.time(11)


def event(content: bytes) -> Event:
    (found,) = Calendar.from_ical(content).walk("VEVENT")
    assert isinstance(found, Event)
    return found


def properties(content: bytes) -> dict[str, str]:
    """Unfolded lines of the only VEVENT, without its alarm: an independent reading (RFC 5545, 3.1)."""
    text = re.sub(rb"\r\n[ \t]", b"", content).decode("utf-8")
    inside = re.sub(r"BEGIN:VALARM.*END:VALARM\r\n", "", text, flags=re.DOTALL)
    inside = inside.partition("BEGIN:VEVENT\r\n")[2].partition("END:VEVENT")[0]
    return dict(line.split(":", 1) for line in inside.splitlines())


def test_a_session_with_hours() -> None:
    made = session_calendar(facts(start=EIGHT, end=ELEVEN, room="Hội trường tầng 2"), NOW, ZONE)
    assert (made.name, made.mime) == ("lich-an-tien-b3.ics", MIME)
    found = properties(made.content)
    assert found["DTSTART;TZID=Asia/Ho_Chi_Minh"] == "20231214T080000"
    assert found["DTEND;TZID=Asia/Ho_Chi_Minh"] == "20231214T110000"
    assert found["LOCATION"] == "Hội trường tầng 2\\, MN Trường Thành"
    assert found["STATUS"] == "CONFIRMED"
    assert b"BEGIN:VTIMEZONE" in made.content
    begin = event(made.content).decoded("dtstart")
    assert begin.astimezone(dt.UTC) == dt.datetime(2023, 12, 14, 1, 0, tzinfo=dt.UTC)


def test_without_an_hour_it_is_all_day() -> None:
    found = properties(session_calendar(facts(), NOW, ZONE).content)
    assert found["DTSTART;VALUE=DATE"] == "20231214"
    assert found["DTEND;VALUE=DATE"] == "20231215"
    assert "Trường đăng cai sẽ báo giờ\\, phòng sau" in found["DESCRIPTION"]


def test_several_days() -> None:
    last = dt.date(2023, 12, 15)
    assert (
        properties(session_calendar(facts(date_end=last), NOW, ZONE).content)["DTEND;VALUE=DATE"]
        == "20231216"
    )
    hours = session_calendar(facts(date_end=last, start=EIGHT, end=ELEVEN), NOW, ZONE)
    assert properties(hours.content)["DTEND;TZID=Asia/Ho_Chi_Minh"] == "20231215T110000"
    open_end = session_calendar(facts(date_end=last, start=EIGHT), NOW, ZONE)
    assert properties(open_end.content)["DTEND;VALUE=DATE"] == "20231216"


@pytest.mark.parametrize(("start", "trigger"), [(EIGHT, "-P1D"), (None, "-PT9H")])
def test_an_alarm_the_day_before(start: dt.time | None, trigger: str) -> None:
    (alarm,) = event(session_calendar(facts(start=start), NOW, ZONE).content).walk("VALARM")
    assert f"\r\nTRIGGER:{trigger}\r\n".encode() in alarm.to_ical()
    assert alarm["action"] == "DISPLAY"


def test_the_same_entry_for_life_with_a_growing_sequence() -> None:
    before, after = facts(), facts(date=dt.date(2023, 12, 21), date_revision=2, version=4, code="B3")
    assert uid(before) == uid(after) != uid(facts(id=4))
    sequences = [event(session_calendar(f, NOW, ZONE).content)["sequence"] for f in (before, after)]
    assert sequences == [1, 4]


def test_a_cancelled_one_is_taken_out() -> None:
    made = session_calendar(facts(state=SessionState.CANCELLED, version=5), NOW, ZONE)
    assert b"METHOD:CANCEL\r\n" in made.content
    found = properties(made.content)
    assert found["STATUS"] == "CANCELLED"
    assert found["SEQUENCE"] == "5"
    assert b"VALARM" not in made.content


def test_what_was_typed_breaks_nothing() -> None:
    nasty = "a;b,c\\d\r\nEND:VEVENT\nBEGIN:VEVENT\x00\x07" + "ộ" * 300
    made = session_calendar(facts(content=nasty, room=nasty, programme=nasty), NOW, ZONE)
    assert max(len(line) for line in made.content.split(b"\r\n")) <= 75
    made.content.decode("utf-8")
    assert made.content.count(b"\r\nBEGIN:VEVENT") == 1
    assert "a;b,c\\d END:VEVENT BEGIN:VEVENT" in str(event(made.content)["location"])


def test_many_in_one_file_and_our_own_reader() -> None:
    months = [facts(id=n, code=f"B{n}", date=dt.date(2023, 9 + n, 10)) for n in (1, 2, 3)]
    without_a_day = facts(id=9, date=None)
    made = many_calendar([*months, without_a_day], NOW, ZONE)
    assert len(Calendar.from_ical(made.content).walk("VEVENT")) == 3
    read = read_calendar(made.name, made.content)
    assert [entry.date for entry in read] == [dt.date(2023, m, 10) for m in (10, 11, 12)]
    assert read[0].title == "B1 Sinh hoạt chuyên môn cụm An Tiến"


def test_without_a_day_there_is_no_entry() -> None:
    with pytest.raises(ValueError, match="without a day"):
        session_calendar(facts(date=None), NOW, ZONE)
