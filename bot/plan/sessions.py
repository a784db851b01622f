"""A record (texts of one row, item or paragraph) as a SessionReading, with the doubts it raises."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from bot.plan.audience.phrase import AudienceReading, read_audience
from bot.plan.dates.times import read_time
from bot.plan.dates.when import read_when, tidy
from bot.plan.dates.years import Calendar, DateReading, show
from bot.plan.reading import Doubt, SessionReading
from bot.plan.record import Record
from bot.plan.schools.hosts import read_host
from bot.vocabulary import find_mentions, fold, roles

Deadline = Callable[[date, int], date]
_DITTO = re.compile(
    (
        r"^\W*(?:như trên|(?:nt|như)\s+(?:buổi|mục|lần|chuyên đề)\s+(?:trên|trước|(?P<n>\d+))|nt(?!\w)|\"|〃|"
        r"''|tương tự)\W*(?P<more>.*)$"
    ),
    re.IGNORECASE | re.DOTALL,
)


_WITHOUT = re.compile(r"(?<!\w)(?:không\s+(?:mời|có|gồm|kể|cần)|trừ|bỏ)(?!\w)", re.IGNORECASE)


@dataclass
class Book:
    """What is known while the sessions of one document are read, and what was found so far."""

    calendar: Calendar
    schools: Sequence[str] = ()
    default_time: tuple[time | None, time | None] = (None, None)
    sessions: list[SessionReading] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(
        self, record: Record, code: str, message: str, where: str | None = None, choices: tuple[str, ...] = ()
    ) -> None:
        """Adds a doubt about the session that is being read (the next to be added)."""
        self.doubts.append(Doubt(code, message, len(self.sessions), where, choices, record.line))


def read_session(record: Record, book: Book) -> SessionReading:
    """Reads one record, adds the session and its doubts to the book, and returns it."""
    when = read_when(record, book.calendar)
    for doubt in when.doubts:
        book.doubt(record, doubt.code, doubt.message, record.when or record.month, doubt.choices)
    doubtful = any(not doubt.remark for doubt in when.doubts)
    if record.carried and when.day:
        doubtful = True
        book.doubt(
            record,
            "date_carried",
            f"Ô thời gian để trống; đọc theo dòng trên là {show(when.day)}. Đúng không?",
            record.when,
        )
    start, end, part = _hours(record, when, book)
    hosts, place = _hosts(record, book)
    audience_text, audience = _audience(record, hosts, book)
    content = _content(record, book)
    session = SessionReading(
        when.day, when.end, when.precision, when.text, when.window, start, end, part, hosts, place, content,
        audience_text, audience.items, date_doubt=doubtful, notes=tidy(record.notes),
    )  # fmt: skip
    if when.day and book.calendar.issued and when.day < book.calendar.issued:
        book.doubt(
            record,
            "before_issue",
            f"Ngày {show(when.day)} trước ngày ban hành tài liệu. Có đúng không?",
            record.when,
        )
    if when.day and when.day.weekday() >= 5:
        book.doubt(record, "weekend", f"{show(when.day)} là ngày nghỉ cuối tuần. Có đúng không?", record.when)
    book.sessions.append(session)
    return session


def _ditto(text: str | None, book: Book) -> SessionReading | None:
    """The session that a cell "nt" or "như buổi 2" points to, where the cell says nothing more."""
    match = _DITTO.match(text) if text and book.sessions else None
    if match is None or re.search(r"\w", match.group("more")):
        return None
    number = int(match.group("n") or len(book.sessions))
    return book.sessions[number - 1] if 1 <= number <= len(book.sessions) else None


def _content(record: Record, book: Book) -> str | None:
    text = tidy(record.content)
    same = _ditto(text, book)
    return same.content if same else text


def _hours(record: Record, when: DateReading, book: Book) -> tuple[time | None, time | None, str | None]:
    hours = read_time(record.when)
    if hours.start is None and when.day is not None and book.default_time[0]:
        afternoon = hours.part_of_day in ("chiều", "tối")
        if not (afternoon and book.default_time[0].hour < 12):
            return book.default_time[0], book.default_time[1], hours.part_of_day
    return hours.start, hours.end, hours.part_of_day


def _hosts(record: Record, book: Book) -> tuple[tuple[str, ...], str | None]:
    place = tidy(record.place)
    host_text = record.host
    if not (host_text or "").strip() and place:
        host_text = place
        place = None
    if not host_text:
        return (), place
    same = _ditto(host_text, book)
    if same:
        return same.hosts, place or same.place
    found = read_host(host_text, book.schools)
    for code, message, choices in found.doubts:
        book.doubt(record, code, message, tidy(host_text), choices)
    if place:
        at_place = read_host(place, book.schools)
        only_school = bool(at_place.hosts) and at_place.place is None
        place = None if only_school and set(at_place.hosts) <= set(found.hosts) else place
    return found.hosts, place or found.place


def _audience(record: Record, hosts: Sequence[str], book: Book) -> tuple[str | None, AudienceReading]:
    text = tidy(record.audience)
    if text is None:
        return None, AudienceReading(())
    ditto = _DITTO.match(text)
    if ditto and book.sessions:
        number = int(ditto.group("n")) if ditto.group("n") else len(book.sessions)
        if 1 <= number <= len(book.sessions):
            above = book.sessions[number - 1]
            added, _, left_out = _WITHOUT.sub("\n", ditto.group("more"), count=1).partition("\n")
            more = read_audience(added, hosts, book.schools) if fold(added) else AudienceReading(())
            _audience_doubts(record, more, book)
            gone = {mention.role for mention in find_mentions(left_out)}
            kept = (item for item in above.audience if item.role not in gone)
            return text, AudienceReading(tuple(dict.fromkeys((*kept, *more.items))))
        book.doubt(
            record,
            "ditto_unknown",
            f"“{text}”: không có buổi {number} ở trên. Thành phần dự buổi này là ai?",
            text,
        )
        return text, AudienceReading(())
    found = read_audience(record.audience or "", hosts, book.schools)
    _audience_doubts(record, found, book)
    return text, found


def _audience_doubts(record: Record, found: AudienceReading, book: Book) -> None:
    text = tidy(record.audience)
    for item, words in found.ambiguous:
        message = f"“{item.count} {words}”: mỗi trường {item.count} người, hay cả cụm {item.count} người?"
        book.doubt(
            record,
            "count_scope_ambiguous",
            message,
            text,
            (f"Mỗi trường {item.count} người", f"Cả cụm {item.count} người"),
        )
    for words in found.unknown:
        book.doubt(
            record,
            "audience_unknown",
            f"Không rõ “{words}” trong thành phần dự là ai. Cần mời thêm ai?",
            text,
        )
    for item in found.items:
        if item.alternatives:
            book.doubt(
                record,
                "audience_alternative",
                f"Thành phần ghi “{roles()[item.role].vi} {item.qualifier or ''}”: mỗi trường tự cử.",
                text,
            )
