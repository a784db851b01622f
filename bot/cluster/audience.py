"""Whom an audience phrase invites, by name, with the reason; and what a school must be asked."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.cluster.addressing import by_custom, full_post, short_post, with_post
from bot.cluster.delegation import NOTHING_SAID, Choices
from bot.cluster.people import Person, Post, Unit, UnitKind
from bot.cluster.pools import (
    POSTS_AT_AUTHORITY,
    Candidates,
    in_turn,
    is_authority_item,
    is_body,
    is_for_cluster,
    pools,
)
from bot.cluster.rights import is_authority_decider, is_core_team, unit_of
from bot.plan.reading import AudienceItem


@dataclass(frozen=True, slots=True)
class Invitee:
    person: Person
    reasons: tuple[str, ...]  #: "TTCM mẫu giáo, MN Bát Trang": one for each part of the phrase that fits
    by_authority: bool = False  #: invited with the authority's letter, which waits for the host
    instead_of: str = ""  #: in whose place: "Nguyễn Thị A, TTCM MN Bát Trang"

    @property
    def reason(self) -> str:
        """In words, to follow "thầy/cô được mời": "vì là TTCM mẫu giáo, MN Bát Trang"."""
        return "vì là " + "; ".join(self.reasons)


@dataclass(frozen=True, slots=True)
class Gap:
    """The roster does not settle this part of the phrase: somebody is to be asked."""

    unit: Unit | None  #: the school; None: the cluster (`of_cluster`), an authority, or an unknown host
    item: AudienceItem
    wanted: int | None  #: None: all who hold the role
    have: int

    @property
    def of_cluster(self) -> bool:
        """All schools together send so many: the lead is asked."""
        return self.unit is None and is_for_cluster(self.item)

    @property
    def surplus(self) -> bool:
        """More hold the role than go: the first are invited, and the head, or the lead, may name others."""
        return self.wanted is not None and self.have > self.wanted


@dataclass(frozen=True, slots=True)
class Invitees:
    people: tuple[Invitee, ...]  #: authority first, the host's people last
    gaps: tuple[Gap, ...] = ()

    def ids(self) -> frozenset[int]:
        return frozenset(invitee.person.id for invitee in self.people)


def invited(
    audience: Sequence[AudienceItem],
    hosts: Sequence[int],
    people: Sequence[Person],
    units: Sequence[Unit],
    choices: Choices = NOTHING_SAID,
) -> Invitees:
    """Whom the phrase invites; one who fits twice appears once, with both reasons.

    A counted role takes those whom the school's head named; until she has, the first `count` of the school
    in roster order, those who hold the very role before those whose role it only includes.  Counted for the
    whole cluster it takes them from the schools in turn.  Who goes instead of somebody is invited too.
    Holding CUM_TRUONG or VAN_THU alone invites nobody.
    """
    found, gaps = _by_phrase(audience, hosts, people, units, choices)
    order = by_custom([invitee.person for invitee in found.values()], units, hosts)
    return Invitees(tuple(found[person.id] for person in order), gaps)


def _by_phrase(
    audience: Sequence[AudienceItem],
    hosts: Sequence[int],
    people: Sequence[Person],
    units: Sequence[Unit],
    choices: Choices,
) -> tuple[dict[int, Invitee], tuple[Gap, ...]]:
    """Whom `invited` invites, in no order."""
    active = [person for person in people if person.active]
    found: dict[int, Invitee] = {}
    gaps: list[Gap] = []
    # What invites everybody comes first, so that "TTCM, 3 GV" counts three teachers beside the team heads.
    for item in sorted(audience, key=lambda item: item.count is not None):
        for unit, wanted, candidates in pools(item, hosts, active, units):
            named = choices.of(unit, item)
            if named is not None and (unit is not None or is_for_cluster(item)):
                for person, reason in _named(named, candidates, active, unit, units):
                    _add(found, person, reason, by_authority=False)
                continue
            fitting = _in_order(item, candidates, hosts, found if wanted is not None else {})
            if not fitting or (wanted is not None and len(fitting) != wanted):
                gaps.append(Gap(unit, item, wanted, len(fitting)))
            for person, post in fitting[:wanted]:
                _add(found, person, _reason(person, post, units), by_authority=is_authority_item(item))
    _add_stand_ins(found, choices, active, units)
    return found, tuple(gaps)


def holders(
    item: AudienceItem,
    unit: Unit | None,
    people: Sequence[Person],
    hosts: Sequence[int],
    units: Sequence[Unit],
) -> list[Person]:
    """From whom this part of the phrase takes people of a school, the very role first; unit None: a part that
    counts people of the whole cluster, the schools in turn."""
    active = [person for person in people if person.active]
    for of, _, candidates in pools(item, hosts, active, units):
        if (of.id if of else None) == (unit.id if unit else None):
            return [person for person, _ in _in_order(item, candidates, hosts)]
    return []


def authority_people(people: Iterable[Person], units: Sequence[Unit]) -> Iterator[Invitee]:
    """Leaders, officers and core team: the host invites them to every session (Kế hoạch, mục III)."""
    for person in people:
        posts = [post for post in person.posts if post.role in POSTS_AT_AUTHORITY or is_body(post.role)]
        if posts and (is_authority_decider(person, units) or is_core_team(person)):
            yield Invitee(person, (_reason(person, posts[0], units),), by_authority=True)


def everybody(
    audience: Sequence[AudienceItem],
    hosts: Sequence[int],
    people: Sequence[Person],
    units: Sequence[Unit],
    choices: Choices = NOTHING_SAID,
) -> Invitees:
    """`invited` and `authority_people` together; who fits both is invited once, as the phrase says."""
    phrase, gaps = _by_phrase(audience, hosts, people, units, choices)
    merged = {invitee.person.id: invitee for invitee in authority_people(people, units)}
    merged |= {i: invitee for i, invitee in phrase.items() if not invitee.by_authority or i not in merged}
    order = by_custom([invitee.person for invitee in merged.values()], units, hosts)
    return Invitees(tuple(merged[person.id] for person in order), gaps)


def _in_order(
    item: AudienceItem, candidates: Candidates, hosts: Sequence[int], taken: Collection[int] = ()
) -> Candidates:
    """Who holds the very role, then whose role it only includes, unless something else invites her; among
    each of them the schools in turn, where the count is for all of them."""
    exact = [c for c in candidates if c[1].role == item.role]
    others = [c for c in candidates if c[1].role != item.role and c[0].id not in taken]
    if is_for_cluster(item):
        return in_turn(exact, hosts) + in_turn(others, hosts)
    return exact + others


def _named(
    named: Sequence[int],
    candidates: Candidates,
    people: Sequence[Person],
    unit: Unit | None,
    units: Sequence[Unit],
) -> Iterator[tuple[Person, str]]:
    """Those of the school whom its head named, or of all schools whom the lead named, in roster order;
    whoever has left is not among them."""
    posts = {person.id: post for person, post in candidates}
    schools = {u.id for u in units if u.kind is UnitKind.SCHOOL} if unit is None else {unit.id}
    for person in people:
        if person.id in named and person.unit_id in schools:
            post = posts.get(person.id)
            by = unit.label if unit is not None else "cụm"
            yield person, _reason(person, post, units) if post else f"người {by} cử đi dự"


def _add_stand_ins(
    found: dict[int, Invitee], choices: Choices, people: Sequence[Person], units: Sequence[Unit]
) -> None:
    """Who goes in the place of an invited person; she in turn can have somebody go for her."""
    by_id = {person.id: person for person in people}
    asked = list(found)
    for person_id in asked:
        absent, stand_in = found[person_id].person, by_id.get(choices.instead.get(person_id, 0))
        unit = unit_of(absent, units)
        if stand_in is None or unit is None or stand_in.id in found:
            continue
        whose = with_post(absent, unit, full=False)
        found[stand_in.id] = Invitee(stand_in, (f"người đi thay {whose}",), instead_of=whose)
        asked.append(stand_in.id)


def _reason(person: Person, post: Post, units: Iterable[Unit]) -> str:
    unit = unit_of(person, units)
    where = unit.label if unit else ""
    if post.role in POSTS_AT_AUTHORITY or (unit and unit.kind is UnitKind.AUTHORITY):
        return f"{full_post(post)} {where}".strip()
    return f"{short_post(post)}, {where}"


def _add(found: dict[int, Invitee], person: Person, reason: str, *, by_authority: bool) -> None:
    known = found.get(person.id)
    reasons = known.reasons if known else ()
    if reason not in reasons:
        reasons += (reason,)
    found[person.id] = Invitee(person, reasons, by_authority and (known is None or known.by_authority))
