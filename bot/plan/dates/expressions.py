"""Finds date expressions in a text, as written: nothing is resolved against a calendar or a school
year here.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.plan.dates.weekdays import WEEKDAY, weekday_of

_DIGIT = r"[0-9lIOoSBZ]"
#: Also what these letters match where case is forgiven ("ı", "İ", "ſ").
_REPAIR = str.maketrans("lLIiıİOoSsſBbZz", "111111005558822")
_SEP = r"\s?[/.\-]\s?"


class Shape(StrEnum):
    DAY = "day"
    RANGE = "range"
    WEEK = "week"
    MONTH = "month"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class RawDate:
    """One expression; numbers as read, `year` as written (2, 3, 4 or 5 digits) or None.

    `weekday` is 0 for Monday; `week` is 1 to 5, -1 for the last; `letters` is true where letters stood for
    digits; `apart` where the two days of a RANGE do not follow one another ("12/10 và 26/10").
    """

    shape: Shape
    start: int
    end: int
    text: str
    day: int = 0
    month: int = 0
    year: str | None = None
    last_day: int = 0
    last_month: int = 0
    last_year: str | None = None
    week: int = 0
    weekday: int | None = None
    letters: bool = False
    lunar: bool = False
    apart: bool = False


_YEAR = rf"(?P<y>[0-9]{_DIGIT}{{1,4}})"
_D, _M = rf"(?P<d>{_DIGIT}{{1,2}})", rf"(?P<m>{_DIGIT}{{1,2}})"
_TO = (
    r"\s*(?:-|–|—|đến(?:\s+hết)?|tới|và|hoặc|hay|&|,|\+)\s*(?:hết\s+)?(?:ngày\s+)?(?:(?:thứ\s+\w+|chủ "
    r"nhật)\s*,?\s*(?:ngày\s+)?)?"
)
_AND_YEAR = r"(?:\s*(?:năm|/|-|\.)\s*(?P<y>\d[0-9lIOo]{1,4}))?"
_EDGE = r"(?!\w|\s?/\s?[0-9A-ZĐ])"
_PATTERNS = [
    (Shape.BROKEN, rf"(?<![\w/]){_DIGIT}{{1,2}}\s?/\s?/\s?\d{{4}}{_EDGE}"),
    (
        Shape.WEEK,
        (
            rf"(?<!\w)tuần\s+(?:lễ\s+)?(?:thứ\s+)?(?P<w>\d|I{{1,3}}|IV|V|một|nhất|hai|ba|tư|bốn|năm|"
            rf"đầu(?:\s+tiên)?|cuối(?:\s+cùng)?)\s*(?:,|/|-|–|của)?\s*(?:tháng|"
            rf"T\.?)\s*{_M}{_AND_YEAR}(?!\w)"
        ),
    ),
    (Shape.WEEK, rf"(?<!\w)(?P<w>đầu|giữa|cuối)\s+tháng\s+{_M}{_AND_YEAR}(?!\w)"),
    (
        Shape.MONTH,
        (
            r"(?<!\w)tháng\s+(?P<m>\d{1,2})\s*(?:-|–|,|và|đến)\s*(?:tháng\s+)?(?P<m2>\d{1,"
            r"2})(?:\s*(?:năm|/|-)\s*(?P<y>\d{4}))?(?![\w/])"
        ),
    ),
    (Shape.DAY, r"(?<![\w/])(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ]\d\d:\d\d(?::\d\d)?)?(?!\w)"),
    (
        Shape.RANGE,
        (
            rf"(?<![\w/]){_D}(?:{_SEP}{_M})(?:{_SEP}{_YEAR})?{_TO}(?P<d2>{_DIGIT}{{1,"
            rf"2}})\s?/\s?(?P<m2>{_DIGIT}{{1,2}})(?:{_SEP}(?P<y2>[0-9]{_DIGIT}{{1,4}}))?{_EDGE}"
        ),
    ),
    (Shape.RANGE, rf"(?<![\w/]){_D}{_TO}(?P<d2>{_DIGIT}{{1,2}})\s?/\s?{_M}(?:{_SEP}{_YEAR})?{_EDGE}"),
    (
        Shape.RANGE,
        rf"(?<![\w/])(?P<d>\d{{1,2}}){_TO}(?P<d2>\d{{1,2}})\s+tháng\s+(?P<m>\d{{1,2}}){_AND_YEAR}(?!\w)",
    ),
    (
        Shape.DAY,
        (
            rf"(?<![\w/]){_D}(?P<s>\s?/\s?|\s?-\s?|\s?\.\s?){_M}(?:(?P=s)|(?<=/\d)\s?[-./]\s?|"
            rf"(?<=/\d\d)\s?[-./]\s?){_YEAR}{_EDGE}"
        ),
    ),
    (
        Shape.DAY,
        (
            rf"(?<![\w/])(?:ngày\s+)?(?:mùng\s+|mồng\s+)?{_D}\s*(?:\((?:thứ\s+\w+|chủ nhật)\)\s*)?,"
            rf"?\s+tháng\s+{_M}{_AND_YEAR}(?!\w)"
        ),
    ),
    (
        Shape.MONTH,
        r"(?<![\w/])(?:\.{2,}|…+|_{2,})\s?[/.\-]\s?(?P<m>\d{1,2})(?:\s?[/.\-]\s?(?P<y>\d{2,4}))?(?!\w)",
    ),
    (Shape.MONTH, rf"(?<!\w)tháng\s+(?P<m>\d{{1,2}}){_AND_YEAR}(?!\w)"),
    (Shape.MONTH, r"(?<![\w/])[Tt]\.?(?P<m>1[0-2]|0?[1-9])\s?[/\-.]\s?(?P<y>20\d\d)(?!\w)"),
    (Shape.MONTH, r"(?<![\w/])(?P<m>1[0-2]|0?[1-9])\s?[/\-]\s?(?P<y>20\d\d)(?!\w)"),
    (
        Shape.DAY,
        rf"(?<![\w/.,]){_D}\s?/\s?{_M}(?!\w|\s?/\s?[0-9A-ZĐ])(?!\s*(?:số\s+)?(?:trẻ|trường|tiết|lớp))",
    ),
    (Shape.DAY, r"(?<=ngày )(?P<d>\d{1,2})\s?[-.]\s?(?P<m>\d{1,2})(?![\w/])"),
]
_COMPILED = [
    (shape, re.compile(pattern, re.IGNORECASE if "tháng" in pattern or "đến" in pattern else 0))
    for shape, pattern in _PATTERNS
]
_WEEKS = {"một": 1, "nhất": 1, "i": 1, "đầu": 1, "đầu tiên": 1, "hai": 2, "ii": 2, "giữa": 3, "ba": 3,
          "iii": 3,
          "tư": 4, "bốn": 4, "iv": 4, "năm": 5, "v": 5, "cuối": -1, "cuối cùng": -1}  # fmt: skip
#: "MN 19/5" is a school's name
_SCHOOL = re.compile(r"(?<!\w)(?:MN|MG|TH|THCS|[Mm]ầm non|[Mm]ẫu giáo|[Tt]iểu học)\s+$")


def find(text: str) -> list[RawDate]:
    """All date expressions of `text`, left to right; where two overlap the longer form wins."""
    taken = [False] * len(text)
    found: list[RawDate] = []
    for shape, pattern in _COMPILED:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]) or (
                shape is Shape.DAY and _SCHOOL.search(text[max(0, start - 12) : start])
            ):
                continue
            raw = _raw(shape, match)
            if raw is None:
                continue
            taken[start:end] = [True] * (end - start)
            found.append(raw)
    found.sort(key=lambda raw: raw.start)
    edges = [0, *(raw.end for raw in found)], [*(raw.start for raw in found[1:]), len(text)]
    return [_with_weekday(text, raw, left, right) for raw, left, right in zip(found, *edges, strict=False)]


_LOOSE = re.compile(r"(?<![\w./-])(\d{1,2})([.-])(\d{1,2})(?![\w/]|[.-]\d)")


def find_loose(text: str) -> list[RawDate]:
    """ "12.10", "12-10" at the head of a text without another day: too vague to be looked for elsewhere."""
    match = _LOOSE.search(text[:40])
    if match is None or not (1 <= int(match.group(1)) <= 31 and 1 <= int(match.group(3)) <= 12):
        return []
    spelled = f"{text[: match.start(2)]}/{text[match.end(2) :]}"
    return [raw for raw in find(spelled) if raw.start <= match.start() < raw.end][:1]


def _number(text: str | None) -> int:
    return int((text or "0").translate(_REPAIR))


def _raw(shape: Shape, match: re.Match[str]) -> RawDate | None:
    parts = {**dict.fromkeys(("d", "m", "y", "d2", "m2", "y2", "w")), **match.groupdict()}
    numbers = [parts[name] or "" for name in ("d", "m", "y", "d2", "m2", "y2")]
    digits = "".join(numbers)
    letters = any(not c.isdigit() for c in digits)
    plain = sum(c.isdigit() for c in digits)
    if letters and (plain < 2 or plain < len(digits) / 2 or not (parts["y"] or parts["y2"])):
        return None
    day, month = _number(parts["d"]), _number(parts["m"])
    last_day, last_month = _number(parts["d2"]), _number(parts["m2"])
    year = parts["y"].translate(_REPAIR) if parts["y"] else None
    if shape is Shape.DAY and year is None and not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    if shape is Shape.RANGE and not (day <= 31 and last_day <= 31 and month <= 12 and last_month <= 12):
        return None
    if shape is Shape.RANGE and not last_month and not _is_span(match, day, last_day):
        return None
    week = parts["w"].lower() if parts["w"] else ""
    return RawDate(
        shape,
        match.start(),
        match.end(),
        match.group().strip(),
        day,
        month,
        year,
        last_day,
        last_month,
        parts["y2"].translate(_REPAIR) if parts["y2"] else None,
        week=int(week) if week.isdigit() else _WEEKS.get(re.sub(r"\s+", " ", week), 0),
        letters=letters,
        apart=shape is Shape.RANGE and _is_apart(match, (day, month), (last_day, last_month or month)),
    )


def _is_span(match: re.Match[str], day: int, last_day: int) -> bool:
    """Whether "4, 13/12" are two days: not where the first number counts something ("thứ 4, 13/12",
    "buổi 1 - 12/10").
    """
    before = match.string[max(0, match.start() - 12) : match.start()]
    if re.search(r"(?:thứ|buổi|lần|đợt|số|tuần|lớp|khối|tiết|tt|t)\.?\s*$", before, re.IGNORECASE):
        return False
    joint = match.string[match.end("d") : match.start("d2")].strip().lower()
    if 0 < last_day - day <= 3 or joint[:1] in ("-", "–", "—", "đ", "t"):
        return True
    return joint[:1] != "," or day > 9 or bool(re.search(r"ngày\s*$", before, re.IGNORECASE))


def _is_apart(match: re.Match[str], first: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether two days that are listed ("12/10 và 26/10") leave other days between them."""
    joint = match.string[match.end("m" if match.groupdict().get("m2") else "d") : match.start("d2")]
    if not re.search(r"(?<!\w)(?:và|hoặc|hay)(?!\w)|[&,+]", joint, re.IGNORECASE):
        return False
    if re.search(r"(?<!\w)(?:hoặc|hay)(?!\w)", joint, re.IGNORECASE):
        return True
    if first[1] == last[1]:
        return last[0] != first[0] + 1
    return not (last[0] == 1 and first[0] >= 28)


def _with_weekday(text: str, raw: RawDate, left: int, right: int) -> RawDate:
    """Adds a weekday that stands close before or after, between the neighbours, and the mark of a
    lunar date.
    """
    before, after = text[max(left, raw.start - 30) : raw.start], text[raw.end : min(right, raw.end + 22)]
    weekday: int | None = None
    start, end = raw.start, raw.end
    for match in WEEKDAY.finditer(before):
        gap = before[match.end() :]
        if re.fullmatch(r"[\s,.\-–(]*(?:ngày)?[\s,.:\-–)]*(?:mùng|mồng)?\s*", gap, re.IGNORECASE):
            weekday, start = weekday_of(match), max(left, raw.start - 30) + match.start()
    inside = WEEKDAY.search(raw.text) if raw.shape is Shape.DAY else None
    if inside:
        weekday = weekday_of(inside)
    following = re.match(r"[\s,.]*[(\-–,]?\s*", after)
    behind = WEEKDAY.match(after, following.end() if following else 0)
    if weekday is None and behind:
        close = after[behind.end() : behind.end() + 1]
        weekday, end = weekday_of(behind), raw.end + behind.end() + (1 if close == ")" else 0)
    lunar = bool(re.match(r"\s*\(?(?:âm lịch|ÂL|AL)(?!\w)", text[raw.end : raw.end + 14]))
    return replace(raw, start=start, end=end, text=text[start:end].strip(), weekday=weekday, lunar=lunar)
