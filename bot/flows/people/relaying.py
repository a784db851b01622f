"""A cook may be told through the vice principal of her school: by her own choice, or by a head's for a cook
who has no chat account (needs, 17).  Her messages then go to the vice principal, who passes them on."""

from collections.abc import Mapping

from bot.cluster.addressing import with_post
from bot.cluster.people import Person
from bot.cluster.rights import is_head_of, manages_cluster
from bot.errors import BadInputError, NotAllowedError
from bot.flows.cluster_scene import ClusterScene
from bot.flows.manners import manner
from bot.flows.scene import Scene
from bot.flows.work import Work
from bot.notices.facts import Manner
from bot.outbox.port import Address

#: Who passes on, the first who can be reached: the kitchen is the PHT CSND's.
_PASSING_ON = ("PHT_CSND", "PHT", "PHT_CM", "HT")


def set_relay(work: Work, actor: Person, person_id: int, *, on: bool) -> tuple[Person, Person | None]:
    """Who is told through whom from now on; what found no chat before and is still of use goes out.

    Raises NotAllowedError, BadInputError (nobody of the school can be reached).
    """
    around = Scene(work).cluster(actor.cluster_id)
    person = around.people.get(person_id)
    if person is None or not may_set(work, around, actor, person):
        raise NotAllowedError(
            "Việc báo qua nhà trường do người trong bếp tự chọn, hoặc ban giám hiệu chọn cho người "
            "chưa có tài khoản."
        )
    through = passes_on(work, around, person)
    if on and through is None:
        raise BadInputError("Ban giám hiệu của trường chưa có ai đăng ký nhận tin để báo lại.")
    work.people.set_relay(person.id, work.now, on=on)
    if on:
        work.notices.revive(person.id, work.now)
    return person, through


def may_set(work: Work, around: ClusterScene, actor: Person, person: Person) -> bool:
    """The cook herself; for one without a chat the heads of her school, the lead and the clerk."""
    if manner(person, around.units[person.unit_id]) is not Manner.COOK:
        return False
    if actor.id == person.id:
        return True
    over = is_head_of(actor, person.unit_id) or manages_cluster(actor, person.cluster_id)
    return over and not work.people.addresses([person.id])


def passes_on(work: Work, around: ClusterScene, person: Person) -> Person | None:
    """Of the heads of her school the first who can be reached, the one for the kitchen before the others."""
    heads = [head for head in around.heads(person.unit_id) if head.id != person.id]
    reached = work.people.addresses([head.id for head in heads])
    by_post = (head for role in _PASSING_ON for head in heads if head.holds(role))
    return next((head for head in by_post if head.id in reached), None)


def cooks_of(around: ClusterScene, unit_id: int) -> list[Person]:
    here = (p for p in around.people.values() if p.unit_id == unit_id)
    return [p for p in here if manner(p, around.units[unit_id]) is Manner.COOK]


def reached_through(work: Work, around: ClusterScene) -> Mapping[int, Person]:
    """Of those who are told through their school, by whom."""
    found = {}
    for person_id in work.people.relayed(around.cluster.id):
        person = around.people.get(person_id)
        through = passes_on(work, around, person) if person is not None else None
        if through is not None:
            found[person_id] = through
    return found


def reached(work: Work, around: ClusterScene) -> frozenset[int]:
    """Everybody of the cluster who gets what is said to her: by a chat of her own or through her school."""
    own = work.people.addresses(list(around.people))
    return frozenset(own) | reached_through(work, around).keys()


def address_of(work: Work, through: Person) -> Address | None:
    link = work.people.addresses([through.id]).get(through.id)
    return Address(link.channel, link.chat_id) if link else None


def words_for(around: ClusterScene, person: Person) -> str:
    """As in "nhờ đồng chí báo lại cho thầy/cô …"."""
    return with_post(person, around.units[person.unit_id])
