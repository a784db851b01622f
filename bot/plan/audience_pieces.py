"""Cuts an audience phrase into pieces, one for each role that it mentions."""

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.plan.letters import letters
from bot.vocabulary import Mention, expand, find_mentions, roles

_SEPARATOR = re.compile(
    r"[,;+\n•]|\.\s|(?<!\w)(?:và|cùng|cùng với|hoặc|hay)(?!\w)|\s[-–]\s|(?<=\w)\s*/\s*(?=[A-ZĐ])|&"
)
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
_LEADS = re.compile(
    r"\W*(?:\d+\s*(?:đ/c|đồng chí)?|toàn thể|toàn bộ|đại diện|mỗi trường|mời|kính mời)[\s:]*", re.IGNORECASE
)
_PEOPLE = re.compile(r"(?:trẻ|học sinh|HS|các cháu|các bé|khách mời|đại biểu)(?!\w)", re.IGNORECASE)
_LEAD = re.compile(r"(?<!\w)(?:lãnh đạo|LĐ|trưởng phòng|phó trưởng phòng)(?!\w)", re.IGNORECASE)
_OFFICER = re.compile(r"(?<!\w)(?:chuyên viên|CV)(?!\w)", re.IGNORECASE)


_PERSON = re.compile(
    letters(
        r"(?:đ/c|đồng chí|ông|bà|cô|thầy)\s+[<U>][<L>]+(?:\s+[<U>][<L>]+)+\s*(?:\([^()]*\)|[-–,"
        r"]\s*[^,;()\n]*)"
    )
)


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
    text = _join_wrapped(text)
    depths = _depths(text)
    mentions = [m for m in find_mentions(text) if not _is_word(text, m)]
    text, mentions = _without_people(text, mentions)
    outer = [m for m in mentions if depths[m.start] == 0 or not _has_outer(mentions, depths, m)]
    if not outer:
        rest = text.strip(" .;,-")
        return [], [rest] if rest and not _PEOPLE.search(rest) and re.search(r"\w", rest) else []
    outer = _merge_bodies(text, outer)
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


def _join_wrapped(text: str) -> str:
    """Lines that a narrow cell broke are joined; a bullet, or a role at the head of a line, begins a
    new one.
    """
    joined = ""
    for line in text.split("\n"):
        bullet = re.match(r"\s*[-–*•+]\s*(?=\S)", line)
        body = line[bullet.end() :].strip() if bullet else line.strip()
        mentions = find_mentions(body)
        leads = bool(mentions) and (
            mentions[0].start == 0 or _LEADS.fullmatch(body[: mentions[0].start]) is not None
        )
        open_end = not bullet and (
            not leads or re.search(r"(?:\d|[,(/]|(?:và|hoặc|của|các|mỗi))\s*$", joined)
        )
        joined += (" " if open_end else "\n") + body if joined else body
    return joined


def _is_word(text: str, mention: Mention) -> bool:
    """A spelling that means something else here: "NV" after GV is the subject Ngữ văn, "KT." signs for
    somebody.
    """
    word = text[mention.start : mention.end]
    if word == "NV" and re.search(r"(?:GV|giáo viên|môn|tổ)\s*$", text[: mention.start], re.IGNORECASE):
        return True
    if word.lower() in ("tổ trưởng", "tt", "tp") and re.match(
        r"\s*(?:dân phố|thôn|HCM|trong kế hoạch)", text[mention.end :]
    ):
        return True
    return word in ("KT", "TP") and text[mention.end : mention.end + 1] == "."


def _without_people(text: str, mentions: list[Mention]) -> tuple[str, list[Mention]]:
    """Leaves out the post in brackets after a person's name: the person is invited, not everybody of
    that post.
    """
    spans = [match.span() for match in _PERSON.finditer(text)]
    kept = [m for m in mentions if not any(start <= m.start < end for start, end in spans)]
    return text, kept


def _has_outer(mentions: list[Mention], depths: list[int], inner: Mention) -> bool:
    return any(m.end <= inner.start and depths[m.start] < depths[inner.start] for m in mentions)


def _merge_bodies(text: str, outer: list[Mention]) -> list[Mention]:
    """Joins "Lãnh đạo, chuyên viên phụ trách GDMN Phòng GD&ĐT" and mentions without a separator
    between them.
    """
    merged: list[Mention] = []
    for mention in outer:
        previous = merged[-1] if merged else None
        if previous is not None:
            between = re.sub(r"\([^()]*\)", " ", text[previous.end - 1 : mention.start + 1])
            apart = _SEPARATOR.search(between)
            people = previous.role in ("CV_PGD", "LD_PGD")
            if people and roles()[mention.role].kind == "authority" and not apart:
                merged[-1] = Mention(mention.role, previous.start, mention.end)
                if mention.role == "PGD":
                    merged[-1] = Mention(previous.role, previous.start, mention.end)
                continue
            if not apart and previous.role in ("LD_PGD", "CV_PGD", "PGD", "SO_GDDT"):
                continue
            if not apart and mention.role not in ("CBGVNV",):
                continue
        merged.append(mention)
    result: list[Mention] = []
    for mention in merged:
        if (
            result
            and {result[-1].role, mention.role} == {"LD_PGD", "CV_PGD"}
            and mention.start - result[-1].end < 8
        ):
            result[-1] = Mention("PGD", result[-1].start, mention.end)
            continue
        before = text[max(0, mention.start - 25) : mention.start]
        lead = _LEAD.search(before)
        if mention.role == "CV_PGD" and lead and not re.search(r"[;\n]", before[lead.end() :]):
            mention = Mention("PGD", mention.start - len(before) + lead.start(), mention.end)
        result.append(mention)
    return result


def _cut(text: str, depths: list[int], left: int, right: int) -> tuple[int, int]:
    """Where the piece of one role ends and that of the next begins: the last separator outside brackets."""
    marks = [
        m for m in _SEPARATOR.finditer(text, left, right + 1) if m.start() < right and depths[m.start()] == 0
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
        if not clean:
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
