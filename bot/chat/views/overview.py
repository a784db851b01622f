"""/duyet, /thanhvien: who waits to be registered, and who is."""

from bot.chat.reaction import Reaction, say
from bot.chat.talk import Talk, words
from bot.chat.views.managers import manager_of
from bot.cluster.addressing import full_post, with_post
from bot.cluster.people import Post
from bot.flows.people.joining import open_requests_for
from bot.flows.people.relaying import reached_through
from bot.notices.actions import Verb, button

MOST = 10


def approvals(talk: Talk) -> Reaction:
    """/duyet: who waits to be registered; heads see those of their own school."""
    me = talk.me
    waiting = [(person, r) for person in talk.people for r in open_requests_for(talk.work.people, person)]
    reaction = say(words("duyet", count=len(waiting)))
    for person, request in waiting[:MOST]:
        unit = talk.scene.cluster(person.cluster_id).units[request.unit_id]
        buttons = (
            button("Đồng ý", Verb.APPROVE, request.id),
            button("Không đồng ý", Verb.DISMISS, request.id),
        )
        post = full_post(Post(request.role, request.qualifier))
        reaction = reaction.and_say(words("duyet_one", (buttons,), r=request, unit=unit, post=post, me=me))
    return reaction


def members(talk: Talk) -> Reaction:
    """/thanhvien: who is registered, school by school, and the join code to hand on."""
    manager = manager_of(talk)
    around = talk.scene.cluster(manager.cluster_id)
    registered = set(talk.work.people.addresses(list(around.people)))
    passing = reached_through(talk.work, around).keys()
    groups = []
    for unit in around.units.values():
        here = [p for p in around.people.values() if p.unit_id == unit.id]
        known = sum(p.id in registered for p in here)
        passed_on = [with_post(p, unit, full=False) for p in here if p.id in passing]
        missing = [with_post(p, unit, full=False) for p in here if p.id not in registered | passing]
        groups.append((unit, len(here), known, missing, passed_on))
    rows = ((button("Bàn giao chức vụ", Verb.HAND_OVER, 0, around.cluster.id),),)
    return say(words("thanhvien", rows, cluster=around.cluster, groups=groups, total=len(around.people)))
