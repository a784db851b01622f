"""`Nhật ký buổi B2`: every step about one session, who, when, what; for the lead and the clerk."""

from bot.chat.reaction import Reaction
from bot.chat.talk import Talk
from bot.chat.views.managers import leaf, page_of, shown, turning
from bot.chat.views.pages import pages
from bot.cluster.addressing import with_post
from bot.flows.scene import SessionScene
from bot.message import Message
from bot.notices.actions import Action, Verb, button
from bot.notices.dates import hour, short_day
from bot.notices.wording import text
from bot.sessions.rights import Right, require
from bot.sessions.store import Event


def turned(talk: Talk, a: Action) -> Reaction:
    return journal(talk, a.number(0), page_of(a))


def journal(talk: Talk, session_id: int, wanted: int | None = None) -> Reaction:
    """Raises OutdatedError, NotAllowedError for everybody but the lead and the clerk."""
    of, me = talk.session(session_id)
    require(Right.RECORD, me, of.receiver(me).unit, of.session)
    steps = [_step(talk, of, event) for event in talk.work.sessions.history(session_id)]
    made = pages([text("chat/nhatky", f=of.facts, empty=not steps), *steps])
    body, page = leaf(made, wanted)
    turns = turning(Verb.JOURNAL, session_id, page, len(made))
    back = (button(f"Xem buổi {of.session.code}", Verb.CARD, session_id),)
    return shown(Message(body, (turns, back) if turns else (back,)), wanted)


def _step(talk: Talk, of: SessionScene, event: Event) -> str:
    at = event.at.astimezone(talk.work.office.tz)
    unit = of.around.units.get(event.detail.get("unit", 0))
    return text(
        "chat/nhatky_buoc",
        e=event,
        d=event.detail,
        at=f"{hour(at.time())} {short_day(at.date())}",
        who=_who(talk, of, event.actor_id),
        unit=unit,
        authority=of.around.authority,
    )


def _who(talk: Talk, of: SessionScene, actor_id: int | None) -> str:
    """Somebody who has left by now is still named; "" where nobody pressed."""
    person = talk.work.people.person(actor_id) if actor_id is not None else None
    if person is None:
        return ""
    unit = of.around.units.get(person.unit_id)
    return with_post(person, unit, full=False) if unit and person.posts else person.name
