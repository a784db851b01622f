"""On /toi: whether a school settles here who covers for those who go."""

from bot.chat.reaction import Reaction, say
from bot.chat.talk import Talk, words
from bot.cluster.people import Person, Unit
from bot.cluster.rights import is_any_head, manages_cluster
from bot.errors import NotAllowedError
from bot.flows.cluster_scene import ClusterScene
from bot.flows.sessions.cover_setting import set_covering
from bot.message import Button
from bot.notices.actions import Action, Verb, button
from bot.notices.cards import Rows


def rows(me: Person, around: ClusterScene) -> Rows:
    """For a head her own school; for the lead and the clerk the way to all of them."""
    if manages_cluster(me, around.cluster.id):
        return ((button("Dạy thay, trông bếp của các trường", Verb.COVERING, 0),),)
    if is_any_head(me, around.units.values()):
        return ((_switch(around, around.units[me.unit_id], "việc dạy thay, trông bếp"),),)
    return ()


def press(talk: Talk, a: Action) -> Reaction:
    """Raises NotAllowedError for everybody but that school's heads, the lead and the clerk."""
    unit = talk.work.people.unit(a.number(0))
    talk.require_known()
    if unit is None:
        return _list(talk)
    me = talk.me_in(unit.cluster_id)
    on = bool(a.number(1))
    set_covering(talk.work, me, unit.id, on=on)
    return say(words("covering_set", unit=unit, on=on))


def _list(talk: Talk) -> Reaction:
    me = next((p for p in talk.people if manages_cluster(p, p.cluster_id)), None)
    if me is None:
        raise NotAllowedError("Danh sách này dành cho cụm trưởng và người quản trị.")
    around = talk.scene.cluster(me.cluster_id)
    schools = [(unit.label, unit.id not in around.not_covering) for unit in around.schools]
    buttons = tuple((_switch(around, unit, unit.label),) for unit in around.schools)
    return say(words("covering_list", buttons, cluster=around.cluster, schools=schools))


def _switch(around: ClusterScene, unit: Unit, what: str) -> Button:
    off = unit.id in around.not_covering
    return button(f"{'Bật' if off else 'Tắt'} {what}", Verb.COVERING, unit.id, int(off))
