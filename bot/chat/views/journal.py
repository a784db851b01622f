"""`Nhật ký buổi B2`: every step about one session, who, when, what; for the lead and the clerk."""

import datetime as dt
from collections import defaultdict

from bot.chat.reaction import Reaction, say
from bot.chat.talk import Talk
from bot.chat.views.managers import leaf, manager_of, page_of, shown, turning
from bot.chat.views.pages import pages
from bot.cluster.addressing import with_post
from bot.cluster.handover import placed
from bot.flows.session_scene import SessionScene
from bot.message import Message
from bot.notices.actions import Action, Verb, button
from bot.notices.dates import hour, short_day
from bot.notices.wording import text
from bot.sessions.rights import Right
from bot.sessions.store import Event

MOST = 20  #: handovers in the list


def turned(talk: Talk, a: Action) -> Reaction:
    return journal(talk, a.number(0), page_of(a))


def journal(talk: Talk, session_id: int, wanted: int | None = None) -> Reaction:
    """Raises OutdatedError, NotAllowedError for everybody but the lead and the clerk."""
    of, me = talk.session(session_id)
    of.require(Right.RECORD, me)
    steps = [_step(talk, of, event) for event in talk.work.sessions.history(session_id)]
    made = pages([text("chat/nhatky", f=of.facts, empty=not steps), *steps])
    body, page = leaf(made, wanted)
    turns = turning(Verb.JOURNAL, session_id, page, len(made))
    back = (button(f"Xem buổi {of.session.code}", Verb.CARD, session_id),)
    return shown(Message(body, (turns, back) if turns else (back,)), wanted)


def _step(talk: Talk, of: SessionScene, event: Event) -> str:
    unit = of.around.units.get(event.detail.get("unit", 0))
    return text(
        "chat/nhatky_buoc",
        e=event,
        d=defaultdict(str, event.detail),  # what a step has not noted is not said
        at=_at(talk, event.at),
        who=_who(talk, of, event.actor_id),
        unit=unit,
        old=_name(talk, event.detail.get("from")),
        new=_name(talk, event.detail.get("to")),
        authority=of.around.authority,
    )


def _name(talk: Talk, person_id: object) -> str:
    person = talk.work.people.person(person_id) if isinstance(person_id, int) else None
    return person.name if person is not None else ""


def handovers(talk: Talk) -> Reaction:
    """Who handed over what to whom in the cluster; raises NotAllowedError for all but lead and clerk."""
    me = manager_of(talk)
    around = talk.scene.cluster(me.cluster_id)
    steps = [
        text(
            "chat/nhatky_ban_giao",
            made=made,
            posts=placed(made.offices, around.units[made.unit_id], around.cluster),
            at=_at(talk, made.at),
            old=_name(talk, made.from_id),
            new=_name(talk, made.to_id),
            by="" if made.actor_id == made.from_id else _name(talk, made.actor_id),
        )
        for made in talk.work.people.handovers(me.cluster_id, MOST)
    ]
    head = text("chat/nhatky_cum", cluster=around.cluster, empty=not steps)
    return say(Message(pages([head, *steps])[0]))


def _at(talk: Talk, instant: dt.datetime) -> str:
    at = instant.astimezone(talk.work.office.tz)
    return f"{hour(at.time())} {short_day(at.date())}"


def _who(talk: Talk, of: SessionScene, actor_id: int | None) -> str:
    """Somebody who has left by now is still named; "" where nobody pressed."""
    person = talk.work.people.person(actor_id) if actor_id is not None else None
    if person is None:
        return ""
    unit = of.around.units.get(person.unit_id)
    return with_post(person, unit, full=False) if unit and person.posts else person.name
