"""On /toi: a cook is told through her school's vice principal; chosen by her, or by a head for one who has no
account."""

from bot.chat.reaction import Reaction, say
from bot.chat.talk import Talk, words
from bot.cluster.people import Person
from bot.cluster.rights import is_any_head
from bot.errors import NotAllowedError
from bot.flows.cluster_scene import ClusterScene
from bot.flows.people.relaying import cooks_of, may_set, set_relay, words_for
from bot.notices.actions import Action, Verb, button
from bot.notices.cards import Rows


def rows(talk: Talk, me: Person, around: ClusterScene) -> Rows:
    """The buttons that I may press about myself, or about the cooks of my school."""
    chosen = talk.work.people.relayed(around.cluster.id)
    mine = [me] if not is_any_head(me, around.units.values()) else cooks_of(around, me.unit_id)
    return tuple(
        (
            button(
                _label(person, me, on=person.id not in chosen), Verb.RELAY, person.id, _turn(person, chosen)
            ),
        )
        for person in mine
        if may_set(talk.work, around, me, person)
    )


def _turn(person: Person, chosen: frozenset[int]) -> int:
    return int(person.id not in chosen)


def _label(person: Person, me: Person, *, on: bool) -> str:
    if person.id == me.id:
        return "Nhận tin qua phó hiệu trưởng" if on else "Tự nhận tin"
    return f"Báo {person.name} qua nhà trường" if on else f"Thôi báo {person.name} qua nhà trường"


def press(talk: Talk, a: Action) -> Reaction:
    on = bool(a.number(1))
    target = talk.work.people.person(a.number(0))
    talk.require_known()
    if target is None:
        raise NotAllowedError(f"Nút này không dành cho {talk.you}.")
    me = talk.me_in(target.cluster_id)
    person, through = set_relay(talk.work, me, target.id, on=on)
    around = talk.scene.cluster(person.cluster_id)
    by = words_for(around, through) if through is not None else ""
    return say(words("bao_qua", on=on, own=person.id == me.id, who=words_for(around, person), by=by))
