"""Who hears of a handover, and what: who takes over, who gave up, and whoever has to know whom to ask now."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.cluster.addressing import posts_text
from bot.cluster.handover import Handover, has_all, placed
from bot.cluster.people import Person, Unit, UnitKind
from bot.cluster.rights import heads_of, is_head_of, managers
from bot.flows.cluster_scene import ClusterScene
from bot.flows.manners import TITLES, greeted, manner
from bot.flows.people.joining import open_requests_for
from bot.flows.planning import say_to_people
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.work import Work
from bot.message import Message
from bot.notices.actions import Verb, button
from bot.notices.cards import you
from bot.notices.facts import Manner
from bot.notices.notice import Kind
from bot.notices.saying.subject import Section
from bot.notices.spelling import spell_out
from bot.notices.wording import text, text_for
from bot.outbox.port import Address, Claimed, Dropped, Parcel, State


@dataclass(frozen=True, slots=True)
class Farewell:
    """What is said to who gave up a post."""

    made: Handover
    manner: Manner  #: as she was spoken to when she held it
    dropped: Sequence[str] = ()  #: sessions to which she need not come any more
    by_herself: bool = True


def tell(
    work: Work, actor: Person, made: Handover, dropped: Sequence[str], old_manner: Manner
) -> dt.datetime:
    """Everybody but who acts: she has her answer.  Returns when they are told."""
    recipients = {made.to_id, made.from_id, *_to_know(work, actor, made)} - {actor.id}
    payload = {"handover_id": made.id, "dropped": list(dropped), "manner": old_manner.value}
    return say_to_people(work, Kind.HANDOVER, made.cluster_id, recipients, str(made.id), payload)


def _to_know(work: Work, actor: Person, made: Handover) -> set[int]:
    """A head, an officer, the lead: those who run the cluster.  Anybody else: a head of her school."""
    people = work.people.people(made.cluster_id)
    unit = work.people.unit(made.unit_id)
    both = {made.from_id, made.to_id}
    authority = unit is not None and unit.kind is UnitKind.AUTHORITY
    if authority or any(office.of_head or office.of_cluster for office in made.offices):
        return {p.id for p in managers(made.cluster_id, people)} - both
    heads = [p.id for p in heads_of(made.unit_id, people) if p.id not in both]
    if is_head_of(actor, made.unit_id):
        return set()
    reached = work.people.addresses(heads)
    return set(sorted(heads, key=lambda person: person not in reached)[:1])


def handover_message(work: Work, scene: Scene, row: Claimed, person: Person) -> Section | Dropped:
    """What one of them reads now; nothing to who has handed it on in the meantime."""
    made = work.people.handover(int(row.payload["handover_id"]))
    if made is None or (person.id == made.to_id and not has_all(person, made.offices)):
        return Dropped((row,), State.CANCELLED, "handed on again")
    if person.id == made.to_id:
        return handover_words(work, scene, made, person)
    around = scene.cluster(made.cluster_id)
    if person.id == made.from_id:
        return Section(farewell(work, around, _farewell(row, made)))
    return Section(text("notices/handover_news", **facts(work, around, made)))


def parting_parcel(work: Work, scene: Scene, row: Claimed) -> Parcel | Dropped:
    """To who has left: the last message, to a chat that already sleeps."""
    made = work.people.handover(int(row.payload["handover_id"]))
    links = [link for link in work.people.links([row.recipient_id]) if link.blocked_at is None]
    if made is None or made.from_id != row.recipient_id or not links:
        return Dropped((row,), State.CANCELLED, "no longer in the roster")
    words = farewell(work, scene.cluster(made.cluster_id), _farewell(row, made))
    return Parcel((row,), Address(links[0].channel, links[0].chat_id), Message(words))


def farewell(work: Work, around: ClusterScene, said: Farewell) -> str:
    """Thanks, and what ends."""
    left = work.people.person(said.made.from_id)
    return text(
        "chat/handover_goodbye",
        **facts(work, around, said.made),
        cluster=around.cluster,
        you=you(said.manner),
        posts_now=posts_text(left, full=True) if left is not None and left.active else "",
        dropped=said.dropped,
        by_herself=said.by_herself,
    )


def facts(work: Work, around: ClusterScene, made: Handover) -> dict[str, object]:
    """What every text about a handover may say."""
    unit = around.units[made.unit_id]
    new, old = work.people.person(made.to_id), work.people.person(made.from_id)
    title = TITLES[_manner_of(made, unit)]
    by = around.people.get(made.actor_id or 0)
    return {
        "made": made,
        "unit": unit,
        "posts": placed(made.offices, unit, around.cluster),
        "new": f"{title} {new.name}" if new is not None else "",
        "old": f"{title} {old.name}" if old is not None else "",
        "rights": any(office.gives_rights for office in made.offices),
        "by": greeted(by, around.units[by.unit_id]) if by is not None else "",
        "registered": bool(work.people.addresses([made.to_id])),
    }


def _manner_of(made: Handover, unit: Unit) -> Manner:
    """How one speaks to who holds these offices, whoever it is today."""
    if unit.kind is UnitKind.AUTHORITY:
        return Manner.AUTHORITY
    leads = any(office.of_head or office.of_cluster for office in made.offices)
    return Manner.HEAD if leads else Manner.STAFF


def _farewell(row: Claimed, made: Handover) -> Farewell:
    how = Manner(row.payload["manner"])
    return Farewell(made, how, row.payload["dropped"], by_herself=made.actor_id == made.from_id)


def handover_words(work: Work, scene: Scene, made: Handover, person: Person) -> Section:
    """To who takes over: what is hers from now on, what comes next, what waits."""
    around = scene.cluster(made.cluster_id)
    unit = around.units[person.unit_id]
    how = manner(person, unit)
    nearest = next_session(work, scene, person)
    old = work.people.person(made.from_id)
    posts = placed(made.offices, around.units[made.unit_id], around.cluster)
    words = text_for(
        "notices/handover_to",
        how,
        address=greeted(person, unit),
        you=you(how),
        posts=spell_out(posts) if how in (Manner.AUTHORITY, Manner.COOK) else posts,
        old=f"{TITLES[how]} {old.name}" if old is not None else "",
        cluster=around.cluster,
        nearest=nearest.facts if nearest is not None else None,
        heads=any(office.of_head for office in made.offices),
        runs=any(office.of_cluster for office in made.offices),
        waiting=_waiting(work, scene, person) if any(o.of_head or o.of_cluster for o in made.offices) else [],
    )
    if nearest is None:
        return Section(words, ((button("Xem lịch", Verb.SCHEDULE),),))
    look = button(f"Xem buổi {nearest.session.code}", Verb.CARD, nearest.session.id)
    return Section(words, ((look,),))


def next_session(work: Work, scene: Scene, person: Person) -> SessionScene | None:
    """The first coming one that invites her or that her school hosts; for who runs the cluster any."""
    sessions = [s for s in work.sessions.of_cluster(person.cluster_id) if s.fixed and s.date is not None]
    coming = [of for s in sessions if not (of := scene.of(s)).over]
    own = (
        of
        for of in coming
        if person.id in of.invited_ids | of.authority_ids
        or (person.unit_id in of.session.host_ids and is_head_of(person, person.unit_id))
    )
    runs = bool(managers(person.cluster_id, [person]))
    return next(own, coming[0] if coming and runs else None)


def _waiting(work: Work, scene: Scene, person: Person) -> list[str]:
    """What the former holder had open, in words."""
    found = []
    for session in work.sessions.of_cluster(person.cluster_id):
        asked = [r for r in work.sessions.open_requests(session.id) if r.unit_id == person.unit_id]
        if asked and not scene.of(session).over:
            found.append(f"đề nghị đổi lịch buổi {session.code}")
    approvals = len(open_requests_for(work.people, person))
    return [*found, f"{approvals} người xin đăng ký, gõ /duyet để duyệt"] if approvals else found
