"""How people are named: in an address, in a list, by their post; and in which order."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from bot.cluster.people import Person, Post, Unit, UnitKind
from bot.vocabulary import expand, find_mentions, fold, qualifier_words, roles

#: The staff's own abbreviations, for chat among them; a role without one is written out.
_SHORT: Mapping[str, str] = {
    "HT": "HT",
    "PHT": "PHT",
    "PHT_CM": "PHTCM",
    "PHT_CSND": "PHT CSND",
    "BGH": "BGH",
    "TTCM": "TTCM",
    "TPCM": "TPCM",
    "TT_NUOI_DUONG": "TT nuôi dưỡng",
    "GV": "GV",
    "GV_COT_CAN": "GV cốt cán",
    "GVCN": "GVCN",
    "NV": "NV",
    "NV_NUOI_DUONG": "NV nuôi dưỡng",
    "Y_TE": "NV y tế",
    "CTCD": "CTCĐ",
    "TPT_DOI": "TPT Đội",
}
#: Posts of an authority, without the body: the body is the unit's own name.
_AT_AUTHORITY: Mapping[str, str] = {
    "LD_PGD": "Lãnh đạo",
    "CV_PGD": "Chuyên viên",
    "COT_CAN_PGD": "Cốt cán",
}
_PLAIN: Mapping[str, str] = {"NV_NUOI_DUONG": "Nhân viên nuôi dưỡng"}

#: Order of names in a list (conventions, Tone): the more general role stands for all that it includes.
_RANKS: tuple[tuple[str, ...], ...] = (
    ("LD_PGD",),
    ("CV_PGD",),
    ("PGD", "SO_GDDT", "PHONG_VHXH", "UBND_XA", "COT_CAN_PGD"),
    ("HT",),
    ("PHT",),
    ("TTCM", "KHOI_TRUONG"),
    ("TPCM",),
    ("GV", "TPT_DOI", "CTCD"),
    ("TT_NUOI_DUONG", "NV"),
)


def short_post(post: Post) -> str:
    """As staff write it among themselves: "HT", "PHTCM", "TTCM mẫu giáo"."""
    return _with_team(_SHORT.get(post.role) or full_post(Post(post.role)), post.qualifier)


def full_post(post: Post) -> str:
    """Nothing abbreviated, for the authority, cooks and papers: "Tổ trưởng chuyên môn mẫu giáo"."""
    role = roles().get(post.role)
    words = _AT_AUTHORITY.get(post.role) or _PLAIN.get(post.role) or (role.vi if role else post.role)
    return _with_team(words, post.qualifier)


def main_post(person: Person) -> Post | None:
    """The post a person is addressed by: the first in rank ("HT; Cụm trưởng" is addressed as HT)."""
    return min(person.posts, key=lambda post: rank_of(post.role), default=None)


def posts_text(person: Person, *, full: bool = False) -> str:
    """All posts: "HT, cụm trưởng"."""
    return ", ".join((full_post if full else short_post)(post) for post in person.posts)


def is_nameless(person: Person, unit: Unit) -> bool:
    """The roster gives only post and school in place of a name: "Hiệu trưởng Bát Trang".  Of who has another
    post by now it is like a name: "Hiệu trưởng Bát Trang, Giáo viên MN Bát Trang"."""
    name = fold(person.name)
    return name.startswith(_post_words()) and fold(unit.name) in name and not _has_outgrown(person)


def name_of(person: Person, unit: Unit) -> str:
    """The bare name; for the nameless the post with the school's full label."""
    if not is_nameless(person, unit) or fold(unit.label) in fold(person.name):
        return person.name
    at = fold(person.name).rfind(fold(unit.name))
    if len(fold(person.name)) != len(person.name):  # letters that fold to another length: leave as written
        return person.name
    return person.name[:at] + unit.label + person.name[at + len(unit.name) :]


def name_in_school(person: Person, unit: Unit) -> str:
    """Among her own people: "Nguyễn Thị A (TTCM mẫu giáo)"; the nameless by what stands for the name."""
    post = main_post(person)
    if post is None or is_nameless(person, unit):
        return person.name
    return f"{person.name} ({short_post(post)})"


def name_among_schools(person: Person, unit: Unit) -> str:
    """Among people of several schools: "Nguyễn Thị A (MN Bát Trang)"."""
    return name_of(person, unit) if is_nameless(person, unit) else f"{person.name} ({unit.label})"


def address(person: Person, unit: Unit, *, full: bool = True) -> str:
    """As in "đ/c Lê Thị Minh Hồng, Hiệu trưởng MN Sao Sáng"; the post is not said twice."""
    return f"đ/c {with_post(person, unit, full=full)}"


def with_post(person: Person, unit: Unit, *, full: bool = True) -> str:
    """As in "Lê Thị Minh Hồng, Hiệu trưởng MN Sao Sáng"."""
    if is_nameless(person, unit):
        return name_of(person, unit)
    post = main_post(person)
    if post is None:
        return f"{person.name}, {unit.label}"
    words = (full_post if full else short_post)(post)
    return f"{person.name}, {words} {unit.label}"


def by_custom(people: Iterable[Person], units: Iterable[Unit], hosts: Iterable[int] = ()) -> list[Person]:
    """Authority first, then heads, vice heads, team heads, teachers, staff; the host's people last.

    Within a rank schools keep the order of `units`, and people the order given.
    """
    known = list(units)
    place = {unit.id: index for index, unit in enumerate(known)}
    authority = {unit.id for unit in known if unit.kind is UnitKind.AUTHORITY}
    host_ids = set(hosts)

    def key(person: Person) -> tuple[int, int, int]:
        post = main_post(person)
        group = 0 if person.unit_id in authority else 2 if person.unit_id in host_ids else 1
        return group, rank_of(post.role if post else ""), place.get(person.unit_id, len(known))

    return sorted(people, key=key)


@cache
def rank_of(role: str) -> int:
    return next(
        (rank for rank, wide in enumerate(_RANKS) if any(role in expand(one) for one in wide)), len(_RANKS)
    )


def _with_team(words: str, qualifier: str | None) -> str:
    if not qualifier:
        return words
    team = qualifier_words().get(qualifier, qualifier)
    return words if fold(team) in fold(words) else f"{words} {team}"


def _has_outgrown(person: Person) -> bool:
    """Whether the post that stands for her name is none of hers any more."""
    named = _role_in(person.name)
    if named is None or not person.posts:
        return False
    return not any(named in expand(post.role) or post.role in expand(named) for post in person.posts)


@lru_cache(4096)
def _role_in(name: str) -> str | None:
    """The post that a name says.  Each person's is asked for several times in one message."""
    said = find_mentions(name)
    return said[0].role if said else None


@cache
def _post_words() -> tuple[str, ...]:
    """How a post written in place of a name can begin."""
    found = {fold(words) for words in _AT_AUTHORITY.values()}
    for role in roles().values():
        written = fold(role.vi).split(" ")
        if len(written) > 1:
            found.add(" ".join(written[:2]))
    return tuple(found)
