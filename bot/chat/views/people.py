"""Who comes to a session, as its host and the lead see it: answers by school and role, who is not reached."""

from dataclasses import dataclass

from bot.chat.talk import Talk, words
from bot.cluster.addressing import name_in_school
from bot.cluster.people import Unit
from bot.flows.session_scene import SessionScene
from bot.message import Message
from bot.notices.actions import Verb, button
from bot.sessions.answers import Reply
from bot.sessions.rights import Right


@dataclass(frozen=True, slots=True)
class Group:
    unit: Unit
    going: tuple[str, ...]
    declined: tuple[str, ...]
    silent: tuple[str, ...]  #: asked, and without an answer
    unasked: tuple[str, ...]


def people_list(talk: Talk, session_id: int) -> Message:
    """Raises NotAllowedError for everybody but the host's heads, the lead and the clerk."""
    of, me = talk.session(session_id)
    of.require(Right.PEOPLE, me)
    groups = [_group(of, unit) for unit in of.around.units.values()]
    unreached = [of.phone_line(person) for person in of.unreached]
    back = (
        (button("Danh sách ký tên (Excel)", Verb.PAPER, session_id, "ds"),),
        (button(f"Xem buổi {of.session.code}", Verb.CARD, session_id),),
    )
    return words(
        "people",
        back,
        f=of.facts,
        groups=[g for g in groups if g.going or g.declined or g.silent or g.unasked],
        headcount=of.headcount,
        unreached=unreached,
    )


def _group(of: SessionScene, unit: Unit) -> Group:
    going: list[str] = []
    declined: list[str] = []
    silent: list[str] = []
    unasked: list[str] = []
    for invitee in of.invitees.people:
        person = invitee.person
        if person.unit_id != unit.id:
            continue
        given = of.answers.get(person.id)
        if given is None:
            (silent if person.id in of.asked_ids else unasked).append(name_in_school(person, unit))
        elif given.reply is Reply.GOING:
            going.append(name_in_school(person, unit))
        else:
            why = given.reason or (f"đi thay: {given.substitute}" if given.substitute else "")
            declined.append(
                f"{name_in_school(person, unit)} ({why})" if why else name_in_school(person, unit)
            )
    return Group(unit, tuple(going), tuple(declined), tuple(silent), tuple(unasked))
