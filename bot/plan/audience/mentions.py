"""The roles that an audience phrase mentions, after what only looks like one is set aside."""

import re

from bot.plan.letters import letters
from bot.vocabulary import Mention, find_mentions, roles

SEPARATOR = re.compile(
    r"[,;+\n•]|\.\s|(?<!\w)(?:và|cùng|cùng với|hoặc|hay)(?!\w)|\s[-–]\s|(?<=\w)\s*/\s*(?=[A-ZĐ])|&"
)
_LEADS = re.compile(
    r"\W*(?:\d+\s*(?:đ/c|đồng chí)?|toàn thể|toàn bộ|đại diện|mỗi trường|mời|kính mời)[\s:]*", re.IGNORECASE
)
_LEAD = re.compile(r"(?<!\w)(?:lãnh đạo|LĐ|trưởng phòng|phó trưởng phòng)(?!\w)", re.IGNORECASE)
_PERSON = re.compile(
    letters(
        r"(?:đ/c|đồng chí|ông|bà|cô|thầy)\s+[<U>][<L>]+(?:\s+[<U>][<L>]+)+\s*(?:\([^()]*\)|[-–,"
        r"]\s*[^,;()\n]*)"
    )
)


def join_wrapped(text: str) -> str:
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


def without_people(text: str, mentions: list[Mention]) -> tuple[str, list[Mention]]:
    """Leaves out the post in brackets after a person's name: the person is invited, not everybody of
    that post.
    """
    spans = [match.span() for match in _PERSON.finditer(text)]
    kept = [m for m in mentions if not any(start <= m.start < end for start, end in spans)]
    return text, kept


def is_word(text: str, mention: Mention) -> bool:
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


def merge_bodies(text: str, outer: list[Mention]) -> list[Mention]:
    """Joins "Lãnh đạo, chuyên viên phụ trách GDMN Phòng GD&ĐT" and mentions without a separator
    between them.
    """
    merged: list[Mention] = []
    for mention in outer:
        previous = merged[-1] if merged else None
        if previous is not None:
            between = re.sub(r"\([^()]*\)", " ", text[previous.end - 1 : mention.start + 1])
            apart = SEPARATOR.search(between)
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
