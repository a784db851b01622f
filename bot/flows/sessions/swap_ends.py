"""How a swap of two days ends: both sessions move in one transaction, or neither does."""

from dataclasses import replace

from bot.cluster.people import Person
from bot.errors import OutdatedError
from bot.flows.planning import replan
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions import request_news
from bot.flows.sessions.acknowledging import tell_change
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.sessions import changes, swapping
from bot.sessions.request import Request, RequestState, Swap


def end_joined(work: Work, request: Request) -> None:
    """Clashes of other schools that had joined this request end as it ended."""
    for joined in work.sessions.open_requests(request.session_id):
        if joined.attached_to == request.id:
            work.sessions.save_request(replace(joined, state=request.state), joined)


def end_partner(work: Work, ended: Request, actor_id: int | None = None) -> None:
    """Where the ended request was half of a swap, the other half ends with it; after a change that put an
    end to it the other session's people hear that their day stands."""
    swap = work.sessions.swap_of(ended.id)
    partner = swap.partner(ended) if swap is not None else None
    if partner is None or not partner.state.open:
        return
    followed = swapping.follow(partner, ended)
    work.sessions.save_request(followed, partner)
    end_joined(work, followed)
    of = Scene(work).session(partner.session_id)
    if of is None:
        return
    if ended.state is RequestState.SUPERSEDED:
        asked = request_news.deciders(of) if partner.state is not RequestState.OFFERED else set()
        people = request_news.knowing(work, of, followed) | asked
        request_news.news(work, of, followed, "superseded", people, actor_id)
    request_news.settle(work, of)


def carry_out(work: Work, actor: Person, swap: Swap, agreed: Request) -> SessionScene:
    """The authority's one yes (`agreed` is stored): both days, both sets of notices, in this transaction.

    Returns the session of `agreed` on its new day.  Raises OutdatedError where either has moved meanwhile.
    """
    partner = swap.partner(agreed)
    work.sessions.save_request(swapping.follow(partner, agreed), partner)
    scenes = [Scene(work).session(r.session_id) for r in (swap.first, swap.second)]
    own, other = scenes
    if own is None or other is None:
        raise OutdatedError("Một trong hai buổi không còn trong lịch.")
    swapping.check_days(swap, own.session, other.session, work.today)
    after = {
        request.id: _move(work, actor, of, request)
        for of, request in ((own, swap.first), (other, swap.second))
    }
    officers = request_news.deciders(own) - {actor.id}
    mine = after[agreed.id]
    new_date = {"new_date": str(after[swap.first.id].session.date)}
    request_news.news(work, after[swap.first.id], swap.first, "decided", officers, actor.id, new_date)
    return mine


def _move(work: Work, actor: Person, of: SessionScene, request: Request) -> SessionScene:
    assert request.proposed is not None
    current = work.sessions.request(request.id)
    if current is not None:
        end_joined(work, current)
    told = set(work.reports.told(of.session.id))
    moved = changes.move(of.session, request.proposed, work.now)
    work.sessions.save(moved)
    detail = {"from": str(request.old_date), "to": str(request.proposed), "swap": True}
    request_news.note(work, of, actor, "moved", request, detail)
    after = Scene(work).of(moved)
    everybody = told | request_news.knowing(work, after, request)
    officers = request_news.deciders(after) - (told & after.authority_ids if moved.released_at else set())
    payload = {"old_date": str(request.old_date), "request_id": request.id}
    old, by = request.old_date, actor.id
    tell_change(work, Kind.CHANGE, after, everybody - officers, "1", payload, old_date=old, actor_id=by)
    replan(work, moved)
    return after
