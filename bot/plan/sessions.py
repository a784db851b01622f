"""A record (texts of one row, item or paragraph) as a SessionReading, with the doubts it raises."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from bot.plan import raw_dates
from bot.plan.audience import AudienceReading, read_audience
from bot.plan.dates import Calendar, DateDoubt, DateReading, find_dates, resolve, show
from bot.plan.hosts import read_host
from bot.plan.layout.record import Record
from bot.plan.raw_dates import RawDate, Shape
from bot.plan.reading import Doubt, Precision, SessionReading
from bot.plan.times import read_time
from bot.vocabulary import fold

Deadline = Callable[[date, int], date]
_DITTO = re.compile(
    (
        r"^\W*(?:nt|như trên|như\s+(?:buổi|mục|lần|chuyên đề)\s+(?:trên|trước|(?P<n>\d+))|\"|〃|"
        r"''|tương tự)\W*(?P<more>.*)$"
    ),
    re.IGNORECASE | re.DOTALL,
)


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
    doubtful = bool(when.doubts)
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
    content = tidy(record.content)
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


def tidy(text: str | None) -> str | None:
    """Single spaces, no bullet or label before and no mark after; None for nothing."""
    if text is None:
        return None
    plain = re.sub(r"\s+", " ", text).strip(" ;,")
    plain = re.sub(r"^(?:[-–+•*]\s+)", "", plain)
    return plain.strip() or None


def read_when(record: Record, calendar: Calendar) -> DateReading:
    """The day, week or month of a record from its date cell and the month or week that stands around it."""
    month = _context(record.month, calendar)
    dates = find_dates(record.when, month)
    if dates:
        return _chosen(record, dates, month)
    bare = _bare_day(record.when, month)
    if bare is not None:
        return bare
    if record.week and month.month:
        raws = raw_dates.find(f"tuần {re.sub(r'(?i)tuần', '', record.week).strip()} tháng {month.month}")
        if raws and raws[0].shape is Shape.WEEK:
            return resolve(raws[0], month)
    around = find_dates(f"{record.week} {record.month}".strip(), calendar) or _month_number(
        record.month, calendar
    )
    if around:
        return around[0][1]
    if record.when.strip():
        doubt = DateDoubt(
            "date_unreadable", f"Không rõ “{tidy(record.when)}” là ngày nào. Buổi này họp ngày nào?"
        )
        return DateReading(None, None, Precision.DAY, record.when.strip(), None, (doubt,))
    missing = DateDoubt("date_missing", "Tài liệu không ghi ngày của buổi này. Buổi này họp ngày nào?")
    return DateReading(None, None, Precision.DAY, "", None, (missing,))


def _context(text: str, calendar: Calendar) -> Calendar:
    found = _month_number(text, calendar) or find_dates(text, calendar)
    for raw, reading in found:
        if reading.window:
            return Calendar(calendar.school_year, calendar.issued, raw.month, reading.window[0].year)
    return calendar


def _month_number(text: str, calendar: Calendar) -> list[tuple[RawDate, DateReading]]:
    match = re.fullmatch(r"\s*(?:[Tt](?:háng)?\.?\s*)?(1[0-2]|0?[1-9])\s*", text)
    return find_dates(f"tháng {match.group(1)}", calendar) if match else []


def _bare_day(text: str, calendar: Calendar) -> DateReading | None:
    """A cell that holds only a day of the month ("13", "Ngày 13", "thứ Năm, 13", "26-27") beside a
    month column.
    """
    if calendar.month is None:
        return None
    plain = re.sub(r"(?i)ngày", " ", text)
    match = re.search(
        r"(?<![\w/])(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?(?![\w/])",
        re.sub(r"(?i)thứ\s*\d|T\.?[2-7](?!\w)", lambda m: "x" * len(m.group()), plain),
    )
    if not match:
        return None
    day, last = match.group(1), match.group(2)
    weekday = raw_dates.WEEKDAY.search(plain)
    head = f"{weekday.group()}, " if weekday else ""
    written = f"{head}{day}{'-' + last if last else ''}/{calendar.month}/{calendar.year}"
    dates = find_dates(written, calendar)
    if not dates:
        return None
    reading = dates[0][1]
    return DateReading(
        reading.day, reading.end, reading.precision, text.strip(), reading.window, reading.doubts
    )


def _chosen(record: Record, dates: Sequence[tuple[RawDate, DateReading]], calendar: Calendar) -> DateReading:
    """The date of the cell; where it names several days, the first one (or a span of following days)
    with a doubt.
    """
    days = [entry for entry in dates if entry[0].shape in (Shape.DAY, Shape.RANGE, Shape.BROKEN)]
    chosen = (days or list(dates))[0][1]
    others = [reading.day for _, reading in days[1:] if reading.day and reading.day != chosen.day]
    text = tidy(record.when) or chosen.text
    doubts = chosen.doubts
    if others and chosen.day:
        if len(others) == 1 and chosen.end is None and (others[0] - chosen.day).days == 1:
            return DateReading(
                chosen.day,
                others[0],
                chosen.precision,
                text,
                (chosen.day, others[0]),
                (*doubts, *days[1][1].doubts),
            )
        listed = tuple(show(day) for day in (chosen.day, *others))
        doubts = (
            *doubts,
            DateDoubt(
                "several_days", f"Ô thời gian ghi nhiều ngày: {', '.join(listed)}. Ngày nào đúng?", listed
            ),
        )
    if chosen.day and calendar.month and chosen.day.month != calendar.month and record.month:
        doubts = (
            *doubts,
            DateDoubt(
                "month_mismatch",
                f"Ngày {show(chosen.day)} không thuộc “{record.month}”. Ngày nào đúng?",
                (show(chosen.day),),
            ),
        )
    return DateReading(chosen.day, chosen.end, chosen.precision, text, chosen.window, doubts)


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
            more = (
                read_audience(ditto.group("more"), hosts, book.schools)
                if fold(ditto.group("more"))
                else AudienceReading(())
            )
            _audience_doubts(record, more, book)
            return text, AudienceReading(tuple(dict.fromkeys((*above.audience, *more.items))))
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
            f"Không rõ “{words}” trong thành phần dự là ai. Cần mời những ai?",
            text,
        )
    for item in found.items:
        if item.alternatives:
            book.doubt(
                record,
                "audience_alternative",
                f"Thành phần ghi “{item.role} {item.qualifier or ''}”: mỗi trường cử ai?",
                text,
            )
