"""Who somebody is, as far as rights go.  Facts of today's roster only; rights on a session are elsewhere.

A name never gives a right: the lead is whoever holds the post in the roster, not whoever the plan names.
"""

from collections.abc import Iterable
from functools import cache

from bot.cluster.people import Person, Unit, UnitKind
from bot.vocabulary import expand, roles

LEAD = "CUM_TRUONG"
CORE_TEAM = "COT_CAN_PGD"


def is_lead(person: Person, cluster_id: int) -> bool:
    return _belongs(person, cluster_id) and person.holds(LEAD)


def is_clerk(person: Person, cluster_id: int) -> bool:
    """Noted as "quản trị" in the roster: may do what the lead may."""
    return _belongs(person, cluster_id) and person.clerk


def manages_cluster(person: Person, cluster_id: int) -> bool:
    return is_lead(person, cluster_id) or is_clerk(person, cluster_id)


def is_head_of(person: Person, unit_id: int) -> bool:
    """Head or vice head (HT, every PHT) of this school."""
    return person.active and person.unit_id == unit_id and person.holds(*head_roles())


def is_any_head(person: Person, units: Iterable[Unit]) -> bool:
    """Head or vice head of some school of the cluster."""
    unit = unit_of(person, units)
    return unit is not None and unit.kind is UnitKind.SCHOOL and is_head_of(person, unit.id)


def is_authority_decider(person: Person, units: Iterable[Unit]) -> bool:
    """A leader or officer of an authority body; its core team does not decide (design, Who)."""
    return person.active and _in_authority(person, units) and person.holds(*_deciding_roles())


def is_core_team(person: Person) -> bool:
    """Of the core team that the authority named, whatever school the person works at."""
    return person.active and person.holds(CORE_TEAM)


def is_of_authority(person: Person, units: Iterable[Unit]) -> bool:
    """To be spoken to as the authority: its leaders, officers and the core team working there."""
    return person.active and _in_authority(person, units)


def heads_of(unit_id: int, people: Iterable[Person]) -> list[Person]:
    """HT before PHT, otherwise in the order given."""
    heads = [person for person in people if is_head_of(person, unit_id)]
    return sorted(heads, key=lambda person: not person.holds("HT"))


def managers(cluster_id: int, people: Iterable[Person]) -> list[Person]:
    """The lead, then the clerks."""
    found = [person for person in people if manages_cluster(person, cluster_id)]
    return sorted(found, key=lambda person: not is_lead(person, cluster_id))


def leads(cluster_id: int, people: Iterable[Person]) -> list[Person]:
    return [person for person in people if is_lead(person, cluster_id)]


def deciders(people: Iterable[Person], units: Iterable[Unit]) -> list[Person]:
    known = list(units)
    return [person for person in people if is_authority_decider(person, known)]


def unit_of(person: Person, units: Iterable[Unit]) -> Unit | None:
    return next((unit for unit in units if unit.id == person.unit_id), None)


def head_roles() -> frozenset[str]:
    return expand("BGH")


@cache
def _deciding_roles() -> frozenset[str]:
    return frozenset(r.id for r in roles().values() if r.kind == "authority" and r.id != CORE_TEAM)


def _in_authority(person: Person, units: Iterable[Unit]) -> bool:
    unit = unit_of(person, units)
    return unit is not None and unit.kind is UnitKind.AUTHORITY


def _belongs(person: Person, cluster_id: int) -> bool:
    return person.active and person.cluster_id == cluster_id
