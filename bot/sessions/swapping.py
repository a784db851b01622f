"""Two sessions change days: one host offers, the other accepts, the authority agrees once.

A swap is a request for each session.  They begin and end together, so that one open request a session
still holds for both: `offered -> requested -> agreed | refused`, or declined, withdrawn, expired, superseded.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from bot.errors import BadInputError, OutdatedError
from bot.sessions import reschedule
from bot.sessions.changes import require_ahead
from bot.sessions.request import Request, RequestKind, RequestState, Swap
from bot.sessions.session import Session


def offer(
    own: Session,
    other: Session,
    what: reschedule.Ask,
    other_unit: int,
    already: tuple[Request | None, Request | None],
    now: dt.datetime,
    today: dt.date,
) -> Swap:
    """Two requests, not stored yet (id 0).  `already`: the open moves of the two sessions.

    `what.proposed` is not looked at: each session takes the other's day.  Raises OutdatedError or
    BadInputError where a session has no day, or is over, or is asked about already.
    """
    if own.id == other.id or set(own.host_ids) & set(other.host_ids) or other_unit not in other.host_ids:
        raise BadInputError("Chỉ đổi ngày với buổi do trường khác đăng cai.")
    days = (require_ahead(own, today), require_ahead(other, today))
    for session, request in zip((own, other), already, strict=True):
        if request is not None:
            raise OutdatedError(f"Buổi {session.code} đang có đề nghị đổi lịch, chưa đổi ngày được.")
    for session, day in ((own, days[1]), (other, days[0])):
        reschedule.check_day(session, day, today)
    asks = (what, replace(what, unit_id=other_unit))
    first, second = (
        replace(
            reschedule.ask(session, replace(ask, kind=RequestKind.MOVE, proposed=day), None, now, today),
            state=RequestState.OFFERED,
        )
        for session, ask, day in zip((own, other), asks, reversed(days), strict=True)
    )
    return Swap(first, second)


def accept(swap: Swap, now: dt.datetime) -> Swap:
    """The other host's yes: from now on the authority is asked."""
    return both(_require_offered(swap), lambda r: replace(r, state=RequestState.REQUESTED, asked_at=now))


def decline(swap: Swap, by: int, now: dt.datetime) -> Swap:
    ended = {"state": RequestState.DECLINED, "decided_by": by, "decided_at": now}
    return both(_require_offered(swap), lambda r: replace(r, **ended))  # type: ignore[arg-type]


def both(swap: Swap, change: Callable[[Request], Request]) -> Swap:
    return Swap(change(swap.first), change(swap.second))


def follow(partner: Request, ended: Request) -> Request:
    """How the request of the one session ended is how that of the other ends."""
    return replace(
        partner,
        state=ended.state,
        decided_by=ended.decided_by,
        decided_at=ended.decided_at,
        decision_reason=ended.decision_reason,
        on_paper=ended.on_paper,
    )


def check_days(swap: Swap, own: Session, other: Session, today: dt.date) -> None:
    """Whether the two sessions still stand on the days that they were to change.  Raises OutdatedError."""
    for session, request in ((own, swap.first), (other, swap.second)):
        if require_ahead(session, today) != request.old_date:
            raise OutdatedError(f"Buổi {session.code} vừa đổi ngày, hai trường không đổi cho nhau được nữa.")
    for session, request in ((own, swap.first), (other, swap.second)):
        reschedule.check_day(session, reschedule.agreed_day(request, None), today)


def _require_offered(swap: Swap) -> Swap:
    for request in (swap.first, swap.second):
        reschedule.require_open(request)
        if request.state is not RequestState.OFFERED:
            raise OutdatedError("Trường đã nhận lời đổi ngày, đang chờ ý kiến cơ quan quản lý.")
    return swap
