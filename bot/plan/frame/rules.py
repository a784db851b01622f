"""The rules of a plan: how long before a session the invitation goes out, who invites whom, what a
clash obliges to.
"""

import re
from collections.abc import Sequence

from bot.plan.reading import Rules
from bot.vocabulary import find_mentions, roles

_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "mười": 10}
_NUMBER = r"(?P<n>\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|mười)(?:\s*\([^()]{1,8}\))?"
_OFF = (
    r"(?:\(?\s*,?\s*(?P<off>(?:không|ko|chưa)\s+(?:kể|tính|bao gồm|"
    r"gồm)\s*(?:các\s+)?(?:ngày\s+)?(?:nghỉ|lễ|thứ|T7|CN|cuối tuần|chủ nhật|tết)[^.;)\n]*|"
    r"trừ\s+(?:các\s+)?(?:ngày\s+)?(?:nghỉ|lễ|thứ|T7|chủ nhật)[^.;)\n]*)\)?)?"
)
_BEFORE = (
    r"(?:ngày\s+[^\d.;]{0,60}?\s*|(?:buổi|khi|mỗi|thời gian)\s+[^\d.;]{0,60}?\s*)?(?:ít nhất|"
    r"tối thiểu|chậm nhất|muộn nhất|là|từ|khoảng|:)?\s*(?:là\s+)?"
)
_RULES = (
    re.compile(
        (
            rf"(?<!\w)trước\s+{_BEFORE}{_NUMBER}\s*(?P<unit>ngày|tuần)(?P<work>\s*(?:làm việc|hành "
            rf"chính|công tác)|\s*LV(?!\w))?\s*{_OFF}"
        ),
        re.IGNORECASE,
    ),
    re.compile(
        (
            rf"{_NUMBER}\s*(?P<unit>ngày|tuần)(?P<work>\s*(?:làm việc|hành chính|công "
            rf"tác))?\s*{_OFF}\s*(?:trước|kể từ trước)(?!\w)"
        ),
        re.IGNORECASE,
    ),
)
_INVITE = re.compile(r"(?<!\w)(?:giấy mời|thư mời|công văn mời|mời)(?!\w)", re.IGNORECASE)
_HOST = re.compile(r"đăng cai|trường (?:sở tại|chủ nhà|tổ chức)|đơn vị tổ chức|chủ nhà", re.IGNORECASE)
_LEAD = re.compile(r"cụm trưởng", re.IGNORECASE)
_SCHOOLS = re.compile(
    (
        r"(?:và|,|;|tới|đến|cho)\s+(?:các\s+)?(?:trường|đơn vị)(?:\s+(?:trong cụm|bạn|thành viên|"
        r"về|dự))?|mời[^.;]{0,20}các trường"
    ),
    re.IGNORECASE,
)
_PHONG = re.compile(
    r"(?<!\w)(?:mời|Giấy mời)\s+(?:lãnh đạo\s+|LĐ\s+)?phòng(?!\s*(?:VH|văn|học|họp|GD))", re.IGNORECASE
)
_CLASH = re.compile(
    (
        r"trùng|đột xuất|bận việc|không tham dự được|không thể tổ chức|thay đổi lịch|đổi lịch|"
        r"lịch cứng|điều chỉnh lịch|vắng mặt"
    ),
    re.IGNORECASE,
)


def find_rules(paragraphs: Sequence[str]) -> tuple[Rules, str | None]:
    """The rules in the running text, and the words of the invitation rule's whole sentence."""
    best: tuple[int, Rules, str] | None = None
    invite_by: str | None = None
    whom: tuple[str, ...] = ()
    for paragraph in paragraphs:
        for sentence in _sentences(paragraph):
            if not _INVITE.search(sentence) or len(sentence) > 1200:
                continue
            by, bodies = _who(sentence)
            invite_by, whom = invite_by or by, whom or bodies
            found = _invite(sentence)
            if found and (best is None or found[0] > best[0]):
                score, days, calendar, text = found
                rule = Rules(days, calendar, text, by, bodies)
                best = (score, rule, sentence)
    conflict = _conflict(paragraphs)
    if best is None:
        return Rules(invite_by=invite_by if whom else None, invite_whom=whom, conflict_rule=conflict), None
    rule = best[1]
    return (
        Rules(
            rule.invite_working_days,
            rule.invite_calendar_days,
            rule.invite_text,
            rule.invite_by,
            rule.invite_whom,
            conflict,
        ),
        best[2],
    )


def _sentences(paragraph: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.;])\s+|\n", paragraph) if part.strip()]


def _invite(sentence: str) -> tuple[int, int | None, int | None, str] | None:
    start = _INVITE.search(sentence)
    for pattern in _RULES:
        for match in pattern.finditer(sentence):
            number = match.group("n").lower()
            count = _WORDS.get(number) or int(number)
            reports = re.search(
                r"(?:báo cáo|báo|xin phép|đăng ký)[^,.;]{0,40}$", sentence[: match.start()], re.IGNORECASE
            )
            if reports and start and reports.start() > start.start():
                continue
            text = match.group().strip(" ,;.")
            if re.match(r"(?i)giấy mời", sentence):
                text = sentence[: match.end()].strip(" ,;.")
            authority = any(roles()[m.role].kind == "authority" for m in find_mentions(sentence)) or bool(
                _PHONG.search(sentence)
            )
            score = 1 + 2 * authority + 2 * bool(_HOST.search(sentence))
            if match.group("unit").lower() == "tuần":
                return score, None, 7 * count, text
            if match.group("work") or match.group("off"):
                return score, count, None, text
            return score, None, count, text
    return None


def _who(sentence: str) -> tuple[str | None, tuple[str, ...]]:
    invite = _INVITE.search(sentence)
    before = sentence[: invite.start()] if invite else sentence
    by = "host" if _HOST.search(before) else "lead" if _LEAD.search(before) else None
    if by is None and _HOST.search(sentence):
        by = "host"
    after = sentence[invite.start() :] if invite else sentence
    whom: list[str] = []
    for mention in find_mentions(after):
        role = {"LD_PGD": "PGD", "CV_PGD": "PGD", "GV_COT_CAN": "COT_CAN_PGD"}.get(mention.role, mention.role)
        if (roles()[role].kind == "authority") and role not in whom:
            whom.append(role)
    if _PHONG.search(sentence) and "PGD" not in whom:
        whom.insert(0, "PGD")
    if _SCHOOLS.search(after):
        whom.append("schools")
    return by, tuple(whom)


def _conflict(paragraphs: Sequence[str]) -> str | None:
    """The sentence that says what a school does when its own work clashes, with the one about the
    fixed calendar.
    """
    found: list[str] = []
    for paragraph in paragraphs:
        for sentence in _sentences(paragraph):
            if (
                _CLASH.search(sentence)
                and re.search(r"báo|xin ý kiến|nhắn|đề nghị|lịch cứng|liên hệ|xin phép", sentence)
                and len(sentence) < 500
            ):
                found.append(sentence.strip(" -+*•"))
    return " ".join(found[:3]) or None
