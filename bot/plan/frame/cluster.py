"""The cluster's name and its head: who signs, or who is named as cụm trưởng."""

import re
from collections.abc import Sequence

from bot.plan.letters import LOWER, UPPER, columns_of
from bot.vocabulary import fold, fold_name

_WORD = rf"[{UPPER}][{LOWER}]*"
_PERSON = rf"{_WORD}(?:\s+{_WORD}){{1,4}}"
_HONORIFIC = (
    r"(?:đ/c|đ\.c|đc|đồng chí|cô giáo|cô|thầy giáo|thầy|bà|ông|Đ/c|Đ/C|Đc|Đồng chí|Cô|Thầy|"
    r"Bà|Ông|ThS\.?|ThS)\.?\s*:?\s*"
)
_NAMED = re.compile(
    rf"(?:[Cc]ụm\s*trưởng|CỤM\s*TRƯỞNG|[Tt]rưởng\s+cụm)\s*(?:là|:|"
    rf"[-–])?\s*(?:{_HONORIFIC})*(?P<name>{_PERSON})\s*(?:[-–,(]+\s*(?P<title>(?:HT|PHT|Hiệu "
    rf"trưởng|hiệu trưởng|Phó|GV|P\.HT|Tổ trưởng)[^.;)\n]*))?"
)
_NAMED_AFTER = re.compile(
    rf"(?:{_HONORIFIC})(?P<name>{_PERSON})\s*[-–,(]+\s*(?P<title>(?:HT|Hiệu trưởng|hiệu "
    rf"trưởng)[^.;()\n]{{0,60}}?)\s*[-–,(]*\s*(?:làm\s+)?(?:[Cc]ụm trưởng|[Tt]rưởng cụm)"
)
_TITLE_LINE = re.compile(
    r"^\s*(?!(?:CỤM|CUM)\s+(?:TRƯỜNG|CHUYÊN))(?:TM\.|T/M|KT\.|Q\.|P\.)?\s*"
    r"(?:CỤM|CUM|PHÓ|HIỆU|CHỦ|TRƯỞNG|GIÁM)\s*(?:TRƯỞNG|PHÓ|HIỆU "
    r"TRƯỞNG|NHIỆM|ĐỐC|CỤM|BAN)?.*$"
)
_FULL_NAME = re.compile(rf"^(?:{_HONORIFIC})?({_WORD}(?:\s+{_WORD}){{1,4}})$")
_GENERIC = frozenset(
    "trường cụm ban phòng sở hội nơi độc cộng kế giấy thông lưu đã như năm hiệu mầm các ubnd chuyên đơn nội "
    "thành thời ngày thứ tháng".split()
)


def find_head(lines: Sequence[str], schools: Sequence[str]) -> tuple[str | None, str | None]:
    """The name and title of the cluster's head, or of whoever signs the paper; (None, None) where
    nobody is named.
    """
    text = "\n".join(lines)
    signed = _signature(lines)
    leads = signed[0] is not None and "Cụm trưởng" in (signed[1] or "")
    for pattern in (_NAMED, _NAMED_AFTER):
        match = pattern.search(text)
        if match and not _is_school(match.group("name"), schools) and not leads:
            title = (match.group("title") or "").strip(" -–,(")
            return match.group("name"), f"Cụm trưởng, {title}" if title else "Cụm trưởng"
    return signed


def _is_school(name: str, schools: Sequence[str]) -> bool:
    return fold_name(name) in {fold_name(school) for school in schools}


def _signature(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """The last full name under a title in capitals; lines such as "(Đã ký)" and the list of receivers
    are skipped, and so is who signs in the column at its left.
    """
    spots = [
        (part, at == len(parts) - 1, len(parts) > 1)
        for parts in map(columns_of, lines)
        for at, part in enumerate(parts)
    ]
    fragments = [part for part, _, _ in spots]
    best: tuple[str | None, str | None] = (None, None)
    for at, fragment in enumerate(fragments):
        if not (_TITLE_LINE.match(fragment) and fragment.isupper()):
            continue
        if at and _TITLE_LINE.match(fragments[at - 1]) and fragments[at - 1].isupper() and best[0]:
            continue
        titles = [fragment]
        skipped = 0
        for position, later in enumerate(fragments[at + 1 : at + 16], start=at + 1):
            if later.isupper() and _TITLE_LINE.match(later):
                titles.append(later)
                continue
            match = _FULL_NAME.match(later)
            if match and spots[at][1] and spots[at][2] and not spots[position][1]:
                continue
            if match and fold(match.group(1)).split()[0] not in _GENERIC:
                following = fragments[position + 1] if position + 1 < len(fragments) else ""
                extra = [following] if re.match(r"(?:Hiệu trưởng|HT|Phó hiệu trưởng)\s+\S", following) else []
                title = _title([*titles, *extra])
                if best[0] is None or "CỤM" in fragment or "CUM" in fragment:
                    best = (match.group(1), title)
                break
            if re.match(r"^(?:[-–+•(]|lưu|nơi nhận)", later, re.IGNORECASE):
                continue
            skipped += 1
            if skipped > 3:
                break
    return best


def _title(titles: Sequence[str]) -> str:
    words = []
    for title in titles:
        plain = re.sub(r"\s+", " ", title).replace("CUM TRƯỞNG", "CỤM TRƯỞNG")
        plain = re.sub(r"^(?:TM\.|T/M|KT\.|Q\.)\s*", "", plain)
        match = re.match(r"(CỤM TRƯỞNG|CỤM PHÓ|HIỆU TRƯỞNG|PHÓ HIỆU TRƯỞNG)(.*)$", plain)
        if match:
            rest = match.group(2).strip()
            rest = re.sub(r"^TRƯỜNG\s+", "", rest) if len(rest.split()) > 2 else rest
            kind = re.match(r"(MẦM NON|TIỂU HỌC|MN|MG|TH|THCS|TH&THCS)\s+(.*)$", rest)
            shown = (
                (
                    f"{kind.group(1) if len(kind.group(1)) < 8 else kind.group(1).capitalize()} "
                    f"{kind.group(2).title()}"
                )
                if kind
                else rest.title()
            )
            plain = f"{match.group(1).capitalize()} {shown}".strip()
        words.append(plain)
    return ", ".join(words)


_CLUSTER = re.compile(
    r"(?<!\w)cụm[^\S\n]+(?:(?:trường|chuyên môn|liên trường|sinh hoạt|thi đua|các trường|"
    r"sinh hoạt chuyên môn|"
    r"hoạt động)[^\S\n]+)?(?:(?:mầm non|mẫu giáo|tiểu học|trung học cơ sở|MN|TH|THCS|TH&THCS|"
    r"cấp học mầm non)[^\S\n]+)?"
    r"(?P<name>số\s+(?:\d+|[IVX]+)|\d+(?![\d/])|[IVX]+(?!\w)|(?:phía\s+(?:Bắc|Nam|Đông|Tây))|"
    rf"[{UPPER}][{LOWER}]+(?:[^\S\n]+[{UPPER}][{LOWER}]+)*(?:[^\S\n]+\d+|[^\S\n]+[A-E](?!\w))?)"
)
_HEAD = re.compile(
    r"^\W*(?:TRƯỜNG\s+)?CỤM\s+(?:(?:TRƯỜNG|CHUYÊN MÔN|LIÊN TRƯỜNG|SINH HOẠT CHUYÊN MÔN|SHCM|"
    r"CÁC TRƯỜNG)\s+)*(?P<level>(?:MẦM NON|MẪU GIÁO|TIỂU HỌC|TRUNG HỌC CƠ SỞ|MN|TH|THCS|"
    r"TH&THCS)\s+)?(?P<name>[^\n,.;:()]{1,40})$"
)
_STOP = ("Trưởng", "Phó", "Căn", "Năm", "Nội", "Trường", "Kế", "Các")


_TERRITORY = re.compile(r"(?<!\w)(?:HUYỆN|QUẬN|XÃ|PHƯỜNG|THỊ XÃ|THÀNH PHỐ|TP\.?)\s")


_AFTER_NUMBER = re.compile(
    r"((?:SỐ\s+)(?:\d+|[IVX]+))\s*"
    r"(?:[-–,]|THUỘC|HUYỆN|QUẬN|XÃ|PHƯỜNG|MẦM NON|TIỂU HỌC|THCS)\s.*$"
)


def _bare(head: str) -> str:
    """A letterhead without what it says in brackets, or of its place after a number: "CỤM SỐ 5 - MẦM NON
    HUYỆN CẦU KÈ"."""
    plain = re.sub(r"\s*\([^()]*\)", "", head)
    plain = re.sub(r"^LIÊN TRƯỜNG(?=\s)", "CỤM LIÊN TRƯỜNG", plain)
    return _AFTER_NUMBER.sub(r"\1", plain).strip()


def find_cluster(lines: Sequence[str]) -> str | None:
    """The cluster's name as a letterhead or the text gives it: "Cụm trường mầm non số 2", "An Tiến"."""
    text = "\n".join(lines)
    named: dict[str, tuple[int, str]] = {}
    for match in _CLUSTER.finditer(re.sub(r"(?<=\s)CỤM(?=\s)|^CỤM", "cụm", text.replace("Cụm", "cụm"))):
        name = match.group("name")
        if name.split()[0] in _STOP:
            continue
        count, whole = named.get(fold(name), (0, match.group()))
        named[fold(name)] = (count + 1, max(whole, match.group(), key=len))
    heads = [_bare(part) for line in lines for part in columns_of(line)][:40]
    numbered = any(re.match(r"(?:số\s+)?(?:\d+|[ivx]+)$", name) for name in named)
    for fragment in heads:
        head = _HEAD.match(fragment.strip()) if fragment.isupper() else None
        if head and numbered and _TERRITORY.match(head.group("name")):
            continue
        if head and "TRƯỞNG" not in fragment and not re.search(r"NĂM HỌC|THÁNG", fragment):
            return _proper(fragment.strip(" -*."), head.group("name"), text)
    for fragment in heads:
        title = (
            re.search(r"\bCỤM\s+(.{2,60}?)(?:\s+NĂM HỌC.*|\s+HỌC KỲ.*|\s*[-–].*)?$", fragment)
            if fragment.isupper()
            else None
        )
        if title and numbered and re.search(_TERRITORY, title.group(1)):
            continue
        if title and not re.match(r"TRƯỞNG|TRƯỜNG\s*$|CHUYÊN MÔN\s*$|PHÓ", title.group(1)):
            return _proper("CỤM " + title.group(1), fold_name(title.group(1)), text)
    if not named:
        return None
    best = max(named.values(), key=lambda entry: entry[0])[1]
    number = re.search(r"(?:số\s+)?(?:\d+|[IVX]+)$", best)
    return best[0].upper() + best[1:] if number or "phía" in best else fold_keep(best)


def fold_keep(whole: str) -> str:
    """The proper name alone, as written: "cụm trường An Tiến" gives "An Tiến"."""
    match = _CLUSTER.match(whole)
    return match.group("name") if match else whole


def _proper(head: str, name: str, text: str) -> str:
    """A letterhead in capitals as a sentence, its proper name spelled as elsewhere in the text."""
    plain = re.sub(r"\s+", " ", head).lower()
    for word in ("mn", "th", "thcs", "shcm"):
        plain = re.sub(rf"(?<!\w){word}(?!\w)", word.upper(), plain)
    name = fold(name)
    generic = re.match(r"(?:số\s+)?(?:\d+|[ivx]+)$", name)
    spelled = next(
        (
            m.group()
            for m in re.finditer(re.escape(name), text, re.IGNORECASE)
            if m.group() != m.group().upper()
        ),
        None,
    )
    shown = (
        name.upper()
        if generic and not name[-1].isdigit() and "số" not in name
        else name
        if generic
        else spelled or name.title()
    )
    if shown.startswith("Phía"):
        shown = "phía" + shown[4:]
    at = plain.rfind(name)
    whole = plain[:at] + shown if at >= 0 else plain
    return whole[0].upper() + whole[1:]
