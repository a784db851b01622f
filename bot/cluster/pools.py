"""From whom a part of an audience phrase takes people: each school, the cluster, the host, the authority."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from bot.cluster.people import Person, Post, Unit, UnitKind
from bot.cluster.rights import CORE_TEAM, unit_of
from bot.cluster.teams import team_fits
from bot.plan.reading import AudienceItem, Scope
from bot.vocabulary import expand, find_role, roles

#: Where a school's only vice head has no duty named, that one does both.
_UNDIVIDED = {"PHT_CM": "PHT", "PHT_CSND": "PHT"}
POSTS_AT_AUTHORITY = frozenset({"LD_PGD", "CV_PGD", CORE_TEAM})

Candidates = list[tuple[Person, Post]]


def pools(
    item: AudienceItem, hosts: Sequence[int], people: Sequence[Person], units: Sequence[Unit]
) -> Iterator[tuple[Unit | None, int | None, Candidates]]:
    """The pools from which `item` takes: a unit (or None), how many, and who could go, in roster order."""
    if is_authority_item(item):
        yield None, item.count, list(_at_authority(item, people, units))
        return
    schools = {unit.id: unit for unit in units if unit.kind is UnitKind.SCHOOL}
    if is_for_cluster(item):
        yield None, item.count, list(_holders(item, [p for p in people if p.unit_id in schools]))
        return
    all_send = item.scope is not Scope.HOST
    here: dict[int, list[Person]] = {unit_id: [] for unit_id in schools if all_send or unit_id in hosts}
    for person in people:
        if person.unit_id in here:
            here[person.unit_id].append(person)
    for unit_id, own in here.items():
        yield schools[unit_id], item.count, list(_holders(item, own))
    if not (here or all_send):
        yield None, item.count, []


def is_for_cluster(item: AudienceItem) -> bool:
    """Whether all schools together send so many: "4 GV cốt cán cả cụm"."""
    return item.scope is Scope.CLUSTER and item.count is not None and not is_authority_item(item)


def in_turn(candidates: Candidates, hosts: Sequence[int]) -> Candidates:
    """One of each school, then a second of each, in the roster's order of schools.

    The host's own come last in each round: they are at the place anyway, so that what the plan gives to the
    whole cluster reaches the guests first.
    """
    schools: dict[int, Candidates] = {}
    for candidate in candidates:
        schools.setdefault(candidate[0].unit_id, []).append(candidate)
    order = sorted(schools, key=lambda unit: unit in hosts)
    rounds = zip_longest(*(schools[unit] for unit in order))
    return [candidate for one_round in rounds for candidate in one_round if candidate is not None]


def _holders(item: AudienceItem, here: Sequence[Person]) -> Iterator[tuple[Person, Post]]:
    """Of these people of one school, or of all schools."""
    meant = expand(item.role)
    whole = _UNDIVIDED.get(item.role)
    divided = whole is None or any(person.holds(item.role) for person in here)
    if whole is not None and not divided and sum(person.holds(whole) for person in here) == 1:
        meant |= {whole}
    for person in here:
        fitting = [p for p in person.posts if p.role in meant and team_fits(item.qualifier, p.qualifier)]
        if fitting:
            yield person, min(fitting, key=lambda post: post.role != item.role)


def _at_authority(
    item: AudienceItem, people: Iterable[Person], units: Sequence[Unit]
) -> Iterator[tuple[Person, Post]]:
    """By post, or by body: "PGD" and "Sở" mean the leaders and officers of that body."""
    meant = expand(item.role)
    for person in people:
        unit = unit_of(person, units)
        in_authority = unit is not None and unit.kind is UnitKind.AUTHORITY
        for post in person.posts:
            if post.role == CORE_TEAM:
                fits = item.role == CORE_TEAM
            elif is_body(item.role):
                fits = in_authority and unit is not None and _body_of(unit) == item.role
            else:
                fits = in_authority and post.role in meant
            if fits:
                yield person, post
                break


def _body_of(unit: Unit) -> str | None:
    for name in (unit.name, unit.label, *unit.aliases):
        role = find_role(name)
        if role is not None and is_body(role[0]):
            return role[0]
    return None


def is_body(role_id: str) -> bool:
    role = roles().get(role_id)
    return role is not None and role.kind == "authority" and role_id not in POSTS_AT_AUTHORITY


def is_authority_item(item: AudienceItem) -> bool:
    role = roles().get(item.role)
    return item.scope is Scope.AUTHORITY or (role is not None and role.kind == "authority")
