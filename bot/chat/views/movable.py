"""The sessions that somebody may ask to move; or why there are none, and what there is instead."""

from bot.chat.reaction import Reaction, say
from bot.chat.talk import Talk, words
from bot.cluster.people import Person
from bot.cluster.rights import is_any_head, is_authority_decider
from bot.errors import BadInputError
from bot.notices.actions import Verb, button
from bot.notices.dates import short_day
from bot.sessions.rights import Right, rights_of
from bot.sessions.session import Session

_SHOWN = 8


def movable(talk: Talk) -> Reaction:
    """The own school's first.  Raises BadInputError where there are none."""
    people = talk.people or [talk.me]
    sessions = [session for person in people for session in _askable(talk, person)]
    if not sessions:
        raise BadInputError(_instead(talk, people))
    rows = tuple((button(_label(talk, s), Verb.ASK, s.id, s.date_revision),) for s in sessions[:_SHOWN])
    return say(words("doilich", rows))


def _instead(talk: Talk, people: list[Person]) -> str:
    units = [unit for person in people for unit in talk.scene.cluster(person.cluster_id).units.values()]
    if any(is_any_head(person, units) for person in people):
        return "Không còn buổi nào sắp tới để xin đổi. Gõ /lich để xem lịch cả năm."
    if any(is_authority_decider(person, units) for person in people):
        return (
            "Việc xin đổi lịch do các trường làm. Đề nghị nào chờ ý kiến đồng chí thì có nút cho ý kiến ở "
            "tin ấy và ở thẻ của buổi (gõ /lich)."
        )
    return (
        "Xin đổi lịch là việc của hiệu trưởng, phó hiệu trưởng các trường. "
        f"Nếu bận, {talk.you} bấm Vắng mặt ở thẻ của buổi (gõ /lich), hoặc báo nhà trường."
    )


def _askable(talk: Talk, me: Person) -> list[Session]:
    around = talk.scene.cluster(me.cluster_id)
    found = [
        s
        for s in talk.work.sessions.of_cluster(me.cluster_id)
        if s.fixed and not talk.scene.of(s).over and Right.ASK in rights_of(me, around.units[me.unit_id], s)
    ]
    return sorted(found, key=lambda s: me.unit_id not in s.host_ids)


def _label(talk: Talk, session: Session) -> str:
    of = talk.scene.of(session)
    hosts = " và ".join(u.label for u in of.facts.hosts)
    assert session.date is not None
    return f"{session.code} · {short_day(session.date)} · {hosts}"
