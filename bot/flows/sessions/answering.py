"""An invited person answers."""

import datetime as dt

from bot.cluster.people import Person
from bot.errors import BadInputError, NotAllowedError, OutdatedError
from bot.flows.planning import replan
from bot.flows.scene import Scene, SessionScene
from bot.flows.work import Work
from bot.notices.dates import full_day
from bot.sessions.answers import Answer, Reply
from bot.sessions.changes import require_ahead

TEXT_LIMIT = 300


def answer(
    work: Work,
    person: Person,
    session_id: int,
    date_revision: int,
    reply: Reply,
    *,
    reason: str | None = None,
    substitute: str | None = None,
) -> SessionScene:
    """Record the answer for the session's present day.

    Raises OutdatedError (the day has changed since, cancelled, over), NotAllowedError (not invited).
    """
    scene = Scene(work)
    of = require_session(scene, session_id, person)
    day = require_ahead(of.session, work.today)
    if date_revision != of.session.date_revision:
        raise OutdatedError(
            f"Buổi {of.session.code} đã chuyển sang {full_day(day)}. Đề nghị trả lời theo ngày mới."
        )
    if person.id not in of.invited_ids | of.authority_ids:
        raise NotAllowedError(
            f"Thành phần mời buổi {of.session.code} không có đồng chí, nên không cần trả lời."
        )
    if person.id not in of.invited_ids and of.session.released_at is None:
        raise NotAllowedError(f"Giấy mời buổi {of.session.code} chưa gửi, nên chưa cần trả lời.")
    work.sessions.put_answer(
        Answer(
            session_id=session_id,
            date_revision=date_revision,
            person_id=person.id,
            reply=reply,
            reason=bounded(reason),
            substitute=bounded(substitute),
            at=work.now,
        )
    )
    if of.acknowledgements.get(person.id) is not None:  # who answers for the session as it is knows of it
        work.sessions.know(session_id, person.id, work.now)
    replan(work, of.session)
    return Scene(work).of(of.session)


def require_session(scene: Scene, session_id: int, person: Person) -> SessionScene:
    """The session, if it is one of this person's cluster.  Raises OutdatedError."""
    of = scene.session(session_id)
    if of is None or of.session.cluster_id != person.cluster_id:
        raise OutdatedError("Không còn buổi này trong lịch. Gõ /lich để xem lịch hiện nay.")
    return of


def bounded(text: str | None) -> str | None:
    """Raises BadInputError where the text is over-long."""
    if text is None or not text.strip():
        return None
    text = " ".join(text.split())
    if len(text) > TEXT_LIMIT:
        raise BadInputError(
            f"Nội dung dài {len(text)} ký tự, tối đa {TEXT_LIMIT}. Đề nghị viết ngắn gọn hơn."
        )
    return text


def mark(at: dt.datetime) -> str:
    """Something that differs between two uses, for an occurrence."""
    return f"{at.timestamp():.3f}"
