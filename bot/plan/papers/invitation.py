"""A giấy mời: one session, from its labels and from the list under "kính mời"."""

import re
from collections.abc import Sequence

from bot.plan.layout.labels import label_of
from bot.plan.letters import columns_of
from bot.plan.record import Record
from bot.plan.schools.hosts import mentioned
from bot.plan.schools.names import level_of, name_of
from bot.vocabulary import short_name

_INVITES = re.compile(
    (
        r"^(?P<who>.{3,80}?)\s+(?:trân trọng\s+)?kính mời\s*:?\s*(?P<rest>.*)$|^\s*(?:trân "
        r"trọng\s+)?kính mời\s*"
        r"(?:(?:các\s+)?(?:quý\s+)?(?:thầy(?:,?\s*\(?cô\)?(?:\s+giáo)?)?|cô|ông(?:\s*[(,]?\s*bà\)?)?|"
        r"đồng chí|đ/c)\s*)?:\s*(?P<only>.*)$|^\s*kính gửi\s*:\s*(?P<to>.*)$"
    ),
    re.IGNORECASE,
)
_MEETING = re.compile(
    (
        r"^\s*(?:[-+*•]\s*)?(?:tới|đến|về)?\s*(?:tham\s+)?dự\s*:?\s+(?P<what>.*)$|^\s*Tới "
        r"dự\s*:\s*(?P<what2>.*)$"
    ),
    re.IGNORECASE,
)
_THEME = re.compile(
    (
        r"(?:chuyên đề|nội dung|chủ đề)\s*(?:cấp \w+\s*)?(?:là|về)?\s*:?\s*[\"“](?P<quoted>[^\"”]+)[\"”]|"
        r"(?:chuyên đề|nội dung|chủ đề)\s*(?:là|về)?\s*:?\s*(?P<plain>[^.;]+)"
    ),
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"nơi nhận|(?:rất|kính) mong|rất hân hạnh|mong các|trân trọng|đề nghị|sự có mặt", re.IGNORECASE
)
_BASIS = re.compile(r"^\W*(?:thực hiện|căn cứ|theo)(?!\w)", re.IGNORECASE)
_LETTERHEAD = re.compile(r"^(?:TRƯỜNG\s+.+|(?:MN|TH|THCS|MG)\s+.+)$")


def invitation_record(lines: Sequence[str], schools: Sequence[str]) -> tuple[Record | None, str | None]:
    """The session of an invitation, and the inviting school as its paper names it."""
    fields: dict[str, str] = {}
    guests: list[str] = []
    inviter, last, line = _inviter(lines), "", 1
    for number, text in enumerate(lines, start=1):
        text = text.strip()
        invites = _INVITES.match(text)
        meeting = _MEETING.match(text)
        labelled = label_of(text)
        if (
            re.match(
                r"nơi nhận|rất mong|kính mong|rất hân hạnh|mong các|trân trọng|đề nghị|sự có mặt",
                text,
                re.IGNORECASE,
            )
            and not invites
        ):
            last = ""
        elif invites and "audience" not in fields and not (guests and _BASIS.match(text)):
            last = "guests"
            rest = invites.group("rest") or invites.group("only") or invites.group("to") or ""
            guests.extend([rest] if rest.strip() else [])
        elif meeting and fields.get("meeting") is None and (guests or last == "guests"):
            fields["meeting"], last = meeting.group("what") or meeting.group("what2") or "", "meeting"
        elif labelled:
            kind, value = labelled
            label = text.partition(":")[0].lower()
            if "chủ trì" in label:
                last = ""
                continue
            kind = "date" if kind == "time" and "date" not in fields else kind
            fields[kind] = f"{fields[kind]} {value}" if kind in fields else value
            last, line = kind, number if kind == "date" else line
        elif re.match(r"chủ trì\s*:", text, re.IGNORECASE):
            last = ""
        elif last == "guests" and text:
            if _BASIS.match(text):
                last = ""
            else:
                guests.append(text)
        elif last and text:
            fields[last] = f"{fields[last]} {text}"
    if not fields.get("date") and not fields.get("date_host"):
        return None, inviter
    audience = "\n".join([*guests, *([fields["audience"]] if fields.get("audience") else [])])
    place = fields.get("place") or None
    host = _host(place, inviter, schools)
    return Record(
        line,
        fields.get("date") or fields.get("date_host", ""),
        "",
        "",
        host,
        place,
        _theme(fields, lines),
        audience or None,
        fields.get("note"),
    ), inviter


def _inviter(lines: Sequence[str]) -> str | None:
    for text in lines:
        invites = _INVITES.match(text.strip())
        if invites and invites.group("who") and name_of(invites.group("who")):
            return _short(invites.group("who"))
    for text in lines[:12]:
        for part in columns_of(text):
            if _LETTERHEAD.match(part.strip()) and not re.search(r"CỤM", part):
                return _short(part.strip().title())
    return None


def _short(name: str) -> str:
    level = level_of(name)
    return f"{level} {short_name(name)}" if level else short_name(name)


def _host(place: str | None, inviter: str | None, schools: Sequence[str]) -> str | None:
    if inviter and name_of(inviter):
        return inviter
    if place:
        named = mentioned(place, schools)
        if named:
            return named[0]
        match = re.search(
            r"(?:[Tt]rường\s+)?(?:MN|MG|TH|THCS|[Mm]ầm non|[Tt]iểu học|[Mm]ẫu giáo)\s+.+$", place
        )
        return match.group() if match else None
    return None


def _theme(fields: dict[str, str], lines: Sequence[str]) -> str | None:
    """The theme in quotes, else the label's own words, else what the paper says under its title."""
    if fields.get("content"):
        quoted = re.fullmatch(
            r"\s*(?:chuyên đề\s*:?\s*)?[\"“]([^\"”]+)[\"”][.;]?\s*", fields["content"], re.IGNORECASE
        )
        return quoted.group(1) if quoted else fields["content"].strip(" .;")
    for text in (fields.get("meeting", ""), *lines):
        match = _THEME.search(text)
        if match and (match.group("quoted") or text == fields.get("meeting")):
            return (match.group("quoted") or match.group("plain")).strip(" .;")
    meeting = fields.get("meeting", "").strip(" .;")
    named = re.search(r"[\"“]([^\"”]{8,})[\"”]$", meeting)
    return (named.group(1) if named else meeting) or None
