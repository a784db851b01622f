"""What must be decided without anybody pressing: run at each wake, before the queue is looked at."""

from collections.abc import Sequence
from dataclasses import replace

from bot.flows.groups.pinning import refresh
from bot.flows.keeping_covers import tell_to_phone
from bot.flows.planning import awaits_answer, nudge_instant, replan, request_expiry, say_now
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.details import store
from bot.flows.sessions.request_news import deciders, hearing, news, note, reachable, redraw
from bot.flows.sessions.swap_ends import end_joined, end_partner
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.outbox.port import Claimed
from bot.sessions import changes, reschedule
from bot.sessions.request import Request, RequestState

#: Sessions of one unit of work, some 80 ms: whoever asks something meanwhile does not wait for all of them.
AT_ONCE = 10


def run_duties(work: Work) -> int:
    """What is due by now, the oldest first; returns how many sessions were looked at.

    Those that are left are due still, and are looked at at the next wake.
    """
    due = work.sessions.with_duty(work.now, AT_ONCE)
    for session in due:
        of = Scene(work).of(session)
        _requests(work, of)
        _release(work, of)
        current = work.sessions.get(session.id)
        if current is None:
            continue
        if of.over:  # what is written of it stays as it is
            work.sessions.set_duty(current.id, None)
            refresh(work, current.cluster_id)
        else:
            replan(work, current)
    return len(due)


def tell_undelivered(work: Work, rows: Sequence[Claimed]) -> None:
    """Who cannot be reached is somebody's to phone (invariant 10): the host and the lead hear the names.

    Only for what is said at once; who is missing from the timeline is named by the deadline watch and the
    reminder, so that nobody hears the same name three times.
    """
    tell_to_phone(work, rows)
    scene = Scene(work)
    _by_paper(work, scene, rows)
    about = {
        Kind.CHANGE: "Đổi lịch",
        Kind.CANCELLATION: "Hủy buổi",
        Kind.RESTORED: "Vẫn tổ chức",
        Kind.DETAILS: "Giờ, phòng",
    }
    by_session: dict[tuple[int, Kind], list[int]] = {}
    for row in rows:
        if row.session_id is not None and row.kind in about:
            by_session.setdefault((row.session_id, row.kind), []).append(row.recipient_id)
    for (session_id, kind), person_ids in by_session.items():
        of = scene.session(session_id)
        if of is None:
            continue
        people = [of.around.people[i] for i in sorted(set(person_ids)) if i in of.around.people]
        to = {p.id for p in (*of.around.managers, *of.around.host_heads(of.session))} - set(person_ids)
        names = [of.phone_line(person) for person in people]
        if names:
            mark = f"{kind.value}.{min(person_ids)}.{of.session.version}"
            say_now(work, Kind.UNREACHED, of, to, mark, {"names": names, "about": about[kind]})


def _by_paper(work: Work, scene: Scene, rows: Sequence[Claimed]) -> None:
    """A request that reaches nobody who decides is the lead's to carry, as where it was known before."""
    for request_id in sorted({row.payload["request_id"] for row in rows if row.kind is Kind.REQUEST}):
        request = work.sessions.request(request_id)
        of = scene.session(request.session_id) if request is not None else None
        if request is None or of is None or request.state is not RequestState.REQUESTED:
            continue
        closed = work.people.links(deciders(of))  # who has just taken over a post has none yet, and will
        if closed and not reachable(work, of):
            managers = {p.id for p in of.around.managers}
            news(work, of, request, "paper", managers, None)


def _release(work: Work, of: SessionScene) -> None:
    """The authority's invitation goes by itself when its latest time has come."""
    session = of.session
    if session.released_at is not None or not session.fixed or of.over or not of.authority_ids:
        return
    queued = work.reports.due_of(session.id, session.date_revision, Kind.AUTHORITY_INVITATION)
    if queued is not None and queued <= work.now:
        store(work, None, of, changes.release(session, None, work.now), "released", {"by_itself": True})


def _requests(work: Work, of: SessionScene) -> None:
    for request in work.sessions.open_requests(of.session.id):
        if request_expiry(work, request.old_date) <= work.now:
            _expire(work, of, request)
        elif awaits_answer(work, request):
            _nudge(work, of, request)


def _expire(work: Work, of: SessionScene, request: Request) -> None:
    current = work.sessions.request(request.id)
    if current is None or not current.state.open:
        return  # it ended together with the request that it had joined
    expired = reschedule.expire(current)
    work.sessions.save_request(expired, current)
    end_joined(work, expired)
    end_partner(work, expired)
    note(work, of, None, "expired", expired, {})
    news(work, of, expired, "expired", hearing(work, of, current), None)
    redraw(work, of)


def _nudge(work: Work, of: SessionScene, request: Request) -> None:
    at = nudge_instant(work, of.session.cluster_id, request.asked_at, request.nudges)
    if at is None or at > work.now:
        return
    work.sessions.save_request(replace(request, nudges=request.nudges + 1), request)
    again = request.nudges < work.office.policy.requests.nudges
    if request.state is RequestState.OFFERED:
        _ask_other_host(work, of, request) if again else _still_unanswered(work, request)
    elif again:
        payload = {"request_id": request.id, "again": True}
        say_now(work, Kind.REQUEST, of, deciders(of), f"r{request.id}.{request.nudges + 1}", payload)
    else:
        news(work, of, request, "silent", {p.id for p in of.around.managers}, None)


def _ask_other_host(work: Work, of: SessionScene, request: Request) -> None:
    """The same words once more: they say all that is asked."""
    heads = {p.id for p in of.around.host_heads(of.session)}
    payload = {"event": "offered", "request_id": request.id}
    say_now(work, Kind.REQUEST_NEWS, of, heads, f"r{request.id}.offered.{request.nudges + 1}", payload)


def _still_unanswered(work: Work, request: Request) -> None:
    """To the host who offered, and to the lead."""
    swap = work.sessions.swap_of(request.id)
    asking = Scene(work).session(swap.first.session_id) if swap is not None else None
    if swap is not None and asking is not None:
        whose = {p.id for p in (*asking.around.host_heads(asking.session), *asking.around.managers)}
        news(work, asking, swap.first, "unanswered", whose, None)
