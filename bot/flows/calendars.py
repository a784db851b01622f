"""The authority's fixed dates, or days off decided later: from .csv or .ics."""

import csv
import datetime as dt
import io

from charset_normalizer import from_bytes

from bot.cluster.people import Cluster
from bot.errors import BadInputError
from bot.flows.planning import replan_cluster
from bot.flows.work import Work
from bot.plan.typed import parse_typed_date
from bot.sessions.store import FixedDate
from bot.vocabulary import strip_marks

MOST = 2000
_FORM = "Mỗi dòng: ngày, nội dung, loại (“lịch” hoặc “nghỉ”). Ví dụ: 08/11/2023, Hội nghị của Phòng, lịch"


def read_calendar(name: str, content: bytes) -> list[FixedDate]:
    """Raises BadInputError naming the line that is wrong."""
    if not content.strip():
        raise BadInputError("Tệp trống. " + _FORM)
    best = from_bytes(content).best()
    if best is None or b"\0" in content:
        raise BadInputError("Không đọc được tệp. Đề nghị gửi tệp .csv hoặc .ics.")
    text = str(best).lstrip("\ufeff")
    found = _from_ics(text) if "BEGIN:VCALENDAR" in text[:2000].upper() else _from_csv(text)
    if not found:
        raise BadInputError("Không thấy ngày nào trong tệp. " + _FORM)
    if len(found) > MOST:
        raise BadInputError(f"Tệp có hơn {MOST} ngày. Đề nghị chia nhỏ.")
    return found


def import_calendar(work: Work, cluster: Cluster, dates: list[FixedDate]) -> int:
    """Store, and plan anew: a day off moves deadlines.  Returns how many were new."""
    new = work.sessions.put_fixed_dates(cluster.id, dates)
    replan_cluster(work, cluster.id)
    return new


def _from_csv(text: str) -> list[FixedDate]:
    sample = text[:2000]
    separator = max(",;\t", key=sample.count)
    found: list[FixedDate] = []
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=separator), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and strip_marks(cells[0]).casefold() in ("ngay", "date")):
            continue
        try:
            day = parse_typed_date(cells[0], today=dt.date(1990, 1, 1), school_year=None)
        except BadInputError as error:
            raise BadInputError(f"Dòng {number}: {error} {_FORM}") from None
        title = cells[1] if len(cells) > 1 and cells[1] else "Lịch của cơ quan quản lý"
        kind = strip_marks(cells[2]).casefold() if len(cells) > 2 else ""
        found.append(FixedDate(day, title[:300], "day_off" if "nghi" in kind else "authority"))
    return found


def _from_ics(text: str) -> list[FixedDate]:
    """All-day and timed events, by their first day (RFC 5545: folded lines, DTSTART, SUMMARY, CATEGORIES)."""
    lines = text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "").split("\n")
    found: list[FixedDate] = []
    event: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        key = name.partition(";")[0].upper()
        if line.upper().strip() == "BEGIN:VEVENT":
            event = {}
        elif line.upper().strip() == "END:VEVENT" and "DTSTART" in event:
            found.append(_event(event))
        elif key in ("DTSTART", "SUMMARY", "CATEGORIES"):
            event[key] = value.strip()
    return found


def _event(event: dict[str, str]) -> FixedDate:
    digits = event["DTSTART"][:8]
    try:
        day = dt.datetime.strptime(digits, "%Y%m%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        raise BadInputError(f"Ngày “{event['DTSTART'][:40]}” trong tệp .ics không đọc được.") from None
    title = event.get("SUMMARY", "Lịch của cơ quan quản lý").replace("\\,", ",").replace("\\n", " ")
    off = "nghi" in strip_marks(event.get("CATEGORIES", "")).casefold()
    return FixedDate(day, title[:300], "day_off" if off else "authority")
