"""The school year on one page: its months with sessions, rest days and Tết, and the sessions below."""

import datetime as dt
from collections.abc import Iterator, Sequence

from bot.cluster.people import Cluster
from bot.message import Document
from bot.notices.dates import capital, short_day
from bot.papers.canvas import (
    ACCENT,
    CARD,
    FEAST_INK,
    HEIGHT,
    INK,
    MIME,
    SOFT,
    WIDTH,
    Sheet,
    Style,
    wrapped,
)
from bot.papers.month_grid import WEEKEND, draw_month, height_of, is_feast
from bot.papers.poster import EDGE, FOOT, HEAD, Entry, days_of, foot, heading
from bot.papers.safe import file_name
from bot.sessions.month import Month
from bot.workdays import Workdays

COLUMNS = 3
_CELL = (50.0, 40.0)
#: (columns, size of the letters, lines of the content at most): the first with which everything fits.
_LISTS = ((1, 34, 2), (1, 34, 1), (1, 30, 1), (2, 28, 1), (2, 24, 1), (2, 24, 0), (3, 20, 0), (3, 17, 0))


def year_picture(cluster: Cluster, entries: Sequence[Entry], workdays: Workdays, today: dt.date) -> Document:
    """`entries`: all sessions of the year in the order of their days."""
    sheet = Sheet()
    heading(
        sheet, "Lịch sinh hoạt chuyên môn", f"Năm học {cluster.school_year}", f"Cụm trường {cluster.name}"
    )
    marked = {day: one.remark for one in entries for day in days_of(one)}
    months = _months(cluster, marked, today)
    y = HEAD + 24.0
    for start in range(0, len(months), COLUMNS):
        y = _row_of_months(sheet, y, months[start : start + COLUMNS], workdays, marked)
    y = _feasts(sheet, y, months, workdays)
    _list(sheet, y + 8, entries)
    foot(sheet, today)
    words = "\n".join([f"Năm học {cluster.school_year}", *(one.words for one in entries)])
    name = file_name("lich nam", cluster.name, cluster.school_year, ending="png")
    return Document(name, sheet.png(words), MIME)


def _months(cluster: Cluster, marked: Sequence[dt.date] | dict[dt.date, str], today: dt.date) -> list[Month]:
    """September to May, more where there are sessions; whole rows."""
    first = cluster.school_year.partition("-")[0]
    year = int(first) if len(first) == 4 and first.isascii() and first.isdigit() else _year_of(marked, today)
    begin, end = Month(year, 9), Month(year + 1, 5)
    for day in marked:
        begin, end = min(begin, Month.of(day)), max(end, Month.of(day))
    months = [begin]
    while (months[-1] < end or len(months) % COLUMNS) and len(months) < 12:
        months.append(months[-1].later(1))
    return months


def _year_of(marked: Sequence[dt.date] | dict[dt.date, str], today: dt.date) -> int:
    day = min(marked, default=today)
    return day.year if day.month >= 8 else day.year - 1


def _row_of_months(
    sheet: Sheet, y: float, months: Sequence[Month], workdays: Workdays, marked: dict[dt.date, str]
) -> float:
    """Returns where the next row begins."""
    room = (WIDTH - 2 * EDGE) / COLUMNS
    height = max(height_of(month, _CELL[1]) for month in months) + 72
    for column, month in enumerate(months):
        x = EDGE + column * room
        sheet.box(x + 6, y, room - 12, height - 10, CARD, radius=14)
        sheet.text(x + room / 2, y + 28, month.words, Style(30, bold=True, ink=ACCENT), "mm")
        left = x + (room - 7 * _CELL[0]) / 2
        draw_month(sheet, left, y + 50, month, workdays, marked, cell=_CELL, size=26)
    return y + height


def _feasts(sheet: Sheet, y: float, months: Sequence[Month], workdays: Workdays) -> float:
    """The feast days by name, each with its days."""
    words = "Nghỉ: " + "; ".join(_feast_words(months, workdays))
    style = Style(25, ink=FEAST_INK)
    return sheet.lines(EDGE + 8, y, wrapped(words, style, WIDTH - 2 * EDGE - 16, 3), style)


def _feast_words(months: Sequence[Month], workdays: Workdays) -> Iterator[str]:
    days = [day for month in months for day in month.days if is_feast(workdays, day)]
    while days:
        span = [days.pop(0)]
        while days and days[0] == span[-1] + dt.timedelta(days=1):
            span.append(days.pop(0))
        name = ", ".join(_names(span, workdays))
        first, last = span[0], span[-1]
        shown = f"{first.day}/{first.month}" + (f"–{last.day}/{last.month}" if last != first else "")
        yield f"{shown} {name}".strip()


def _names(days: Sequence[dt.date], workdays: Workdays) -> list[str]:
    """Why they are off, without weekends, swaps, and the second, third … day of the same feast."""
    found = dict.fromkeys(workdays.off_reason(day) or "" for day in days if is_feast(workdays, day))
    kept: list[str] = []
    for name in found:
        same = any(one.split()[0] in name for one in kept)
        if name and name not in WEEKEND and not same and not name.startswith("Hoán đổi"):
            kept.append(name)
    return kept or [name for name in found if name not in WEEKEND]


def _list(sheet: Sheet, y: float, entries: Sequence[Entry]) -> None:
    """In one column where there is room, else in more, with letters as large as fit."""
    room = HEIGHT - FOOT - y
    for columns, size, most in _LISTS:
        width = (WIDTH - 2 * EDGE) / columns - 16
        blocks = [_block(one, size, most, width) for one in entries]
        tall = max((_tall(block, size) for block in blocks), default=1.0)
        rows = -(-len(blocks) // columns)
        if rows * tall <= room:
            break
    fitting = int(room // tall)
    if rows > fitting:
        left = len(blocks) - fitting * columns + 1
        style = Style(size, ink=SOFT)
        blocks = [*blocks[: fitting * columns - 1], [(f"… và {left} buổi khác", style)]]
        rows = fitting
    for column in range(columns):
        here, x = y, EDGE + 8 + column * (width + 16)
        for block in blocks[column * rows : (column + 1) * rows]:
            for words, style in block:
                sheet.text(x, here, words, style)
                here += style.line
            here += size * 0.4


def _tall(block: Sequence[tuple[str, Style]], size: int) -> float:
    return sum(style.line for _, style in block) + size * 0.4


def _block(one: Entry, size: int, most: int, width: float) -> list[tuple[str, Style]]:
    session = one.facts.session
    when = capital(short_day(session.date)) if session.date else capital(session.date_text)
    head = f"{when} · {one.hosts} ({session.code})" + (f" · {one.remark}" if one.remark else "")
    bold = Style(size, bold=True, ink=SOFT if one.facts.cancelled else INK)
    plain = Style(round(size * 0.85), ink=SOFT)
    return [
        *((words, bold) for words in wrapped(head, bold, width, 1)),
        *((words, plain) for words in (wrapped(session.content, plain, width, most) if most else [])),
    ]
