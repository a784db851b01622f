"""The coming month as a picture: for the wall of the teachers' room and for the group of the cluster."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.cluster.people import Cluster
from bot.message import Document
from bot.notices.dates import capital, days_between, hours, weekday, written_day
from bot.notices.facts import SessionFacts
from bot.papers.canvas import (
    ACCENT,
    ACCENT_SOFT,
    CARD,
    FEAST,
    FEAST_INK,
    HEIGHT,
    INK,
    MIME,
    SOFT,
    WARN,
    WARN_INK,
    WIDTH,
    Sheet,
    Style,
    width_of,
    wrapped,
)
from bot.papers.month_grid import draw_month, height_of
from bot.papers.safe import file_name
from bot.sessions.month import Month
from bot.workdays import Workdays

EDGE = 56
HEAD = 230
FOOT = 76
_NONE = "Tháng này không có buổi nào."
#: (scale of the letters, lines of the content at most): the first with which everything fits.
_SIZES = tuple(
    (scale / 100, most)
    for scale, most in (
        *((130, 6), (115, 6), (100, 6), (100, 4), (90, 4), (90, 3), (80, 3), (80, 2), (72, 2)),
        *((82, 1), (76, 1), (70, 1), (62, 1), (54, 1), (46, 1), (38, 1), (30, 1)),
    )
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A session as it is shown: `remark` is "", "đã đổi ngày", "đang xin đổi lịch" or "đã hủy"."""

    facts: SessionFacts
    remark: str = ""

    @property
    def when(self) -> tuple[dt.date, dt.date]:
        """Its first and last day; where only a window is known, that."""
        session = self.facts.session
        if session.date is not None:
            return session.date, session.date_end or session.date
        assert session.window is not None
        return session.window

    @property
    def words(self) -> str:
        """In one line, without the picture."""
        session = self.facts.session
        day = days_between(session.date, session.date_end) if session.date else session.date_text
        known = (capital(day), f"{self.hosts} ({session.code})", self.where, session.content, self.remark)
        return " · ".join(one for one in known if one)

    @property
    def hosts(self) -> str:
        return " và ".join(host.label for host in self.facts.hosts)

    @property
    def where(self) -> str:
        session = self.facts.session
        known = [hours(session.start, session.end)] if session.start else []
        known += [one for one in (session.room, session.place) if one]
        if not known and not self.facts.over:
            return "Giờ, phòng: trường đăng cai sẽ báo sau"
        return " · ".join(known)


def poster(
    cluster: Cluster, month: Month, entries: Sequence[Entry], workdays: Workdays, today: dt.date
) -> Document:
    """`entries`: the sessions of this month in the order of their days."""
    sheet = Sheet()
    below = f"Cụm trường {cluster.name} · năm học {cluster.school_year}"
    heading(sheet, "Lịch sinh hoạt chuyên môn", month.words, below)
    y, room = HEAD + 40.0, HEIGHT - HEAD - FOOT - 60
    if not entries:
        sheet.text(WIDTH / 2, y + 60, _NONE, Style(46, ink=SOFT), "ma")
        y += 180
    else:
        scale, most = next(
            (size for size in _SIZES if sum(_height(one, *size) for one in entries) <= room), _SIZES[-1]
        )
        for one in entries:
            _card(sheet, y, one, scale, most)
            y += _height(one, scale, most)
    if HEIGHT - FOOT - y > height_of(month, 62) + 60:
        marked = {day: one.remark for one in entries for day in days_of(one)}
        y = HEIGHT - FOOT - height_of(month, 62) - 10
        draw_month(sheet, (WIDTH - 7 * 96) / 2, y, month, workdays, marked, cell=(96, 62), size=32)
    foot(sheet, today)
    words = "\n".join([month.words, *(one.words for one in entries)] if entries else [month.words, _NONE])
    return Document(file_name("lich thang", str(month), cluster.name, ending="png"), sheet.png(words), MIME)


def heading(sheet: Sheet, over: str, words: str, below: str) -> None:
    sheet.box(0, 0, WIDTH, HEAD, ACCENT)
    sheet.text(EDGE, 24, over.upper(), Style(30, bold=True, ink="#BFE0DC"))
    sheet.text(EDGE, 54, words, Style(84, bold=True, ink="#FFFFFF"))
    style = Style(38, ink="#E6F2F0")
    sheet.lines(EDGE, 162, wrapped(below, style, WIDTH - 2 * EDGE, 1), style)


def foot(sheet: Sheet, today: dt.date) -> None:
    words = f"Lập {weekday(today)}, {written_day(today)} · Nhắc Lịch"
    sheet.text(WIDTH / 2, HEIGHT - FOOT / 2, words, Style(28, ink=SOFT), "mm")


@dataclass(frozen=True, slots=True)
class _Styles:
    host: Style
    where: Style
    content: Style
    day: Style
    week: Style
    tag: Style
    pad: int
    left: int  #: width of the block with the day

    @property
    def side(self) -> float:
        """Left and right of the words."""
        return self.host.size * 0.52

    @property
    def gap(self) -> float:
        """Between two cards."""
        return self.host.size * (0.4 if self.pad > self.host.size * 0.3 else 0.2)


def _styles(scale: float, most: int) -> _Styles:
    """With one line of content everything stands closer together."""

    def px(size: int) -> int:
        return max(12, round(size * scale))

    return _Styles(
        host=Style(px(46), bold=True),
        where=Style(px(36), ink=SOFT),
        content=Style(px(36), ink=INK),
        day=Style(px(66), bold=True, ink=ACCENT),
        week=Style(px(34), bold=True, ink=ACCENT),
        tag=Style(px(28), bold=True, ink=WARN_INK),
        pad=px(24 if most > 1 else 9),
        left=px(230),
    )


def _parts(one: Entry, s: _Styles, most: int) -> tuple[list[str], list[str], list[str]]:
    width = WIDTH - 2 * EDGE - s.left - 2 * s.side
    tag = width_of(one.remark, s.tag) + 3 * s.side if one.remark else 0
    hour = one.facts.session.start
    code = f"{one.hosts} ({one.facts.session.code})"
    if most == 1 and hour:
        code = f"{hours(hour, None)} · {code}"
    host = wrapped(code, s.host, width - tag, 2 if most > 1 else 1)
    where = wrapped(one.where, s.where, width, 2 if most > 2 else 1) if one.where and most > 1 else []
    return host, where, wrapped(one.facts.session.content, s.content, width, most)


def _height(one: Entry, scale: float, most: int) -> float:
    """With the gap below."""
    s = _styles(scale, most)
    host, where, content = _parts(one, s, most)
    inside = len(host) * s.host.line + len(where) * s.where.line + len(content) * s.content.line
    return max(inside, s.week.line + s.day.line) + 2 * s.pad + s.gap


def _card(sheet: Sheet, y: float, one: Entry, scale: float, most: int) -> None:
    s = _styles(scale, most)
    height = _height(one, scale, most) - s.gap
    off = one.facts.cancelled
    sheet.box(EDGE, y, WIDTH - 2 * EDGE, height, CARD, radius=18)
    sheet.box(EDGE, y, s.left, height, "#EDEAE2" if off else ACCENT_SOFT, radius=18)
    ink = SOFT if off else ACCENT
    middle, centre = EDGE + s.left / 2, y + height / 2
    over, number = _day_words(one)
    size = s.day.size if len(number) <= 5 else round(s.day.size * 5 / len(number))
    sheet.text(middle, centre - s.day.size * 0.56, over, Style(s.week.size, bold=True, ink=ink), "mm")
    sheet.text(middle, centre + s.week.size * 0.52, number, Style(size, bold=True, ink=ink), "mm")
    host, where, content = _parts(one, s, most)
    x, inner = EDGE + s.left + s.side, y + s.pad - s.host.size * 0.12
    inner = sheet.lines(x, inner, host, Style(s.host.size, bold=True, ink=SOFT if off else INK))
    inner = sheet.lines(x, inner, where, s.where)
    sheet.lines(x, inner, content, Style(s.content.size, ink=SOFT if off else INK))
    if one.remark:
        _tag(sheet, WIDTH - EDGE - s.side, y + s.pad, one, s)


def _tag(sheet: Sheet, right: float, y: float, one: Entry, s: _Styles) -> None:
    words = capital(one.remark)
    fill, ink = (FEAST, FEAST_INK) if one.facts.cancelled else (WARN, WARN_INK)
    width = width_of(words, s.tag) + s.tag.size * 1.2
    sheet.box(right - width, y, width, s.tag.size * 1.7, fill, radius=round(s.tag.size * 0.8))
    sheet.text(right - width / 2, y + s.tag.size * 0.85, words, Style(s.tag.size, bold=True, ink=ink), "mm")


def _day_words(one: Entry) -> tuple[str, str]:
    """Over the number of the day, and that."""
    first, last = one.when
    if one.facts.session.date is None:
        return "Chưa chốt ngày", f"{first.month}/{first.year}"
    if last == first:
        return capital(weekday(first)), f"{first.day:02}/{first.month}"
    return f"{capital(weekday(first))} đến", f"{first.day}–{last.day}/{last.month}"


def days_of(one: Entry) -> list[dt.date]:
    if one.facts.session.date is None or one.facts.cancelled:
        return []
    first, last = one.when
    return [first + dt.timedelta(days=n) for n in range(min((last - first).days, 31) + 1)]
