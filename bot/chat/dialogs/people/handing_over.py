"""`Bàn giao`: who takes over, then one line that says what passes, and the press that does it."""

from dataclasses import replace

from bot.chat.dialogs import choosing
from bot.chat.dialogs.people import handover_whose
from bot.chat.dialogs.people.handover_done import done_reaction
from bot.chat.dialogs.people.handover_sure import Choice, choices_for, sure_facts
from bot.chat.dialogs.step import Step
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.cluster import handover as rules
from bot.cluster.handover import Office
from bot.cluster.people import Person, Unit
from bot.errors import BadInputError, OutdatedError
from bot.flows.manners import manner
from bot.flows.people.handing_over import Newcomer, Order, given_by, hand_over, mark_of, successor_of
from bot.flows.people.newcomers import checked_name, checked_phone
from bot.flows.work import Dialog
from bot.message import Message
from bot.notices.actions import Action
from bot.notices.cards import you

NAME = "handing_over"


def press(talk: Talk, a: Action) -> Reaction:
    """`person`: hers; `0:cluster`: somebody else's.  Raises NotAllowedError, OutdatedError, ValueError."""
    talk.require_known()
    if a.number(0) == 0:
        return handover_whose.begin(talk, NAME, a.number(1))
    person = talk.work.people.person(a.number(0))
    me = talk.me if person is None else talk.me_in(person.cluster_id)
    _, _, allowed = given_by(talk.work, me, a.number(0))
    cluster = me.cluster_id
    if len(allowed) > 1:
        dialog = talk.begin(NAME, "what", cluster=cluster, person=a.number(0))
        return talk.respond(_ask_what(talk, dialog))
    given = [office.key for office in allowed]
    dialog = talk.begin(NAME, "to", cluster=cluster, person=a.number(0), given=given)
    return talk.respond(_ask_to(talk, dialog))


def chosen(talk: Talk, dialog: Dialog, person: Person) -> Reaction:
    """Whose post, out of several people's."""
    _, _, allowed = given_by(talk.work, talk.me_in(dialog.data["cluster"]), person.id)
    if len(allowed) > 1:
        return talk.respond(_ask_what(talk, talk.advance(dialog, "what", person=person.id, page=0)))
    given = [office.key for office in allowed]
    return talk.respond(_ask_to(talk, talk.advance(dialog, "to", person=person.id, given=given, page=0)))


# -- which of several posts


def _allowed(talk: Talk, dialog: Dialog) -> tuple[Person, Person, Unit, tuple[Office, ...]]:
    """Who I am, who gives up, where, and what I may hand over for her today."""
    me = talk.me_in(dialog.data["cluster"])
    return me, *given_by(talk.work, me, dialog.data["person"])


def _ask_what(talk: Talk, dialog: Dialog) -> Message:
    me, person, unit, allowed = _allowed(talk, dialog)
    rows = [(choice(dialog, "Tất cả", "all"),)]
    rows += [(choice(dialog, office.words[: choosing.LABEL], str(at)),) for at, office in enumerate(allowed)]
    own = me.id == person.id
    return words(
        "handover_what",
        (*rows, way_out(dialog)),
        person=person,
        unit=unit,
        own=own,
        you=you(manner(me, talk.scene.cluster(me.cluster_id).units[me.unit_id])),
        posts=rules.words_of(allowed),
    )


def _take_what(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    *_, allowed = _allowed(talk, dialog)
    by_value = {"all": allowed} | {str(at): (office,) for at, office in enumerate(allowed)}
    if said not in by_value:
        raise BadInputError("Đề nghị bấm chọn một việc ở trên, hoặc gõ /huy để thôi.")
    given = [office.key for office in by_value[said]]
    return talk.respond(_ask_to(talk, talk.advance(dialog, "to", given=given, page=0)))


# -- who takes over


def _given(talk: Talk, dialog: Dialog) -> tuple[Person, Person, Unit, tuple[Office, ...]]:
    """As `_allowed`, with what was chosen.  Raises OutdatedError where she does not hold it any more."""
    me, person, unit, allowed = _allowed(talk, dialog)
    given = tuple(office for office in allowed if office.key in dialog.data["given"])
    if len(given) != len(dialog.data["given"]):
        raise OutdatedError("Chức vụ này vừa được bàn giao. Đề nghị mở lại để xem ai đang giữ.")
    return me, person, unit, given


def _candidates(talk: Talk, person: Person, given: tuple[Office, ...]) -> list[Person]:
    around = talk.scene.cluster(person.cluster_id)
    return rules.successors(person, given, around.people.values(), list(around.units.values()))


def _ask_to(talk: Talk, dialog: Dialog) -> Message:
    me, person, unit, given = _given(talk, dialog)
    people = _candidates(talk, person, given)
    new = (choice(dialog, "Người mới", "new"),) if rules.is_new_person_possible(given) else ()
    rows = choosing.person_rows(dialog, people, unit, units=talk.scene.cluster(person.cluster_id).units)
    return words(
        "handover_to",
        (*rows, *([new] if new else []), way_out(dialog)),
        person=person,
        own=me.id == person.id,
        posts=_placed(talk, given, unit),
        nobody=not people,
    )


def _placed(talk: Talk, given: tuple[Office, ...], unit: Unit) -> str:
    return rules.placed(given, unit, talk.scene.cluster(unit.cluster_id).cluster)


def _take_to(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    _, person, _, given = _given(talk, dialog)
    if said == "new" and rules.is_new_person_possible(given):
        return talk.respond(_ask_new(talk, talk.advance(dialog, "new")))
    page = choosing.page_wanted(said)
    if page is not None:
        dialog = talk.keep(replace(dialog, data={**dialog.data, "page": page}))
        return talk.respond(_ask_to(talk, dialog))
    everybody = list(talk.scene.cluster(person.cluster_id).people.values())
    offered = _candidates(talk, person, given)
    found = choosing.pressed_person(said, offered)
    if found is None:
        found = choosing.typed_person(said, offered) or choosing.typed_person(said, everybody)
    if found is None:
        raise BadInputError(
            f"Chưa thấy “{said[:60]}” trong danh sách. Đề nghị bấm chọn, hoặc bấm Người mới nếu chưa có tên."
        )
    new = successor_of(talk.work, person, given, found.id)
    return talk.respond(
        _ask_sure(talk, talk.advance(dialog, "sure", to=new.id, name=None, seen=mark_of(person, new)))
    )


def _ask_new(talk: Talk, dialog: Dialog) -> Message:
    _, _, unit, given = _given(talk, dialog)
    return words("handover_new", (way_out(dialog),), posts=_placed(talk, given, unit))


def _take_new(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    _, person, *_ = _given(talk, dialog)
    name, _, phone = said.partition(",")
    told = {"name": checked_name(name), "phone": checked_phone(phone)}
    seen = mark_of(person, None)
    return talk.respond(_ask_sure(talk, talk.advance(dialog, "sure", to=None, seen=seen, **told)))


# -- the confirmation


def _receiver(dialog: Dialog) -> int | Newcomer:
    to = dialog.data["to"]
    return to if isinstance(to, int) else Newcomer(dialog.data["name"], dialog.data["phone"])


def _ask_sure(talk: Talk, dialog: Dialog) -> Message:
    me, person, unit, given = _given(talk, dialog)
    allowed = _allowed(talk, dialog)[3]
    buttons = [
        (choice(dialog, one.label, one.value),) for one in choices_for(person, unit, given, allowed).values()
    ]
    facts = sure_facts(talk, me, person, unit, given, _receiver(dialog))
    return words("handover_sure", (*buttons, way_out(dialog)), **facts)


def _take_sure(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    me, person, unit, given = _given(talk, dialog)
    wanted: Choice | None = choices_for(person, unit, given, _allowed(talk, dialog)[3]).get(said)
    if wanted is None:
        raise BadInputError("Đề nghị bấm một nút Xác nhận ở trên, hoặc Quay lại.")
    order = Order(person.id, given, _receiver(dialog), wanted.leaves, dialog.data["seen"])
    talk.end()
    return done_reaction(talk, me, hand_over(talk.work, me, order))


STEPS = {
    **handover_whose.steps(chosen),
    "what": Step(_ask_what, _take_what),
    "to": Step(_ask_to, _take_to),
    "new": Step(_ask_new, _take_new),
    "sure": Step(_ask_sure, _take_sure),
}
