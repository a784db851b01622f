"""A session that was cancelled or moved is put back: who had been told is told, and asked again."""

import datetime as dt

from bot.cluster.people import Person
from bot.errors import OutdatedError
from bot.flows.planning import say_to_groups
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions import rescheduling
from bot.flows.sessions.acknowledging import tell_change
from bot.flows.sessions.answering import require_session
from bot.flows.sessions.details import store
from bot.flows.sessions.on_paper import agreed_on_paper
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.sessions import changes
from bot.sessions.request import Cause, Request, RequestKind
from bot.sessions.reschedule import Ask
from bot.sessions.rights import Right

REASON = "trở lại ngày ban đầu"


def restore_session(work: Work, actor: Person, session_id: int) -> SessionScene:
    """The lead undoes a cancellation: that was hers to decide, so nobody else is asked.

    Answers of those who had heard that it is off count no longer; the others have nothing to hear.
    Raises NotAllowedError, OutdatedError (not cancelled, or its day is over).
    """
    of = _managed(work, actor, session_id)
    restored = changes.restore(of.session, work.today)
    told = work.reports.told(session_id)
    heard = {person for person, kinds in told.items() if Kind.CANCELLATION in kinds}
    dropped = work.sessions.drop_answers(of.session, sorted(heard))
    after = store(work, actor, of, restored, "restored", {"answers": dropped})
    if restored.date is None:
        return after
    involved = {p.id for p in (*after.around.managers, *after.around.host_heads(restored))}
    mark = f"v{restored.version}"
    if heard:
        recipients = (heard | involved) - {actor.id}
        tell_change(work, Kind.RESTORED, after, recipients, mark, {}, actor_id=actor.id)
    else:
        say_to_groups(work, Kind.RESTORED, after, mark, {})
    return after


def back_on_paper(work: Work, actor: Person, session_id: int, date_revision: int) -> SessionScene:
    """The authority has agreed to the old day again: the lead writes it down, and the session moves back."""
    of = _managed(work, actor, session_id)
    day = require_former_day(work, of, date_revision)
    return agreed_on_paper(work, actor, of, day, REASON)


def ask_back(work: Work, actor: Person, session_id: int, date_revision: int) -> Request:
    """A request of its own, with the old day: the authority decides on days (invariant 8)."""
    of = require_session(Scene(work), session_id, actor)
    day = require_former_day(work, of, date_revision)
    wanted = Ask(RequestKind.MOVE, actor.unit_id, actor.id, Cause.OTHER, REASON, day)
    return rescheduling.ask(work, actor, session_id, date_revision, wanted)


def require_former_day(work: Work, of: SessionScene, date_revision: int) -> dt.date:
    """The day that a moved session had before.  Raises OutdatedError where it cannot have it back."""
    session = of.session
    changes.require_ahead(session, work.today)
    if date_revision != session.date_revision:
        raise OutdatedError(f"Buổi {session.code} vừa đổi ngày. Đề nghị xem lại lịch.")
    if of.facts.former is None:
        raise OutdatedError(f"Buổi {session.code} không còn ngày cũ nào để trả về.")
    if of.facts.request is not None:
        raise OutdatedError(f"Buổi {session.code} đang có đề nghị đổi lịch chờ ý kiến.")
    return of.facts.former


def _managed(work: Work, actor: Person, session_id: int) -> SessionScene:
    of = require_session(Scene(work), session_id, actor)
    of.require(Right.CANCEL, actor)
    return of
