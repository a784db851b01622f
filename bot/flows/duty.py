"""What somebody has to do in a session, in words."""

from collections.abc import Mapping, Sequence

from bot.cluster.audience import Invitees
from bot.cluster.people import Person, Unit
from bot.cluster.rights import is_head_of
from bot.sessions.answers import Answer, Reply
from bot.sessions.session import Session


def duty_in(
    session: Session,
    hosts: Sequence[Unit],
    answers: Mapping[int, Answer],
    invitees: Invitees,
    person: Person,
) -> str | None:
    """ "buổi B3 tại MN Trường Thành"; None where she has nothing to do in it, or has declined."""
    if person.unit_id in session.host_ids and is_head_of(person, person.unit_id):
        return f"buổi {session.code} trường đăng cai"
    given = answers.get(person.id)
    if person.id not in invitees.ids() or (given is not None and given.reply is Reply.DECLINED):
        return None
    return f"buổi {session.code} tại {' và '.join(unit.label for unit in hosts)}"
