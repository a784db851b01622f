"""The authority's fixed dates, or days off decided later: from .csv or .ics."""

import csv
import datetime as dt
import io
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from bot.cluster.people import Cluster
from bot.errors import BadInputError
from bot.flows.planning import replan_cluster, say_now
from bot.flows.scene import Scene
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.plan.dates.typed import parse_typed_date
from bot.plan.unicode_text import decode
from bot.sessions.plan_changes import is_over
from bot.sessions.session import Session
from bot.sessions.store import FixedDate
from bot.vocabulary import strip_marks

MOST = 2000
LONGEST = 60  #: days of one event
YEARS = (2000, 2100)
_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_FORM = "Mỗi dòng: ngày, nội dung, loại (“lịch” hoặc “nghỉ”). Ví dụ: 08/11/2023, Hội nghị của Phòng, lịch"
_TITLE = "Lịch của cơ quan quản lý"
_OFF = ("nghỉ", "ngày nghỉ", "nghi", "ngay nghi")
_AUTHORITY = ("", "lịch", "lich", "lịch cứng", "lich cung", "họp", "hop")


def read_calendar(name: str, content: bytes) -> list[FixedDate]:
    """Raises BadInputError naming the line that is wrong."""
    if not content.strip():
        raise BadInputError("Tệp trống. " + _FORM)
    try:
        if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise BadInputError("binary")
        text = unicodedata.normalize("NFC", decode(content)[0])
    except BadInputError:
        raise BadInputError(f"Không đọc được {name}. Đề nghị gửi tệp .csv (UTF-8) hoặc .ics.") from None
    found = list(_from_ics(text) if "BEGIN:VCALENDAR" in text[:2000].upper() else _from_csv(text))
    if not found:
        raise BadInputError("Không thấy ngày nào trong tệp. " + _FORM)
    if len(found) > MOST:
        raise BadInputError(f"Tệp có hơn {MOST} ngày. Đề nghị chia nhỏ.")
    return found


def import_calendar(work: Work, cluster: Cluster, dates: list[FixedDate]) -> int:
    """Store, and plan anew: a day off moves deadlines.  Host and lead of a session that is hit are told.

    Returns how many were new.
    """
    new = work.sessions.put_fixed_dates(cluster.id, dates)
    replan_cluster(work, cluster.id)
    scene = Scene(work)
    for session, hits in clashes(work, cluster.id, new):
        of = scene.of(session)
        people = {p.id for p in (*of.around.host_heads(session), *of.around.managers)}
        titles = list(dict.fromkeys(hit.title for hit in hits))
        day_off = all(hit.kind == "day_off" for hit in hits)
        mark = f"{hits[0].date}.{zlib.crc32('|'.join(titles).encode()):08x}"
        say_now(work, Kind.CLASH, of, people, mark, {"titles": titles, "day_off": day_off})
        holders = {card.person_id for card in work.talks.cards(session.id)}
        say_now(work, Kind.CARD, of, holders, f"k{mark}", {})
    return len(new)


def clashes(work: Work, cluster_id: int, dates: Sequence[FixedDate]) -> list[tuple[Session, list[FixedDate]]]:
    """The sessions ahead on whose days some of these fall, in order of their days."""
    ahead = [s for s in work.sessions.of_cluster(cluster_id) if s.fixed and not is_over(s, work.today)]
    found = [(session, [d for d in dates if d.falls_on(session)]) for session in ahead]
    return [(session, hits) for session, hits in found if hits]


def is_calendar(name: str, content: bytes) -> bool:
    """By what stands in it: events of an .ics, or lines that begin with a day and end with their kind."""
    if b"BEGIN:VCALENDAR" in content[:2000].upper():
        return True
    if not name.casefold().endswith((".csv", ".txt")):
        return False
    try:
        return bool(read_calendar(name, content))
    except BadInputError:
        return False


def _from_csv(text: str) -> Iterator[FixedDate]:
    separator = max(",;\t", key=text[:2000].count)
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    while True:
        line = rows.line_num + 1
        try:
            cells = [cell.strip() for cell in next(rows)]
        except StopIteration:
            return
        except csv.Error as error:
            raise BadInputError(
                f"Dòng {line}: bảng bị lỗi, có ô quá dài hoặc thiếu dấu ngoặc kép. {_FORM}", detail=str(error)
            ) from None
        if not any(cells) or (line == 1 and strip_marks(cells[0]).casefold() in ("ngay", "date")):
            continue
        yield _row(line, cells)


def _row(line: int, cells: list[str]) -> FixedDate:
    try:
        day = parse_typed_date(cells[0], today=dt.date(1990, 1, 1), school_year=None)
    except BadInputError as error:
        raise BadInputError(f"Dòng {line}: {error} {_FORM}") from None
    if not YEARS[0] <= day.year < YEARS[1]:
        raise BadInputError(f"Dòng {line}: ngày “{cells[0][:40]}” chưa ghi đủ năm. {_FORM}")
    title = cells[1] if len(cells) > 1 and cells[1] else _TITLE
    word = cells[2].casefold() if len(cells) > 2 else ""
    if word not in (*_OFF, *_AUTHORITY):
        raise BadInputError(f"Dòng {line}: loại “{cells[2][:40]}” chưa rõ là lịch hay nghỉ. {_FORM}")
    return FixedDate(day, title[:300], "day_off" if word in _OFF else "authority")


def _from_ics(text: str) -> Iterator[FixedDate]:
    """All days of each event (RFC 5545: folded lines, DTSTART, DTEND, SUMMARY, CATEGORIES)."""
    lines = text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "").split("\n")
    event: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        key = name.partition(";")[0].upper()
        if line.upper().strip() == "BEGIN:VEVENT":
            event = {}
        elif line.upper().strip() == "END:VEVENT" and "DTSTART" in event:
            yield from _event(event)
        elif key in ("DTSTART", "DTEND", "SUMMARY", "CATEGORIES"):
            event[key] = value.strip()


def _event(event: dict[str, str]) -> Iterator[FixedDate]:
    first, _ = _instant(event["DTSTART"])
    last, midnight = _instant(event.get("DTEND", event["DTSTART"]))
    if midnight and last > first:  # the end of an event is the first moment after it
        last -= dt.timedelta(days=1)
    title = event.get("SUMMARY", _TITLE).replace("\\,", ",").replace("\\;", ";").replace("\\n", " ")[:300]
    if not 0 <= (last - first).days < LONGEST:
        raise BadInputError(
            f"“{title[:60]}” trong tệp .ics dài hơn {LONGEST} ngày hoặc kết thúc trước khi bắt đầu."
        )
    categories = event.get("CATEGORIES", "").casefold().split(",")
    off = any(one.strip() in _OFF for one in categories) or title.casefold().startswith("nghỉ")
    for number in range((last - first).days + 1):
        yield FixedDate(first + dt.timedelta(days=number), title, "day_off" if off else "authority")


def _instant(value: str) -> tuple[dt.date, bool]:
    """The day in Viet Nam, and whether the value is the first moment of it."""
    try:
        if "T" not in value:
            return dt.datetime.strptime(value, "%Y%m%d").replace(tzinfo=_VIETNAM).date(), True
        zone = dt.UTC if value.endswith("Z") else _VIETNAM
        moment = dt.datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=zone)
    except ValueError:
        raise BadInputError(f"Ngày “{value[:40]}” trong tệp .ics không đọc được.") from None
    local = moment.astimezone(_VIETNAM)
    return local.date(), local.time() == dt.time()
