"""A paper about one session that came from outside: a giấy mời sets its details, a thông báo its new day.

Only the lead and the clerk hand such papers in.  What a paper would do is shown first; after her yes it is
done by the flows that do the same by buttons, and told as they tell it.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.cluster.people import Person, UnitKind
from bot.errors import BadInputError
from bot.flows.plans.previewing import LETTER_IN, drafts
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.answering import require_session
from bot.flows.sessions.details import store, tell_details
from bot.flows.sessions.on_paper import agreed_on_paper
from bot.flows.work import Work
from bot.notices.dates import full_day, short_day
from bot.plan.reading import DocType, PlanReading, SessionReading
from bot.sessions import changes
from bot.sessions.plan_changes import is_over
from bot.sessions.reschedule import check_day
from bot.sessions.rights import Right
from bot.sessions.session import Session, SessionState
from bot.vocabulary import fold

LETTERS = (DocType.INVITATION, DocType.CHANGE_NOTICE)
_SCHOOL = re.compile(
    r"[\s,;(-]*(?:(?:tại|của)\s+)?(?:(?<!\w)trường\s+)?"
    r"(?:mầm non|mẫu giáo|tiểu học|trung học|mn|mg|th|thcs)(?!\w)",
    re.IGNORECASE,
)
_ROOM = re.compile(r"(?:hội trường|phòng|lớp|sân|khu|nhà đa năng|thư viện|tầng)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a paper would do to its session.  None: it says nothing new about this."""

    session: Session
    day: dt.date | None = None  #: the new day, of a thông báo only
    start: dt.time | None = None
    end: dt.time | None = None
    room: str | None = None
    place: str | None = None  #: away from the host school
    programme: str | None = None
    content: str | None = None  #: the paper's words, where they differ; the plan's stand
    audience: str | None = None  #: likewise
    reason: str | None = None
    approved_by: str | None = None

    @property
    def nothing(self) -> bool:
        return not (self.day or self.start or self.room or self.place or self.programme)


def as_correction(reading: PlanReading) -> PlanReading:
    """A notice that moves several sessions at once is a plan of these alone."""
    if reading.doc_type is DocType.CHANGE_NOTICE and len(reading.sessions) > 1:
        return replace(reading, doc_type=DocType.PLAN, partial=True)
    return reading


def candidates(work: Work, reading: PlanReading, actor: Person) -> list[Session]:
    """The sessions that the paper may be about: one where it is plain, several where it leaves that open.

    Raises BadInputError, saying why, where there is none.
    """
    paper = _only(reading)
    units = work.people.units(actor.cluster_id)
    cluster = work.people.cluster(actor.cluster_id)
    host_ids = drafts(reading, units)[0].host_ids
    if paper.hosts and not host_ids:
        names = " và ".join(paper.hosts)
        raise BadInputError(
            f"Văn bản của {names}, không phải trường của cụm {cluster.name if cluster else ''}."
        )
    stored = [s for s in work.sessions.of_cluster(actor.cluster_id) if s.state is SessionState.PLANNED]
    of_host = [s for s in stored if not host_ids or set(host_ids) & set(s.host_ids)]
    day = paper.replaces_date if reading.doc_type is DocType.CHANGE_NOTICE else paper.date
    found = [s for s in of_host if day is not None and s.date == day]
    if not found and reading.doc_type is DocType.CHANGE_NOTICE:
        found = [s for s in of_host if s.date == paper.date] or (
            [s for s in of_host if not is_over(s, work.today)] if paper.replaces_date is None else []
        )
    if not found:
        raise BadInputError(_no_match(paper, day, of_host, work.today))
    ahead = [s for s in found if not is_over(s, work.today)]
    if not ahead:
        changes.require_ahead(found[0], work.today)  # says that it is over
    return ahead


def effect(work: Work, reading: PlanReading, actor: Person, session_id: int) -> Effect:
    """Raises NotAllowedError, OutdatedError (the session is over, cancelled), BadInputError (no such day)."""
    of = require_session(Scene(work), session_id, actor)
    of.require(Right.RECORD, actor)
    changes.require_ahead(of.session, work.today)
    paper, session = _only(reading), of.session
    notice = reading.doc_type is DocType.CHANGE_NOTICE
    day = paper.date if notice and paper.date != session.date else None
    if notice and paper.date is None:
        raise BadInputError(
            f"Thông báo về buổi {session.code} chưa nêu ngày mới. Lịch cũ giữ nguyên; "
            "đề nghị gửi lại khi đã có ngày."
        )
    if day is not None:
        check_day(session, day, work.today)
    room, place = _where(paper.place, of)
    content = paper.content if paper.content and not _alike(paper.content, session.content) else None
    audience = paper.audience_text
    differs = audience and not _alike(audience, session.audience_text)
    hour = paper.start is not None and (paper.start, paper.end) != (session.start, session.end)
    if hour and paper.start == session.start and paper.end is None:
        hour = False
    return Effect(
        session=session,
        day=day,
        start=paper.start if hour else None,
        end=paper.end if hour else None,
        room=room if room and fold(room) != fold(session.room or "") else None,
        place=place if place and fold(place) != fold(session.place or "") else None,
        programme=content if content and not notice and not session.programme else None,
        content=content,
        audience=audience if differs else None,
        reason=paper.reason if paper.reason and "đăng cai" not in paper.reason else None,
        approved_by=paper.approved_by,
    )


def apply(work: Work, reading: PlanReading, actor: Person, session_id: int) -> SessionScene:
    """What `effect` says, carried out in one transaction.  Raises as `effect` does."""
    what = effect(work, reading, actor, session_id)
    of = require_session(Scene(work), session_id, actor)
    if what.nothing:
        return of
    details = _details(work, actor, of, what)
    if what.day is None:
        before = of.session
        fields = [name for name, new in (("hour", what.start), ("room", what.room or what.place)) if new]
        was_set = bool(what.start and before.start) or bool(what.room and before.room)
        if fields:
            tell_details(work, details, fields, changed=was_set or bool(what.place), but=actor.id)
        return details
    return _move(work, actor, details, what)


def _details(work: Work, actor: Person, of: SessionScene, what: Effect) -> SessionScene:
    """Hour, room and programme as one version; who hears of it is the caller's to decide."""
    session = of.session
    changed = session
    if what.start is not None:
        changed = changes.set_hour(changed, what.start, what.end)
    if what.room:
        changed = changes.set_room(changed, what.room)
    if what.programme:
        changed = changes.set_programme(changed, what.programme[: changes.PROGRAMME_LIMIT])
    if what.place:
        changed = replace(changed, place=what.place)
    if changed == session:
        return of
    detail = {"hour": str(what.start)} if what.start is not None else {}
    return store(work, actor, of, changes.at_version(changed, session.version + 1), LETTER_IN, detail)


def _move(work: Work, actor: Person, of: SessionScene, what: Effect) -> SessionScene:
    """The authority has agreed on paper: the open request ends with it, or one is written down for it."""
    assert what.day is not None
    return agreed_on_paper(work, actor, of, what.day, what.reason or "theo thông báo đổi lịch")


def _only(reading: PlanReading) -> SessionReading:
    if reading.doc_type not in LETTERS or not reading.sessions:
        raise BadInputError(
            "Không đọc được văn bản này nói về buổi nào. Đề nghị kiểm tra lại ngày và trường."
        )
    return reading.sessions[0]


def _no_match(paper: SessionReading, day: dt.date | None, of_host: Sequence[Session], today: dt.date) -> str:
    at = f" tại {' và '.join(paper.hosts)}" if paper.hosts else ""
    when = f" ngày {full_day(day)}" if day else ""
    others = [
        f"{s.code} {short_day(s.date)}" for s in of_host if s.date is not None and not is_over(s, today)
    ]
    known = f" Lịch đang có: {', '.join(others)}." if others and paper.hosts else ""
    return f"Không thấy buổi nào{at}{when} trong lịch.{known} Chưa thay đổi gì. Gõ /lich để xem lịch."


def _where(written: str | None, of: SessionScene) -> tuple[str | None, str | None]:
    """(room, place elsewhere).  "Hội trường tầng 2, Trường Mầm non Hoa Ban." at Hoa Ban is a room."""
    text = re.split(r"\.\s", " ".join((written or "").split()))[0].strip(" .;,")
    school = _SCHOOL.search(text)
    head = text[: school.start()].strip(" ,;-") if school else text
    if not head:
        return None, None
    hosts = [unit for unit in of.facts.hosts if unit.kind is UnitKind.SCHOOL]
    at_host = any(fold(unit.name) in fold(text) for unit in hosts)
    if at_host or _ROOM.match(head):
        return head[: changes.ROOM_LIMIT], None
    return None, text[: changes.ROOM_LIMIT]


def _alike(one: str, other: str) -> bool:
    a, b = fold(one).strip(" ."), fold(other).strip(" .")
    return a in b or b in a if a and b else a == b
