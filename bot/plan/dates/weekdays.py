"""Weekdays as they are written: thứ Hai, thứ 2, T2, Chủ nhật, CN."""

import re

_WEEKDAYS = {
    "hai": 0,
    "ba": 1,
    "tư": 2,
    "tu": 2,
    "năm": 3,
    "nam": 3,
    "sáu": 4,
    "sau": 4,
    "bảy": 5,
    "bẩy": 5,
    "bay": 5,
}
WEEKDAY = re.compile(
    (
        r"(?<!\w)(?:thứ\s*(?P<w>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|(?P<sun>chủ\s*nhật|CN)|"
        r"T\.?(?P<t>[2-7]))(?!\w|/)"
    ),
    re.IGNORECASE,
)


def weekday_of(match: re.Match[str]) -> int:
    """0 for Monday … 6 for Sunday, of a match of `WEEKDAY`."""
    if match.group("sun"):
        return 6
    word = (match.group("w") or match.group("t")).lower()
    return int(word) - 2 if word.isdigit() else _WEEKDAYS[word]
