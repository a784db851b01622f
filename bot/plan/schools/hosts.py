"""Matches the words of a host cell to the list of schools: longest name first, slips and aliases with
a doubt.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.plan.letters import letters
from bot.plan.schools.names import name_of
from bot.vocabulary import fold, fold_name, short_name, strip_marks

_PLACE = re.compile(
    (
        r"(?<!\w)(?:phân hiệu|điểm trường|cơ sở|khu|hội trường|phòng|tầng|nhà văn hóa|nhà đa "
        r"năng|sân|điểm|thôn|ấp|bản|lớp|dãy|trung tâm)(?!\w)"
    ),
    re.IGNORECASE,
)
_ALL = re.compile(
    r"^(?:tất cả\s+)?(?:các|mỗi|từng)\s+(?:trường|đơn vị)|^theo cụm|^tại (?:các )?trường$", re.IGNORECASE
)
_SPLIT = re.compile(r"\s*(?:[,;+\n]|(?<!\d)/|/(?!\d)|\s[-–—]\s|(?<!\w)và(?!\w)|&(?!\s*THCS))\s*")
_NAMED = re.compile(
    letters(
        r"(?:MN|MG|TH|THCS|mầm non|mẫu giáo|tiểu học|trường)\s+((?:[<U>]\w*|\d+)(?:\s+(?:[<U>]\w*|\d+))*)"
    )
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


@dataclass(frozen=True, slots=True)
class HostReading:
    """`doubts` are (machine name, Vietnamese question, choices)."""

    hosts: tuple[str, ...]
    place: str | None
    doubts: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


def _key(name: str) -> str:
    words = fold_name(name).replace("-", " ").split()
    return " ".join(_ROMAN.get(word, word) if at else word for at, word in enumerate(words))


def _search(text: str, schools: Sequence[str]) -> list[tuple[int, int, str]]:
    """Where the schools stand in `text` (folded positions), the longest first, in order of appearance."""
    folded = fold(text)
    found: list[tuple[int, int, str]] = []
    for school in sorted(schools, key=lambda name: -len(fold_name(name))):
        name = fold_name(school)
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", folded):
            if any(match.start() < end and start < match.end() for start, end, _ in found):
                continue
            following = re.match(r"\s*(?:số\s*)?(\d+|[a-eivx]{1,3}|[a-e])(?![\w/])", folded[match.end() :])
            if following and not re.match(r"\s*[\d]+\s*(?:/|h|giờ)", folded[match.end() :]):
                continue
            found.append((match.start(), match.end(), school))
    return sorted(found)


def mentioned(text: str, schools: Sequence[str]) -> list[str]:
    """The schools of the list that `text` names, in order, each once."""
    return list(dict.fromkeys(school for _, _, school in _search(text, schools)))


def read_host(cell: str, schools: Sequence[str]) -> HostReading:
    """The hosts and, apart from them, the place that a cell names.  Without a list the cell's own
    names stand.
    """
    text = re.sub(r"\s+", " ", cell).strip(" .;,")
    text = re.sub(r"^(?:tại|do|ở)\s+", "", text, flags=re.IGNORECASE)
    if not text or _ALL.match(text):
        return HostReading((), text or None)
    found = mentioned(re.sub(r"\([^()]*\)", " ", text), schools) or mentioned(text, schools)
    if found:
        return HostReading(tuple(found), _place(text, schools))
    hosts: list[str] = []
    doubts: list[tuple[str, str, tuple[str, ...]]] = []
    for part in _SPLIT.split(re.sub(r"\([^()]*\)", " ", text)):
        if not part.strip(" -–.") or _PLACE.match(part.strip()):
            continue
        name, doubt = _guess(part, schools)
        if doubt:
            doubts.append(doubt)
        if name and name not in hosts:
            hosts.append(name)
    return HostReading(tuple(hosts), _place(text, schools), tuple(doubts))


def _guess(part: str, schools: Sequence[str]) -> tuple[str | None, tuple[str, str, tuple[str, ...]] | None]:
    written = short_name(re.sub(_PLACE.pattern + r".*", "", part, flags=re.IGNORECASE)) or short_name(part)
    if not schools:
        name = name_of(part)
        if name is None:
            inner = _NAMED.search(part)
            name = short_name(inner.group(1)) if inner else None
        return name, None
    key = _key(part)
    tail = key.split()[-1] if key else ""
    for school in schools:
        if _key(school) == key:
            return school, None
    bare = strip_marks(key)
    same = [school for school in schools if strip_marks(_key(school)) == bare]
    if len(same) == 1:
        return same[0], _slip(part, same[0])
    near: list[tuple[float, str]] = []
    for school in schools:
        other = _key(school)
        last = other.split()[-1]
        if (tail.isdigit() or len(tail) == 1 or last.isdigit() or len(last) == 1) and tail != last:
            continue
        distance = OSA.distance(strip_marks(other), bare)
        if distance <= (1 if len(bare) < 8 else 2):
            near.append((distance, school))
    near.sort()
    if near and (len(near) == 1 or near[0][0] < near[1][0]):
        return near[0][1], _slip(part, near[0][1])
    initials = [
        school
        for school in schools
        if "".join(word[0] for word in fold_name(school).split()) == fold(written)
    ]
    if len(initials) == 1 and written.isupper():
        return initials[0], _slip(part, initials[0])
    if not written or not written[0].isupper():
        return None, None
    name = name_of(part)
    if name is None:
        return None, None
    question = f"“{part.strip()}” không có trong danh sách trường của cụm. Đó là trường nào?"
    return name, ("host_unknown", question, tuple(schools))


def _slip(part: str, school: str) -> tuple[str, str, tuple[str, ...]]:
    return "host_spelling", f"“{part.strip()}” đọc là trường {school}. Đúng không?", (school, "Trường khác")


def _place(text: str, schools: Sequence[str]) -> str | None:
    """The place apart from the school: a campus in brackets, a hall; None where only the school is named."""
    for inside in re.findall(r"\(([^()]*)\)", text):
        for part in inside.split(","):
            if _PLACE.search(part):
                return str(part).strip()
    outside = re.sub(r"\([^()]*\)", " ", text)
    return re.sub(r"\s+", " ", outside).strip(" ,;.-–") if _PLACE.search(outside) else None
