"""What the host does with its session: hour, room, programme, the authority's invitation; and cancelling."""

import datetime as dt
from collections.abc import Iterable, Sequence
from textwrap import shorten
from typing import Any

from bot.cluster.people import Person
from bot.errors import OutdatedError
from bot.flows.planning import replan, say_now, say_to_groups
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.acknowledging import tell_change
from bot.flows.sessions.answering import require_session
from bot.flows.sessions.swap_ends import end_partner
from bot.flows.work import Work
from bot.notices.dates import hours
from bot.notices.notice import Kind
from bot.sessions import changes
from bot.sessions.reschedule import check_reason, supersede
from bot.sessions.rights import Right
from bot.sessions.session import Session
from bot.sessions.store import Event

KEPT_WORDS = 120  #: letters of a room or a programme in the history
NEAR = dt.timedelta(days=2)  #: a change this near is worth a message of its own


def set_hour(work: Work, actor: Person, session_id: int, start: dt.time, end: dt.time | None) -> SessionScene:
    of = _for_details(work, actor, session_id)
    return _changed(work, actor, of, changes.set_hour(of.session, start, end), "hour")


def set_room(work: Work, actor: Person, session_id: int, room: str) -> SessionScene:
    of = _for_details(work, actor, session_id)
    return _changed(work, actor, of, changes.set_room(of.session, room), "room")


def set_programme(work: Work, actor: Person, session_id: int, programme: str) -> SessionScene:
    of = _for_details(work, actor, session_id)
    return _changed(work, actor, of, changes.set_programme(of.session, programme), "programme")


def release_invitation(work: Work, actor: Person, session_id: int) -> SessionScene:
    """`Gửi giấy mời`: the authority and its core team are invited now.

    Raises OutdatedError (it has gone, the session is over), NotAllowedError.
    """
    scene = Scene(work)
    of = require_session(scene, session_id, actor)
    of.require(Right.RELEASE, actor)
    changes.require_ahead(of.session, work.today)
    return store(work, actor, of, changes.release(of.session, actor.id, work.now), "released", {})


def for_cancelling(work: Work, actor: Person, session_id: int, date_revision: int) -> SessionScene:
    """A session that this person may cancel, on the day that she read (invariant 7).

    Raises NotAllowedError, OutdatedError.
    """
    of = require_session(Scene(work), session_id, actor)
    of.require(Right.CANCEL, actor)
    changes.require_open(of.session, work.today)
    if of.session.date_revision != date_revision:
        raise OutdatedError(f"Buổi {of.session.code} vừa đổi ngày, nên chưa hủy. Đề nghị xem lại rồi hủy.")
    return of


def cancel_session(
    work: Work, actor: Person, session_id: int, date_revision: int, reason: str
) -> SessionScene:
    """Everyone who was told hears that it does not take place; an open request ends with it.

    Raises as `for_cancelling`, BadInputError for a reason that is too long.
    """
    of = for_cancelling(work, actor, session_id, date_revision)
    reason = check_reason(reason)
    end_requests(work, session_id, but=None, actor_id=actor.id)
    after = store(work, actor, of, changes.cancel(of.session), "cancelled", {"reason": reason})
    told = set(work.reports.told(session_id)) - {actor.id}
    tell_change(
        work,
        Kind.CANCELLATION,
        after,
        told,
        f"v{after.session.version}",
        {"reason": reason},
        actor_id=actor.id,
    )
    return after


def store(
    work: Work, actor: Person | None, of: SessionScene, changed: Session, what: str, detail: dict[str, Any]
) -> SessionScene:
    """Save a changed session, keep the step, plan anew, redraw the cards.  Raises OutdatedError.

    That the authority is invited shows only on the cards of host and lead: no other is redrawn for it.
    """
    work.sessions.save(changed)
    work.sessions.note(
        Event(changed.id, work.now, actor.id if actor else None, what, detail), changed.cluster_id
    )
    replan(work, changed)
    after = Scene(work).of(changed)
    but = {actor.id} if actor else set[int]()
    if what == "released":
        involved = {p.id for p in (*after.around.host_heads(changed), *after.around.managers)}
        but |= after.around.people.keys() - involved
    redraw_cards(work, after, but)
    return after


def redraw_cards(work: Work, of: SessionScene, but: Iterable[int] = ()) -> None:
    holders = {card.person_id for card in work.talks.cards(of.session.id)} - set(but)
    say_now(work, Kind.CARD, of, holders, f"v{of.session.version}", {})


def tell_details(
    work: Work, of: SessionScene, fields: Sequence[str], *, changed: bool, but: int | None = None
) -> None:
    """Those who were told of this day and still come hear of a new hour or room ("hour", "room").

    `changed`: they had been told another one.  What is only added is told where the day is near.
    """
    session = of.session
    if not (changed or _is_near(work, session)):
        return
    told = set(work.reports.told(session.id, session.date_revision))
    told = (told & (of.invited_ids | of.authority_ids)) - of.declined_ids - {but}
    payload = {"fields": list(fields), "changed": changed}
    mark = f"v{session.version}"
    if changed:
        tell_change(work, Kind.DETAILS, of, told, mark, payload, actor_id=but)
    else:
        say_now(work, Kind.DETAILS, of, told, mark, payload)
        say_to_groups(work, Kind.DETAILS, of, mark, payload)


def end_requests(work: Work, session_id: int, but: int | None, actor_id: int | None = None) -> None:
    """Every other open request about this session is over with the change, and so is the other half of a
    swap."""
    for request in work.sessions.open_requests(session_id):
        if request.id != but:
            ended = supersede(request)
            work.sessions.save_request(ended, request)
            end_partner(work, ended, actor_id)


def _for_details(work: Work, actor: Person, session_id: int) -> SessionScene:
    of = require_session(Scene(work), session_id, actor)
    of.require(Right.DETAILS, actor)
    changes.require_open(of.session, work.today)
    return of


def _changed(work: Work, actor: Person, of: SessionScene, changed: Session, field: str) -> SessionScene:
    before = of.session
    after = store(work, actor, of, changed, f"set_{field}", _said_of(changed, field))
    was_set = {"hour": before.start is not None, "room": before.room is not None}.get(field, False)
    if field != "programme":
        tell_details(work, after, [field], changed=was_set, but=actor.id)
    return after


def _said_of(session: Session, field: str) -> dict[str, str]:
    """What a field says now, for the history."""
    if field == "hour" and session.start is not None:
        return {"to": hours(session.start, session.end)}
    said = session.room if field == "room" else session.programme
    return {"to": shorten(said, KEPT_WORDS, placeholder="…")} if said else {}


def _is_near(work: Work, session: Session) -> bool:
    return session.date is not None and session.date - work.today <= NEAR
