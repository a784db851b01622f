"""Sessions written as lines: bullets, numbered lines, chat messages and sentences."""

import re
from collections.abc import Sequence

from bot.plan import raw_dates
from bot.plan.document import Paragraph
from bot.plan.hosts import mentioned
from bot.plan.layout.footer import ends_schedule
from bot.plan.layout.record import Record
from bot.plan.letters import letters
from bot.plan.raw_dates import RawDate, Shape
from bot.plan.times import read_time, without_time
from bot.vocabulary import find_mentions, fold, fold_name

_BULLET = re.compile(
    r"^\s*(?:[-–—*•+▪●◦○·✓>]\s*|\(?\d{1,2}\s?[.)/]\s+|\(?\d{1,2}\)\s*|[a-zđ][.)]\s+|[①-⑳]\s*)+"
)
_COUNTER = re.compile(
    r"^\s*(?:buổi|lần|đợt|kỳ)\s*(?:sinh hoạt\s*)?(?:thứ\s*)?(?:số\s*)?(?:\d{1,2}|[IVX]{1,4}|"
    r"nhất|hai|ba|tư|bốn|năm|sáu|đầu tiên|cuối)(?!\w|/)\s*[:.,)–-]?\s*",
    re.IGNORECASE,
)
_NO_SESSION = re.compile(
    r"^\W*(?:căn cứ|thực hiện|theo|thống nhất|số\s*:|nơi nhận|cuộc họp|biên bản|năm học|kính "
    r"gửi|giấy mời|trên đây|hạn|nộp|báo cáo|hoàn thành|đăng ký|gửi|tháng\s+\d+\s*(?:trường|"
    r"các trường)?\s*(?:báo cáo|nộp|đăng ký|xây dựng)|thời hạn|các trường (?:gửi|nộp|báo)|"
    r"trường nào)",
    re.IGNORECASE,
)
_ISSUED = re.compile(r"[^\d,:;]{2,40},\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}\W*", re.IGNORECASE)
_LABELS = (
    ("audience", r"(?:,?\s*(?:với\s+)?(?:thành phần|đối tượng)(?:\s+(?:tham\s+dự|dự|tham gia))?\s*(?:là|"
r"gồm|bao gồm|có)?\s*(?:có|gồm)?\s*:?|(?<=[.;,])\s*(?:tham dự|dự|mời|người dự)\s*(?:gồm|"
r"có|là)?\s*:|(?<=[.;,])\s*(?:tham dự|dự|mời)\s+(?:gồm|có)\s*:?|,?\s*kính mời\s*:?|"
r"(?<=[.;,])\s*dự có)"),
    ("content", r"(?:,?\s*(?:với\s+|về\s+)?(?:nội dung|chủ đề)\s*(?:sinh hoạt\s*)?(?:là|gồm|về|"
r"chính)?\s*:?|(?:,?\s*(?:với|về|thực hiện|tổ chức|triển khai|sinh hoạt|báo "
r"cáo)\s+)?chuyên đề\s*(?:là|về)?\s*:|,?\s*(?:với|về|thực hiện|tổ chức|triển khai|sinh "
r"hoạt|báo cáo)\s+chuyên đề\s*)"),
    ("place", r"(?:,?\s*địa điểm\s*(?:tại)?\s*:?)"),
    ("host", r"(?:,?\s*(?:đơn vị|trường)?\s*đăng cai\s*:|,?\s*(?:đơn vị|trường) (?:tổ chức|đăng cai)\s*:)"),
    ("note", r"(?:,?\s*(?:ghi chú|phụ trách|báo cáo viên|người dạy)\s*:)"),
)  # fmt: skip
_FIELD = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS), re.IGNORECASE)
_SCHOOL = re.compile(
    letters(
        r"(?:(?:trường|Trường)\s+)?(?:(?:MN|MG|TH|THCS|TH&THCS|PTDTBT|[Mm]ầm non|[Mm]ẫu giáo|"
        r"[Tt]iểu học)\s+)+"
        r"(?:[<U>]\w*|\d+)(?:\s+(?:[<U>]\w*|\d+))*"
    )
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
_FILLER = re.compile(
    r"^[\s,;:.\-–—()+]*(?:(?:tại|do|ở|ngày|vào|lúc|sáng|chiều|tối|từ|buổi|thứ|cả ngày|dự "
    r"kiến|của|sẽ|được|tổ chức|đăng cai|trường|sinh hoạt|cụm|họp|với|về|là|chủ trì|thực hiện|"
    r"khoảng|bắt đầu)(?!\w)[\s,;:.\-–—()+]*)*",
    re.IGNORECASE,
)


def find_items(paragraphs: Sequence[Paragraph], schools: Sequence[str]) -> list[Record]:
    """Records of the lines that tell of a session; `schools` is the list of the document, if it has one."""
    records: list[Record] = []
    month = ""
    for text, line in _units(paragraphs):
        heading = re.fullmatch(
            r"\W*((?:tháng|T)\s*\d{1,2}(?:\s*(?:/|năm|-)\s*\d{4})?)\W*", text, re.IGNORECASE
        )
        if heading:
            month = heading.group(1)
            continue
        record = _read(text, line, schools, month)
        if record:
            records.append(record)
    return records


def _units(paragraphs: Sequence[Paragraph]) -> list[tuple[str, int]]:
    """Items with their continuation lines joined, and sentences of prose that begin with their own date."""
    units: list[tuple[str, int]] = []
    joined = False
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        if not text:
            joined = False
            continue
        fresh = (
            bool(_BULLET.match(text) or paragraph.item or _COUNTER.match(text))
            or _lead_date(text) is not None
        )
        section = re.match(
            r"^\s*(?:[IVX]{1,5}\.|nơi nhận|các trường\s*:|cụm trưởng|ghi chú)", text, re.IGNORECASE
        )
        wrapped = (
            not ends_schedule(text)
            and joined
            and not fresh
            and not section
            and (text[0].islower() or text[0] in '(“"' or not re.search(r"[.;:!?]$", units[-1][0]))
        )
        if wrapped and units:
            units[-1] = (f"{units[-1][0]} {text}", units[-1][1])
        else:
            units.append((text, paragraph.line))
            joined = fresh or len(text) > 50
    return [piece for text, line in units for piece in _sentences(text, line)]


def _lead_date(text: str) -> RawDate | None:
    """The date at the head of an item ("Buổi 1 (12/10/2023)", "Sáng thứ Sáu, 17/11: …"), else None."""
    plain = without_time(text)
    bullet = _BULLET.match(plain)
    body_at = bullet.end() if bullet else 0
    counter = _COUNTER.match(plain[body_at:])
    body_at += counter.end() if counter else 0
    for raw in raw_dates.find(plain):
        if raw.start < body_at:
            continue
        gap = plain[body_at : raw.start]
        return raw if _FILLER.fullmatch(gap) or len(gap) <= 2 else None
    return None


def _sentences(text: str, line: int) -> list[tuple[str, int]]:
    """A paragraph that tells of several sessions, one sentence (and what follows it) for each."""
    parts = re.split(r"(?<=[.;])\s+(?=[A-ZĐ\"“])", text)
    if len(parts) == 1:
        return [(text, line)]
    groups: list[str] = []
    dated = False
    for part in parts:
        raws = [
            raw
            for raw in raw_dates.find(without_time(part))
            if raw.shape is not Shape.MONTH or _COUNTER.match(part) or "tháng" in part.lower()[:20]
        ]
        if groups and not (raws and dated):
            groups[-1] += " " + part
            dated = dated or bool(raws)
        else:
            groups.append(part)
            dated = bool(raws)
    return [(group, line) for group in groups]


def _read(text: str, line: int, schools: Sequence[str], month: str) -> Record | None:
    bullet = _BULLET.match(text)
    body = text[bullet.end() :] if bullet else text
    counter = _COUNTER.match(body)
    body = body[counter.end() :] if counter and counter.end() < len(body) else body
    if (
        _ISSUED.fullmatch(body.strip())
        or _NO_SESSION.match(body)
        or len(body) > 3000
        or (body.startswith("(") and body.rstrip(".").endswith(")") and not counter)
    ):
        return None
    if re.search(
        r"(?<!\w)trước\s+(?:ít nhất\s+)?\d+\s+ngày|ít nhất \d+ (?:ngày|tuần)", body
    ) and not _lead_date(text):
        return None
    plain = without_time(body)
    raws = raw_dates.find(plain)
    if not raws:
        return _undated(body, line, schools, month, bool(bullet or counter))
    raw = raws[0]
    schoolless = not mentioned(body, schools) and not _SCHOOL.search(body)
    lead = _lead_date(text) is not None or raw.start < 30
    evidence = 2 * (not schoolless) + bool(find_mentions(body)) + bool(bullet or counter) + lead
    vague = raw.shape in (Shape.MONTH, Shape.WEEK)
    if evidence < 3 and not (vague and re.match(r"(?i)\s*buổi", body) and raw.start < 8):
        return None
    when, rest = _cut_when(body, raw)
    fields = _fields(rest, schools)
    if raw.start < 8 and vague and schoolless and not find_mentions(body) and not fields.get("content"):
        fields = {}
    if vague and re.search(r"chốt sau|tính sau|bàn sau|thông báo sau|báo sau|thống nhất sau|sẽ chốt", rest):
        fields = {}
        when = body[: raw.end]
    return Record(
        line,
        when,
        month,
        "",
        fields.get("host"),
        fields.get("place"),
        fields.get("content"),
        fields.get("audience"),
        fields.get("note"),
    )


def _undated(body: str, line: int, schools: Sequence[str], month: str, item: bool) -> Record | None:
    day = re.match(r"^\s*(?:ngày\s*)?(\d{1,2})\s*[:.,–-]\s*", body, re.IGNORECASE)
    if not month or not item or not (mentioned(body, schools) or _SCHOOL.search(body)):
        return None
    fields = _fields(body[day.end() :] if day else body, schools)
    return Record(
        line,
        f"ngày {day.group(1)}" if day else "",
        month,
        "",
        fields.get("host"),
        fields.get("place"),
        fields.get("content"),
        fields.get("audience"),
    )


def _cut_when(body: str, raw: RawDate) -> tuple[str, str]:
    """The words of time, and the text without them; an hour further on in the line belongs to the time
    too.
    """
    before, after = body[: raw.start], body[raw.end :]
    when = raw.text
    hours = read_time(before)
    if hours.span or hours.part_of_day or _FILLER.fullmatch(before):
        when, before = f"{before}{when}".strip(), ""
    hours_after = read_time(after)
    if hours_after.span and not hours.span:
        start, end = hours_after.span
        when = f"{when} {after[start:end]}"
        part = re.match(r"\s*(?:sáng|chiều|tối)(?!\w)", after[end:])
        if part:
            when, end = f"{when} {part.group().strip()}", end + part.end()
        lead = re.search(r"(?:[,;(]\s*)?(?:lúc|từ|vào|bắt đầu(?: từ)?)?\s*$", after[:start])
        left = after[: lead.start()] if lead else after[:start]
        after = left + ("" if not left.strip() else ", ") + after[end:].lstrip(" ,;)")
    else:
        part = re.match(r"\s*[,(]?\s*(?:buổi\s+)?(?:sáng|chiều|cả ngày)\)?(?!\w)", after)
        if part:
            when, after = f"{when} {part.group().strip(' ,()')}", after[part.end() :]
    return when.strip(" ,;:-("), f"{before} {after}".strip(" ,;:)–-")


def _fields(text: str, schools: Sequence[str]) -> dict[str, str]:
    """Host, content, audience and place of what follows the date, by labels if there are any, else by
    order.
    """
    fields: dict[str, str] = {}
    marks = list(_FIELD.finditer(text))
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
        spans = [match.span() for match in _SCHOOL.finditer(text[:160])][:1]
    if not spans:
        return None, text
    start, end = min(spans)
    for other_start, other_end in sorted(spans)[1:]:
        if re.fullmatch(r"\s*(?:,|và|\+|&|-|/)\s*", text[end:other_start]):
            end = other_end
    bracket = re.match(r"\s*\([^()]{0,60}\)", text[end:])
    host_end = end + (bracket.end() if bracket else 0)
    before = text[:start]
    rest = text[host_end:] if _FILLER.fullmatch(before) else f"{before} {text[host_end:]}"
    rest = _HOSTS.sub("", rest, count=1)
    return text[start:host_end], re.sub(r"^[\s,;:.\-–—)]+", "", rest)


def fold_same(text: str) -> str:
    """Lower case and one tone placement, every character at its place."""
    from bot.vocabulary import place_tones

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


def same_words(first: str, second: str) -> bool:
    """Whether two texts agree when folded."""
    return fold(first) == fold(second)
