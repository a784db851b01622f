"""A thông báo đổi lịch: the new day of one session, the day it replaces, and what stays as it was."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.plan.dates.purpose import Purpose, purpose_of
from bot.plan.dates.resolve import find_dates
from bot.plan.dates.years import Calendar, DateReading, show
from bot.plan.layout.labels import label_of
from bot.plan.letters import letters
from bot.plan.papers.kept import approved_by, keeps, kept_place, reason_of, value_of
from bot.plan.reading import SessionReading
from bot.plan.record import Record
from bot.plan.schools.hosts import mentioned
from bot.plan.schools.names import name_of
from bot.plan.sessions import Book, read_session

_NEW = re.compile(
    (
        r"(?:thời gian|lịch|ngày|giờ)\s*(?:tổ chức\s*|thực hiện\s*)?(?:mới|"
        r"(?:sau\s+)?(?:khi\s+)?(?:điều chỉnh|thay đổi)(?:\s*(?:thành|lại|là))?\s*:)|"
        r"chuyển (?:sang|đến|lịch sang)|"
        r"(?:dời|lùi|đổi|hoãn|chuyển|điều chỉnh)[^.;]{0,220}?\s(?:sang|đến|thành|vào)(?!\w)"
    ),
    re.IGNORECASE,
)
_OLD = re.compile(
    (
        r"(?:thay (?:cho|thế|vì)|không phải|lịch cũ|thời gian cũ|theo lịch cũ|trước "
        r"đây)\s*:?\s*(?:ngày|lịch|buổi)?"
    ),
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?<!\w)từ\s+((?:\d[^\s,]*\s+)?(?:thứ\s+\w+,?\s+)?(?:ngày\s+)?\d{1,2}[^.;]{0,30}?)\s+(?:sang|đến|thành)(?!\w)",
    re.IGNORECASE,
)
_SCHOOL = re.compile(
    letters(
        r"(?:[Tt]rường\s+)?(?:(?:MN|MG|TH|THCS|TH&THCS|[Mm]ầm non|[Mm]ẫu giáo|[Tt]iểu "
        r"học)\s+)+[<U>]\w*(?:\s+(?:[<U>]\w*|\d+))*"
    )
)


def read_change(lines: Sequence[str], book: Book) -> SessionReading | None:
    """The session as the notice changes it (added to the book), or None if the notice names no new day."""
    new = _new_day(lines, book.calendar)
    if new is None:
        return None
    number, line, text = new
    old = next((r.day for source in (text, *lines) for r in _old_days(source, book.calendar)), None)
    if old is None:
        new_days = {r.day for _, r in find_dates(text, book.calendar)}
        body = [
            t
            for t in lines
            if re.search(r"buổi|sinh hoạt|lịch|kế hoạch", t) and not t.strip().lower().startswith("số")
        ]
        old = next(
            (
                r.day
                for t in body
                for raw, r in find_dates(_after_plan(t), book.calendar)
                if r.day and r.day not in new_days
            ),
            None,
        )
    record = Record(
        number,
        line,
        host=_host(lines, book.schools),
        place=kept_place(lines),
        content=value_of(lines, "content"),
        audience=value_of(lines, "audience"),
    )
    _doubt_guess(
        record,
        lines,
        new_day_is_named=(_NEW.search(text) or _OLD.search(text)) is not None,
        old=old,
        book=book,
    )
    session = read_session(record, book)
    whole = " ".join(lines)
    session = replace(
        session,
        date_doubt=session.date_doubt or any(d.code == "several_days" for d in book.doubts),
        replaces_date=old,
        keeps=keeps(lines, session),
        reason=reason_of(whole),
        approved_by=approved_by(whole),
    )
    book.sessions[-1] = session
    return session


def _doubt_guess(
    record: Record, lines: Sequence[str], *, new_day_is_named: bool, old: date | None, book: Book
) -> None:
    """A doubt where the notice does not call one of its days the new one."""
    own = [
        reading.day
        for text in map(_after_plan, lines)
        for raw, reading in find_dates(text, book.calendar)
        if reading.day and reading.day != book.calendar.issued and purpose_of(text, raw) is Purpose.OWN
    ]
    taken = [reading.day for _, reading in find_dates(record.when, book.calendar)][:1]
    if taken != [old] and (new_day_is_named or len(set(own)) < 2):
        return
    choices = tuple(show(day) for day in dict.fromkeys(own))
    message = f"Thông báo ghi {', '.join(choices)}. Ngày mới là ngày nào?"
    book.doubt(record, "several_days", message, record.when, choices)


def read_changes(records: Sequence[Record], book: Book) -> int:
    """The sessions of a table that gives each its new day (added to the book); how many there are."""
    for record in records:
        if not find_dates(record.when, book.calendar):
            continue
        session = read_session(record, book)
        old = find_dates(record.old or "", book.calendar)
        kept = tuple(name for name, has in (("host", session.hosts), ("content", not session.content)) if has)
        book.sessions[-1] = replace(session, replaces_date=old[0][1].day if old else None, keeps=kept)
    return len(book.sessions)


def _new_day(lines: Sequence[str], calendar: Calendar) -> tuple[int, str, str] | None:
    """(line number, words of the new time without the old day, the whole line)."""
    for number, text in enumerate(lines, start=1):
        match = _NEW.search(text)
        if not match:
            continue
        after = text[match.end() :]
        old = _OLD.search(after)
        words = after[: old.start()] if old else after
        if any(reading.precision for _, reading in find_dates(words, calendar)):
            return number, words.strip(" :,(.;-"), text
    for number, text in enumerate(lines, start=1):
        labelled = label_of(text)
        if labelled and labelled[0] in ("date", "time", "date_host") and find_dates(labelled[1], calendar):
            words = labelled[1][: old.start()] if (old := _OLD.search(labelled[1])) else labelled[1]
            return number, words.strip(" :,(.;-"), text
    for number, text in enumerate(lines, start=1):
        old = _OLD.search(text)
        words = text[: old.start()] if old else ""
        if any(purpose_of(words, raw) is Purpose.OWN for raw, _ in find_dates(words, calendar)):
            return number, words.strip(" :,(.;-"), text
    return None


def _old_days(text: str, calendar: Calendar) -> list[DateReading]:
    moved = _FROM.search(text)
    if moved:
        return [reading for _, reading in find_dates(moved.group(1), calendar)][:1]
    match = _OLD.search(text)
    return [reading for _, reading in find_dates(text[match.end() :], calendar)][:1] if match else []


def _after_plan(text: str) -> str:
    """The text without the days of other papers ("Kế hoạch số 01/KH-… ngày 27/9/2024")."""
    return re.sub(
        (
            r"(?:Kế hoạch|Công văn|Quyết định|Thông báo)\s+(?:số\s+)?[^\s,]*\s*(?:của [^,;]{0,"
            r"50}?)?\s*ngày\s+[\d/\-.]+(?:\s+tháng\s+\d+\s+năm\s+\d+)?"
        ),
        " ",
        text,
    )


def _host(lines: Sequence[str], schools: Sequence[str]) -> str | None:
    for pattern in (
        r"(?:do|tại|trường)\s+.{0,60}?(?:đăng cai|tổ chức|chủ trì)|đăng cai",
        r"địa điểm",
        r"buổi|sinh hoạt",
    ):
        for text in lines:
            if re.search(pattern, text, re.IGNORECASE) and not re.match(
                r"\s*(?:căn cứ|-\s)", text, re.IGNORECASE
            ):
                match = re.search(rf"(?:do|tại)\s+({_SCHOOL.pattern})", text) or re.search(
                    rf"({_SCHOOL.pattern})\s+(?:đăng cai|tổ chức|chủ trì)", text
                )
                named = [match.group(1)] if match else mentioned(text, schools)[:1]
                if named and name_of(named[0]):
                    return named[0]
    return None
