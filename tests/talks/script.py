"""Transcripts: what people do and what they get, one line each, as `README.md` in this folder says."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from bot.notices.timeline import VIETNAM

GroupWay = Literal["let in", "may pin", "put out", "upgrade", "type there", "forge there"]
Way = Literal["type", "press", "forge", "file", "block", "unblock", "restart"] | GroupWay
GROUPS = ("Nhóm cụm", "Nhóm khác")


@dataclass(frozen=True)
class Unregistered:
    line: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Clock:
    line: int
    to: dt.datetime


@dataclass(frozen=True)
class Act:
    line: int
    who: str
    way: Way
    what: str = ""
    on: str = ""  #: words of the message with the button, where it is not the newest
    group: str = ""  #: where it is done


@dataclass
class Expect:
    """`who` None: whoever did the last thing.  `count`: so many people got it."""

    line: int
    sign: str
    who: str | None
    first: str
    count: int | None = None
    holds: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    buttons: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Silence:
    """`who` None: nobody got anything that was not named."""

    line: int
    who: str | None


Step = Unregistered | Clock | Act | Expect | Silence
#: A new message; one drawn anew; a passing word; a word to be closed by hand; a file; pinned.
SIGNS = "«✎☁‼📎📌"

_GROUP_WAYS: dict[str, Way] = {
    "thêm bot vào {}": "let in",
    "cho bot ghim ở {}": "may pin",
    "đưa bot khỏi {}": "put out",
    "nâng cấp {}": "upgrade",
}
_CLOCK = re.compile(r"== (\d\d)/(\d\d)/(\d{4}) (\d\d):(\d\d)$")
_PRESS = re.compile(r"bấm \[(.+?)\](?: ở “(.+)”)?$")
_MANY = re.compile(r"(\d+) người nhận « (.+)$")
_BUTTONS = re.compile(r"(?:\[[^\]]*\]\s*)+$")


class ScriptError(Exception):
    """A line that cannot be understood."""


def read(text: str, names: Iterable[str]) -> Iterator[Step]:
    """The steps of a transcript; `names` are the people of the roster."""
    known = sorted({*names, "Người lạ", "Người lạ khác", *GROUPS}, key=len, reverse=True)
    expected: Expect | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if expected is not None and _more(expected, line):
            continue
        if expected is not None:
            yield expected
            expected = None
        step = _step(number, line, known)
        if isinstance(step, Expect):
            expected = step
        else:
            yield step
    if expected is not None:
        yield expected


def _more(expected: Expect, line: str) -> bool:
    """A line that says more about the message above."""
    if line.startswith("+ "):
        expected.holds.append(line[2:])
    elif line.startswith("- "):
        expected.lacks.append(line[2:])
    elif _BUTTONS.match(line):
        expected.buttons = tuple(re.findall(r"\[([^\]]*)\]", line)) if line != "[]" else ()
    else:
        return False
    return True


def _step(number: int, line: str, known: list[str]) -> Step:
    if line.startswith("chưa đăng ký: "):
        return Unregistered(number, tuple(line.removeprefix("chưa đăng ký: ").split("; ")))
    if found := _CLOCK.match(line):
        day, month, year, hour, minute = map(int, found.groups())
        return Clock(number, dt.datetime(year, month, day, hour, minute, tzinfo=VIETNAM))
    if line == "không ai khác nhận gì":
        return Silence(number, None)
    if line == "khởi động lại":
        return Act(number, "", "restart")
    if found := _MANY.match(line):
        return Expect(number, "«", None, found.group(2), count=int(found.group(1)))
    if line[0] in SIGNS:
        return Expect(number, line[0], None, line[1:].strip())
    who = next((name for name in known if line.startswith(name)), None)
    if who is None:
        raise ScriptError(f"line {number}: who is that? {line}")
    return _of_person(number, who, line.removeprefix(who).strip())


def _of_person(number: int, who: str, rest: str) -> Step:
    if (step := _with_a_group(number, who, rest)) is not None:
        return step
    if rest.startswith("> "):
        return Act(number, who, "type", rest[2:])
    if found := _PRESS.match(rest):
        return Act(number, who, "press", found.group(1), found.group(2) or "")
    if rest.startswith("giả "):
        return Act(number, who, "forge", rest[4:])
    if rest.startswith("gửi tệp "):
        return Act(number, who, "file", rest.removeprefix("gửi tệp "))
    if rest in ("chặn bot", "mở lại bot"):
        return Act(number, who, "block" if rest == "chặn bot" else "unblock")
    if rest == "không nhận gì":
        return Silence(number, who)
    if rest.startswith("nhận ") and len(rest) > 6 and rest[5] in SIGNS:
        return Expect(number, rest[5], who, rest[6:].strip())
    raise ScriptError(f"line {number}: what is that? {rest}")


def _with_a_group(number: int, who: str, rest: str) -> Step | None:
    for group in GROUPS:
        for words, way in _GROUP_WAYS.items():
            if rest == words.format(group):
                return Act(number, who, way, group=group)
        there = f"ở {group} "
        if rest.startswith(f"{there}> "):
            return Act(number, who, "type there", rest.removeprefix(f"{there}> "), group=group)
        if rest.startswith(f"{there}giả "):
            return Act(number, who, "forge there", rest.removeprefix(f"{there}giả "), group=group)
    return None
