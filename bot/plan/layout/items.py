"""Sessions written as lines: bullets, numbered lines, chat messages and sentences."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.plan.dates import expressions
from bot.plan.dates.expressions import RawDate, Shape
from bot.plan.dates.purpose import own_days
from bot.plan.dates.times import without_time
from bot.plan.document import Paragraph
from bot.plan.layout.item_fields import SCHOOL, cut_when, read_fields
from bot.plan.layout.units import BULLET, COUNTER, find_units, lead_date
from bot.plan.record import Record
from bot.plan.schools.hosts import mentioned
from bot.plan.schools.names import name_of
from bot.vocabulary import find_mentions

_NO_SESSION = re.compile(
    r"^\W*(?:căn cứ|thực hiện|theo|thống nhất|số\s*:|nơi nhận|cuộc họp|biên bản|năm học|kính "
    r"gửi|giấy mời|trên đây|hạn|nộp|báo cáo|hoàn thành|đăng ký|gửi|tháng\s+\d+\s*(?:trường|"
    r"các trường)?\s*(?:báo cáo|nộp|đăng ký|xây dựng)|thời hạn|các trường (?:gửi|nộp|báo)|"
    r"trường nào)",
    re.IGNORECASE,
)
_NO_MEETING = re.compile(
    r"họp[^.;]{0,60}(?:thống nhất|xây dựng|bàn|triển khai)[^.;]{0,40}(?:kế hoạch|lịch)|"
    r"tựu trường|khai giảng|bế giảng|kết thúc học kỳ|nghỉ tết",
    re.IGNORECASE,
)
_MEETS = re.compile(
    r"^\W*(?:theo|thực hiện)(?!\w)(?=.*(?:buổi|sinh hoạt|chuyên đề))(?=.*(?:tổ chức|đăng cai|diễn ra))",
    re.IGNORECASE,
)
_DAY_OF_MONTH = re.compile(r"(?<!\w)ngày\s+\d{1,2}(?![\d/.-]|\s*(?:tháng|[-–]\s*\d))", re.IGNORECASE)
_JOINED = re.compile(
    r"\s*(?:,|;|và|hoặc|hay|&|\+|-|–)?\s*(?:,\s*)?(?:và\s+)?(?:(?:buổi|lần|đợt)\s+\d\s*:?\s*)?(?:(?:sáng|chiều)\s+)?"
    r"(?:ngày\s+)?",
    re.IGNORECASE,
)
_ISSUED = re.compile(r"[^\d,:;]{2,40},\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}\W*", re.IGNORECASE)


def find_items(paragraphs: Sequence[Paragraph], schools: Sequence[str]) -> list[Record]:
    """Records of the lines that tell of a session; `schools` is the list of the document, if it has one."""
    records: list[Record] = []
    month = ""
    for text, line in find_units(paragraphs):
        heading = re.fullmatch(
            r"\W*((?:tháng|T)\s*\d{1,2}(?:\s*(?:/|năm|-)\s*\d{4})?)\W*", text, re.IGNORECASE
        )
        if heading:
            month = heading.group(1)
            continue
        record = _read(text, line, schools, month)
        if record:
            records.append(record)
    return [_with_host(record) for record in records] if any(r.host for r in records) else records


def _with_host(record: Record) -> Record:
    """A record whose words begin with a school, as its neighbours do: "Hoa Phượng, làm quen với toán"."""
    head, _, rest = re.sub(r"\s*[,:]\s|\s+[-–—]\s+", "\n", record.content or "", count=1).partition("\n")
    if record.host or not rest or len(head.split()) < 2 or name_of(head) is None:
        return record
    return replace(record, host=head, content=rest)


def _read(text: str, line: int, schools: Sequence[str], month: str) -> Record | None:
    bullet = BULLET.match(text)
    body = text[bullet.end() :] if bullet else text
    counter = COUNTER.match(body)
    body = body[counter.end() :] if counter and counter.end() < len(body) else body
    if (
        _ISSUED.fullmatch(body.strip())
        or (_NO_SESSION.match(body) and not _MEETS.match(body))
        or _NO_MEETING.search(body)
        or len(body) > 3000
        or (body.startswith("(") and body.rstrip(".").endswith(")") and not counter)
    ):
        return None
    if re.search(
        r"(?<!\w)trước\s+(?:ít nhất\s+)?\d+\s+ngày|ít nhất \d+ (?:ngày|tuần)", body
    ) and not lead_date(text):
        return None
    plain = without_time(body)
    everything = expressions.find(plain) or expressions.find_loose(plain)
    raws = own_days(plain, everything)
    if not raws:
        return None if everything else _undated(body, line, schools, month, bool(bullet or counter))
    raw = _finest(raws)
    raws = raws[raws.index(raw) :]
    inner = _DAY_OF_MONTH.search(plain, raw.end) if raw.shape is Shape.MONTH else None
    if inner:
        body, month = f"{body[: inner.start()].rstrip(' (')} {body[inner.end() :].lstrip(' )')}", raw.text
    schoolless = not mentioned(body, schools) and not SCHOOL.search(body)
    lead = lead_date(text) is not None or raw.start < 30
    evidence = 2 * (not schoolless) + bool(find_mentions(body)) + bool(bullet or counter) + lead
    vague = raw.shape in (Shape.MONTH, Shape.WEEK)
    if evidence < 3 and not (vague and re.match(r"(?i)\s*buổi", body) and raw.start < 8):
        return None
    when, rest = cut_when(body, whole(plain, raws, everything))
    if inner:
        when = inner.group().strip()
    fields = read_fields(rest, schools)
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


def _finest(raws: Sequence[RawDate]) -> RawDate:
    """The day that a month opens ("Tháng 10: ngày 24/10/2024, tại …"), else what stands first."""
    first = raws[0]
    following = raws[1] if len(raws) > 1 else first
    opens = first.shape is Shape.MONTH and following.shape in (Shape.DAY, Shape.RANGE)
    return (
        following if opens and following.month == first.month and following.start - first.end < 20 else first
    )


def whole(text: str, own: Sequence[RawDate], everything: Sequence[RawDate]) -> RawDate:
    """The first of a session's own days with all that are named in one breath with it, spare ones too."""
    last = own[0]
    for raw in everything:
        if raw.start < last.end:
            continue
        gap = text[last.end : raw.start]
        if raw in own and _JOINED.fullmatch(gap):
            last = raw
        elif raw not in own and re.fullmatch(r"\s*[(,;]\s*[^\d():]{3,30}", gap):
            closing = re.match(r"\s*\)", text[raw.end :])
            last = replace(raw, end=raw.end + (closing.end() if closing else 0))
        else:
            break
    return replace(own[0], end=last.end, text=text[own[0].start : last.end].strip())


def _undated(body: str, line: int, schools: Sequence[str], month: str, item: bool) -> Record | None:
    day = re.match(r"^\s*(?:ngày\s*)?(\d{1,2})\s*[:.,–-]\s*", body, re.IGNORECASE)
    if not month or not item or not (mentioned(body, schools) or SCHOOL.search(body)):
        return None
    fields = read_fields(body[day.end() :] if day else body, schools)
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
