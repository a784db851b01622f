"""The column "Chức vụ" of a roster: "HT; Cụm trưởng", "TTCM mẫu giáo"."""

import re
from functools import cache

from rapidfuzz import fuzz, process

from bot.cluster.addressing import short_post
from bot.cluster.people import Post, Unit, UnitKind
from bot.vocabulary import find_mentions, find_role, fold, fold_name, roles, strip_marks

MAX_POSTS = 10
MAX_TEAM = 100
#: Posts of an authority whatever the body is called ("Lãnh đạo Sở", "Chuyên viên Phòng VH-XH").
_AT_AUTHORITY = (
    (
        re.compile(
            r"^(?:đại diện )?(?:lãnh đạo|lđ|(?:phó )?trưởng phòng|(?:phó )?giám đốc|(?:phó )?chủ tịch)\b"
        ),
        "LD_PGD",
    ),
    (re.compile(r"^(?:chuyên viên|cv)\b"), "CV_PGD"),
    (re.compile(r"^(?:đội ngũ |thành viên )?(?:gv |giáo viên )?cốt cán\b"), "COT_CAN_PGD"),
)
_HELD_AT_AUTHORITY = frozenset({"LD_PGD", "CV_PGD"})
_JOINED = re.compile(
    r"\s*(?:[,+/&]|\s-\s|\bkiêm(?: nhiệm)?\b|\bvà\b|\bđồng thời(?: là)?\b)\s*(?:là\s+)?", re.IGNORECASE
)
_SCHOOL_OWN = re.compile(r"^(?:nhà trường|trường|cm|chuyên môn)$")
#: Roles of which there are several in a school: what follows one is its team.
_WITH_TEAM = frozenset(
    {"TTCM", "TPCM", "KHOI_TRUONG", "TT_NUOI_DUONG", "GV", "GV_COT_CAN", "GVCN", "NV", "NV_NUOI_DUONG"}
)


class UnknownPostError(ValueError):
    """`str` is a Vietnamese sentence without its end; `hint` says what may be written instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def parse_posts(text: str, unit: Unit | None) -> tuple[Post, ...]:
    """Posts separated by ";", or by "," and "kiêm" where a post follows.

    Raises UnknownPostError for a part that is no known post, or not one of this unit.
    """
    found: list[Post] = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        for post in _parse_part(part, unit):
            if post not in found:
                found.append(post)
    if len(found) > MAX_POSTS:
        raise UnknownPostError(f"một người không giữ quá {MAX_POSTS} chức vụ; đề nghị xem lại ô “Chức vụ”")
    return tuple(found)


def examples() -> str:
    """How the usual posts are written, for a sentence that asks to write one of them."""
    ids = (
        "HT",
        "PHT_CM",
        "PHT_CSND",
        "TTCM",
        "TPCM",
        "GV_COT_CAN",
        "GV",
        "BEP_TRUONG",
        "VAN_THU",
        "CUM_TRUONG",
    )
    return ", ".join(
        [*(short_post(Post(role)) for role in ids), "Lãnh đạo PGD", "Chuyên viên PGD", "Cốt cán PGD"]
    )


def _parse_part(text: str, unit: Unit | None) -> list[Post]:
    role = _role_at_authority(text) if unit and unit.kind is UnitKind.AUTHORITY else None
    if role is not None:
        return [Post(role)]
    known = find_role(text)
    if known is None:
        raise _unknown(text)
    first = find_mentions(text)
    role_id, team = known
    rest = text.strip()[first[0].end :] if first else ""
    for joined in _JOINED.finditer(rest):
        if find_role(rest[joined.end() :]) is not None:
            before = text.strip()[: first[0].end + joined.start()]
            return [*_parse_part(before, unit), *_parse_part(rest[joined.end() :], unit)]
    lead = find_role(rest.strip())
    if lead is not None and roles()[lead[0]].kind == "lead":  # "HT cụm trưởng"
        return [*_fit(role_id, None, text, unit), Post(lead[0])]
    return _fit(role_id, team, text, unit)


def _fit(role_id: str, team: str | None, text: str, unit: Unit | None) -> list[Post]:
    if team and len(team) > MAX_TEAM:
        raise UnknownPostError(
            "ô “Chức vụ” dài quá; đề nghị ghi ngắn gọn, các chức vụ cách nhau bằng dấu chấm phẩy"
        )
    if team and role_id not in _WITH_TEAM:
        own = unit is not None and fold_name(team) in {fold_name(unit.name), fold_name(unit.label)}
        if (
            not own
            and not _SCHOOL_OWN.match(fold(team))
            and role_id not in _HELD_AT_AUTHORITY | {"COT_CAN_PGD"}
        ):
            raise _unknown(text)
        team = None
    if unit is not None and (role_id in _HELD_AT_AUTHORITY) and unit.kind is UnitKind.SCHOOL:
        raise UnknownPostError(
            f"chức vụ “{clip(text)}” là của cơ quan quản lý, không phải của {unit.label}; "
            "đề nghị xem lại cột “Chức vụ” hoặc “Đơn vị”"
        )
    if unit is not None and unit.kind is UnitKind.AUTHORITY and roles()[role_id].kind == "role":
        raise UnknownPostError(
            f"chức vụ “{clip(text)}” là của trường, không phải của {unit.label}; "
            "đề nghị xem lại cột “Chức vụ” hoặc “Đơn vị”"
        )
    return [Post(role_id, team)]


def _role_at_authority(text: str) -> str | None:
    folded = fold(text)
    return next((role for pattern, role in _AT_AUTHORITY if pattern.match(folded)), None)


def _unknown(text: str) -> UnknownPostError:
    nearest = _nearest(text)
    guess = f", có phải là “{nearest}”" if nearest else ""
    return UnknownPostError(f"không có chức vụ “{clip(text)}”{guess}", f"viết một trong: {examples()}")


def _nearest(text: str) -> str | None:
    """The known post most like these words, or like the first of them ("TTXM mẫu giáo")."""
    spellings = _spellings()
    words = strip_marks(text[:60]).split(" ")
    best, score = None, 69.0
    for size in range(min(len(words), 6), 0, -1):
        found = process.extractOne(" ".join(words[:size]), spellings.keys(), scorer=fuzz.ratio)
        if found is not None and found[1] > score:
            best, score = spellings[found[0]], found[1]
    return best


@cache
def _spellings() -> dict[str, str]:
    written = [
        (short_post(Post(role.id)) if role.kind != "authority" else role.vi, role)
        for role in roles().values()
    ]
    return {strip_marks(name): shown for shown, role in written for name in (*role.names, *role.exact, shown)}


def clip(text: str, limit: int = 60) -> str:
    """Somebody's words as they are quoted back: never longer than `limit`."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
