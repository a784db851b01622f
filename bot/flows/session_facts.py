"""What is true now about one session, as the texts say it."""

import datetime as dt

from bot.flows.cluster_scene import ClusterScene
from bot.flows.work import Work
from bot.notices.facts import SessionFacts, SwapFacts
from bot.sessions.former import former_day
from bot.sessions.request import Request, RequestState
from bot.sessions.session import Session


def session_facts(
    work: Work,
    around: ClusterScene,
    session: Session,
    *,
    deadline: dt.date | None,
    over: bool,
    paper_only: bool,
) -> SessionFacts:
    open_move = work.sessions.open_move(session.id)
    offer = open_move if open_move is not None and open_move.state is RequestState.OFFERED else None
    request = open_move if offer is None else None
    return SessionFacts(
        session=session,
        cluster=around.cluster,
        hosts=tuple(around.units[i] for i in session.host_ids if i in around.units),
        deadline=deadline,
        today=work.today,
        over=over,
        request=request,
        request_unit=around.units.get(request.unit_id) if request else None,
        offer=offer,
        swap=swap_facts(work, around, open_move) if open_move else None,
        authority=around.authority,
        clashes=() if over else _clashes(around, session),
        on_wanted_day=_on(around, request.proposed if request else None),
        former=_former(work, session),
        paper_only=paper_only,
    )


def swap_facts(work: Work, around: ClusterScene, request: Request) -> SwapFacts | None:
    """What this request is half of, as seen from its own session."""
    swap = work.sessions.swap_of(request.id)
    other = work.sessions.get(swap.partner(request).session_id) if swap else None
    if swap is None or other is None:
        return None
    host = around.units[swap.partner(request).unit_id]
    return SwapFacts(other, host, offered_here=swap.first.id == request.id)


def _clashes(around: ClusterScene, session: Session) -> tuple[str, ...]:
    if not session.fixed:
        return ()
    return tuple(entry.title for entry in around.fixed_dates if entry.falls_on(session))


def _on(around: ClusterScene, day: dt.date | None) -> tuple[str, ...]:
    return tuple(
        entry.title for entry in around.fixed_dates if entry.date == day and entry.kind == "authority"
    )


def _former(work: Work, session: Session) -> dt.date | None:
    if session.date_revision == 1 or not session.fixed:
        return None
    return former_day(session, work.sessions.history(session.id), work.today)
