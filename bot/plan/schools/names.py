"""The list of schools, wherever a document gives it: in brackets, after "gồm", as a list, under Nơi nhận."""

import re
from collections.abc import Iterable, Sequence

from bot.plan.letters import LOWER, letters
from bot.vocabulary import find_mentions, fold_name, short_name

_OPENERS = re.compile(
    r"(?:gồm(?:\s+có)?|thành viên|đại diện)\s*(?:là)?\s*:?\s*(?:cho\s+)?(?:(?:\d+|"
    r"\w+)\s*(?:\([^()]*\)\s*)?)?(?:các\s+)?(?:đơn vị|trường)"
    r"(?:\s+(?:thành viên|sau|mầm non|tiểu học|THCS|trung học cơ sở|MN|TH|trong cụm|là))*\s*[:(]?\s*(?=\S)|"
    r"(?:^|[-–+•(]\s*|\d\.\s*|giữa\s+)(?:các\s+|\d+\s+)(?:trường|đơn vị)(?:\s+(?:MN|TH|THCS|"
    r"TH&THCS|mầm non|mẫu giáo|tiểu học|trung học cơ sở|thành viên|trong cụm|thuộc cụm|tham "
    r"gia|học))*\s*[:(]\s*|"
    r"(?:trường|cụm|đơn vị)\s*[^.;:()]{0,70}[(:]\s*(?:gồm\s*(?:các\s+|\d+\s+)?(?:trường|đơn vị)?\s*:?\s*)?",
    re.IGNORECASE,
)
_PART = re.compile(r"\s*(?:[,;+]|(?<!\d)/|/(?!\d)|\s[-–—]\s|(?<!\w)và(?!\w)|&(?!\s*THCS))\s*")
_WORD = letters(r"(?:Thị trấn|[<U>][\w’'.]*|\d+(?:[-/]\d+)*|[IVX]+)")
_NAME = re.compile(rf"^(?:số\s+\d+\s*)?{_WORD}?(?:[\s-]+(?:{_WORD}|số))*$")
_PREFIX = re.compile(
    r"^(?:(?:các|trường|mầm non|mẫu giáo|tiểu học|trung học cơ sở|mn|mg|th|thcs|th&thcs|"
    r"ptdtbt|ptdtnt|tư thục)(?!\w)\s*)+",
    re.IGNORECASE,
)
_NOT_SCHOOLS = re.compile(
    r"^(?:xã|phường|ubnd|phòng|sở|huyện|tỉnh|quận|thị|ban|tổ|năm|ngày|kế hoạch|công văn|"
    r"quyết định|lưu|như|cụm|"
    r"hội|chuyên đề|bộ|đ/c|đồng chí|cô|thầy|bà|ông|"
    r"Xã|Phường|UBND|Phòng|Sở|Huyện|Tỉnh|Quận|Thị xã|Ban (?:giám|đại|chỉ)|Kế hoạch|Công văn|"
    r"Quyết định|Lưu (?:VT|HS)|Như trên|Cụm|"
    r"Chuyên đề|Hội (?:đồng|trường|thi|thảo|nghị)|Tổ (?:trưởng|phó|chuyên|tư)|Năm học|Ngày|Đ/c|Đồng chí|"
    r"Bộ (?:GD|Giáo)|(?:Cô|Thầy) giáo)(?!\w)"
)
_LEVELS = (
    ("TH&THCS", r"TH\s*(?:&|và|-)\s*THCS", "tiểu học và trung học cơ sở"),
    ("THCS", "THCS", "trung học cơ sở"),
    ("TH", "TH", "tiểu học"),
    ("MN", "MN|GDMN|MG", "mầm non|mẫu giáo"),
)


def name_of(text: str) -> str | None:
    """A school's short name if the text is nothing but a school, else None."""
    text = re.sub(r"\([^()]*\)", " ", text)
    text = re.sub(r"\s+", " ", text).strip(' .,;:-–"“”')
    if not text or len(text) > 60 or _NOT_SCHOOLS.match(text):
        return None
    name = short_name(text)
    if not name or len(name.split()) > 6 or not re.search(r"\w", name) or _NOT_SCHOOLS.match(name):
        return None
    if name.isupper() and len(name) <= 3 and not name.isdigit():
        return None
    if (
        not _NAME.match(name)
        or find_mentions(name)
        or fold_name(name) in ("mn", "th", "thcs", "trường", "mg", "các", "công lập")
    ):
        return None
    return name.title() if name.isupper() and len(name) > 4 else name


def names_in(text: str) -> list[str]:
    """The schools of a list "A, B và C"; empty unless it is a list of schools from its first word on."""
    found: list[str] = []
    last = False
    text = re.sub(r"\((?:[^()]*)\)", " ", text)
    parts = _PART.split(text)
    for part in parts:
        name = name_of(part)
        if name is None and found:
            lead = re.match(rf"^(?i:{_PREFIX.pattern[1:]})?{_WORD}(?:\s+{_WORD})*(?=\s+[{LOWER}])", part)
            name, last = (name_of(lead.group()) if lead else None), True
        if name is None:
            break
        if fold_name(name) not in {fold_name(other) for other in found}:
            found.append(name)
        if last:
            break
    return found


#: "…, Tân Hòa; trường mẫu giáo: Họa My" goes on with the list
_KINDS = re.compile(
    r"\s*;\s*(?:các\s+)?(?:trường\s+)?(?:mầm non|mẫu giáo|tiểu học|THCS|MN|MG|TH)\s*:\s*", re.IGNORECASE
)


def _lists(text: str) -> Iterable[tuple[list[str], int | None]]:
    for match in _OPENERS.finditer(text):
        rest = _KINDS.sub(", ", text[match.end() :])
        if match.group().rstrip().endswith("("):
            rest = _to_closing(rest)
        else:
            rest = re.split(r"\.(?:\s|$)|\n|;\s*(?=-)|:", _to_closing(rest))[0]
        count = re.search(r"(\d+)\s*(?:trường|đơn vị)", match.group())
        yield names_in(rest.rstrip(" ;.")), int(count.group(1)) if count else None


def _to_closing(text: str) -> str:
    """The text up to the bracket that closes it; all of it if none does."""
    depth = 1
    for at, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            return text[:at]
    return text


def find_schools(lines: Sequence[str]) -> tuple[list[str], int | None]:
    """The longest list of schools in the text, with the number of schools that the text itself states, if
    any.

    Also reads a list that is given one school a line below an opening line.
    """
    best: list[str] = []
    stated: int | None = None
    for at, line in enumerate(lines):
        for names, count in _lists(line):
            if count and len(names) >= 2:
                stated = stated or count
            if len(names) > max(len(best), 1):
                best = names
        if line.rstrip().endswith((":", "sau", "trường")) and re.search(
            r"(?:trường|đơn vị)", line, re.IGNORECASE
        ):
            below = _below(lines[at + 1 :])
            if len(below) > max(len(best), 1):
                best = below
    return best, stated


def _below(lines: Sequence[str]) -> list[str]:
    names: list[str] = []
    for line in lines:
        if not line.strip():
            continue
        item = re.match(r"^\s*(?:[-–*•+]|\d{1,2}\s*[.)/])\s*(.+)$", line)
        body = re.split(r"[;:]|\s[-–]\s|\(|,", item.group(1))[0] if item else ""
        name = name_of(body) if _PREFIX.match(body.strip()) else None
        if name is None:
            break
        names.append(name)
    return names


def level_of(text: str) -> str | None:
    """MN, TH, THCS or TH&THCS: the level that the text names most often."""
    counts: list[tuple[int, str]] = []
    for level, short, whole in _LEVELS:
        count = len(re.findall(rf"(?<![\w&])(?:{short})(?![\w&])", text))
        count += len(re.findall(rf"(?<!\w)(?:{whole})(?!\w)", text, re.IGNORECASE))
        counts.append((count, level))
    best = max(counts, key=lambda entry: entry[0])
    return best[1] if best[0] else None
