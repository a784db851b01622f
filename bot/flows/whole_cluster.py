"""Who goes for a part of the audience phrase that counts people of all schools: "4 GV cốt cán cả cụm"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.cluster.addressing import name_among_schools
from bot.cluster.audience import Invitees, holders
from bot.cluster.delegation import Choices
from bot.cluster.people import Person, Unit
from bot.cluster.pools import is_for_cluster
from bot.flows.own_school import role_words
from bot.notices.facts import WholeCluster
from bot.plan.reading import AudienceItem
from bot.sessions.session import Session


@dataclass(frozen=True, slots=True)
class ClusterPart:
    """One such part, as the lead answers it."""

    item: AudienceItem
    holders: tuple[Person, ...]  #: who holds the role, the schools in turn
    going: tuple[Person, ...]  #: who is invited by it as things stand
    named: bool  #: the lead has said so
    asked: bool  #: the roster does not settle it, and nobody has said


def cluster_parts(
    session: Session,
    invitees: Invitees,
    choices: Choices,
    people: Mapping[int, Person],
    units: Sequence[Unit],
) -> tuple[ClusterPart, ...]:
    """`people`: everybody in the roster, by id."""
    asked = {gap.item for gap in invitees.gaps if gap.of_cluster}
    found = []
    for item in session.audience:
        if is_for_cluster(item):
            holding = tuple(holders(item, None, list(people.values()), session.host_ids, units))
            named = choices.of(None, item)
            said = tuple(person for person in people.values() if named and person.id in named)
            going = holding[: item.count] if named is None else said
            found.append(ClusterPart(item, holding, going, named is not None, item in asked))
    return tuple(found)


def whole_cluster(
    session: Session, parts: Sequence[ClusterPart], units: Mapping[int, Unit]
) -> tuple[WholeCluster, ...]:
    return tuple(
        WholeCluster(
            number=session.audience.index(part.item),
            role=role_words(part.item),
            wanted=part.item.count,
            have=len(part.holders),
            going=tuple(name_among_schools(person, units[person.unit_id]) for person in part.going),
            named=part.named,
            asked=part.asked,
        )
        for part in parts
    )
