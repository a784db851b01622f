"""What of somebody's work is handed over, by whom, to whom, and what both are afterwards: pure rules."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cluster.addressing import full_post, rank_of
from bot.cluster.people import Cluster, Person, Post, Unit, UnitKind
from bot.cluster.rights import LEAD, head_roles, is_authority_decider, is_head_of, manages_cluster
from bot.cluster.teams import team_fits
from bot.vocabulary import expand, roles

CLERK = "QUAN_TRI"  #: the clerk's work: a mark in the roster, and no post
_KITCHEN = ("TT_NUOI_DUONG", "NV_NUOI_DUONG")  #: with what they include
#: What somebody is who gives up her only post and stays: the first whose words include the post.
_STAYING: tuple[tuple[str, str], ...] = (
    ("BGH", "GV"),
    ("GV", "GV"),
    ("CTCD", "GV"),
    ("TPT_DOI", "GV"),
    *((role, "NV_NUOI_DUONG") for role in _KITCHEN),
    ("NV", "NV"),
    ("LD_PGD", "CV_PGD"),
    ("CV_PGD", ""),
    ("COT_CAN_PGD", ""),
)


@dataclass(frozen=True, slots=True)
class Office:
    """One thing that somebody can hand over: a post, or the clerk's work."""

    role: str  #: an id of data/roles.toml, or CLERK
    qualifier: str | None = None

    @property
    def key(self) -> str:
        return f"{self.role}/{self.qualifier}" if self.qualifier else self.role

    @property
    def of_cluster(self) -> bool:
        """The lead's and the clerk's: more than a school's own."""
        return self.role == CLERK or _kind(self.role) == "lead"

    @property
    def of_head(self) -> bool:
        return self.role in head_roles()

    @property
    def gives_rights(self) -> bool:
        """Whether it is more than being invited and told."""
        return self.of_head or self.of_cluster or self.role in ("LD_PGD", "CV_PGD")

    @property
    def words(self) -> str:
        return "Quản trị cụm" if self.role == CLERK else full_post(Post(self.role, self.qualifier))


@dataclass(frozen=True, slots=True)
class Handover:
    """One that has been made.  Kept for good."""

    id: int
    cluster_id: int
    unit_id: int  #: where the offices are held
    at: datetime
    actor_id: int | None  #: who confirmed it
    from_id: int
    to_id: int
    offices: tuple[Office, ...]
    leaves: bool  #: who held them is no longer in the roster

    @property
    def words(self) -> str:
        return words_of(self.offices)


def words_of(offices: Iterable[Office]) -> str:
    """ "Hiệu trưởng, Cụm trưởng"."""
    return ", ".join(office.words for office in offices)


def placed(offices: Sequence[Office], unit: Unit, cluster: Cluster) -> str:
    """With where they are held: "Hiệu trưởng MN Bát Trang", "Cụm trưởng, cụm trường An Tiến"."""
    if all(office.of_cluster for office in offices):
        return f"{words_of(offices)}, cụm trường {cluster.name}"
    return f"{words_of(offices)}{',' if len(offices) > 1 else ''} {unit.label}"


def offices_of(person: Person) -> tuple[Office, ...]:
    posts = tuple(Office(post.role, post.qualifier) for post in person.posts)
    return (*posts, Office(CLERK)) if person.clerk else posts


def may_hand_over(actor: Person, person: Person, unit: Unit, office: Office) -> bool:
    """Everybody her own; the lead and the clerk what is held at schools; a school's heads the posts of her
    own school's people; leaders and officers of an authority those of their own body.  `unit`: the person's.
    """
    if not (actor.active and person.active and actor.cluster_id == person.cluster_id):
        return False
    if actor.id == person.id:
        return True
    if unit.kind is UnitKind.AUTHORITY:
        return actor.unit_id == unit.id and is_authority_decider(actor, [unit])
    if manages_cluster(actor, unit.cluster_id):
        return True
    return is_head_of(actor, unit.id) and _kind(office.role) == "role"


def may_leave(person: Person, given: Collection[Office], allowed: Collection[Office]) -> bool:
    """Whether she may leave with this handover: everything that can be given is given, and no work of the
    cluster ends with her.  `allowed`: what the one who acts may hand over."""
    rest = [office for office in offices_of(person) if office not in given]
    return not any(office in allowed or office.of_cluster for office in rest)


def posts_staying(person: Person, given: Collection[Office]) -> tuple[Post, ...] | None:
    """Her posts if she stays; None where she would be what she gives away."""
    rest = tuple(post for post in person.posts if Office(post.role, post.qualifier) not in given)
    if any(_kind(post.role) != "lead" for post in rest):
        return rest
    held = [office.role for office in given if not office.of_cluster] or ["GV"]
    known = (then for wide, then in _STAYING if any(role in expand(wide) for role in held))
    role = next(known, "NV")
    return (*rest, Post(role)) if role and role not in held else None


def posts_taking(person: Person, taken: Iterable[Office]) -> tuple[Post, ...]:
    """Her posts once she has taken these: a more general one ends ("GV" for who becomes TTCM), as does a
    lower one of who becomes head, or vice head; any other is held beside."""
    posts = person.posts
    for office in taken:
        if office.role == CLERK:
            continue
        kept = (post for post in posts if not _ends(post.role, office.role))
        posts = tuple(dict.fromkeys((*kept, Post(office.role, office.qualifier))))
    return posts


def has_all(person: Person, offices: Iterable[Office]) -> bool:
    return set(offices) <= set(offices_of(person))


def successors(
    person: Person, given: Sequence[Office], people: Iterable[Person], units: Sequence[Unit]
) -> list[Person]:
    """Who may take these, the likeliest first.  What is a unit's stays in it; the lead's and the clerk's work
    can go to anybody of the schools."""
    schools = {unit.id for unit in units if unit.kind is UnitKind.SCHOOL}
    for_cluster = all(office.of_cluster for office in given)
    fitting = [
        other
        for other in people
        if other.active
        and other.id != person.id
        and (other.unit_id in schools if for_cluster else other.unit_id == person.unit_id)
        and not has_all(other, given)
    ]
    main = min(given, key=lambda office: (office.of_cluster, rank_of(office.role)))
    if for_cluster:
        return sorted(fitting, key=lambda other: _for_cluster(other, person, main))
    return sorted(fitting, key=lambda other: _distance(other, main))


def is_new_person_possible(given: Iterable[Office]) -> bool:
    """Who is lead is somebody of the roster already."""
    return any(not office.of_cluster for office in given)


def _for_cluster(other: Person, person: Person, main: Office) -> tuple[bool, int, bool]:
    """The lead is a head of any school; the clerk as a rule somebody of the same school."""
    own = other.unit_id != person.unit_id
    rank = min((rank_of(post.role) for post in other.posts), default=99)
    return (own, rank, False) if main.role == CLERK else (False, rank, own)


def _distance(other: Person, main: Office) -> tuple[bool, bool, int, bool]:
    """The kitchen from the kitchen; the nearest below goes before whoever stands above."""
    wanted = rank_of(main.role)
    ranks = [rank_of(post.role) for post in other.posts] or [99]
    step = min(ranks) - wanted
    same_team = any(team_fits(main.qualifier, post.qualifier) for post in other.posts)
    return _in_kitchen(main.role) != _cooks(other), step < 0, abs(step), not same_team


def _cooks(person: Person) -> bool:
    return any(_in_kitchen(post.role) for post in person.posts)


def _in_kitchen(role: str) -> bool:
    return any(role in expand(wide) for wide in _KITCHEN)


def _ends(held: str, taken: str) -> bool:
    if held == taken:
        return False
    if taken == LEAD:
        return _kind(held) == "lead"
    if taken in expand(held) or (held, taken) == ("CV_PGD", "LD_PGD"):
        return True
    below = expand("GV") | (expand("PHT") if taken == "HT" else frozenset())
    return taken in head_roles() and held in below


def _kind(role: str) -> str:
    known = roles().get(role)
    return known.kind if known is not None else ""
