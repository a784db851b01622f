"""Whose post changes hands, for those who may hand over another's: a school first, then its people."""

from collections.abc import Callable
from dataclasses import replace

from bot.chat.dialogs import choosing
from bot.chat.dialogs.step import Step, Steps, guarded
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.cluster.handover import may_hand_over, offices_of
from bot.cluster.people import Person, Unit
from bot.errors import BadInputError, NotAllowedError
from bot.flows.cluster_scene import ClusterScene
from bot.flows.work import Dialog
from bot.message import Message
from bot.notices.actions import Verb, button
from bot.notices.cards import Rows

After = Callable[[Talk, Dialog, Person], Reaction]


def begin(talk: Talk, name: str, cluster_id: int) -> Reaction:
    """Raises NotAllowedError for who may hand over nobody's but her own."""
    units = _units(talk, cluster_id)
    if len(units) == 1:
        dialog = talk.begin(name, "who", cluster=cluster_id, unit=units[0].id, page=0)
        return talk.respond(_ask_who(talk, dialog))
    return talk.respond(_ask_unit(talk, talk.begin(name, "unit", cluster=cluster_id)))


def _units(talk: Talk, cluster_id: int) -> list[Unit]:
    me = talk.me_in(cluster_id)
    units = units_for(talk.scene.cluster(cluster_id), me)
    if not units:
        raise NotAllowedError(
            "Chức vụ của người khác do ban giám hiệu của trường hoặc cụm trưởng, người quản trị bàn giao."
        )
    return units


def _still(talk: Talk, dialog: Dialog) -> None:
    _units(talk, dialog.data["cluster"])


def handover_rows(me: Person, around: ClusterScene, *, several: bool = False) -> Rows:
    """The buttons on /toi.  `several`: the chat stands for people of several clusters."""
    where = f", cụm {around.cluster.name}" if several else ""
    row = []
    if offices_of(me):
        row.append(button(f"Bàn giao{where}", Verb.HAND_OVER, me.id))
    if units_for(around, me):
        row.append(button(f"Bàn giao của người khác{where}", Verb.HAND_OVER, 0, around.cluster.id))
    return (tuple(row),) if row else ()


def units_for(around: ClusterScene, me: Person) -> list[Unit]:
    """Where somebody works whose post I may hand over."""
    return [unit for unit in around.units.values() if _people(around, me, unit.id)]


def _people(around: ClusterScene, me: Person, unit_id: int) -> list[Person]:
    unit = around.units[unit_id]
    here = (p for p in around.people.values() if p.unit_id == unit_id and p.id != me.id)
    return [p for p in here if any(may_hand_over(me, p, unit, office) for office in offices_of(p))]


def steps(after: After) -> Steps:
    """The two questions; `after` goes on with whom they found."""

    def take_unit(talk: Talk, dialog: Dialog, said: str) -> Reaction:
        units = _units(talk, dialog.data["cluster"])
        found = next((unit for unit in units if str(unit.id) == said), None)
        if found is None:
            raise BadInputError("Đề nghị bấm chọn một đơn vị ở trên.")
        return talk.respond(_ask_who(talk, talk.advance(dialog, "who", unit=found.id, page=0)))

    def take_who(talk: Talk, dialog: Dialog, said: str) -> Reaction:
        page = choosing.page_wanted(said)
        if page is not None:
            dialog = talk.keep(replace(dialog, data={**dialog.data, "page": page}))
            return talk.respond(_ask_who(talk, dialog))
        people = _listed(talk, dialog)
        found = choosing.pressed_person(said, people) or choosing.typed_person(said, people)
        if found is None:
            raise BadInputError(f"Chưa thấy “{said[:60]}” trong danh sách. Đề nghị bấm chọn, hoặc gõ đủ tên.")
        return after(talk, dialog, found)

    return guarded(_still, {"unit": Step(_ask_unit, take_unit), "who": Step(_ask_who, take_who)})


def _listed(talk: Talk, dialog: Dialog) -> list[Person]:
    around = talk.scene.cluster(dialog.data["cluster"])
    return _people(around, talk.me_in(dialog.data["cluster"]), dialog.data["unit"])


def _ask_unit(talk: Talk, dialog: Dialog) -> Message:
    units = _units(talk, dialog.data["cluster"])
    rows = tuple((choice(dialog, unit.label[: choosing.LABEL], str(unit.id)),) for unit in units)
    return words("handover_unit", (*rows, way_out(dialog)))


def _ask_who(talk: Talk, dialog: Dialog) -> Message:
    unit = talk.scene.cluster(dialog.data["cluster"]).units[dialog.data["unit"]]
    rows = choosing.person_rows(dialog, _listed(talk, dialog), unit)
    return words("handover_who", (*rows, way_out(dialog)), unit=unit)
