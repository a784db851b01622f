"""A move that the authority agreed to on paper, written down by the lead or the clerk."""

import datetime as dt

from bot.cluster.people import Person
from bot.flows.session_scene import SessionScene
from bot.flows.sessions import rescheduling
from bot.flows.work import Work
from bot.sessions.request import Cause, Request, RequestKind, RequestState
from bot.sessions.reschedule import REASON_LIMIT


def agreed_on_paper(work: Work, actor: Person, of: SessionScene, day: dt.date, reason: str) -> SessionScene:
    """The open request ends with it, or one is written down for it: every move has a request that says why.

    Raises as `rescheduling.agree` does.
    """
    session = of.session
    request = work.sessions.open_move(session.id)
    if request is None:
        assert session.date is not None
        unit = session.host_ids[0] if session.host_ids else actor.unit_id
        request = work.sessions.add_request(
            Request(
                id=0,
                cluster_id=session.cluster_id,
                session_id=session.id,
                date_revision=session.date_revision,
                kind=RequestKind.MOVE,
                state=RequestState.REQUESTED,
                unit_id=unit,
                asked_by=actor.id,
                asked_at=work.now,
                cause=Cause.OTHER,
                reason=reason[:REASON_LIMIT],
                old_date=session.date,
                proposed=day,
            )
        )
    return rescheduling.agree(work, actor, request.id, day, on_paper=True)[1]
