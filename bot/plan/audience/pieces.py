"""Cuts an audience phrase into pieces, one for each role that it mentions."""

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.plan.audience.mentions import SEPARATOR, is_word, join_wrapped, merge_bodies, without_people
from bot.vocabulary import Mention, expand, find_mentions, roles

_OR = re.compile(r"(?<!\w)(?:hoặc|hay)(?!\w)|/", re.IGNORECASE)
_NOT = re.compile(
    r"(?:không\s+(?:phải\s+)?(?:mời|gồm|bao gồm|kể|có|cần|tính)|(?:ngoại\s+)?trừ|miễn)(?!\w)", re.IGNORECASE
)
_LABEL = re.compile(r"^\s*(?:[-–*•+]\s*)?(?:thành phần|đối tượng)[^:,]{0,30}:\s*", re.IGNORECASE)
_CONTINUES = re.compile(
    (
        r"^(?:(?:\d+|xã|phường|ubnd|khối|lớp|tổ|môn|nhóm|độ tuổi|\d+\s*tuổi|trường|các|trong|của|"
        r"số|theo|có|dạy|phụ trách|mỗi|tham|cấp|bậc|toán|văn|ngữ văn|tiếng|lý|lí|hóa|sinh|sử|địa|"
        r"tin|công nghệ|khtn|khxh|gdcd|gdtc|thể|âm|mỹ|mĩ|lịch|vật|hoạt động|đạo|tự nhiên|nhà trẻ|"
        r"mẫu giáo|mg|nt|mầm|chồi|lá)(?!\w)|\(|[\d\s,()-]*$)"
    ),
    re.IGNORECASE,
)
_CHILDREN = re.compile(
    r"(?:mỗi|một)\s+(?:trường|đơn vị)\s*(?:cử\s*)?:?\s*\d+\s*(?:trẻ|học sinh|HS|cháu|bé|em)(?!\w)",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"(?:trẻ|học sinh|HS|các cháu|các bé|khách mời|đại biểu)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A role with the texts around it.

    `opens` starts a new clause (after ";"), `closed` ends one by "các trường"; `each` stands under a "mỗi
    trường";
    `alternative` follows "hoặc"; `note` is a qualifier found while cutting.
    """

    role: str
    words: str
    before: str
    after: str
    opens: bool = False
    closed: bool = False
    each: bool = False
    alternative: bool = False
    note: str | None = None


def _depths(text: str) -> list[int]:
    depth, depths = 0, []
    for letter in text:
        depth = max(0, depth + (letter == "(") - (letter == ")"))
        depths.append(depth)
    return depths


def pieces_of(text: str) -> tuple[list[Piece], list[str]]:
    """The pieces of a phrase, and the parts that name nobody whom the vocabulary knows."""
    text = _LABEL.sub("", re.sub(r"[ \t]+", " ", text)).strip()
    text = join_wrapped(text)
    depths = _depths(text)
    mentions = [m for m in find_mentions(text) if not is_word(text, m)]
    text, mentions = without_people(text, mentions)
    outer = [m for m in mentions if depths[m.start] == 0 or not _has_outer(mentions, depths, m)]
    if not outer:
        rest = text.strip(" .;,-")
        return [], [rest] if rest and not _PEOPLE.search(rest) and re.search(r"\w", rest) else []
    outer = merge_bodies(text, outer)
    bounds = [_cut(text, depths, a.end, b.start) for a, b in pairwise(outer)]
    pieces: list[Piece] = []
    unknown: list[str] = []
    each = banned = False
    for at, mention in enumerate(outer):
        start, separator = (
            (0, "") if at == 0 else (bounds[at - 1][1], text[bounds[at - 1][0] : bounds[at - 1][1]])
        )
        stop = bounds[at][0] if at < len(bounds) else len(text)
        before = text[start : mention.start]
        after, lost = _after(text[mention.end : stop])
        opens = ";" in separator or "\n" in separator or "." in separator
        unknown.extend(lost)
        each = (each and not opens) or bool(re.search(r"mỗi\s+(?:trường|đơn vị)", before, re.IGNORECASE))
        banned = bool(_NOT.search(before)) or (
            banned and not opens and "," in separator and not before.strip()
        )
        if banned:
            continue
        inner = [m for m in mentions if mention.end <= m.start < stop and depths[m.start] > 0]
        alternative = bool(_OR.search(separator)) and bool(pieces) and pieces[-1].role is not None
        closed = bool(re.search(r"các (?:trường|đơn vị)", after, re.IGNORECASE))
        piece = Piece(
            mention.role, text[mention.start : mention.end], before, after, opens, closed, each, alternative
        )
        pieces.extend(_inside(text, piece, inner))
    return pieces, unknown


def _has_outer(mentions: list[Mention], depths: list[int], inner: Mention) -> bool:
    return any(m.end <= inner.start and depths[m.start] < depths[inner.start] for m in mentions)


def _cut(text: str, depths: list[int], left: int, right: int) -> tuple[int, int]:
    """Where the piece of one role ends and that of the next begins: the last separator outside brackets."""
    marks = [
        m for m in SEPARATOR.finditer(text, left, right + 1) if m.start() < right and depths[m.start()] == 0
    ]
    if not marks:
        return right, right
    first = next((m for m in marks if m.group() in (";", "\n")), None)
    last = marks[-1]
    negative = next((m for m in marks if _NOT.match(text[m.end() :].lstrip())), None)
    chosen = negative or (last if first is None or last.start() >= first.start() else first)
    end = chosen.end()
    if len(marks) > 1 and text[marks[-2].end() : chosen.start()].strip() == "" and _OR.search(chosen.group()):
        return marks[-2].start(), end
    return chosen.start(), end


def _after(text: str) -> tuple[str, list[str]]:
    """What follows a role in its own piece, and the parts after further separators that belong to
    nobody known.
    """
    parts = re.split(r"([,;+\n]|(?<!\w)và(?!\w))(?![^(]*\))", text)
    kept, lost = parts[0], []
    for separator, part in zip(parts[1::2], parts[2::2], strict=False):
        clean = part.strip(" .-–:")
        if not clean or _CHILDREN.match(clean):
            continue
        if (_CONTINUES.match(clean) and not re.match(r"Tổ\s|Ban\s", clean)) or len(clean) < 2:
            kept += separator + part
        elif not _PEOPLE.search(clean) and not _NOT.match(clean):
            lost.append(clean)
    return kept, lost


def _inside(text: str, piece: Piece, inner: list[Mention]) -> list[Piece]:
    """Roles in brackets: they say who is meant, or name an alternative, or only qualify."""
    finer = [m for m in inner if m.role != piece.role and m.role in expand(piece.role)]
    if finer and roles()[piece.role].kind != "authority":
        bracket = text[finer[0].start : finer[-1].end]
        if not _NOT.search(piece.after):
            rest = re.sub(r"\([^()]*\)", " ", piece.after)
            numbers = re.search(r"\d+\s*(?:đ/c|người|cô)?\s*/\s*trường", piece.after)
            after = rest + (f" ({numbers.group()})" if numbers else "")
            if _OR.search(bracket):
                finer = finer[:1]
            return [
                Piece(
                    m.role,
                    text[m.start : m.end],
                    piece.before,
                    after,
                    piece.opens,
                    piece.closed,
                    piece.each,
                    piece.alternative and not k,
                )
                for k, m in enumerate(finer)
            ]
    if inner and re.match(r"\s*\(\s*hoặc", piece.after):
        after = re.sub(r"\([^()]*\)", " ", piece.after)
        first = Piece(
            piece.role,
            piece.words,
            piece.before,
            after,
            piece.opens,
            piece.closed,
            piece.each,
            piece.alternative,
        )
        other = Piece(
            inner[0].role, text[inner[0].start : inner[0].end], "", "", False, False, piece.each, True
        )
        return [first, other]
    return [piece]
