"""Who of all schools goes for a count of the whole cluster, as the lead has said."""

from bot.chat.talk import Talk, words
from bot.chat.views.states import state
from bot.cluster.addressing import name_among_schools
from bot.flows.own_school import role_words
from bot.flows.sessions.delegating_cluster import cluster_part
from bot.message import Message
from bot.notices.actions import Verb, button
from bot.notices.cards import whole_rows


def whole_cluster(talk: Talk, session_id: int, part_name: str) -> Message:
    """For who has just said so: her right is known."""
    of, me = talk.session(session_id)
    part = cluster_part(of, part_name)
    reached = talk.work.people.addresses([person.id for person in part.going])
    units = of.around.units
    rows = (
        *whole_rows(of.facts, of.receiver(me)),
        (button(f"Xem buổi {of.session.code}", Verb.CARD, session_id),),
    )
    return words(
        "naming_all_done",
        rows,
        f=of.facts,
        role=role_words(part.item),
        wanted=part.item.count,
        people=[
            (name_among_schools(p, units[p.unit_id]), state(of, p, registered=p.id in reached))
            for p in part.going
        ],
    )
