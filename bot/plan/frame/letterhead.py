"""What stands around the schedule: number, day of issue, school year, cluster, authority, kind of paper."""

import re
from collections.abc import Sequence
from datetime import date

from bot.plan.dates.years import make
from bot.plan.letters import columns_of, letters
from bot.plan.papers.chat import is_stamp
from bot.plan.reading import DocType
from bot.vocabulary import fold

_NUMBER = re.compile(
    r"^\s*Số\s*:?\s*((?:\d[\w.]*)\s*/\s*[A-ZĐa-zđ][\w\-–&./Đđ]*|\d+\s*-\s*[A-ZĐ][\w\-/]+)", re.IGNORECASE
)
_ISSUED = re.compile(
    letters(
        r"\(?(?:[<U>][^\d,:;()]{1,40}?\s*,\s*)?(?:[Nn]gày|NGÀY)\s*(\d{1,2})\s*(?:tháng|/|"
        r"-)\s*(\d{1,2})\s*(?:năm|/|-)\s*(\d{4})\s*\)?\.?"
    )
)
_YEAR = re.compile(r"năm\s*học\s*:?\s*(\d{4})\s*[-–—/]\s*(\d{4}|\d{2})(?!\d)", re.IGNORECASE)
_PAIR = re.compile(r"(?<![\d/])(20\d\d)\s*[-–—]\s*(20\d\d)(?![\d/])")
_TITLES: tuple[tuple[DocType, str], ...] = (
    (DocType.INVITATION, r"giấy mời|thư mời"),
    (
        DocType.PLAN,
        (
            r"kế hoạch|lịch (?:sinh hoạt|shcm|hoạt động|công tác|tổ chức|các buổi)|chương trình sinh "
            r"hoạt|phân công (?:đăng cai|tổ chức)|lịch"
        ),
    ),
    (DocType.CHANGE_NOTICE, r"thông báo"),
    (
        DocType.OTHER,
        (
            r"báo cáo|quyết định|tờ trình|biên bản|công văn|hướng dẫn|quy chế|quy định|đơn xin|đơn|"
            r"danh sách|thời khóa biểu|thực đơn|bảng lương|hợp đồng|giấy (?:giới thiệu|xác nhận|đi "
            r"đường)|nghị quyết|nội quy|hóa đơn|giáo án"
        ),
    ),
)
_CHANGE = re.compile(
    r"điều chỉnh|thay đổi|đổi lịch|hoãn|lùi|dời|chuyển lịch|đổi ngày|chuyển thời gian|thay thế lịch",
    re.IGNORECASE,
)


def kind_of_paper(lines: Sequence[str]) -> DocType | None:
    """The kind that the title names; None where no line is a title."""
    text = "\n".join(lines)
    if any(is_stamp(line) for line in [line for line in lines if line.strip()][:2]):
        return DocType.CHAT
    for at, line in enumerate(lines):
        plain = fold(line).strip(" .:*-#")
        if not plain or len(plain) > 140:
            continue
        for kind, words in _TITLES:
            match = re.match(rf"(?:dự thảo\s*)?(?:{words})(?!\w)", plain)
            if not match:
                continue
            upper = line.strip()[: match.end()].isupper()
            if not upper and len(plain) > 60:
                continue
            first = not any(text.strip() for text in lines[:at])
            told = kind is DocType.PLAN or (first and _CHANGE.search(plain))
            if not upper and not (plain == match.group() or told):
                continue
            if kind is DocType.CHANGE_NOTICE:
                near = " ".join(lines[at : at + 4])
                return DocType.CHANGE_NOTICE if _CHANGE.search(near) else DocType.PLAN
            if (
                kind is DocType.PLAN
                and re.search(r"điều chỉnh|thay đổi", plain)
                and "thời gian mới" in fold(text)
            ):
                return DocType.CHANGE_NOTICE
            return kind
    subject = re.search(r"V/v[^\n]{0,120}", text)
    return DocType.OTHER if subject and re.search(r"^\s*Kính gửi", text, re.MULTILINE) else None


_CORRECTS = re.compile(r"(?<!\w)(?:điều chỉnh|bổ sung|thay đổi)(?!\w)", re.IGNORECASE)
_THE_REST = re.compile(
    r"các\s+(?:buổi|nội dung|lịch|thời gian|mục)\s+(?:\S+\s+){0,4}?(?:khác|còn lại)[^.;\n]{0,40}"
    r"(?:giữ nguyên|không thay đổi|không đổi|theo kế hoạch|như kế hoạch)",
    re.IGNORECASE,
)


def corrects(lines: Sequence[str]) -> bool:
    """Whether a plan says that it changes or adds sessions: in its title, or that "the others stay"."""
    if any(_THE_REST.search(line) for line in lines):
        return True
    for at, line in enumerate(lines[:60]):
        if (
            re.match(r"(?:kế hoạch|lịch)(?!\w)", fold(line).strip(" .:*-#"))
            and line.strip(" .:*-#")[:4].isupper()
        ):
            title = [text for text in lines[at : at + 4] if text.strip()][:3]
            title = title[: next((n for n, t in enumerate(title) if _BODY.match(t)), len(title))]
            return any(_CORRECTS.search(text) for text in title)
    return False


_BODY = re.compile(r"\s*(?:căn cứ|thực hiện|theo|cụm|các trường|I\.|1\.|-)(?!\w)", re.IGNORECASE)


def find_number(lines: Sequence[str]) -> str | None:
    """The paper's own number ("01/KH-CTMN2"); None where it is left blank for the clerk."""
    for line in lines[:40]:
        for part in columns_of(line):
            match = _NUMBER.match(part)
            if match:
                return re.sub(r"\s+", "", match.group(1)).rstrip(".,;")
    return None


def find_issued(lines: Sequence[str]) -> date | None:
    """The day of issue: "An Lão, ngày 03 tháng 10 năm 2023" on a line (or at the right of one) of its own."""
    for line in lines:
        if len(line) > 160 or re.match(
            r"\s*(?:căn cứ|thực hiện|theo|thời gian|số lượng|-|\+|\d)", line, re.IGNORECASE
        ):
            continue
        for part in columns_of(line):
            match = re.fullmatch(_ISSUED, part.strip())
            if match and ("," in part or "tháng" in part):
                year = int(match.group(3))
                return make(year, int(match.group(2)), int(match.group(1))) if 2000 <= year <= 2100 else None
    return None


def find_school_year(text: str) -> tuple[int, int] | None:
    """ "Năm học 2023-2024", else the commonest pair of following years in the text."""
    for pattern in (_YEAR, _PAIR):
        years: list[tuple[int, int]] = []
        for match in pattern.finditer(text):
            first = int(match.group(1))
            second = (
                int(match.group(2)) if len(match.group(2)) == 4 else first // 100 * 100 + int(match.group(2))
            )
            if second == first + 1 and 2000 <= first <= 2100:
                years.append((first, second))
        if years:
            return years[0]
    return None


_AUTHORITY = re.compile(
    (
        r"(?i:Phòng\s+(?:GD\s*(?:&|và)?\s*ĐT|Giáo dục(?:\s+(?:và|&)\s+Đào tạo)?)|"
        r"PGD\s*(?:&?\s*ĐT)?|Sở\s+(?:GD\s*(?:&|và)?\s*ĐT|Giáo dục(?:\s+(?:và|&)\s+Đào tạo)?)|"
        r"SGD\s*&?\s*ĐT)"
    )
    + letters(
        r"(?:\s+(?:huyện|quận|thành phố|thị xã|tỉnh|TP\.?|HUYỆN|QUẬN|THÀNH PHỐ|THỊ XÃ|"
        r"TỈNH)\s+[<U>]\w*(?:\s+[<U>]\w*){0,3})?"
    )
)


#: "PGDĐT" stands in letter numbers (334/KH-PGDĐT); people are shown the body's name.
_SHORT_BODY = re.compile(r"(?i)^([PS])GD\s*(?:&?\s*ĐT)?(?=\s|$)")
_WRITTEN_OUT = {"P": "Phòng GD&ĐT", "S": "Sở GD&ĐT"}


def find_authority(lines: Sequence[str]) -> str | None:
    """The body above the cluster, in its fullest spelling; a Sở where the paper knows no Phòng GD&ĐT."""
    found: dict[str, int] = {}
    for line in lines:
        for part in columns_of(line):
            for match in _AUTHORITY.finditer(part):
                name = re.sub(r"\s+", " ", match.group()).strip()
                district = re.search(r"(?i)\s(huyện|quận|thành phố|thị xã|tỉnh)\s+\S", name)
                if part.isupper() or (district and not name[district.end() - 1].isupper()):
                    name = _sentence_case(name)
                name = _SHORT_BODY.sub(lambda short: _WRITTEN_OUT[short.group(1).upper()], name)
                found[name] = found.get(name, 0) + 1
    if not found:
        return (
            "Phòng GD&ĐT"
            if any(re.search(r"mời phòng(?!\s*(?:học|họp|VH))", line) for line in lines)
            else None
        )
    bodies = [name for name in found if not fold(name).startswith(("sở", "sgd"))] or list(found)
    return max(
        bodies, key=lambda name: (bool(re.search(r"huyện|quận|thành phố|thị xã|tỉnh", name)), found[name])
    )


def _sentence_case(name: str) -> str:
    match = re.match(
        (
            r"(?i)((?:phòng|sở)\s+)(gd\s*(?:&|và)?\s*đt|giáo dục(?:\s+(?:và|&)\s+đào "
            r"tạo)?)(?:\s+(huyện|quận|thành phố|thị xã|tỉnh|tp\.?)\s+(.*))?$"
        ),
        name,
    )
    if not match:
        return name
    body = match.group(2).upper() if "gd" in match.group(2).lower() else "Giáo dục và Đào tạo"
    tail = f" {match.group(3).lower()} {match.group(4).title()}" if match.group(3) else ""
    return match.group(1).capitalize() + body + tail
