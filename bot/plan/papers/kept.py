"""What a thông báo says besides the new day: what stays as it was, the reason, who has agreed."""

import re
from collections.abc import Sequence

from bot.plan.layout.labels import label_of
from bot.plan.reading import SessionReading

_KEEP = re.compile(r"giữ nguyên|không thay đổi|không đổi|như cũ|như kế hoạch|theo kế hoạch", re.IGNORECASE)
_KEPT = (
    ("place", r"địa điểm|nơi"),
    ("content", r"nội dung|chuyên đề"),
    ("audience", r"thành phần|đối tượng"),
)
_REASON = re.compile(
    (
        r"(?<!\w)(?:do|vì|lý do\s*:?)\s+(?P<why>.{5,160}?)\s*(?:,\s*(?:sau khi|nên|cụm|được|"
        r"trường)|\.\s|;|\.$|$|\s+nên\s)"
    ),
    re.IGNORECASE,
)
_AGREED = re.compile(
    (
        r"(?:được|có)\s+(?:sự\s+)?(?:ý kiến\s+)?(?:đồng ý của\s+)?(?P<who>(?:Phòng|Sở|PGD|UBND|"
        r"lãnh đạo)[^,.;]{0,60}?)\s*(?:đồng ý|nhất trí|chấp thuận|cho phép)|đồng ý "
        r"của\s+(?P<who2>[^,.;]{3,60})"
    ),
    re.IGNORECASE,
)


def reason_of(text: str) -> str | None:
    """Why the session moves, in the notice's words."""
    found = _REASON.search(text)
    return _short_reason(found.group("why")) if found else None


def approved_by(text: str) -> str | None:
    """The body that has agreed, as the notice names it."""
    found = _AGREED.search(text)
    return (found.group("who") or found.group("who2")).strip() if found else None


def value_of(lines: Sequence[str], kind: str) -> str | None:
    for text in lines:
        labelled = label_of(text)
        if (
            labelled
            and labelled[0] == kind
            and not _KEEP.search(labelled[1])
            and "," not in text.partition(":")[0]
        ):
            return labelled[1].strip(" .;") or None
    return None


def kept_place(lines: Sequence[str]) -> str | None:
    place = value_of(lines, "place")
    return re.sub(r"^(?:tại|vẫn tại)\s+", "", place) if place else None


def keeps(lines: Sequence[str], session: SessionReading) -> tuple[str, ...]:
    kept = (
        ["host"]
        if session.hosts
        and not any(re.search(r"đổi (?:đơn vị|trường) đăng cai", text, re.IGNORECASE) for text in lines)
        else []
    )
    for name, words in _KEPT:
        if any(
            re.search(words, text, re.IGNORECASE)
            and _KEEP.search(text)
            and (":" in text or "giữ nguyên" in text)
            for text in lines
        ):
            kept.append(name)
    return tuple(kept)


def _short_reason(words: str) -> str:
    return re.sub(r"\s+tại\s+(?:trường\s+)?(?:MN|TH|THCS|MG|mầm non)\s.*$", "", words).strip(" ,.;")
