"""Audience phrases as (role, count, scope, qualifier): "HT, PHT CSND, 4 GV cốt cán, bếp trưởng của các
trường".

A phrase is cut at the separators between the roles that it mentions; what stands before and after a role
within
its own piece gives its count, its scope and its qualifier (rules: glossary, "Set relations").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.plan.audience.pieces import Piece, pieces_of
from bot.plan.reading import AudienceItem, Scope
from bot.vocabulary import expand_qualifier, fold, roles

_UNITS = (
    r"(?:đ\s?/\s?c|đc|đồng chí|người|cô|thầy cô|thầy/cô|thầy|suất|em|vị|đại biểu|GV|gv|giáo "
    r"viên|thành viên|CB|CBGV)"
)
_NUMBER = r"(?P<n>\d{1,3}|một|hai|ba|bốn|năm|sáu)"
_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6}
_BEFORE = re.compile(
    rf"(?<![\w/]){_NUMBER}(?:\s*(?:-|–|đến)\s*(?P<n2>\d{{1,"
    rf"3}}))?\s*(?:\([^()]*\)\s*)?{_UNITS}?\s*(?:là\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?<![\w/])(?:tối đa |ít nhất |mỗi trường |mỗi đơn vị |số lượng:? "
    rf"?)*{_NUMBER}(?:\s*(?:-|–|đến)\s*(?P<n2>\d{{1,3}}))?\s*(?:{_UNITS}\s*)?(?:/\s*|mỗi\s+|"
    rf"một\s+|cho mỗi\s+|ở mỗi\s+)(?:1\s+|một\s+)?(?P<per>trường|đơn vị|cụm|tổ|khối|lớp|"
    rf"nhóm)|"
    rf"(?:mỗi|một)\s+(?P<per2>trường|đơn vị|tổ|khối|lớp)\s*(?:cử\s*)?:?\s*(?P<n3>\d{{1,3}}|"
    rf"một|hai|ba|bốn)(?!\w|\s*tuổi)|"
    rf"[(:–-]\s*(?:số lượng:?\s*)?(?P<n4>\d{{1,3}})\s*{_UNITS}\s*(?=[)\s]|$)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:lớp|khối|tổ|tuổi|số|quyển)\s*$", re.IGNORECASE)
_PER = re.compile(r"\s*/\s*(?:0?1\s*)?(trường|đơn vị|cụm|tổ|khối|lớp|nhóm)(?!\w)", re.IGNORECASE)
_HOST = re.compile(
    r"(?:trường|đơn vị)\s+(?:đăng cai|sở tại|chủ nhà|tổ chức|đón)|của trường đăng cai", re.IGNORECASE
)
_CLUSTER = re.compile(
    r"(?:cả|toàn|trong toàn)\s+cụm|/\s*cụm|tổng (?:số|cộng)|của cụm(?!\s*trường)", re.IGNORECASE
)
_ALL = re.compile(r"toàn thể|toàn bộ|tất cả|100\s*%", re.IGNORECASE)
_NOISE = re.compile(
    r"(?:của\s+)?(?:tất cả\s+)?(?:tại\s+)?các\s+(?:nhà\s+)?(?:trường|đơn vị)(?:\s+(?:mầm non|"
    r"tiểu học|THCS|MN|TH))?(?:\s+(?:trong|thuộc)\s+(?:toàn\s+)?cụm)?(?:\s+(?:chuyên "
    r"môn\s+)?số\s+\d+)?|"
    r"(?:trong|thuộc)\s+(?:toàn\s+)?cụm(?:\s+(?:chuyên môn\s+)?số\s+\d+)?|(?:cả|toàn)\s+cụm|"
    r"(?:của\s+)?(?:trường|đơn vị)\s+(?:đăng cai|sở tại|chủ nhà)|"
    r"mỗi\s+(?:trường|đơn vị)(?:\s+cử)?|(?:tham dự|tham gia|cùng dự|đi dự|về dự|dự)(?!\w)|"
    r"kính mời|mời|đại diện|toàn thể|toàn bộ|tất cả|các đồng chí|đồng chí|đ/c|gồm|"
    r"đối với các trường còn lại|(?<!\w)của\s*$|\d+\s*đội|cử(?!\w)",
    re.IGNORECASE,
)
_REPRESENT = re.compile(r"đại diện\s*(?:cho\s*)?$|(?:một|1|01)\s+(?:trong|đại diện)", re.IGNORECASE)
_LEADERS = {"BGH", "CBQL", "LANH_DAO_TRUONG"}
_STAFF = {"GV", "NV", "CBGVNV", "NV_NUOI_DUONG", "GVCN", "TTCM", "TPCM", "KHOI_TRUONG"}


@dataclass(frozen=True, slots=True)
class AudienceReading:
    """`ambiguous` are counted items whose scope the paper leaves open; `unknown` pieces that name no
    known role.
    """

    items: tuple[AudienceItem, ...]
    ambiguous: tuple[tuple[AudienceItem, str], ...] = ()
    unknown: tuple[str, ...] = ()


def _count(piece: Piece) -> tuple[int | None, str | None, str, str]:
    """The number of people, the group it is per ("trường", "tổ", …), and the texts before and after
    without it.
    """
    before, after = piece.before, piece.after
    match = next((m for m in _AFTER.finditer(after) if not _ORDINAL.search(after[: m.start()])), None)
    if match:
        number = match.group("n2") or match.group("n") or match.group("n3") or match.group("n4")
        per = match.group("per") or match.group("per2")
        return _value(number), per, before, after[: match.start()] + " " + after[match.end() :]
    match = _BEFORE.search(before)
    per = _PER.match(after)
    if per:
        after = after[per.end() :]
        if match:
            return (
                _value(match.group("n2") or match.group("n")),
                per.group(1).lower(),
                before[: match.start()],
                after,
            )
    if match:
        return _value(match.group("n2") or match.group("n")), None, before[: match.start()], after
    return None, None, before, after


def _value(number: str) -> int:
    return _WORDS.get(number.lower()) or int(number)


def read_audience(text: str, hosts: Sequence[str] = (), schools: Sequence[str] = ()) -> AudienceReading:
    """Reads a phrase; `hosts` and `schools` (short names) tell "toàn thể GV trường Thạnh Phú" as the
    host's own.
    """
    pieces, unknown = pieces_of(text)
    found: list[tuple[AudienceItem, Piece]] = []
    for piece in pieces:
        item = _item(piece, hosts, schools)
        previous = found[-1] if found else None
        if piece.alternative and previous and previous[0].scope is item.scope:
            found[-1] = (_or(previous[0], item, piece), previous[1])
            continue
        found.append((item, piece))
    items = _spread(found)
    unclear = [
        (item, piece.words)
        for item, (_, piece) in zip(items, found, strict=True)
        if item.count is not None
        and item.scope is Scope.EACH_SCHOOL
        and item.count > 1
        and not _says_scope(piece)
    ]
    return AudienceReading(tuple(dict.fromkeys(items)), tuple(unclear), tuple(unknown))


def _says_scope(piece: Piece) -> bool:
    own = f"{piece.before} | {piece.after}"
    if re.search(r"mỗi|từng|/\s*(?:trường|đơn vị|tổ|khối|lớp|nhóm)|trường đăng cai", own, re.IGNORECASE):
        return True
    if _PER.match(piece.after):
        return True
    return piece.each or bool(re.search(r"các (?:trường|đơn vị)", own, re.IGNORECASE))


def _item(piece: Piece, hosts: Sequence[str], schools: Sequence[str]) -> AudienceItem:
    count, per, before, after = _count(piece)
    context = f"{before} {after}"
    scope = Scope.EACH_SCHOOL
    named = _named_school(after, hosts, schools)
    if roles()[piece.role].kind == "authority":
        scope = Scope.AUTHORITY
    elif _HOST.search(context) or (named and named in hosts):
        scope = Scope.HOST
    elif per == "cụm" or (_CLUSTER.search(context) and count is not None and per is None):
        scope = Scope.CLUSTER
    if count is None and piece.role in _LEADERS and _REPRESENT.search(piece.before):
        count = 1
    rest = after
    if named:
        rest = re.sub(
            rf"(?:của\s+)?(?:trường\s+)?(?:(?:MN|MG|TH|THCS|mầm non|tiểu học)\s+)?{re.escape(named)}",
            " ",
            rest,
            flags=re.IGNORECASE,
        )
    qualifier = _qualifier(
        before if scope is Scope.AUTHORITY else "",
        rest,
        per if per in ("tổ", "khối", "lớp", "nhóm") else None,
    )
    if qualifier is None and _ALL.search(before):
        qualifier = "toàn thể"
    if named and scope is Scope.EACH_SCHOOL:
        qualifier = f"{qualifier + ' ' if qualifier else ''}trường {named}"
    return AudienceItem(piece.role, count, scope, piece.note or qualifier)


def _named_school(after: str, hosts: Sequence[str], schools: Sequence[str]) -> str | None:
    folded = fold(after)
    for school in sorted({*hosts, *schools}, key=len, reverse=True):
        if re.search(
            rf"(?<!\w)(?:trường|mn|mg|th|thcs|mầm non|tiểu học)\s+{re.escape(fold(school))}(?!\w)", folded
        ):
            return school
    return None


def _qualifier(before: str, after: str, per: str | None) -> str | None:
    text = _NOISE.sub(" ", f"{before} {after}")
    text = re.sub(r"\s+", " ", text).strip(" ,;:.-–+&/")
    inner = re.fullmatch(r"\(([^()]*)\)", text)
    text = (inner.group(1) if inner else text).strip(" ,;:.-–+&/")
    text = re.sub(r"\(\s*\)", "", text)
    if text.count("(") != text.count(")"):
        text = text.replace("(", "").replace(")", "").strip()
    text = expand_qualifier(text)
    if per:
        text = f"{text} mỗi {per}".strip()
    return text if re.search(r"\w", text) else None


def _or(first: AudienceItem, second: AudienceItem, piece: Piece) -> AudienceItem:
    """Two alternatives as one item: the role named first, the other in its qualifier."""
    if second.role == first.role:
        other = " ".join(filter(None, (piece.words, second.qualifier)))
        merged = ", ".join(filter(None, (first.qualifier, f"hoặc {other}")))
        return replace(first, count=first.count or second.count, qualifier=merged)
    other = " ".join(filter(None, (piece.words, second.qualifier)))
    merged = " ".join(filter(None, (first.qualifier, f"hoặc {other}")))
    return replace(
        first,
        count=first.count or second.count,
        qualifier=merged,
        alternatives=(*first.alternatives, second.role),
    )


def _spread(found: Sequence[tuple[AudienceItem, Piece]]) -> list[AudienceItem]:
    """Carries a closing "các tổ" and a closing "trường đăng cai" back over the items that they close."""
    items = [item for item, _ in found]
    for at in range(len(items) - 1, 0, -1):
        item, above = items[at], items[at - 1]
        piece, before = found[at][1], found[at - 1][1]
        if piece.opens:
            continue
        closing = item.qualifier in ("các tổ", "các khối", "các tổ chuyên môn", "các tổ CM")
        if closing and above.qualifier is None and {item.role, above.role} <= {"TTCM", "TPCM", "KHOI_TRUONG"}:
            items[at - 1] = replace(above, qualifier=item.qualifier)
        whole = _ALL.search(before.before) or (
            above.role in _STAFF and not _ALL.search(piece.before) and not before.closed
        )
        both = {item.role, above.role} <= _STAFF and above.scope is Scope.EACH_SCHOOL
        if item.scope is Scope.HOST and both and whole and above.count is None:
            items[at - 1] = replace(above, scope=Scope.HOST)
    for at in range(1, len(items)):
        if (
            items[at - 1].qualifier == "toàn thể"
            and items[at].qualifier is None
            and items[at].scope is items[at - 1].scope
        ):
            items[at] = (
                replace(items[at], qualifier="toàn thể") if items[at].scope is Scope.HOST else items[at]
            )
    return items
