"""An invited person answers."""

import datetime as dt

from bot.cluster.addressing import with_post
from bot.cluster.people import Person
from bot.errors import BadInputError, NotAllowedError, OutdatedError
from bot.flows.planning import replan
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.invitees import require_stand_in, settle, tell_head
from bot.flows.work import Work
from bot.notices.cards import you
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
    substitute_id: int | None = None,
) -> SessionScene:
    """Record the answer for the session's present day.

    `substitute`: who goes instead, in words; `substitute_id`: somebody of the own school's roster, who is
    invited then.  The school's head hears of either.

    Raises as `for_answering`, BadInputError (who cannot go instead).
    """
    of = for_answering(work, person, session_id, date_revision)
    before, substitute = of.answers.get(person.id), bounded(substitute)
    if substitute_id is not None:
        stand_in = require_stand_in(of, person, substitute_id)
        substitute = with_post(stand_in, of.around.units[stand_in.unit_id], full=False)
    work.sessions.put_answer(
        Answer(
            session_id=session_id,
            date_revision=date_revision,
            person_id=person.id,
            reply=reply,
            reason=bounded(reason),
            substitute=substitute,
            at=work.now,
            substitute_id=substitute_id,
        )
    )
    if of.acknowledgements.get(person.id) is not None:  # who answers for the session as it is knows of it
        work.sessions.know(session_id, person.id, work.now)
    had = (before.substitute, before.substitute_id) if before else (None, None)
    if had == (substitute, substitute_id):
        replan(work, of.session)
        return Scene(work).of(of.session)
    after = settle(work, person, of, "replaced", {"absent": person.id, "goes": substitute_id})
    if substitute:
        tell_head(work, after, person, substitute)
    return after


def for_answering(work: Work, person: Person, session_id: int, date_revision: int) -> SessionScene:
    """A session ahead to which this person is invited, on the day that she read.

    Raises OutdatedError (the day has changed since, cancelled, over), NotAllowedError (not invited).
    """
    of = require_session(Scene(work), session_id, person)
    day = require_ahead(of.session, work.today)
    if date_revision != of.session.date_revision:
        raise OutdatedError(
            f"Buổi {of.session.code} đã chuyển sang {full_day(day)}. Đề nghị trả lời theo ngày mới."
        )
    if person.id not in of.invited_ids | of.authority_ids:
        raise NotAllowedError(
            f"Thành phần mời buổi {of.session.code} không có {you(of.manner(person))}, nên không cần trả lời."
        )
    if person.id not in of.invited_ids and of.session.released_at is None:
        raise NotAllowedError(f"Giấy mời buổi {of.session.code} chưa gửi, nên chưa cần trả lời.")
    return of


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
