"""Letters in the form of Nghị định 30/2020/NĐ-CP (Phụ lục III): Mẫu 1.7, 1.5 and 1.4.

The number is left to the clerk; what is not known is a blank in brackets; nothing is invented.
"""

import datetime as dt
from dataclasses import dataclass

from bot.cluster.people import Unit
from bot.message import Document
from bot.notices.dates import capital
from bot.notices.facts import SessionFacts
from bot.notices.saying.requests import CAUSES
from bot.papers import formal
from bot.papers.letterhead import Letterhead, blank, formal_name
from bot.papers.safe import file_name, lines, one_line
from bot.papers.word import MIME, filled
from bot.sessions.request import Cause, Request, RequestKind


@dataclass(frozen=True, slots=True)
class Issuer:
    """The school that signs."""

    unit: Unit
    letterhead: Letterhead
    head: str | None  #: its head's name; None: the roster has only the post
    titles: tuple[str, ...] = ("HIỆU TRƯỞNG",)

    @property
    def name(self) -> str:
        return formal_name(self.unit, self.letterhead)

    @property
    def signer(self) -> str:
        return one_line(self.head, 200) or blank("Họ và tên")


@dataclass(frozen=True, slots=True)
class Around:
    """What all letters about a session need to know of the cluster."""

    schools: tuple[Unit, ...]
    hosts: tuple[str, ...]  #: formal names
    authority: str | None  #: in full
    core_team: bool
    today: dt.date
    plan: str | None = None  #: "Kế hoạch số …, ngày …"

    @property
    def to_authority(self) -> str:
        return self.authority or blank("cơ quan quản lý")

    @property
    def basis(self) -> str:
        return one_line(self.plan) or f"Kế hoạch {blank('số, ngày')}"


def invitation(f: SessionFacts, around: Around, issuer: Issuer) -> Document:
    """Giấy mời (Mẫu 1.7), signed by the host's head."""
    facts = heads(issuer, around, "GM") | {
        "about": f"Dự sinh hoạt chuyên môn cụm trường {one_line(f.cluster.name)}",
        "issuer": issuer.name,
        "invited": _listed(formal.invited(f, around.schools, around.authority, core_team=around.core_team)),
        "content": formal.content(f) or blank("nội dung"),
        "chair": f"{one_line(issuer.head, 200) or blank('họ và tên')}, Hiệu trưởng {issuer.name}",
        "time": formal.time(f),
        "place": formal.place(f, around.hosts),
        "programme": lines(f.session.programme),
        "contact": issuer.letterhead.contact or blank("tên, điện thoại"),
    }
    name = file_name("giay moi", f.session.code, issuer.unit.name, ending="docx")
    return Document(name, filled("giay-moi", facts), MIME)


def request_letter(f: SessionFacts, around: Around, issuer: Issuer, request: Request) -> Document:
    """Công văn xin ý kiến (Mẫu 1.5), from the school that asks to the authority."""
    move = request.kind is RequestKind.MOVE
    about = "điều chỉnh lịch" if move else "vắng mặt buổi"
    facts = heads(issuer, around, "") | {
        "about": f"xin ý kiến {about} sinh hoạt chuyên môn cụm",
        "to": around.to_authority,
        "issuer": issuer.name,
        "basis": around.basis,
        "cluster": one_line(f.cluster.name),
        "old_day": formal.formal_day(request.old_date),
        "hosts": " và ".join(around.hosts),
        "content": formal.content(f),
        "reason": _reason(request),
        "move": move,
        "new_day": formal.formal_day(request.proposed) if request.proposed else None,
    }
    name = file_name("cong van xin y kien", f.session.code, issuer.unit.name, ending="docx")
    return Document(name, filled("cong-van-xin-y-kien", facts), MIME)


def change_notice(f: SessionFacts, around: Around, issuer: Issuer, request: Request) -> Document:
    """Thông báo (Mẫu 1.4) of the cluster's lead to the schools, once a move is agreed."""
    facts = heads(issuer, around, "TB") | {
        "about": f"Thay đổi lịch sinh hoạt chuyên môn cụm trường {one_line(f.cluster.name)}",
        "basis": around.basis,
        "to_authority": around.to_authority,
        "agreement": _agreement(request, around.to_authority),
        "cluster": one_line(f.cluster.name),
        "time": formal.time(f),
        "old_day": formal.formal_day(request.old_date),
        "place": formal.place(f, around.hosts),
        "hosts": " và ".join(around.hosts),
        "content": formal.content(f),
    }
    name = file_name("thong bao thay doi lich", f.session.code, ending="docx")
    return Document(name, filled("thong-bao-thay-doi-lich", facts), MIME)


def heads(issuer: Issuer, around: Around, code: str) -> dict[str, object]:
    head = issuer.letterhead
    sign = head.code or blank("ký hiệu trường")
    return {
        "parent": (head.parent or blank("tên cơ quan chủ quản")).upper(),
        "school": _unbroken(issuer).upper(),
        "number": f"{code}-{sign}" if code else sign,
        "town": head.place or blank("Địa danh"),
        "year": str(around.today.year),
        "titles": list(issuer.titles),
        "signer": issuer.signer,
    }


def _unbroken(issuer: Issuer) -> str:
    """The school's own name stays in one line: "TRƯỜNG MẦM NON / TRƯỜNG THÀNH"."""
    own = issuer.unit.name
    return (
        issuer.name.removesuffix(own) + own.replace(" ", "\u00a0")
        if issuer.name.endswith(own)
        else issuer.name
    )


def _reason(request: Request) -> str:
    words = CAUSES[request.cause]
    given = one_line(request.reason).rstrip(" .")
    if request.cause is Cause.OTHER:
        return given or blank("lý do")
    if request.cause is Cause.AUTHORITY_CALENDAR:
        words = "lịch trên trùng với lịch công tác của cơ quan quản lý"
    return f"{words} ({given})" if given else words


def _agreement(request: Request, authority: str) -> str:
    paper = f"Công văn {blank('số, ngày')}" if request.on_paper else "ý kiến đồng ý"
    when = f" {formal_agreed(request.decided_at)}" if request.decided_at and not request.on_paper else ""
    return f"{paper} của {authority}{when}"


def formal_agreed(at: dt.datetime) -> str:
    return f"ngày {at.day:02}/{at.month:02}/{at.year}"


def _listed(items: list[str]) -> list[str]:
    """Each line of a list ends in ";", the last in "."."""
    ended = [f"{capital(item.rstrip(' .;'))};" for item in items]
    return [*ended[:-1], f"{ended[-1].removesuffix(';')}."]
