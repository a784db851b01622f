"""Days and hours that a person types into the chat, with or without diacritics."""

import re
from datetime import date, time, timedelta

from bot.errors import BadInputError
from bot.plan.dates.times import read_time
from bot.vocabulary import strip_marks

_WEEKDAYS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4,
             "bay": 5, "7": 5}  # fmt: skip
_NEAR = {
    "hom nay": 0,
    "nay": 0,
    "mai": 1,
    "ngay mai": 1,
    "mot": 2,
    "ngay mot": 2,
    "ngay kia": 2,
    "mot nua": 2,
}
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{2}|\d{4}))?(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_WORDS = re.compile(
    r"(?<!\w)(?:ngay\s+)?(?:mung\s+|mong\s+)?(\d{1,2})\s+thang\s+(\d{1,2})(?:\s*(?:nam|/|-)\s*(\d{4}))?(?!\d)"
)
_WEEKDAY = re.compile(r"(?<!\w)(?:thu\s*(hai|ba|tu|nam|sau|bay|[2-7])|t([2-7])|(chu nhat|cn))(?!\w)")
_DAY_ONLY = re.compile(r"^(?:ngay\s+)(\d{1,2})$")
_HOW = "Đề nghị gõ như 15/11, 15/11/2023, “thứ Tư tuần sau” hoặc “mai”."


def parse_typed_date(text: str, *, today: date, school_year: str | None = None) -> date:
    """The day that a person means: "15/11", "ngày 15 tháng 11", "thứ Tư tuần sau", "mai".

    Without a year it is the next such day not before `today`; a `school_year` settles 29/02 alone.
    Raises BadInputError for a text that is no date and for a day that does not exist, saying what to type.
    """
    plain = re.sub(r"\s+", " ", strip_marks(text[:200])).strip(" .,;!?")
    if plain in _NEAR:
        return today + timedelta(days=_NEAR[plain])
    weekday = _weekday(plain)
    found = _written(plain, text, today, school_year)
    if found is not None:
        if weekday is not None and weekday != found.weekday():
            names = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
            shown = f"{found.day:02d}/{found.month:02d}/{found.year}"
            raise BadInputError(
                f"Ngày {shown} là {names[found.weekday()]}, không phải {names[weekday]}. "
                "Đề nghị gõ lại ngày đúng."
            )
        return found
    if weekday is not None:
        return _relative(plain, weekday, today)
    day_only = _DAY_ONLY.match(plain)
    if day_only:
        return _next_day_of_month(int(day_only.group(1)), today)
    raise BadInputError(f"Chưa rõ “{text.strip()[:40]}” là ngày nào. {_HOW}")


def _weekday(plain: str) -> int | None:
    match = _WEEKDAY.search(plain)
    if not match:
        return None
    return 6 if match.group(3) else _WEEKDAYS[match.group(1) or match.group(2)]


def _written(plain: str, text: str, today: date, school_year: str | None) -> date | None:
    iso = _ISO.search(plain)
    if iso:
        return _make(int(iso.group(1)), int(iso.group(2)), int(iso.group(3)), text)
    match = _WORDS.search(plain) or _NUMERIC.search(plain)
    if not match:
        return None
    day, month, written = int(match.group(1)), int(match.group(2)), match.group(3)
    if written:
        year = int(written) + (2000 if len(written) == 2 else 0)
        return _make(year, month, day, text)
    if month == 2 and day == 29:
        years = range(today.year, today.year + 5) if school_year is None else (today.year, today.year + 1)
        leap = [year for year in years if year % 4 == 0 and date(year, 2, 29) >= today]
        return _make(leap[0] if leap else today.year, month, day, text)
    this_year = _make(today.year, month, day, text)
    return this_year if this_year >= today else _make(today.year + 1, month, day, text)


def _make(year: int, month: int, day: int, text: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise BadInputError(
            f"Không có ngày “{text.strip()[:40]}” trên lịch. Đề nghị gõ lại, ví dụ 15/11/2023."
        ) from None
    if not 2000 <= year <= 2100:
        raise BadInputError(
            f"Năm trong “{text.strip()[:40]}” không hợp lý. Đề nghị gõ lại, ví dụ 15/11/2023."
        )
    return found


def _relative(plain: str, weekday: int, today: date) -> date:
    """ "thứ Tư" is the next one from today on; "tuần này" and "tuần sau" count weeks from Monday."""
    monday = today - timedelta(days=today.weekday())
    if re.search(r"tuan (?:sau nua|toi nua)", plain):
        return monday + timedelta(days=14 + weekday)
    if re.search(r"tuan (?:sau|toi|ke)", plain):
        return monday + timedelta(days=7 + weekday)
    if "tuan nay" in plain:
        return monday + timedelta(days=weekday)
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _next_day_of_month(day: int, today: date) -> date:
    if not 1 <= day <= 31:
        raise BadInputError(f"Không có ngày {day} trên lịch. {_HOW}")
    year, month = today.year, today.month
    for _ in range(13):
        try:
            found = date(year, month, day)
        except ValueError:
            found = None
        if found is not None and found >= today:
            return found
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    raise BadInputError(f"Không có ngày {day} trên lịch. {_HOW}")


def parse_typed_time(text: str) -> tuple[time, time | None]:
    """The hour, or the span of hours, that a person means: "8h", "7 giờ 30", "07:30", "13h45", "8h-10h30".

    Raises BadInputError for a text that is no hour, saying what to type.
    """
    plain = re.sub(r"\bruoi\b", "rưỡi", strip_marks(text[:100])).replace("gio", "giờ").replace("den", "đến")
    plain = plain.replace("chieu", "chiều").replace("toi", "tối").replace("sang", "sáng")
    if re.fullmatch(r"\s*\d{1,2}\s*", plain):
        plain = plain.strip() + "h"
    found = read_time(plain)
    if found.start is None or re.search(
        r"\d", plain[: found.span[0]] + plain[found.span[1] :] if found.span else plain
    ):
        raise BadInputError(
            f"Chưa rõ “{text.strip()[:40]}” là mấy giờ. Đề nghị gõ như 8h00, 7h30 hoặc 8h-10h30."
        )
    if found.end is not None and found.end <= found.start:
        raise BadInputError(
            f"“{text.strip()[:40]}”: giờ kết thúc phải sau giờ bắt đầu. Đề nghị gõ như 8h-10h30."
        )
    return found.start, found.end
