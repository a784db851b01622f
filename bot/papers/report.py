"""Báo cáo at the year's end (Mẫu 1.4): sessions held, moved, cancelled; who said yes, by school and role."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.cluster.people import Cluster
from bot.message import Document
from bot.notices.dates import capital, days_between
from bot.notices.facts import SessionFacts
from bot.papers.formal import content
from bot.papers.letterhead import formal_authority
from bot.papers.letters import Around, Issuer, heads
from bot.papers.safe import file_name, one_line
from bot.papers.word import MIME, filled


@dataclass(frozen=True, slots=True)
class Row:
    f: SessionFacts
    moves: int  #: how often an agreed request moved it


@dataclass(frozen=True, slots=True)
class Attendance:
    """Answers, not signatures: who came is on the signed list."""

    name: str
    invited: int
    going: int
    declined: int


def report(
    cluster: Cluster,
    around: Around,
    issuer: Issuer,
    sessions: Sequence[Row],
    schools: Sequence[Attendance],
    roles: Sequence[Attendance],
) -> Document:
    facts = heads(issuer, around, "BC") | {
        "about": f"Kết quả sinh hoạt chuyên môn cụm trường {one_line(cluster.name)}",
        "basis": around.basis,
        "cluster": one_line(cluster.name),
        "school_year": cluster.school_year,
        "to_authority": around.to_authority,
        "planned": len(sessions),
        "held": sum(row.f.over and not row.f.cancelled for row in sessions),
        "moved": sum(row.moves > 0 for row in sessions),
        "cancelled": sum(row.f.cancelled for row in sessions),
        "sessions": [_line(row) for row in sessions],
        "schools": [replace(row, name=formal_authority(row.name)) for row in schools],
        "roles": roles,
    }
    name = file_name("bao cao", cluster.name, cluster.school_year, ending="docx")
    return Document(name, filled("bao-cao", facts), MIME)


def _line(row: Row) -> dict[str, str]:
    session = row.f.session
    if row.f.cancelled:
        state = "Đã hủy"
    elif row.f.over:
        state = "Đã tổ chức"
    else:
        state = "Chưa tổ chức"
    return {
        "code": session.code,
        "when": capital(days_between(session.date, session.date_end))
        if session.date
        else one_line(session.date_text),
        "hosts": " và ".join(formal_authority(host.label) for host in row.f.hosts),
        "content": content(row.f),
        "state": f"{state}; có đổi ngày" if row.moves else state,
    }
