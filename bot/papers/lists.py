"""The year's schedule, the sign-in sheet of a session, the delivery record: Excel, ready to print."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.cluster.people import Cluster
from bot.message import Document
from bot.notices.dates import capital, days_between, full_day, hours
from bot.notices.facts import SessionFacts
from bot.notices.kinds import NAMES
from bot.notices.notice import Kind
from bot.papers.safe import file_name, one_line
from bot.papers.sheet import MIME, workbook
from bot.papers.table import Column

STATES = {
    "sent": "Đã gửi",
    "uncertain": "Chưa rõ đã tới",
    "failed": "Không gửi được",
    "unreachable": "Chưa đăng ký nhận tin",
    "missed": "Quá hạn, không gửi",
    "cancelled": "Không cần gửi nữa",
}


@dataclass(frozen=True, slots=True)
class Scheduled:
    f: SessionFacts
    state: str  #: in words: "đã gửi giấy mời", "đã hủy"


@dataclass(frozen=True, slots=True)
class Participant:
    name: str
    post: str
    unit: str
    answer: str  #: "Tham dự", "Vắng mặt; bà … đi thay", ""


@dataclass(frozen=True, slots=True)
class Delivery:
    at: dt.datetime  #: local
    session: str  #: "B3", ""
    kind: Kind
    name: str
    unit: str
    state: str


def schedule(cluster: Cluster, sessions: Sequence[Scheduled]) -> Document:
    columns = (
        Column("TT", 5, centred=True),
        Column("Mã", 6, centred=True),
        Column("Thời gian", 20, centred=True),
        Column("Đơn vị đăng cai", 20),
        Column("Nội dung", 46),
        Column("Thành phần dự", 30),
        Column("Địa điểm", 20),
        Column("Tình trạng", 18),
    )
    rows = [_scheduled(number, one) for number, one in enumerate(sessions, 1)]
    title = (f"LỊCH SINH HOẠT CHUYÊN MÔN CỤM TRƯỜNG {cluster.name.upper()}", f"Năm học {cluster.school_year}")
    made = workbook("Lịch", title, columns, rows, landscape=True)
    return Document(file_name("lich", cluster.name, cluster.school_year, ending="xlsx"), made, MIME)


def sign_in(f: SessionFacts, people: Sequence[Participant]) -> Document:
    """Who is invited, with the answer so far, and room for a signature; empty lines for guests."""
    columns = (
        Column("TT", 5, centred=True),
        Column("Họ và tên", 29),
        Column("Chức vụ", 25),
        Column("Đơn vị", 20),
        Column("Trả lời", 15),
        Column("Ký tên", 19),
    )
    rows = [(number, p.name, p.post, p.unit, p.answer, "") for number, p in enumerate(people, 1)]
    rows += [(len(people) + extra, "", "", "", "", "") for extra in range(1, 4)]
    hosts = " và ".join(host.label for host in f.hosts)
    title = (
        "DANH SÁCH ĐẠI BIỂU DỰ SINH HOẠT CHUYÊN MÔN CỤM",
        f"Buổi {f.session.code}: {one_line(f.session.content, 300)}",
        f"{capital(_when(f))}, {hosts}",
    )
    made = workbook("Danh sách ký", title, columns, rows, row_height=26)
    return Document(file_name("danh sach ky ten", f.session.code, ending="xlsx"), made, MIME)


def deliveries(cluster: Cluster, made_at: dt.datetime, sent: Sequence[Delivery]) -> Document:
    columns = (
        Column("Thời điểm", 18, centred=True),
        Column("Buổi", 7, centred=True),
        Column("Loại tin", 22),
        Column("Người nhận", 32),
        Column("Đơn vị", 22),
        Column("Kết quả", 24),
    )
    rows = [
        (
            f"{one.at:%d/%m/%Y %H:%M}",
            one.session,
            NAMES[one.kind],
            one.name,
            one.unit,
            one.state,
        )
        for one in sent
    ]
    title = (
        f"NHẬT KÝ GỬI TIN CỤM TRƯỜNG {cluster.name.upper()}",
        f"Lập lúc {made_at:%H:%M}, {full_day(made_at.date())}",
    )
    made = workbook("Nhật ký gửi", title, columns, rows)
    return Document(file_name("nhat ky gui tin", cluster.name, ending="xlsx"), made, MIME)


def _scheduled(number: int, one: Scheduled) -> tuple[str | int, ...]:
    session = one.f.session
    place = ", ".join(part for part in (session.room, session.place) if part)
    hosts = " và ".join(host.label for host in one.f.hosts)
    state = capital(one.state)
    when = capital(_when(one.f))
    return number, session.code, when, hosts, session.content, session.audience_text, place, state


def _when(f: SessionFacts) -> str:
    session = f.session
    if session.date is None:
        return one_line(session.date_text)
    day = days_between(session.date, session.date_end)
    return f"{hours(session.start, session.end)}, {day}" if session.start else day
