"""What a day in running text is there for: the session's own, a citation, a deadline, an old or spare day."""

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.plan.dates.expressions import RawDate


class Purpose(StrEnum):
    OWN = "own"
    CITED = "cited"  #: of another paper: "Kế hoạch số 334/KH-PGDĐT ngày 15/9/2023"
    DEADLINE = "deadline"  #: until which something is done: "đăng ký trước ngày 05/10"
    REPLACED = "replaced"  #: that the session has left: "thay cho ngày 12/12"
    SPARE = "spare"  #: kept in reserve: "dự phòng 19/10"


_DAY = r"\s*[:(]?\s*(?:là\s+)?(?:vào\s+)?(?:hết\s+)?(?:lịch\s+)?(?:ngày\s*)?$"
_CITED = re.compile(
    r"(?<!\w)(?:kế hoạch|KH|công văn|CV|quyết định|QĐ|thông tư|nghị định|nghị quyết|hướng dẫn|thông báo|"
    r"biên bản|tờ trình|văn bản|công điện|chỉ thị|cuộc họp|buổi họp|"
    r"họp\s+(?:BGH|HT|hiệu trưởng|ban giám hiệu|cụm))(?!\w)"
    r"(?:(?!tổ chức|đăng cai|sinh hoạt chuyên môn (?:vào|ngày)|(?<!\w)vào(?!\w)|:\s).)*"
    r"(?:(?<!\w)ngày|ký|ban hành|\d/[\w-]+,?)\s*$",
    re.IGNORECASE | re.DOTALL,
)
_DEADLINE = re.compile(
    r"(?<!\w)(?:trước|sau|chậm nhất|muộn nhất|hết hạn|thời hạn|không quá|"
    r"hạn(?:\s+(?:cuối|chót|nộp|gửi|đăng ký))?|"
    r"(?:nộp|gửi|đăng ký|báo cáo|hoàn thành)(?:\s+[^\s\d,.;:]+){0,6})" + _DAY,
    re.IGNORECASE,
)
_REPLACED = re.compile(
    r"(?<!\w)(?:thay (?:cho|thế|vì)|(?:dời|lùi|đổi|chuyển|hoãn)(?:\s+lịch)?\s+từ|không phải|"
    r"(?:lịch|ngày) cũ|trước đây)" + _DAY,
    re.IGNORECASE,
)
_MOVES_ON = re.compile(
    r"\s*\)?,?\s*(?:(?:được\s+)?(?:dời|lùi|đổi|chuyển|hoãn)(?:\s+lịch)?\s+)?(?:sang|thành)(?!\w)",
    re.IGNORECASE,
)
_SPARE = re.compile(r"(?<!\w)(?:dự phòng|dự bị|dự trữ)" + _DAY, re.IGNORECASE)


def purpose_of(text: str, raw: RawDate) -> Purpose:
    """What `raw` is for, by the words of its own clause before and after it."""
    before = re.split(r"[.;\n]\s", text[max(0, raw.start - 160) : raw.start])[-1]
    if _SPARE.search(before):
        return Purpose.SPARE
    if _REPLACED.search(before) or _MOVES_ON.match(text, raw.end):
        return Purpose.REPLACED
    if _CITED.search(before):
        return Purpose.CITED
    return Purpose.DEADLINE if _DEADLINE.search(before) else Purpose.OWN


def own_days(text: str, raws: Sequence[RawDate]) -> list[RawDate]:
    """Those of `raws` (found in `text`) on which a session may be held."""
    return [raw for raw in raws if purpose_of(text, raw) is Purpose.OWN]
