"""How people are spoken to."""

from bot.cluster.addressing import with_post
from bot.cluster.charges import KITCHEN
from bot.cluster.people import Person, Unit, UnitKind
from bot.cluster.rights import is_head_of, manages_cluster
from bot.notices.facts import Manner
from bot.notices.spelling import spell_out

#: What stands before a name after "Kính gửi".
TITLES = {
    Manner.AUTHORITY: "đồng chí",
    Manner.HEAD: "đ/c",
    Manner.STAFF: "thầy/cô",
    Manner.COOK: "thầy/cô",
}


def manner(person: Person, unit: Unit) -> Manner:
    if unit.kind is UnitKind.AUTHORITY:
        return Manner.AUTHORITY
    if is_head_of(person, unit.id) or manages_cluster(person, unit.cluster_id):
        return Manner.HEAD
    if person.posts and all(post.role in KITCHEN for post in person.posts):
        return Manner.COOK
    return Manner.STAFF


def greeted(person: Person, unit: Unit) -> str:
    """As in "Kính gửi …": "đ/c" among heads, "đồng chí" to the authority, "thầy/cô" to the staff;
    nothing abbreviated for those who do not use the schools' abbreviations."""
    return greeted_as(manner(person, unit), person, unit)


def greeted_as(how: Manner, person: Person, unit: Unit) -> str:
    """The same, of whom it is known how she is spoken to."""
    words = f"{TITLES[how]} {with_post(person, unit)}"
    return spell_out(words) if how in (Manner.AUTHORITY, Manner.COOK) else words
