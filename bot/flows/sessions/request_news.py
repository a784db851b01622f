"""Who hears of a request, and what: those who decide, those who know while it is open, everybody's cards."""

from collections.abc import Iterable
from typing import Any

from bot.cluster.people import Person, UnitKind
from bot.cluster.rights import is_authority_decider
from bot.flows.planning import replan, say_now
from bot.flows.session_scene import SessionScene
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.sessions.request import Request, RequestState
from bot.sessions.store import Event


def deciders(of: SessionScene) -> set[int]:
    units = of.around.units
    return {p.id for p in of.around.people.values() if is_authority_decider(p, [units[p.unit_id]])}


def parties(work: Work, of: SessionScene, request: Request) -> set[int]:
    """The heads of the hosts, of both where two change days, and the lead."""
    found = {p.id for p in (*of.around.host_heads(of.session), *of.around.managers)}
    swap = work.sessions.swap_of(request.id)
    other = work.sessions.get(swap.partner(request).session_id) if swap is not None else None
    return found | {p.id for p in of.around.host_heads(other)} if other is not None else found


def knowing(work: Work, of: SessionScene, request: Request) -> set[int]:
    """The lead and the schools' heads know while a request is open; the asking school's heads all of them."""
    schools = [u.id for u in of.around.units.values() if u.kind is UnitKind.SCHOOL]
    first = {heads[0].id for unit in schools if (heads := of.around.heads(unit))}
    own = {p.id for p in of.around.heads(request.unit_id)}
    return first | own | parties(work, of, request)


def hearing(work: Work, of: SessionScene, request: Request) -> set[int]:
    """Who hears that a request ended by itself or was taken back, by what it was (`request`) before: an offer
    between two schools is no matter of the authority's yet."""
    if request.state is RequestState.OFFERED:
        return parties(work, of, request)
    return knowing(work, of, request) | deciders(of)


def reachable(work: Work, of: SessionScene) -> bool:
    """Whether somebody of the authority who decides is in the chat."""
    return bool(work.people.addresses(deciders(of)))


def tell_of_request(work: Work, of: SessionScene, request: Request, actor: Person) -> None:
    asked = deciders(of)
    managers = {p.id for p in of.around.managers}
    payload = {"request_id": request.id}
    say_now(work, Kind.REQUEST, of, asked, f"r{request.id}", payload)
    if reachable(work, of):
        news(work, of, request, "asked", knowing(work, of, request), actor.id)
    else:
        # Nobody of the authority is in the chat (common): the lead carries the letter, records the answer.
        news(work, of, request, "paper", managers, None)
        news(work, of, request, "asked", knowing(work, of, request) - managers, actor.id)


def tell_others(work: Work, of: SessionScene, request: Request, actor: Person, event: str) -> None:
    news(work, of, request, event, knowing(work, of, request), actor.id)
    news(work, of, request, "decided", deciders(of), actor.id)


def news(
    work: Work,
    of: SessionScene,
    request: Request,
    event: str,
    recipients: Iterable[int],
    actor_id: int | None,
    more: dict[str, Any] | None = None,
) -> None:
    payload = {"event": event, "request_id": request.id} | (more or {})
    recipients = set(recipients) - {actor_id}
    kind = Kind.REQUEST_EXPIRED if event == "expired" else Kind.REQUEST_NEWS
    say_now(work, kind, of, recipients, f"r{request.id}.{event}", payload)


def note(
    work: Work, of: SessionScene, actor: Person | None, what: str, request: Request, detail: dict[str, Any]
) -> None:
    """Keep the step.  `actor` None: nobody pressed."""
    detail = detail | {"request": request.id, "unit": request.unit_id, "on_paper": request.on_paper}
    work.sessions.note(
        Event(of.session.id, work.now, actor.id if actor else None, what, detail), of.session.cluster_id
    )


def settle(work: Work, of: SessionScene) -> None:
    replan(work, of.session)
    redraw(work, of)


def redraw(work: Work, of: SessionScene) -> None:
    """Cards show that a request is open, or no longer; also the card of whoever pressed."""
    holders = {card.person_id for card in work.talks.cards(of.session.id)}
    requests = work.sessions.requests(of.session.id)
    state = ".".join(f"{r.id}{r.state.value[0]}" for r in requests)[-40:]
    say_now(work, Kind.CARD, of, holders, f"q{state}", {})
