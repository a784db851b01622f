"""Whom an audience phrase invites, by name, with the reason; and what a school must be asked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.cluster.addressing import by_custom, full_post, short_post
from bot.cluster.people import Person, Post, Unit, UnitKind
from bot.cluster.rights import CORE_TEAM, is_authority_decider, is_core_team, unit_of
from bot.cluster.teams import team_fits
from bot.plan.reading import AudienceItem, Scope
from bot.vocabulary import expand, find_role, roles

#: Where a school's only vice head has no duty named, that one does both.
_UNDIVIDED = {"PHT_CM": "PHT", "PHT_CSND": "PHT"}
_POSTS_AT_AUTHORITY = frozenset({"LD_PGD", "CV_PGD", CORE_TEAM})


@dataclass(frozen=True, slots=True)
class Invitee:
    person: Person
    reasons: tuple[str, ...]  #: "TTCM mẫu giáo, MN Bát Trang": one for each part of the phrase that fits
    by_authority: bool = False  #: invited with the authority's letter, which waits for the host

    @property
    def reason(self) -> str:
        """In words, to follow "thầy/cô được mời": "vì là TTCM mẫu giáo, MN Bát Trang"."""
        return "vì là " + "; ".join(self.reasons)


@dataclass(frozen=True, slots=True)
class Gap:
    """The roster does not settle this part of the phrase: somebody is to be asked."""

    unit: Unit | None  #: the school; None: the whole cluster, an authority, or an unknown host
    item: AudienceItem
    wanted: int | None  #: None: all who hold the role
    have: int

    @property
    def surplus(self) -> bool:
        """More hold the role than go: the first are invited, and the head may name others."""
        return self.wanted is not None and self.have > self.wanted


@dataclass(frozen=True, slots=True)
class Invitees:
    people: tuple[Invitee, ...]  #: authority first, the host's people last
    gaps: tuple[Gap, ...] = ()

    def ids(self) -> frozenset[int]:
        return frozenset(invitee.person.id for invitee in self.people)


def invited(
    audience: Sequence[AudienceItem], hosts: Sequence[int], people: Sequence[Person], units: Sequence[Unit]
) -> Invitees:
    """Whom the phrase invites; one who fits twice appears once, with both reasons.

    A counted role takes the first `count` of a school in roster order, those who hold the very role before
    those whose role it only includes.  Holding CUM_TRUONG or VAN_THU alone invites nobody.
    """
    active = [person for person in people if person.active]
    found: dict[int, Invitee] = {}
    gaps: list[Gap] = []
    # What invites everybody comes first, so that "TTCM, 3 GV" counts three teachers beside the team heads.
    for item in sorted(audience, key=lambda item: item.count is not None):
        for unit, wanted, candidates in _groups(item, hosts, active, units):
            exact = [c for c in candidates if c[1].role == item.role]
            wide = [c for c in candidates if c[1].role != item.role]
            if wanted is not None:
                wide = [c for c in wide if c[0].id not in found]
            holders = exact + wide
            if not holders or (wanted is not None and len(holders) != wanted):
                gaps.append(Gap(unit, item, wanted, len(holders)))
            for person, post in holders[:wanted]:
                _add(found, person, _reason(person, post, units), by_authority=_is_authority_item(item))
    order = by_custom([invitee.person for invitee in found.values()], units, hosts)
    return Invitees(tuple(found[person.id] for person in order), tuple(gaps))


def authority_people(people: Sequence[Person], units: Sequence[Unit]) -> tuple[Invitee, ...]:
    """Leaders, officers and core team: the host invites them to every session (Kế hoạch, mục III)."""
    found: list[Invitee] = []
    for person in by_custom(people, units):
        posts = [post for post in person.posts if post.role in _POSTS_AT_AUTHORITY or _is_body(post.role)]
        if posts and (is_authority_decider(person, units) or is_core_team(person)):
            found.append(Invitee(person, (_reason(person, posts[0], units),), by_authority=True))
    return tuple(found)


def everybody(
    audience: Sequence[AudienceItem], hosts: Sequence[int], people: Sequence[Person], units: Sequence[Unit]
) -> Invitees:
    """`invited` and `authority_people` together; who fits both is invited once, as the phrase says."""
    phrase = invited(audience, hosts, people, units)
    merged = {invitee.person.id: invitee for invitee in authority_people(people, units)}
    merged |= {
        invitee.person.id: invitee
        for invitee in phrase.people
        if not invitee.by_authority or invitee.person.id not in merged
    }
    order = by_custom([invitee.person for invitee in merged.values()], units, hosts)
    return Invitees(tuple(merged[person.id] for person in order), phrase.gaps)


_Candidates = list[tuple[Person, Post]]


def _groups(
    item: AudienceItem, hosts: Sequence[int], people: Sequence[Person], units: Sequence[Unit]
) -> Iterator[tuple[Unit | None, int | None, _Candidates]]:
    """The pools from which `item` takes: a unit (or None), how many, and who could go, in roster order."""
    schools = [unit for unit in units if unit.kind is UnitKind.SCHOOL]
    if _is_authority_item(item):
        yield None, item.count, list(_at_authority(item, people, units))
    elif item.scope is Scope.CLUSTER and item.count is not None:
        yield None, item.count, list(_holders(item, people, {unit.id for unit in schools}))
    elif item.scope is Scope.HOST:
        hosting = [unit for unit in schools if unit.id in hosts]
        for unit in hosting:
            yield unit, item.count, list(_holders(item, people, {unit.id}))
        if not hosting:
            yield None, item.count, []
    else:
        for unit in schools:
            yield unit, item.count, list(_holders(item, people, {unit.id}))


def _holders(
    item: AudienceItem, people: Iterable[Person], unit_ids: set[int]
) -> Iterator[tuple[Person, Post]]:
    here = [person for person in people if person.unit_id in unit_ids]
    meant = expand(item.role)
    undivided = [person for person in here if person.holds(_UNDIVIDED.get(item.role, ""))]
    if len(undivided) == 1 and not any(person.holds(item.role) for person in here):
        meant |= {_UNDIVIDED[item.role]}
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
            elif _is_body(item.role):
                fits = in_authority and unit is not None and _body_of(unit) == item.role
            else:
                fits = in_authority and post.role in meant
            if fits:
                yield person, post
                break


def _body_of(unit: Unit) -> str | None:
    for name in (unit.name, unit.label, *unit.aliases):
        role = find_role(name)
        if role is not None and _is_body(role[0]):
            return role[0]
    return None


def _is_body(role_id: str) -> bool:
    role = roles().get(role_id)
    return role is not None and role.kind == "authority" and role_id not in _POSTS_AT_AUTHORITY


def _is_authority_item(item: AudienceItem) -> bool:
    role = roles().get(item.role)
    return item.scope is Scope.AUTHORITY or (role is not None and role.kind == "authority")


def _reason(person: Person, post: Post, units: Iterable[Unit]) -> str:
    unit = unit_of(person, units)
    where = unit.label if unit else ""
    if post.role in _POSTS_AT_AUTHORITY or (unit and unit.kind is UnitKind.AUTHORITY):
        return f"{full_post(post)} {where}".strip()
    return f"{short_post(post)}, {where}"


def _add(found: dict[int, Invitee], person: Person, reason: str, *, by_authority: bool) -> None:
    known = found.get(person.id)
    reasons = known.reasons if known else ()
    if reason not in reasons:
        reasons += (reason,)
    found[person.id] = Invitee(person, reasons, by_authority and (known is None or known.by_authority))
