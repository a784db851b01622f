"""How people are spoken to."""

from bot.cluster.people import Person, Unit, UnitKind
from bot.cluster.rights import is_any_head, manages_cluster
from bot.notices.facts import Manner

#: What stands before a name after "Kính gửi".
TITLES = {
    Manner.AUTHORITY: "đồng chí",
    Manner.HEAD: "đ/c",
    Manner.STAFF: "thầy/cô",
    Manner.COOK: "thầy/cô",
}
KITCHEN = frozenset({"BEP_TRUONG", "NV_NUOI_DUONG", "TT_NUOI_DUONG"})


def manner(person: Person, unit: Unit) -> Manner:
    if unit.kind is UnitKind.AUTHORITY:
        return Manner.AUTHORITY
    if is_any_head(person, [unit]) or manages_cluster(person, unit.cluster_id):
        return Manner.HEAD
    if person.posts and all(post.role in KITCHEN for post in person.posts):
        return Manner.COOK
    return Manner.STAFF
