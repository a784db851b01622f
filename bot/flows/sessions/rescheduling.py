"""The request to move a session (or for a school's absence), from asking to the new day.

Each function is one step in one transaction: authorise, change, replan, queue what is to be said.
"""

import datetime as dt

from bot.cluster.people import Person
from bot.errors import BadInputError, NotAllowedError, OutdatedError
from bot.flows.planning import replan
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions import request_news
from bot.flows.sessions.acknowledging import tell_change
from bot.flows.sessions.answering import require_session
from bot.flows.sessions.details import end_requests
from bot.flows.sessions.swap_ends import carry_out, end_joined, end_partner
from bot.flows.work import Work
from bot.notices.dates import full_day
from bot.notices.notice import Kind
from bot.sessions import changes, reschedule
from bot.sessions.answers import Answer, Reply
from bot.sessions.request import Request, RequestKind, RequestState
from bot.sessions.rights import Right

NO_OTHER_DAY = "Hai trường xin đổi ngày cho nhau: kính đề nghị đồng chí đồng ý hoặc không đồng ý."


def ask(work: Work, actor: Person, session_id: int, date_revision: int, what: reschedule.Ask) -> Request:
    """A school's head asks.  Until the authority agrees the old day stands (invariant 8).

    Raises as `for_asking`, OutdatedError where one is open already, BadInputError.
    """
    of = for_asking(work, actor, session_id, date_revision)
    if what.unit_id != actor.unit_id:
        raise NotAllowedError("Mỗi trường tự đề nghị cho trường mình.")
    if what.kind is RequestKind.ABSENCE and what.unit_id in of.session.host_ids:
        raise NotAllowedError("Trường đăng cai không xin vắng được; đề nghị xin đổi lịch.")
    if what.kind is RequestKind.ABSENCE and _asked_already(work, session_id, what):
        raise OutdatedError("Trường đã có đề nghị xin vắng buổi này đang chờ ý kiến.")
    request = reschedule.ask(of.session, what, work.sessions.open_move(session_id), work.now, work.today)
    request = work.sessions.add_request(request)
    request_news.note(work, of, actor, "asked", request, {"proposed": str(what.proposed or "")})
    request_news.tell_of_request(work, of, request, actor)
    replan(work, of.session)
    request_news.redraw(work, of)
    return request


def for_asking(work: Work, actor: Person, session_id: int, date_revision: int) -> SessionScene:
    """A session ahead that this head may ask about, on the day that she read.

    Raises NotAllowedError, OutdatedError.
    """
    of = require_session(Scene(work), session_id, actor)
    of.require(Right.ASK, actor)
    changes.require_ahead(of.session, work.today)
    if date_revision != of.session.date_revision:
        raise OutdatedError(f"Buổi {of.session.code} vừa đổi ngày. Đề nghị xem lại lịch rồi xin đổi.")
    return of


def agree(
    work: Work, actor: Person, request_id: int, day: dt.date | None, *, on_paper: bool = False
) -> tuple[Request, SessionScene]:
    """The authority's yes, in chat or on paper; or the school's yes to the day that the authority named.

    Raises NotAllowedError, OutdatedError, BadInputError (no day named).
    """
    of, request = require_decision(work, actor, request_id, on_paper=on_paper)
    agreed = reschedule.agree(request, actor.id, work.now, on_paper=on_paper)
    return _carry_out(work, actor, of, request, agreed, day)


def accept(work: Work, actor: Person, request_id: int) -> tuple[Request, SessionScene]:
    """The school takes the day that the authority proposed: that is the agreement."""
    of, request = require_own(work, actor, request_id)
    if request.state is not RequestState.COUNTERED:
        reschedule.require_open(request)
        raise OutdatedError("Chưa có ngày khác được đề nghị.")
    agreed = reschedule.agree(request, request.decided_by, work.now, on_paper=request.on_paper)
    return _carry_out(work, actor, of, request, agreed, None)


def refuse(
    work: Work, actor: Person, request_id: int, reason: str | None, *, on_paper: bool = False
) -> Request:
    of, request = require_decision(work, actor, request_id, on_paper=on_paper)
    refused = reschedule.refuse(request, actor.id, work.now, reason, on_paper=on_paper)
    work.sessions.save_request(refused, request)
    end_joined(work, refused)
    end_partner(work, refused)
    request_news.note(work, of, actor, "refused", refused, {"reason": reason or ""})
    request_news.tell_others(work, of, refused, actor, "refused")
    request_news.settle(work, of)
    return refused


def counter(work: Work, actor: Person, request_id: int, day: dt.date, *, on_paper: bool = False) -> Request:
    of, request = require_decision(work, actor, request_id, on_paper=on_paper)
    if work.sessions.swap_of(request_id) is not None:
        raise BadInputError(NO_OTHER_DAY)
    reschedule.check_day(of.session, day, work.today)
    countered = reschedule.counter(request, actor.id, work.now, day, on_paper=on_paper)
    work.sessions.save_request(countered, request)
    request_news.note(work, of, actor, "countered", countered, {"day": str(day)})
    request_news.tell_others(work, of, countered, actor, "countered")
    request_news.settle(work, of)
    return countered


def withdraw(work: Work, actor: Person, request_id: int) -> Request:
    of, request = require_own(work, actor, request_id)
    withdrawn = reschedule.withdraw(request)
    work.sessions.save_request(withdrawn, request)
    end_joined(work, withdrawn)
    end_partner(work, withdrawn)
    request_news.note(work, of, actor, "withdrawn", withdrawn, {})
    request_news.news(
        work,
        of,
        withdrawn,
        "withdrawn",
        request_news.hearing(work, of, request),
        actor.id,
    )
    request_news.settle(work, of)
    return withdrawn


def require_decision(
    work: Work, actor: Person, request_id: int, *, on_paper: bool
) -> tuple[SessionScene, Request]:
    """The open request, if this person may decide it now.  Raises NotAllowedError, OutdatedError."""
    of, request = _require_request(work, actor, request_id)
    of.require(Right.RECORD if on_paper else Right.DECIDE, actor)
    reschedule.require_open(request)
    if request.state is RequestState.OFFERED:
        raise OutdatedError(reschedule.NOT_YET)
    if request.state is RequestState.COUNTERED and request.countered is not None:
        # The first decision counts: now it is the school's turn.
        raise OutdatedError(f"Đã có ý kiến đề nghị {full_day(request.countered)}, đang chờ trường trả lời.")
    if request.attached_to is not None:
        raise OutdatedError("Đề nghị này được xét cùng đề nghị đổi lịch đang chờ của buổi.")
    changes.require_ahead(of.session, work.today)
    return of, request


def require_own(work: Work, actor: Person, request_id: int) -> tuple[SessionScene, Request]:
    """The open request, if this person may answer for the school that made it."""
    of, request = _require_request(work, actor, request_id)
    of.require(Right.ASK, actor)
    if actor.unit_id != request.unit_id:
        raise NotAllowedError("Việc này dành cho lãnh đạo trường đã đề nghị.")
    reschedule.require_open(request)
    return of, request


def _carry_out(
    work: Work,
    actor: Person,
    of: SessionScene,
    request: Request,
    agreed: Request,
    named: dt.date | None,
) -> tuple[Request, SessionScene]:
    """One transaction (invariant 8): the decision, the new day, the notices of the old one gone."""
    work.sessions.save_request(agreed, request)
    if request.kind is RequestKind.ABSENCE:
        return agreed, _excuse(work, actor, of, agreed)
    swap = work.sessions.swap_of(request.id)
    if swap is not None:
        return agreed, carry_out(work, actor, swap, agreed)
    day = reschedule.check_day(of.session, reschedule.agreed_day(request, named), work.today)
    end_joined(work, agreed)
    end_requests(work, of.session.id, but=agreed.id)
    told = set(work.reports.told(of.session.id))
    moved = changes.move(of.session, day, work.now)
    work.sessions.save(moved)
    request_news.note(work, of, actor, "moved", agreed, {"from": str(request.old_date), "to": str(day)})
    after = Scene(work).of(moved)
    payload = {"old_date": str(request.old_date), "request_id": agreed.id}
    everybody = told | request_news.knowing(work, after, agreed)
    # Officers who had been invited hear of the new day as guests; the others only that it is decided.
    officers = request_news.deciders(after) - (told & after.authority_ids if moved.released_at else set())
    tell_change(
        work,
        Kind.CHANGE,
        after,
        everybody - officers,
        "1",
        payload,
        old_date=request.old_date,
        actor_id=actor.id,
    )
    request_news.news(work, after, agreed, "decided", officers, actor.id, {"new_date": str(day)})
    replan(work, moved)
    return agreed, after


def _excuse(work: Work, actor: Person, of: SessionScene, agreed: Request) -> SessionScene:
    """The school may stay away: its invited people need not answer any more.  Who of them was not invited yet
    does not hear of a session to which she need not go."""
    unit = of.around.units[agreed.unit_id]
    for person_id in of.invited_ids:
        if of.around.people[person_id].unit_id == unit.id:
            work.sessions.put_answer(
                Answer(
                    session_id=of.session.id,
                    date_revision=of.session.date_revision,
                    person_id=person_id,
                    reply=Reply.DECLINED,
                    reason=f"{unit.label} được vắng",
                    substitute=None,
                    at=work.now,
                )
            )
    request_news.note(work, of, actor, "excused", agreed, {})
    own = {p for p in of.asked_ids & of.invited_ids if of.around.people[p].unit_id == unit.id}
    hosts = {p.id for p in of.around.host_heads(of.session)}
    request_news.news(
        work, of, agreed, "absence", request_news.knowing(work, of, agreed) | own | hosts, actor.id
    )
    request_news.news(work, of, agreed, "decided", request_news.deciders(of), actor.id)
    request_news.settle(work, of)
    return Scene(work).of(of.session)


def _require_request(work: Work, actor: Person, request_id: int) -> tuple[SessionScene, Request]:
    request = work.sessions.request(request_id)
    if request is None or request.cluster_id != actor.cluster_id:
        raise OutdatedError("Không còn đề nghị này. Gõ /lich để xem lịch hiện nay.")
    return require_session(Scene(work), request.session_id, actor), request


def _asked_already(work: Work, session_id: int, what: reschedule.Ask) -> bool:
    same = (RequestKind.ABSENCE, what.unit_id)
    return any((r.kind, r.unit_id) == same for r in work.sessions.open_requests(session_id))
