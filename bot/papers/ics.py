"""Sessions as calendar entries (RFC 5545), for the calendars of phones: Google, Apple, Outlook."""

import datetime as dt
import uuid
from collections.abc import Sequence

from icalendar import Alarm, Calendar, Event

from bot.message import Document
from bot.notices.dates import full_day, hour
from bot.notices.facts import SessionFacts
from bot.papers.safe import clean, file_name, one_line
from bot.sessions.session import SessionState

MIME = "text/calendar"
_SPACE = uuid.UUID("8c0c7a0e-6f0b-5f0e-9c1d-2b7f0f6d5a11")  #: never changes: entries are found again by it
_PRODUCT = "-//Nhac Lich//Lich sinh hoat cum truong//VI"
_ASK_AGAIN = dt.timedelta(hours=1)
_EVENING = dt.timedelta(hours=9)  #: before an all-day entry's midnight: 15:00 of the day before


def has_entry(f: SessionFacts) -> bool:
    """It has a day: only then a calendar can show it.  A cancelled one has its day still."""
    return f.session.date is not None and (f.session.fixed or f.cancelled)


def session_calendar(f: SessionFacts, now: dt.datetime, zone: dt.tzinfo) -> Document:
    """One session.  METHOD CANCEL takes a cancelled one out again.  Raises ValueError without a day."""
    if not has_entry(f):
        raise ValueError("a session without a day has no calendar entry")
    calendar = _calendar("CANCEL" if f.cancelled else "PUBLISH")
    calendar.add_component(_entry(f, now, zone))
    return _file(calendar, file_name("lich", f.cluster.name, f.session.code, ending="ics"))


def many_calendar(sessions: Sequence[SessionFacts], now: dt.datetime, zone: dt.tzinfo) -> Document:
    """All that have a day, in one file; among them cancelled ones are marked as such."""
    calendar = _calendar("PUBLISH")
    for f in sessions:
        if has_entry(f):
            calendar.add_component(_entry(f, now, zone))
    return _file(
        calendar, file_name("lich ca nam", *sorted({f.cluster.name for f in sessions}), ending="ics")
    )


def feed_calendar(
    sessions: Sequence[SessionFacts], cluster_name: str, now: dt.datetime, zone: dt.tzinfo
) -> Document:
    """For a calendar program that asks again and again: also without any entry."""
    calendar = _calendar("PUBLISH")
    name = one_line(f"Sinh hoạt chuyên môn cụm {cluster_name}", 100)
    calendar.add("name", name)  # RFC 7986; the others are what Apple, Google and Outlook read
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _ASK_AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for f in sessions:
        if has_entry(f):
            calendar.add_component(_entry(f, now, zone))
    return _file(calendar, file_name("lich", cluster_name, ending="ics"))


def without_stamps(content: bytes) -> bytes:
    """What of a calendar changes only with its entries."""
    return b"\r\n".join(line for line in content.split(b"\r\n") if not line.startswith(b"DTSTAMP"))


def uid(f: SessionFacts) -> str:
    """The same for life (RFC 5545, 3.8.4.7): day, hour, host and code may change."""
    return f"{uuid.uuid5(_SPACE, f'{f.cluster.name}/{f.cluster.id}/{f.session.id}')}@nhaclich"


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _entry(f: SessionFacts, now: dt.datetime, zone: dt.tzinfo) -> Event:
    session = f.session
    event = Event()
    event.add("uid", uid(f))
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("sequence", session.version)
    event.add("status", "CANCELLED" if session.state is SessionState.CANCELLED else "CONFIRMED")
    timed = _put_time(event, f, zone)
    event.add("transp", "OPAQUE" if timed else "TRANSPARENT")
    event.add("summary", one_line(f"{session.code} Sinh hoạt chuyên môn cụm {f.cluster.name}"))
    event.add("location", _where(f))
    event.add("description", _description(f))
    if not f.cancelled:
        event.add_component(_alarm(f, dt.timedelta(days=1) if timed else _EVENING))
    return event


def _put_time(event: Event, f: SessionFacts, zone: dt.tzinfo) -> bool:
    """Whether it has an hour.  Without one, or where the end of several days is open, it is all-day."""
    session = f.session
    first, last = session.date, session.date_end or session.date
    assert first is not None
    assert last is not None
    if session.start is None or (last != first and session.end is None):
        event.add("dtstart", first)
        event.add("dtend", last + dt.timedelta(days=1))  # exclusive (RFC 5545, 3.6.1)
        return False
    begin = dt.datetime.combine(first, session.start, zone)
    event.add("dtstart", begin)
    if session.end is not None and (end := dt.datetime.combine(last, session.end, zone)) > begin:
        event.add("dtend", end)
    return True


def _where(f: SessionFacts) -> str:
    hosts = " và ".join(host.label for host in f.hosts)
    parts = (f.session.room, f.session.place, hosts)
    return one_line(", ".join(part for part in parts if part), 300)


def _description(f: SessionFacts) -> str:
    session = f.session
    open_things = [word for word, known in (("giờ", session.start), ("phòng", session.room)) if not known]
    parts = (
        f"Nội dung: {one_line(session.content)}",
        f"Thành phần: {one_line(session.audience_text)}" if session.audience_text else "",
        f"Chương trình: {clean(session.programme)}" if session.programme else "",
        f"Trường đăng cai sẽ báo {', '.join(open_things)} sau." if open_things and not f.cancelled else "",
        f"Mã buổi: {session.code}",
    )
    return "\n".join(part for part in parts if part)


def _alarm(f: SessionFacts, before: dt.timedelta) -> Alarm:
    session = f.session
    assert session.date is not None
    when = f"{hour(session.start)}, {full_day(session.date)}" if session.start else full_day(session.date)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    alarm.add("description", one_line(f"Sinh hoạt chuyên môn cụm {f.cluster.name}: {when}"))
    return alarm


def _file(calendar: Calendar, name: str) -> Document:
    calendar.add_missing_timezones()
    return Document(name, calendar.to_ical(), MIME)
