"""A session that the plan knows only by week or month gets its day: the host proposes, the lead confirms."""

import datetime as dt

from bot.cluster.people import Person
from bot.cluster.rights import manages_cluster
from bot.errors import NotAllowedError, OutdatedError
from bot.flows.groups.linking import tell_plan
from bot.flows.planning import say_now
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.answering import require_session
from bot.flows.sessions.details import store
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.sessions import changes
from bot.sessions.reschedule import check_day
from bot.sessions.rights import Right
from bot.sessions.store import Event


def propose_day(work: Work, actor: Person, session_id: int, day: dt.date) -> bool:
    """True if the day is fixed by it (the lead herself proposed); False: the lead was asked."""
    of = for_proposing(work, actor, session_id)
    check_day(of.session, day, work.today)
    if manages_cluster(actor, of.session.cluster_id):
        _fix(work, actor, of, day)
        return True
    detail = {"day": str(day)}
    work.sessions.note(Event(session_id, work.now, actor.id, "day_proposed", detail), of.session.cluster_id)
    leads = {person.id for person in of.around.managers}
    say_now(work, Kind.PROPOSAL, of, leads, f"{day}.{actor.id}", detail | {"by": actor.unit_id})
    return False


def for_proposing(work: Work, actor: Person, session_id: int) -> SessionScene:
    """A session that still lacks its day, of which this person may name one.

    Raises NotAllowedError, OutdatedError.
    """
    of = _undated(work, actor, session_id)
    of.require(Right.DETAILS, actor)
    return of


def confirm_day(work: Work, actor: Person, session_id: int, day: dt.date) -> SessionScene:
    """Raises NotAllowedError for anybody but lead and clerk."""
    of = _undated(work, actor, session_id)
    if not manages_cluster(actor, of.session.cluster_id):
        raise NotAllowedError("Chỉ cụm trưởng hoặc người quản trị chốt được ngày.")
    check_day(of.session, day, work.today)
    return _fix(work, actor, of, day)


def _undated(work: Work, actor: Person, session_id: int) -> SessionScene:
    of = require_session(Scene(work), session_id, actor)
    changes.require_open(of.session, work.today)
    if of.session.fixed:
        raise OutdatedError(f"Buổi {of.session.code} đã chốt ngày rồi.")
    return of


def _fix(work: Work, actor: Person, of: SessionScene, day: dt.date) -> SessionScene:
    fixed = changes.move(of.session, day, work.now)
    after = store(work, actor, of, fixed, "day_fixed", {"day": str(day)})
    tell_plan(work, fixed.cluster_id, changed=True)
    return after
