"""Hours as Vietnamese offices write them: 8h00, 7 giờ 30, 07:30, 8g30, 13h45 - 16h00, 2h chiều."""

import re
from dataclasses import dataclass
from datetime import time

_HOUR = (
    r"(?<![\w/.,:])(?P<{0}h>\d{{1,2}})\s*"
    r"(?:(?:h|H|g|giờ|gio)(?![^\W\d]|\d+[^\W\d])\s*"
    r"(?P<{0}m>(?<!\s)[0-5O]?[\dOol](?!\d)|[0-5O]?[\dOol](?![\d/])(?!\s/))?|"
    r":(?P<{0}c>[0-5]\d)(?::[0-5]\d)?(?!\d))"
    r"(?P<{0}r>\s*rưỡi)?\s*(?:(?:phút|phut|ph|p)(?!\w)|['’′])?"
)
_ONE = re.compile(_HOUR.format("a"))
_SPAN = re.compile(
    _HOUR.format("a") + r"\s*(?:[-–—]+|đến|tới|->)\s*" + _HOUR.format("b").replace(r"(?<![\w/.,:])", "")
)
_STROKE = r"(?:\s*/(?=\s*\d{1,2}\s?/))?"  #: "8h00/12/10": it belongs to no day
_SPAN_STROKE, _ONE_STROKE = re.compile(_SPAN.pattern + _STROKE), re.compile(_ONE.pattern + _STROKE)
_PART = re.compile(r"(?<!\w)(sáng|chiều|tối|trưa|cả ngày)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimeReading:
    """`span` is where the hours stand in the text (None if there are none)."""

    start: time | None
    end: time | None
    part_of_day: str | None
    span: tuple[int, int] | None


def _clock(match: re.Match[str], side: str, afternoon: bool) -> time | None:
    hour = int(match.group(side + "h"))
    digits = (
        (match.group(side + "m") or match.group(side + "c") or "0")
        .replace("O", "0")
        .replace("o", "0")
        .replace("l", "1")
    )
    minute = 30 if match.group(side + "r") else int(digits)
    if afternoon and 1 <= hour <= 6:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_time(text: str) -> TimeReading:
    """The first hour, or span of hours, and the part of the day named in `text`.  "24h" is a duration,
    no hour.
    """
    named = _PART.search(text)
    part = named.group(1).lower() if named else None
    afternoon = part in ("chiều", "tối")
    for match in _SPAN.finditer(text):
        start, end = _clock(match, "a", afternoon), _clock(match, "b", afternoon)
        if start and end:
            return TimeReading(start, end, part, match.span())
    for match in _ONE.finditer(text):
        start = _clock(match, "a", afternoon)
        if start:
            return TimeReading(start, None, part, match.span())
    return TimeReading(None, None, part, None)


def without_time(text: str) -> str:
    """`text` with its hours blanked (same length), so that their digits are not read as days."""
    for pattern in (_SPAN_STROKE, _ONE_STROKE):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text
