"""A host asks another host to change days; the other answers; then the authority is asked, once for both."""

from bot.cluster.people import Person
from bot.errors import BadInputError, NotAllowedError, OutdatedError
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions import request_news
from bot.flows.sessions.answering import require_session
from bot.flows.sessions.rescheduling import for_asking, require_own
from bot.flows.work import Work
from bot.sessions import swapping
from bot.sessions.request import Request, RequestState, Swap
from bot.sessions.reschedule import Ask
from bot.sessions.session import Session


def partners(work: Work, of: SessionScene) -> list[Session]:
    """Sessions that this one could change days with: ahead, of other hosts, nothing open about them."""
    own, today = of.session, work.today
    return [
        s
        for s in work.sessions.of_cluster(own.cluster_id)
        if s.fixed
        and s.date is not None
        and s.date > today
        and s.date != own.date
        and s.host_ids
        and not set(s.host_ids) & set(own.host_ids)
        and work.sessions.open_move(s.id) is None
    ]


def offer(
    work: Work, actor: Person, session_id: int, date_revision: int, other_id: int, what: Ask
) -> Request:
    """Only a host offers its own day.  Nothing changes and the authority hears nothing before the other
    host has accepted.

    Raises NotAllowedError, OutdatedError, BadInputError (the other host has nobody in the chat).
    """
    of = for_asking(work, actor, session_id, date_revision)
    other = require_session(Scene(work), other_id, actor)
    if actor.unit_id not in of.session.host_ids or what.unit_id != actor.unit_id:
        raise NotAllowedError("Chỉ trường đăng cai đổi được ngày với trường khác.")
    heads = other.around.host_heads(other.session)
    if not work.people.addresses([p.id for p in heads]):
        raise BadInputError(
            "Trường bạn chưa có lãnh đạo nào dùng kênh nhắn tin này. "
            "Đề nghị trao đổi trực tiếp, rồi xin đổi lịch như thường."
        )
    moves = (work.sessions.open_move(session_id), work.sessions.open_move(other_id))
    unit = other.session.host_ids[0] if other.session.host_ids else 0
    drawn = swapping.offer(of.session, other.session, what, unit, moves, work.now, work.today)
    swap = work.sessions.add_swap(drawn)
    request_news.note(work, of, actor, "swap_offered", swap.first, {"with": other.session.id})
    asked = {p.id for p in heads}
    request_news.news(work, other, swap.second, "offered", asked, actor.id)
    own = {p.id for p in (*of.around.host_heads(of.session), *of.around.managers)} - asked
    request_news.news(work, of, swap.first, "offered", own, actor.id)
    _settle(work, of, other)
    return swap.first


def accept(work: Work, actor: Person, request_id: int) -> tuple[SessionScene, Swap]:
    """The other host's yes.  Raises NotAllowedError (also for the host who offered), OutdatedError."""
    of, swap = _answering(work, actor, request_id)
    accepted = swapping.accept(swap, work.now)
    _save(work, swap, accepted)
    asked = Scene(work).session(swap.first.session_id)
    assert asked is not None
    request_news.note(work, of, actor, "swap_accepted", accepted.second, {})
    request_news.tell_of_request(work, asked, accepted.first, actor)
    _settle(work, asked, of)
    return of, accepted


def decline(work: Work, actor: Person, request_id: int) -> tuple[SessionScene, Swap]:
    of, swap = _answering(work, actor, request_id)
    declined = swapping.decline(swap, actor.id, work.now)
    _save(work, swap, declined)
    asked = Scene(work).session(swap.first.session_id)
    assert asked is not None
    request_news.note(work, of, actor, "swap_declined", declined.second, {})
    knew = {p.id for p in (*asked.around.host_heads(asked.session), *asked.around.managers)}
    knew |= {p.id for p in of.around.host_heads(of.session)}
    request_news.news(work, asked, declined.first, "declined", knew, actor.id)
    _settle(work, asked, of)
    return of, declined


def _answering(work: Work, actor: Person, request_id: int) -> tuple[SessionScene, Swap]:
    of, request = require_own(work, actor, request_id)
    swap = work.sessions.swap_of(request_id)
    if swap is None or request.state is not RequestState.OFFERED:
        raise OutdatedError("Không có đề nghị đổi ngày nào đang chờ trường trả lời.")
    if request.id != swap.second.id:
        raise NotAllowedError("Đang chờ trường bạn trả lời; trường đề nghị chỉ rút lại được.")
    return of, swap


def _save(work: Work, was: Swap, now: Swap) -> None:
    work.sessions.save_request(now.first, was.first)
    work.sessions.save_request(now.second, was.second)


def _settle(work: Work, *scenes: SessionScene) -> None:
    for of in scenes:
        request_news.settle(work, of)
