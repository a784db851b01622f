"""Claimed rows -> messages: facts are read now, so that what is said is true today.

All rows for one chat that are due together become one message: those of one person, those of the same person
in another cluster, and those that she passes on.
"""

from collections import defaultdict
from collections.abc import Sequence

from bot.cluster.people import Person
from bot.flows.groups.linking import lost_message
from bot.flows.groups.posting import posted
from bot.flows.merging import Said, merged
from bot.flows.people.approvals import approval_message, decision_parcel
from bot.flows.people.handover_news import handover_message, parting_parcel
from bot.flows.people.newcomers import newcomer_message
from bot.flows.people.relaying import address_of, reached_through, words_for
from bot.flows.people.scarce import scarce_message
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.subjects import Sayings
from bot.flows.timely import in_quiet_time, is_of_an_old_day, too_late
from bot.flows.work import Work
from bot.notices.cards import card
from bot.notices.notice import Kind
from bot.notices.saying.subject import Section
from bot.notices.wording import text
from bot.outbox.port import Address, Claimed, Composed, Dropped, Parcel, State

#: What is said about no session.
_ABOUT_PEOPLE = {
    Kind.APPROVAL: approval_message,
    Kind.NEWCOMER: newcomer_message,
    Kind.HANDOVER: handover_message,
    Kind.GROUP_LOST: lost_message,
    Kind.SCARCE: scarce_message,
}


def compose(work: Work, rows: Sequence[Claimed]) -> list[Composed]:
    """Every row is in exactly one result."""
    scene, sayings = Scene(work), Sayings(work)
    links = work.people.addresses({row.recipient_id for row in rows})
    composed: list[Composed] = []
    said: dict[Address, list[Said]] = defaultdict(list)
    passing = {c: reached_through(work, scene.cluster(c)) for c in {row.cluster_id for row in rows}}
    for_groups: list[Claimed] = []
    for row in rows:
        if row.recipient_id in scene.cluster(row.cluster_id).seats:
            for_groups.append(row)
            continue
        person = scene.cluster(row.cluster_id).people.get(row.recipient_id)
        if person is None:
            composed.append(_to_who_left(work, scene, row))
            continue
        link = links.get(person.id)
        through = passing[row.cluster_id].get(person.id)
        own = Address(link.channel, link.chat_id) if link else None
        address = address_of(work, through) if through is not None else own
        verdict = _verdict(work, scene, sayings, row, person, address)
        if not isinstance(verdict, Section):
            composed.append(verdict)
        elif address is not None:
            passed = through is not None
            what = _to_pass_on(scene, row, person, verdict) if passed else verdict
            said[address].append(Said(row, what, person, passed))
    composed += posted(work, scene, for_groups, links)
    return composed + [merged(work, scene, group, address) for address, group in said.items()]


def _to_pass_on(scene: Scene, row: Claimed, person: Person, what: Section) -> Section:
    """The words as she would read them, for whoever tells her; nobody answers in her stead."""
    who = words_for(scene.cluster(row.cluster_id), person)
    return Section(text("notices/passed_on", who=who) + "\n" + what.text)


def _verdict(
    work: Work, scene: Scene, sayings: Sayings, row: Claimed, person: Person, address: Address | None
) -> Section | Composed:
    if (late := too_late(work, row)) is not None:
        return late
    if row.kind is Kind.JOIN_DECISION:
        return decision_parcel(work, scene, row)
    if row.kind in _ABOUT_PEOPLE:
        return _about_people(work, scene, row, person, address)
    of = scene.session(row.session_id) if row.session_id is not None else None
    if of is None or is_of_an_old_day(row, of):
        return Dropped((row,), State.CANCELLED, "about an earlier day")
    if (waits := in_quiet_time(work, row, of.around, of.session.date)) is not None:
        return waits
    if row.kind is Kind.CARD:
        return _redrawn(work, of, row, person)
    what = sayings.section(of, row, person)
    if what is None:
        return Dropped((row,), State.CANCELLED, "not needed any more")
    return what if address else _unreachable(row)


def _about_people(
    work: Work, scene: Scene, row: Claimed, person: Person, address: Address | None
) -> Section | Composed:
    if address is None:
        return _unreachable(row)
    waits = in_quiet_time(work, row, scene.cluster(row.cluster_id), None)
    return waits if waits is not None else _ABOUT_PEOPLE[row.kind](work, scene, row, person)


def _to_who_left(work: Work, scene: Scene, row: Claimed) -> Composed:
    """Nothing but the thanks, where her post was handed over for her."""
    if row.kind is not Kind.HANDOVER:
        return Dropped((row,), State.CANCELLED, "no longer in the roster")
    waits = in_quiet_time(work, row, scene.cluster(row.cluster_id), None)
    return waits if waits is not None else parting_parcel(work, scene, row)


def _unreachable(row: Claimed) -> Dropped:
    return Dropped((row,), State.UNREACHABLE, "no chat")


def _redrawn(work: Work, of: SessionScene, row: Claimed, person: Person) -> Composed:
    link = work.people.addresses([person.id]).get(person.id)
    shown = work.talks.card(of.session.id, person.id, link.channel) if link else None
    if shown is None:
        return Dropped((row,), State.CANCELLED, "no card to redraw")
    message = card(of.facts, of.receiver(person))
    return Parcel((row,), shown.address, message, edit=shown.message_id, card_session_id=of.session.id)
