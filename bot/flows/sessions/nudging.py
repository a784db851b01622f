"""The lead asks the host, once a working day, for exactly what is missing; and the host's heads read it as
her own words: from the cụm trưởng, politely."""

import datetime as dt
from dataclasses import dataclass

from bot.cluster.addressing import with_post
from bot.cluster.people import Person
from bot.errors import BadInputError, OutdatedError
from bot.flows.planning import say_now
from bot.flows.scene import Scene
from bot.flows.sessions.answering import require_session
from bot.flows.sessions.standing import NUDGED, missing
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.notices.quiet import open_time
from bot.sessions.changes import require_open
from bot.sessions.rights import Right
from bot.sessions.store import Event


@dataclass(frozen=True, slots=True)
class Nudge:
    """What became of a nudge."""

    at: dt.datetime  #: when it goes out (aware UTC): now, or when the quiet time is over
    told: tuple[str, ...]  #: whom it goes to
    to_phone: tuple[str, ...]  #: whom no chat reaches, with the phone number where the roster has one


def nudge_host(work: Work, actor: Person, session_id: int) -> Nudge:
    """Raises NotAllowedError, OutdatedError (over, cancelled, nothing missing, already done for that day),
    BadInputError (the host has nobody but her who asks)."""
    of = require_session(Scene(work), session_id, actor)
    of.require(Right.RECORD, actor)
    require_open(of.session, work.today)
    code = of.session.code
    if not missing(of):
        raise OutdatedError(f"Buổi {code} không còn thiếu gì.")
    heads = [p for p in of.around.host_heads(of.session) if p.id != actor.id]
    if not heads:
        raise BadInputError(f"Danh sách chưa có ban giám hiệu trường đăng cai buổi {code} để báo.")
    office = work.office
    at = open_time(work.now, Kind.NUDGE, office.policy, work.workdays(of.session.cluster_id), office.tz)
    day = office.today(at)
    history = work.sessions.history(session_id)
    if any(event.what == NUDGED and event.detail.get("for") == str(day) for event in history):
        raise OutdatedError(f"Đã báo trường đăng cai buổi {code} rồi. Mỗi ngày làm việc báo một lần.")
    event = Event(session_id, work.now, actor.id, NUDGED, {"for": str(day), "missing": list(missing(of))})
    work.sessions.note(event, of.session.cluster_id)
    say_now(work, Kind.NUDGE, of, [p.id for p in heads], str(day), {})
    reached = work.people.addresses([p.id for p in heads])
    units = of.around.units
    return Nudge(
        at,
        tuple(with_post(p, units[p.unit_id], full=False) for p in heads if p.id in reached),
        tuple(of.phone_line(p) for p in heads if p.id not in reached),
    )
