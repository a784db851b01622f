"""Telling a change, and knowing whom it has reached: `Đã rõ` on what changes in the last working days."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from bot.cluster.people import Person
from bot.errors import OutdatedError
from bot.flows.planning import chase_silent, say_now, say_to_groups
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.answering import require_session
from bot.flows.work import Work
from bot.notices.cards import you
from bot.notices.facts import Manner
from bot.notices.notice import Kind
from bot.sessions.acknowledgement import Acknowledgement, is_late


def tell_change(
    work: Work,
    kind: Kind,
    of: SessionScene,
    recipients: Iterable[int],
    occurrence: str,
    payload: Mapping[str, Any],
    *,
    old_date: dt.date | None = None,
    actor_id: int | None = None,
) -> list[int]:
    """Queue a change (its day, hour, room, that it is cancelled or takes place after all) for now; the
    cluster's group hears it too.

    In the last working days it is to be acknowledged by everybody it is told to but whoever made it, and
    the authority: of that no sign of having read is ever asked.  Returns who it goes to.
    """
    told = say_now(work, kind, of, recipients, occurrence, payload, old_date=old_date)
    say_to_groups(work, kind, of, occurrence, payload, old_date=old_date)
    if kind is Kind.CHANGE:  # whoever only looks at the session's card must not go on seeing the day it left
        holders = {card.person_id for card in work.talks.cards(of.session.id)} - set(told)
        say_now(work, Kind.CARD, of, holders, f"v{of.session.version}", {})
    near = min((d for d in (of.session.date, old_date) if d is not None and d >= work.today), default=None)
    within = work.office.policy.acknowledge.within_working_days
    if near is None or not is_late(near, work.today, of.around.workdays, within):
        return told
    people = of.around.people
    asked = [p for p in told if p != actor_id and of.receiver(people[p]).manner is not Manner.AUTHORITY]
    work.sessions.ask_known([_asked(work, of, person, near) for person in asked])
    earlier = of.acknowledgements.get(actor_id) if actor_id is not None else None
    if earlier is not None and earlier.open:  # of a change by somebody else: whoever goes on from it knows it
        work.sessions.know(of.session.id, earlier.person_id, work.now)
    chase_silent(work, Scene(work).of(of.session))
    return told


def acknowledge(work: Work, person: Person, session_id: int, version: int) -> SessionScene:
    """`Đã rõ`, pressed; pressed twice it is once.

    Raises OutdatedError where nothing waits for this person, or something changed again since that message.
    """
    of = require_session(Scene(work), session_id, person)
    asked = of.acknowledgements.get(person.id)
    if asked is None or asked.version < version:
        waiting = f"chờ {you(of.manner(person))} báo đã rõ"
        raise OutdatedError(f"Buổi {of.session.code} không có thay đổi nào đang {waiting}.")
    if asked.version > version and asked.open:
        raise OutdatedError(f"Buổi {of.session.code} vừa có thay đổi mới hơn. Đề nghị xem lại rồi bấm Đã rõ.")
    if asked.open:
        work.sessions.know(session_id, person.id, work.now)
    after = Scene(work).of(of.session)
    chase_silent(work, after)
    return after


def _asked(work: Work, of: SessionScene, person_id: int, near: dt.date) -> Acknowledgement:
    """What was asked before and is still open is part of it, and so is the day that it was about."""
    earlier = of.acknowledgements.get(person_id)
    if earlier is not None and earlier.open and earlier.before >= work.today:
        near = min(near, earlier.before)
    session = of.session
    return Acknowledgement(session.id, session.cluster_id, person_id, session.version, near, work.now)
