"""The answer to who handed a post over: to herself thanks, to whoever did it for another what happens now."""

from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, words
from bot.cluster import codes
from bot.cluster.people import Person
from bot.flows.manners import manner
from bot.flows.people.bots import ways_in
from bot.flows.people.handing_over import Done
from bot.flows.people.handover_news import Farewell, facts, farewell, handover_words
from bot.flows.people.relaying import may_set
from bot.flows.scene import Scene
from bot.message import Message
from bot.notices.dates import hour, short_day


def done_reaction(talk: Talk, me: Person, done: Done) -> Reaction:
    scene = Scene(talk.work)
    around = scene.cluster(me.cluster_id)
    made = done.made
    if me.id == made.from_id:
        how = manner(done.old, around.units[done.old.unit_id])
        said = Message(farewell(talk.work, around, Farewell(made, how, done.dropped)))
    elif me.id == made.to_id:
        section = handover_words(talk.work, scene, made, done.new)
        said = Message(section.text, section.rows)
    else:
        said = _for_another(talk, done)
    reaction = talk.respond(said)
    if not talk.work.people.links([done.new.id]):
        reaction = reaction.and_say(_how_to_register(talk, me, done))
    return reaction


def _for_another(talk: Talk, done: Done) -> Message:
    around = Scene(talk.work).cluster(done.made.cluster_id)
    at = done.told_at.astimezone(talk.work.office.tz)
    later = f"{hour(at.time())} {short_day(at.date())}" if done.told_at > talk.work.now else ""
    return words("handover_done", **facts(talk.work, around, done.made), later=later, dropped=done.dropped)


def _how_to_register(talk: Talk, me: Person, done: Done) -> Message:
    """The code to hand on, or whom to ask for it."""
    new = done.new
    around = Scene(talk.work).cluster(new.cluster_id)
    if done.code is None:
        return words("handover_no_code", new=new, unit=around.units[new.unit_id])
    links = ways_in(talk.work, around.cluster, new.unit_id, done.code)
    told = words(
        "newcomer_code", person=new, code=codes.shown(done.code), links=links, cluster=around.cluster
    )
    if may_set(talk.work, around, me, new):
        return Message(f"{told.text}\n{words('handover_relay').text}")
    return told
