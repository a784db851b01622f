"""A chat pasted whole: the message that holds the schedule is read, the others only listened to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.plan.dates import expressions
from bot.plan.dates.years import make
from bot.plan.reading import Doubt
from bot.plan.schools.names import name_of
from bot.vocabulary import find_mentions

_STAMPS = (
    re.compile(r"^\s*\[(?P<h>\d{1,2}:\d{2})(?::\d{2})?,?\s*(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4}|"
r"\d{2})\]\s*(?P<who>[^:\n]{1,60}):\s*(?P<text>.*)$"),
    re.compile(r"^\s*\[(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4}|\d{2}),?\s+(?P<h>\d{1,"
r"2}:\d{2})(?::\d{2})?\]\s*(?P<who>[^:\n]{1,60}):\s*(?P<text>.*)$"),
    re.compile(r"^\s*(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4}|\d{2}),?\s+(?P<h>\d{1,"
r"2}:\d{2})\s*[-–]\s*(?P<who>[^:\n]{1,60}):\s*(?P<text>.*)$"),
    re.compile(r"^\s*\[?(?P<h>\d{1,2}:\d{2})\]?\s*(?:[-–]\s*)?(?P<who>[^:\n\d]{2,60}):\s*(?P<text>.*)$"),
)  # fmt: skip
_MOVE = re.compile(
    r"xin (?:lùi|đổi|dời|chuyển|hoãn)|(?:lùi|đổi|dời|chuyển) (?:sang|lịch|ngày)|trùng", re.IGNORECASE
)
_TITLE = re.compile(r"(?<!\w)(?:HT|PHT|Hiệu trưởng|hiệu trưởng|Phó hiệu trưởng|TTCM|GV)(?!\w)")


_POSTED = re.compile(r"(?<!\w)(?:HT|PHT|Hiệu trưởng|hiệu trưởng)\s+(.+)$")


@dataclass(frozen=True, slots=True)
class ChatPaper:
    """The schedule's lines (text, line number), the day it was sent, its sender, what others asked, and
    all that the sender said (`said`); `schools` are those that the senders name as theirs."""

    lines: tuple[tuple[str, int], ...]
    day: date | None
    head: str | None
    head_title: str | None
    doubts: tuple[Doubt, ...]
    said: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()


@dataclass
class _Message:
    who: str
    day: date | None
    lines: list[tuple[str, int]]


def is_stamp(line: str) -> bool:
    """Whether a line opens a message: "[10:02, 03/10/2023] Cô Hồng: …"."""
    return any(pattern.match(line) for pattern in _STAMPS)


def as_stamped(lines: Sequence[str]) -> list[str]:
    """The lines with "Minh Thư" over "08:15" written as one stamp, as many lines as before."""
    found = list(lines)
    for at, (name, hour) in enumerate(pairwise(lines)):
        plain = name.strip()
        if re.fullmatch(r"\s*\d{1,2}:\d{2}\s*", hour) and re.fullmatch(r"[^\d:;,.!?]{2,40}", plain):
            found[at], found[at + 1] = "", f"[{hour.strip()}] {plain}: "
    return found


def read_chat(lines: Sequence[str]) -> ChatPaper:
    """Takes the message with most dates as the schedule; a change that somebody asks for becomes a
    doubt only.
    """
    messages = _messages(lines)
    best = max(messages, key=lambda message: sum(len(expressions.find(text)) for text, _ in message.lines))
    same = [m for m in messages if m.who == best.who and m is not best and _is_part(m)]
    body = [*best.lines, *(entry for message in same for entry in message.lines)]
    head, title = _sender(best.who)
    doubts = []
    for message in messages:
        text = " ".join(words for words, _ in message.lines)
        if message is not best and _MOVE.search(text) and expressions.find(text):
            doubts.append(
                Doubt(
                    "change_asked",
                    (
                        f"Có người xin đổi lịch trong nhóm: “{text.strip()[:160]}”. Lịch cũ giữ nguyên đến "
                        f"khi được đồng ý."
                    ),
                    where=message.who,
                    line=message.lines[0][1] if message.lines else None,
                )
            )
    day = best.day or next((message.day for message in messages if message.day), None)
    said = tuple(words for message in messages if message.who == best.who for words, _ in message.lines)
    return ChatPaper(tuple(body), day, head, title, tuple(doubts), said, _schools(messages))


def _schools(messages: Sequence[_Message]) -> tuple[str, ...]:
    """The schools that the senders name after their post ("Lan HT Hoa Lan")."""
    names = (match.group(1) for message in messages if (match := _POSTED.search(message.who)))
    return tuple(dict.fromkeys(name for text in names if (name := name_of(text))))


def _messages(lines: Sequence[str]) -> list[_Message]:
    messages: list[_Message] = []
    for number, line in enumerate(lines, start=1):
        stamp = next((match for pattern in _STAMPS if (match := pattern.match(line))), None)
        if stamp:
            parts = stamp.groupdict()
            day = None
            if parts.get("y"):
                year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
                day = make(year, int(parts["m"]), int(parts["d"])) if 2000 <= year <= 2100 else None
            messages.append(_Message(parts["who"].strip(), day, [(_plain(parts["text"]), number)]))
        elif messages:
            messages[-1].lines.append((_plain(line), number))
        else:
            messages.append(_Message("", None, [(_plain(line), number)]))
    return messages


def _plain(text: str) -> str:
    return re.sub("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]", "", text).rstrip()


def _is_part(message: _Message) -> bool:
    """Whether another message of the sender goes on with the schedule: a line that begins with a
    number or a date.
    """
    return any(
        re.match(r"\s*(?:[-+•]|\d{1,2}[./)]|buổi)\s*", text, re.IGNORECASE) and expressions.find(text)
        for text, _ in message.lines
    )


def _sender(who: str) -> tuple[str | None, str | None]:
    """ "Cô Hồng HT Sao Khuê" is ("Cô Hồng", "HT MN Sao Khuê")."""
    match = _TITLE.search(who)
    if not match or not find_mentions(who[match.start() :]):
        return who.strip() or None, None
    name = who[: match.start()].strip(" -–,(") or who[match.end() :].strip(" -–,)")
    return name or None, who[match.start() :].strip(" -–,()") if who[
        : match.start()
    ].strip() else match.group()
