"""A roster file becomes the cluster's people; registration codes for those not yet registered."""

from collections.abc import Sequence
from datetime import datetime
from typing import NotRequired, TypedDict

from bot.cluster import codes
from bot.cluster.addressing import posts_text
from bot.cluster.people import Cluster, Person
from bot.cluster.roster import RosterRow, read_roster
from bot.cluster.roster_changes import RosterChanges, compare
from bot.cluster.store import PeopleStore
from bot.flows.planning import replan_cluster, say_now
from bot.flows.scene import Scene
from bot.flows.work import Work
from bot.notices.notice import Kind


class IssuedCode(TypedDict):
    """One line of `nhaclich roster codes --json`."""

    name: str
    role: str  #: all posts: "HT, Cụm trưởng"
    unit: str
    code: str  #: what `/start` takes
    link: str  #: "" without a bot's name
    zalo: NotRequired[str]  #: opens the Zalo bot that takes this code when it is typed there


def preview_roster(store: PeopleStore, cluster: Cluster, content: bytes) -> RosterChanges:
    """What an import of this file would do.  Raises BadInputError (RosterError: with every wrong line)."""
    return compare_roster(store, cluster, read_roster(content, store.units(cluster.id)))


def compare_roster(store: PeopleStore, cluster: Cluster, rows: Sequence[RosterRow]) -> RosterChanges:
    return compare(cluster, rows, store.people(cluster.id, left_too=True), store.units(cluster.id))


def import_roster(work: Work, cluster: Cluster, content: bytes) -> RosterChanges:
    """Store it, plan the cluster's sessions anew and redraw their cards.  Raises BadInputError, and then
    nothing is changed."""
    changes = store_roster(work.people, cluster, content)
    replan_cluster(work, cluster.id)
    _redraw(work, cluster, changes)
    return changes


def _redraw(work: Work, cluster: Cluster, changes: RosterChanges) -> None:
    """The cards of sessions ahead, of everybody at a school that has changed: they show who of it is invited,
    and who covers.  The lead sees there whom all schools have for a count of the whole cluster."""
    people = [*changes.added, *changes.left, *(p for c in changes.changed for p in (c.before, c.after))]
    schools = {person.unit_id for person in people}
    scene = Scene(work)
    for session in work.sessions.of_cluster(cluster.id) if schools else ():
        of = scene.of(session)
        shown = {card.person_id for card in work.talks.cards(session.id)}
        if not shown or of.over:
            continue
        concerned = {person.id for person in of.around.people.values() if person.unit_id in schools}
        if of.cluster_parts:
            concerned |= {person.id for person in of.around.managers}
        say_now(work, Kind.CARD, of, shown & concerned, f"r{work.now.timestamp():.0f}", {})


def store_roster(store: PeopleStore, cluster: Cluster, content: bytes) -> RosterChanges:
    """Store it; the people in the answer have their ids.  Raises BadInputError, then nothing is changed."""
    changes = preview_roster(store, cluster, content)
    for person in changes.left:
        store.deactivate(person.id)
    for change in changes.changed:
        store.put_person(change.after)
    added = tuple(store.put_person(person) for person in changes.added)
    return RosterChanges(
        added, changes.changed, changes.left, changes.unchanged, changes.kept, changes.remarks
    )


def unregistered(store: PeopleStore, cluster: Cluster) -> list[Person]:
    """The people of the roster for whom no chat stands, in roster order."""
    people = store.people(cluster.id)
    linked = {link.person_id for link in store.links(person.id for person in people)}
    return [person for person in people if person.id not in linked]


def make_codes(
    store: PeopleStore, cluster: Cluster, now: datetime, bot_username: str = ""
) -> list[IssuedCode]:
    """A fresh code, good for 30 days, for everybody not yet registered; earlier ones end.

    Only hashes are stored: what is returned here cannot be shown again.
    """
    labels = {unit.id: unit.label for unit in store.units(cluster.id)}
    issued = [(person, codes.new_code()) for person in unregistered(store, cluster)]
    store.replace_codes({person.id: codes.hashed(code) for person, code in issued}, now + codes.LIFETIME)
    return [
        IssuedCode(
            name=person.name,
            role=posts_text(person),
            unit=labels.get(person.unit_id, ""),
            code=code,
            link=codes.start_link(bot_username, code) if bot_username else "",
        )
        for person, code in issued
    ]
