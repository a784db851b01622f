"""The life of a request: who may not be asked here (rights are elsewhere), only what follows from what.

`requested -> agreed | refused | countered | withdrawn | expired | superseded`; one open move a session.
"""

import datetime as dt
from dataclasses import dataclass, replace

from bot.errors import BadInputError, OutdatedError
from bot.sessions.changes import require_ahead
from bot.sessions.request import Cause, Request, RequestKind, RequestState
from bot.sessions.session import Session

REASON_LIMIT = 500
NOT_YET = "Đề nghị đổi ngày đang chờ trường bạn trả lời, nên chưa xin ý kiến."


@dataclass(frozen=True, slots=True)
class Ask:
    """What a school's head asks for."""

    kind: RequestKind
    unit_id: int
    asked_by: int
    cause: Cause
    reason: str | None
    proposed: dt.date | None


def check_reason(text: str) -> str:
    """A reason in words, bounded.  Raises BadInputError."""
    text = " ".join(text.split())
    if not any(letter.isalnum() for letter in text):
        raise BadInputError("Lý do chưa có chữ nào. Đề nghị gõ vài chữ.")
    if len(text) > REASON_LIMIT:
        raise BadInputError(f"Lý do dài {len(text)} ký tự, tối đa {REASON_LIMIT}. Đề nghị viết ngắn gọn hơn.")
    return text


def check_day(session: Session, day: dt.date, today: dt.date) -> dt.date:
    """A day that a session can move to.  Raises BadInputError."""
    if day <= today:
        raise BadInputError(f"Ngày {day:%d/%m/%Y} đã qua hoặc là hôm nay. Đề nghị chọn ngày khác.")
    if day == session.date:
        raise BadInputError(f"Buổi {session.code} đang là ngày {day:%d/%m/%Y}. Đề nghị chọn ngày khác.")
    if (day - today).days > 400:
        raise BadInputError(f"Ngày {day:%d/%m/%Y} ngoài năm học. Đề nghị kiểm tra lại năm.")
    return day


def ask(session: Session, what: Ask, already: Request | None, now: dt.datetime, today: dt.date) -> Request:
    """A new request, not stored yet (id 0).  `already`: the open move of this session, if there is one.

    A second clash joins the open request; the same school cannot ask for a move twice.
    Raises OutdatedError or BadInputError.
    """
    old = require_ahead(session, today)
    if already is not None and already.state is RequestState.OFFERED and what.kind is RequestKind.MOVE:
        raise OutdatedError(f"Hai trường đang trao đổi đổi ngày buổi {session.code}; đề nghị chờ trả lời.")
    if already is not None and what.kind is RequestKind.MOVE and already.unit_id == what.unit_id:
        raise OutdatedError(f"Trường đã có đề nghị đổi lịch buổi {session.code} đang chờ ý kiến.")
    if what.proposed is not None:
        check_day(session, what.proposed, today)
    joins = already is not None and what.kind is RequestKind.MOVE
    return Request(
        id=0,
        cluster_id=session.cluster_id,
        session_id=session.id,
        date_revision=session.date_revision,
        kind=what.kind,
        state=RequestState.REQUESTED,
        unit_id=what.unit_id,
        asked_by=what.asked_by,
        asked_at=now,
        cause=what.cause,
        reason=check_reason(what.reason) if what.reason else None,
        old_date=old,
        proposed=what.proposed,
        attached_to=already.id if joins and already is not None else None,
    )


def require_open(request: Request) -> None:
    """Raises OutdatedError, with what became of the request, when it is decided already."""
    if not request.state.open:
        raise OutdatedError(f"Đề nghị này {STATE_WORDS[request.state]}, không cần xử lý nữa.")


STATE_WORDS = {
    RequestState.OFFERED: "đang chờ trường bạn trả lời",
    RequestState.DECLINED: "không được trường bạn nhận lời",
    RequestState.REQUESTED: "đang chờ ý kiến",
    RequestState.COUNTERED: "đang chờ trường trả lời ngày khác",
    RequestState.AGREED: "đã được đồng ý",
    RequestState.REFUSED: "đã có ý kiến không đồng ý",
    RequestState.WITHDRAWN: "đã được trường rút lại",
    RequestState.EXPIRED: "đã hết hạn vì đến ngày tổ chức",
    RequestState.SUPERSEDED: "đã được thay bằng thay đổi khác",
}


def agreed_day(request: Request, named: dt.date | None) -> dt.date:
    """The day that an agreement means.  Raises BadInputError where nobody has named one."""
    day = named or request.countered or request.proposed
    if day is None:
        raise BadInputError("Đề nghị chưa nêu ngày mới. Đề nghị chọn ngày rồi đồng ý.")
    return day


def agree(request: Request, by: int | None, now: dt.datetime, *, on_paper: bool) -> Request:
    return _decided(request, RequestState.AGREED, by, now, on_paper=on_paper)


def refuse(request: Request, by: int, now: dt.datetime, reason: str | None, *, on_paper: bool) -> Request:
    decided = _decided(request, RequestState.REFUSED, by, now, on_paper=on_paper)
    return replace(decided, decision_reason=check_reason(reason) if reason else None)


def counter(request: Request, by: int, now: dt.datetime, day: dt.date, *, on_paper: bool) -> Request:
    """The authority proposes another day; the school's yes makes it an agreement."""
    if request.kind is not RequestKind.MOVE:
        raise BadInputError("Đề nghị xin vắng không có ngày để đổi.")
    decided = _decided(request, RequestState.COUNTERED, by, now, on_paper=on_paper)
    return replace(decided, countered=day)


def withdraw(request: Request) -> Request:
    require_open(request)
    return replace(request, state=RequestState.WITHDRAWN)


def expire(request: Request) -> Request:
    require_open(request)
    return replace(request, state=RequestState.EXPIRED)


def supersede(request: Request) -> Request:
    require_open(request)
    return replace(request, state=RequestState.SUPERSEDED)


def _decided(
    request: Request, state: RequestState, by: int | None, now: dt.datetime, *, on_paper: bool
) -> Request:
    require_open(request)
    if request.state is RequestState.OFFERED:
        raise OutdatedError(NOT_YET)
    return replace(request, state=state, decided_by=by, decided_at=now, on_paper=on_paper)
