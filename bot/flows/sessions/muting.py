"""`Đừng nhắc tôi buổi này`: the reminders of one session stop for one person; nobody else hears of it."""

from bot.cluster.people import Person
from bot.flows.planning import replan
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.answering import require_session
from bot.flows.work import Work
from bot.sessions.changes import require_ahead


def mute(work: Work, person: Person, session_id: int, *, on: bool) -> SessionScene:
    """Changes and cancellations come all the same.  It stands until it is undone, also on another day.

    Raises OutdatedError (cancelled, over, without a day).
    """
    of = require_session(Scene(work), session_id, person)
    require_ahead(of.session, work.today)
    work.sessions.set_mute(session_id, person.id, work.now, on=on)
    replan(work, of.session)
    return Scene(work).of(of.session)
