"""Inside one item: its time, host, content and audience, by labels where there are some, else by order."""

import re
from collections.abc import Sequence

from bot.plan.dates.expressions import RawDate
from bot.plan.dates.times import read_time
from bot.plan.letters import letters
from bot.plan.schools.hosts import mentioned
from bot.vocabulary import find_mentions, fold_name, place_tones

_LABELS = (
    (
        "audience",
        r"(?:,?\s*(?:với\s+)?(?:thành phần|đối tượng)(?:\s+(?:tham\s+dự|dự|tham "
        r"gia))?\s*(?:(?:là|gồm|bao gồm|có)(?!\w))?"
        r"\s*(?:(?:có|gồm)(?!\w))?\s*:?|(?<=[.;,])\s*(?:tham dự|dự|mời|người dự)\s*(?:gồm|có|là)?\s*:|"
        r"(?<=[.;,])\s*(?:tham dự|dự|mời)\s+(?:gồm|có)(?!\w)\s*:?|,?\s*kính mời\s*:?|(?<=[.;,"
        r"])\s*dự có(?!\w))",
    ),
    (
        "content",
        r"(?:,?\s*(?:với\s+|về\s+)?(?:nội dung|chủ đề)\s*(?:sinh hoạt(?!\w)\s*)?(?:(?:là|gồm|về|"
        r"chính)(?!\w))?\s*:?|"
        r"(?:,?\s*(?:với|về|thực hiện|tổ chức|triển khai|sinh hoạt|báo cáo)\s+)?chuyên đề\s*(?:là|về)?\s*:|"
        r",?\s*(?:với|về|thực hiện|tổ chức|triển khai|sinh hoạt|báo cáo)\s+chuyên đề\s*)",
    ),
    ("place", r"(?:,?\s*địa điểm\s*(?:tại)?\s*:?)"),
    ("host", r"(?:,?\s*(?:đơn vị|trường)?\s*đăng cai\s*:|,?\s*(?:đơn vị|trường) (?:tổ chức|đăng cai)\s*:)"),
    ("note", r"(?:,?\s*(?:ghi chú|phụ trách|báo cáo viên|người dạy)\s*:)"),
)
_FIELD = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS), re.IGNORECASE)
SCHOOL = re.compile(
    letters(
        r"(?:(?:trường|Trường)\s+)?(?:(?:MN|MG|TH|THCS|TH&THCS|PTDTBT|[Mm]ầm non|[Mm]ẫu giáo|"
        r"[Tt]iểu học)\s+)+"
        r"(?:[<U>]\w*|\d+)(?:\s+(?:[<U>]\w*|\d+))*"
    )
)
#: a school that is only called "trường", known by what it does
_NAMED_HOST = re.compile(
    letters(r"((?:trường|Trường)\s+[<U>]\w*(?:\s+(?:[<U>]\w*|\d+))*)(?=\s+(?:đăng cai|tổ chức|chủ trì|đón))")
)
_STARTS_AUDIENCE = re.compile(
    r"^\W*(?:mời|dự|tham dự|thành phần)?\W*(?:(?:mỗi|các)\s+(?:trường|đơn vị)\s*(?:cử)?\s*:?|"
    r"toàn thể|toàn bộ|tất cả|đại diện|\d+\s*(?:đ/c|đồng chí|cô|đội)?|\s|01 đội)*$",
    re.IGNORECASE,
)
_HOSTS = re.compile(
    r"^\s*(?:sẽ\s+)?(?:đăng cai(?:\s+tổ chức)?|tổ chức|chủ trì)(?:\s+(?:sinh "
    r"hoạt(?:\s+chuyên môn)?|buổi sinh hoạt))?(?!\w)"
)
FILLER = re.compile(
    r"^[\s,;:.\-–—()+]*(?:(?:tại|do|ở|ngày|vào|lúc|sáng|chiều|tối|từ|buổi|thứ|cả ngày|dự "
    r"kiến|của|sẽ|được|tổ chức|đăng cai|trường|sinh hoạt|cụm|họp|với|về|là|chủ trì|thực hiện|"
    r"khoảng|bắt đầu)(?!\w)[\s,;:.\-–—()+]*)*",
    re.IGNORECASE,
)


def cut_when(body: str, raw: RawDate) -> tuple[str, str]:
    """The words of time, and the text without them; an hour further on in the line belongs to the time
    too.
    """
    before, after = body[: raw.start], body[raw.end :]
    when = raw.text
    hours = read_time(before)
    if hours.span or hours.part_of_day or FILLER.fullmatch(before):
        when, before = f"{before}{when}".strip(), ""
    hours_after = read_time(after)
    if hours_after.span and not hours.span:
        start, end = hours_after.span
        when = f"{when} {after[start:end]}"
        part = re.match(r"\s*(?:sáng|chiều|tối)(?!\w)", after[end:])
        if part:
            when, end = f"{when} {part.group().strip()}", end + part.end()
        lead = re.search(
            r"(?:[,;(]\s*)?(?:lúc|từ|vào|bắt đầu(?: từ)?|(?:buổi\s+)?(?P<part>sáng|chiều|tối))?\s*$",
            after[:start],
        )
        when = f"{when} {lead.group('part')}" if lead and lead.group("part") else when
        left = after[: lead.start()] if lead else after[:start]
        after = left + ("" if not left.strip() else ", ") + after[end:].lstrip(" ,;)")
    else:
        part = re.match(r"\s*[,(]?\s*(?:buổi\s+)?(?:sáng|chiều|cả ngày)\)?(?!\w)", after)
        if part:
            when, after = f"{when} {part.group().strip(' ,()')}", after[part.end() :]
    return when.strip(" ,;:-("), f"{before} {after}".strip(" ,;:)–-")


def read_fields(text: str, schools: Sequence[str]) -> dict[str, str]:
    """Host, content, audience and place of what follows the date, by labels if there are any, else by
    order.
    """
    fields: dict[str, str] = {}
    marks = _labels(text)
    head = text
    if marks:
        head = text[: marks[0].start()]
        for mark, following in zip(marks, [*marks[1:], None], strict=True):
            name = mark.lastgroup or "note"
            value = text[mark.end() : following.start() if following else len(text)].strip(" ,;:.–-")
            fields[name] = f"{fields[name]} {value}" if name in fields else value
    host, rest = _host(head, schools)
    if host and "host" not in fields:
        fields["host"] = host
    if "content" not in fields:
        content, audience = _content(rest if host or not marks else head, "audience" not in fields)
        if content:
            fields["content"] = content
        if audience:
            fields["audience"] = audience
    elif "audience" not in fields:
        fields["content"], audience = _content(fields["content"], True)
        if audience:
            fields["audience"] = audience
    if "host" not in fields and "content" in fields and not fields.get("place"):
        host, _ = _host(text, schools)
        if host:
            fields["host"] = host
    return {
        name: value.strip(" ,;:–-").removesuffix(".")
        for name, value in fields.items()
        if value.strip(" ,;:–-.")
    }


def _labels(text: str) -> list[re.Match[str]]:
    """The labels of a text; inside a content that has its colon, "chủ đề" and the like are only words."""
    found: list[re.Match[str]] = []
    for mark in _FIELD.finditer(text):
        inside = any(other.lastgroup == "content" and other.group().rstrip().endswith(":") for other in found)
        if mark.lastgroup != "content" or mark.group().rstrip().endswith(":") or not inside:
            found.append(mark)
    return found


def _host(text: str, schools: Sequence[str]) -> tuple[str | None, str]:
    """The host at the head of the text (as written) and what follows it."""
    spans: list[tuple[int, int]] = []
    for school in mentioned(text[:160], schools):
        name = re.escape(fold_name(school)).replace(r"\ ", r"\s+")
        match = re.search(
            rf"(?:(?:trường|MN|MG|TH|THCS|mầm non|mẫu giáo|tiểu học)\s+)*{name}(?!\w)",
            fold_same(text),
            re.IGNORECASE,
        )
        if match:
            spans.append(match.span())
    if not spans:
        spans = [match.span() for match in SCHOOL.finditer(text[:160])][:1]
    if not spans:
        spans = [match.span(1) for match in _NAMED_HOST.finditer(text[:160])][:1]
    if not spans:
        return None, text
    start, end = min(spans)
    for other_start, other_end in sorted(spans)[1:]:
        if re.fullmatch(r"\s*(?:,|và|\+|&|-|/)\s*", text[end:other_start]):
            end = other_end
    bracket = re.match(r"\s*\([^()]{0,60}\)", text[end:])
    host_end = end + (bracket.end() if bracket else 0)
    before = text[:start]
    aside = re.sub(r"[\s,(]*(?:(?<!\w)(?:tại|ở|do)(?:\s+trường)?)?\s*$", "", before)
    rest = text[host_end:] if FILLER.fullmatch(before) else f"{aside} {text[host_end:]}"
    rest = _HOSTS.sub("", rest, count=1)
    return text[start:host_end], re.sub(r"^[\s,;:.\-–—)]+", "", rest)


def fold_same(text: str) -> str:
    """Lower case and one tone placement, every character at its place."""
    lower = place_tones(text).lower()
    return lower if len(lower) == len(text) else text


def _content(text: str, want_audience: bool) -> tuple[str, str | None]:
    """Cuts "content. audience": the audience is the longest tail of clauses that begins with a role."""
    text = text.strip(" ,;:–-")
    if not want_audience:
        return text, None
    for match in re.finditer(r"(?:^|[.;,:]\s+|\s[-–—]\s|\s*\()", text):
        tail = text[match.end() :]
        mentions = find_mentions(tail)
        if not mentions or not _STARTS_AUDIENCE.match(tail[: mentions[0].start]):
            continue
        if match.group().strip() == "(" and not tail.rstrip(" .").endswith(")"):
            continue
        strong = len(mentions) > 1 or len(tail) < 60 or match.group().strip() in (".", ";")
        if strong and not re.match(
            r"\s*(?:báo cáo|trình bày|dạy|thực hiện|chia sẻ|trao đổi)", tail[mentions[0].end :]
        ):
            return text[: match.start()].strip(" ,;:–-("), tail.strip(
                " .;)"
            ) if match.group().strip() == "(" else tail.strip(" .;")
    return text, None
