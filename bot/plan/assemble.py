"""From a Document to a PlanReading: finds the parts, reads them, and gathers the doubts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from bot.errors import BadInputError
from bot.plan import limits
from bot.plan.dates.resolve import find_dates
from bot.plan.dates.times import read_time
from bot.plan.dates.years import Calendar, school_year_of
from bot.plan.document import Document, Paragraph, Table
from bot.plan.doubts import document_doubts
from bot.plan.frame import letterhead
from bot.plan.frame.cluster import find_cluster, find_head
from bot.plan.frame.rules import find_rules
from bot.plan.layout import find_records, table_records
from bot.plan.papers.change import read_change, read_changes
from bot.plan.papers.chat import ChatPaper, as_stamped, read_chat
from bot.plan.papers.invitation import invitation_record
from bot.plan.reading import DocType, Doubt, PlanReading, Rules, SessionReading
from bot.plan.record import Record
from bot.plan.schools.names import find_schools, level_of
from bot.plan.sessions import Book, read_session

Deadline = Callable[[date, int], date]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around the sessions."""

    lines: tuple[str, ...]
    flow: tuple[str, ...]
    calendar: Calendar
    schools: tuple[str, ...]
    stated: int | None
    corrects: bool = False
    head: tuple[str, str | None] | None = None  #: who speaks, where it is no letter


def assemble(document: Document, deadline: Deadline | None) -> PlanReading:
    """Raises BadInputError for a document in which no session is found and which is no other known paper."""
    lines = as_stamped([part.text for part in document.fragments()])
    kind = letterhead.kind_of_paper(lines)
    if kind is DocType.CHAT:
        return _chat(document, lines, deadline)
    frame = _frame(document, lines)
    if kind is DocType.OTHER:
        return _other(frame, document)
    if kind is DocType.INVITATION:
        record, inviter = invitation_record(lines, frame.schools)
        return _finish(kind, frame, [record] if record else [], None, document, head_school=inviter)
    if kind is DocType.CHANGE_NOTICE:
        book = Book(frame.calendar, frame.schools)
        if not read_changes(table_records(document), book):
            read_change(lines, book)
        return _paper(kind, frame, tuple(book.sessions), tuple(book.doubts), Rules(), document)
    records = find_records(document, frame.schools)
    return _finish(DocType.PLAN, frame, records, deadline, document)


def _frame(document: Document, lines: Sequence[str]) -> _Frame:
    text = "\n".join(lines)
    flow = tuple(_flow(document))
    issued = letterhead.find_issued(lines)
    years = letterhead.find_school_year(text)
    schools, stated = find_schools(flow)
    if years is None:
        days = [
            reading.day
            for line in lines
            for _, reading in find_dates(line, Calendar(issued=issued))
            if reading.day
        ]
        years = school_year_of(issued) if issued else school_year_of(min(days)) if days else None
    return _Frame(
        tuple(lines), flow, Calendar(years, issued), tuple(schools), stated, letterhead.corrects(lines)
    )


def _flow(document: Document) -> list[str]:
    """Paragraphs with hard-wrapped lines joined; the cells of tables on lines of their own."""
    flow: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            flow.extend(cell for row in block.rows for cell in row.cells)
            continue
        text = block.text.strip()
        before = flow[-1] if flow else ""
        open_end = len(before) > 45 and before[-1:] not in ".;:!?/" and "\t" not in before
        listing = (
            len(before) > 60
            and bool(re.search(r"[:(,].*,\s*[^,]{0,20}$", before[-200:]))
            and bool(re.match(r"[^,.;:]{1,25}[,.;)]", text))
        )
        numbered = bool(re.match(r"\d{1,2}\s?[.)/]\s|[-+•*]\s", text))
        if (
            open_end
            and not numbered
            and text
            and (text[0].islower() or text[0].isdigit() or before[-1:] in ",(–-" or listing)
            and "\t" not in text
        ):
            flow[-1] = f"{before} {text}"
        else:
            flow.append(text)
    return flow


def _finish(
    kind: DocType,
    frame: _Frame,
    records: Sequence[Record],
    deadline: Deadline | None,
    document: Document,
    head_school: str | None = None,
) -> PlanReading:
    if len(records) > limits.MAX_SESSIONS:
        raise limits.too_long("too many sessions")
    book = Book(
        frame.calendar, frame.schools, _default_time(frame.flow) if kind is DocType.PLAN else (None, None)
    )
    for record in records:
        read_session(record, book)
    if not book.sessions:
        raise BadInputError(
            "Không tìm thấy bảng lịch hay buổi sinh hoạt nào trong tài liệu. Hãy gửi tệp kế hoạch có bảng "
            "gồm thời gian, đơn vị đăng cai, nội dung, thành phần dự.",
            detail="no session found",
        )
    rules = find_rules(frame.flow)[0] if kind in (DocType.PLAN, DocType.CHAT) else Rules()
    sessions = tuple(_with_deadline(session, rules, deadline) for session in book.sessions)
    reading = _paper(kind, frame, sessions, tuple(book.doubts), rules, document)
    if head_school and reading.head:
        reading = replace(
            reading, head_title=f"{reading.head_title or 'Hiệu trưởng'} {head_school} (trường đăng cai)"
        )
    return reading


def _with_deadline(session: SessionReading, rules: Rules, deadline: Deadline | None) -> SessionReading:
    if deadline is None or session.date is None or rules.invite_working_days is None:
        return session
    try:
        return replace(session, invite_deadline=deadline(session.date, rules.invite_working_days))
    except (ValueError, OverflowError, LookupError):
        return session


def _paper(
    kind: DocType,
    frame: _Frame,
    sessions: tuple[SessionReading, ...],
    doubts: tuple[Doubt, ...],
    rules: Rules,
    document: Document,
) -> PlanReading:
    schools = frame.schools
    if not schools and kind in (DocType.PLAN, DocType.CHAT):
        schools = tuple(dict.fromkeys(host for session in sessions for host in session.hosts))
    head, title = frame.head or find_head(frame.lines, schools)
    years = frame.calendar.school_year
    reading = PlanReading(
        doc_type=kind,
        school_year=f"{years[0]}-{years[1]}" if years else None,
        level=level_of("\n".join(frame.lines)),
        cluster=find_cluster(frame.lines),
        schools=schools,
        head=head,
        head_title=title,
        authority=letterhead.find_authority(frame.lines),
        issued=frame.calendar.issued,
        number=letterhead.find_number(frame.lines),
        sessions=sessions,
        rules=rules,
        doubts=doubts,
    )
    return replace(
        reading,
        doubts=(*doubts, *document_doubts(reading, frame.stated, document.remarks, corrects=frame.corrects)),
    )


def _other(frame: _Frame, document: Document) -> PlanReading:
    doubt = Doubt(
        "other_paper",
        (
            "Đây không phải kế hoạch sinh hoạt cụm, giấy mời hay thông báo đổi lịch nên không lấy gì "
            "từ tài liệu này."
        ),
    )
    return _paper(DocType.OTHER, replace(frame, schools=()), (), (doubt,), Rules(), document)


def _default_time(flow: Sequence[str]) -> tuple[time | None, time | None]:
    """The hour that a line outside the table gives for all sessions ("Thời gian: buổi sáng, từ 8 giờ
    00 phút").
    """
    for line in flow:
        if (
            len(line) < 200
            and re.match(
                (
                    r"\W*(?:\d\.\s*)?(?:thời gian|giờ|các buổi|mỗi buổi|tất cả các buổi|buổi sinh hoạt|ghi "
                    r"chú|lưu ý|thời điểm)"
                ),
                line,
                re.IGNORECASE,
            )
            and not find_dates(line, Calendar())
            and (hours := read_time(line)).start
        ):
            return hours.start, hours.end
    return None, None


def _chat(document: Document, lines: Sequence[str], deadline: Deadline | None) -> PlanReading:
    paper: ChatPaper = read_chat(lines)
    inner = Document(tuple(Paragraph(text, line) for text, line in paper.lines))
    years = letterhead.find_school_year("\n".join(text for text, _ in paper.lines))
    if years is None and paper.day:
        years = school_year_of(paper.day)
    flow = tuple(text for text, _ in paper.lines)
    schools, stated = find_schools(flow)
    head = (paper.head, paper.head_title) if paper.head else None
    frame = _Frame(flow, paper.said, Calendar(years, paper.day), tuple(schools), stated, head=head)
    records = find_records(inner, frame.schools or paper.schools)
    reading = _finish(DocType.CHAT, frame, records, deadline, document)
    return replace(reading, doubts=(*reading.doubts, *paper.doubts))
