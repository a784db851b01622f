"""The lead says who goes for a count of the whole cluster: a school, its people to tick, the next school."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.dialogs import choosing
from bot.chat.dialogs.step import Step
from bot.chat.questions import question_before
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.chat.views.whole import whole_cluster
from bot.cluster.addressing import name_among_schools
from bot.cluster.delegation import part_of
from bot.cluster.finding import find_people, separate
from bot.cluster.people import Person, Unit
from bot.errors import BadInputError, OutdatedError
from bot.flows.own_school import role_words
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.delegating import free_to_go
from bot.flows.sessions.delegating_cluster import cluster_part, for_naming_all, name_for_cluster
from bot.flows.whole_cluster import ClusterPart
from bot.flows.work import Dialog
from bot.message import Message
from bot.notices.cards import Rows
from bot.vocabulary import fold, strip_marks

NAME = "naming_all"
_OTHER_SCHOOL = "all"


def begin(talk: Talk, session_id: int, number: int) -> Reaction:
    _, me = talk.session(session_id)
    of = for_naming_all(talk.work, me, session_id)
    asked = cluster_part(of, part_of(of.session.audience[number]))
    ticked = [person.id for person in asked.going]
    dialog = talk.begin(
        NAME, "school", session=session_id, part=part_of(asked.item), ticked=ticked, school=0, page=0
    )
    return talk.respond(_ask_school(talk, dialog))


def _where(talk: Talk, dialog: Dialog) -> tuple[SessionScene, Person, ClusterPart]:
    """Raises OutdatedError where the plan no longer asks for this, NotAllowedError."""
    _, me = talk.session(dialog.data["session"])
    of = for_naming_all(talk.work, me, dialog.data["session"])
    return of, me, cluster_part(of, dialog.data["part"])


def _candidates(of: SessionScene, asked: ClusterPart, ticked: Sequence[int]) -> list[Person]:
    """Of all schools: who holds the role first, then who is named already, then those whom nothing else
    invites."""
    known = of.around.people
    free = [person for unit in of.around.schools for person in free_to_go(of, unit.id)]
    found = [*asked.holders, *(known[i] for i in ticked if i in known), *free]
    return list({person.id: person for person in found}.values())


def _of_school(people: Sequence[Person], unit: Unit) -> list[Person]:
    return [person for person in people if person.unit_id == unit.id]


def _ask_school(talk: Talk, dialog: Dialog) -> Message:
    of, _, asked = _where(talk, dialog)
    people = of.around.people
    ticked = [person for person in people.values() if person.id in dialog.data["ticked"]]
    rows: Rows = tuple(
        (choice(dialog, f"{unit.label}: chọn {len(_of_school(ticked, unit))}", f"s{unit.id}"),)
        for unit in of.around.schools
    )
    return words(
        "naming_all_school",
        (*rows, (choosing.done_button(dialog),), way_out(dialog)),
        f=of.facts,
        role=role_words(asked.item),
        wanted=asked.item.count,
        have=len(asked.holders),
        people=[name_among_schools(person, of.around.units[person.unit_id]) for person in ticked],
    )


def _ask_people(talk: Talk, dialog: Dialog) -> Message:
    of, _, asked = _where(talk, dialog)
    unit, ticked = _unit(of, dialog), dialog.data["ticked"]
    people = _of_school(_candidates(of, asked, ticked), unit)
    last = ((choice(dialog, "Trường khác", _OTHER_SCHOOL),), (choosing.done_button(dialog),), way_out(dialog))
    return words(
        "naming_all_people",
        (*choosing.person_rows(dialog, people, unit, ticked), *last),
        f=of.facts,
        unit=unit,
        role=role_words(asked.item),
        wanted=asked.item.count,
        ticked=len(ticked),
    )


def _unit(of: SessionScene, dialog: Dialog) -> Unit:
    found = next((unit for unit in of.around.schools if unit.id == dialog.data["school"]), None)
    if found is None:
        raise OutdatedError("Trường này không còn trong cụm. Đề nghị mở lại thẻ của buổi.")
    return found


def _take_school(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    of, me, asked = _where(talk, dialog)
    if said == choosing.DONE:
        return _done(talk, dialog, of, me)
    school = _school(of, said)
    if school is not None:
        return _open(talk, dialog, school)
    return _typed(talk, dialog, _candidates(of, asked, dialog.data["ticked"]), said)


def _take_people(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    of, me, asked = _where(talk, dialog)
    if said == choosing.DONE:
        return _done(talk, dialog, of, me)
    if said == _OTHER_SCHOOL:
        return talk.respond(_ask_school(talk, talk.keep(_at_schools(dialog))))
    school = _school(of, said)
    if school is not None:
        return _open(talk, _at_schools(dialog), school)
    page = choosing.page_wanted(said)
    if page is not None:
        return _again(talk, dialog, page=page)
    ticked = dialog.data["ticked"]
    people = _candidates(of, asked, ticked)
    pressed = choosing.pressed_person(said, _of_school(people, _unit(of, dialog)))
    if pressed is not None:
        return _again(talk, dialog, ticked=choosing.toggled(said, pressed, ticked))
    return _typed(talk, dialog, people, said, first=_unit(of, dialog))


def _open(talk: Talk, dialog: Dialog, school: Unit) -> Reaction:
    return talk.respond(_ask_people(talk, talk.advance(dialog, "people", school=school.id, page=0)))


def _at_schools(dialog: Dialog) -> Dialog:
    return question_before(dialog) or replace(dialog, step="school")


def _school(of: SessionScene, said: str) -> Unit | None:
    """Pressed, or typed: "MN Bát Trang", "bat trang"."""
    wanted = fold(strip_marks(said))
    for unit in of.around.schools:
        names = (unit.label, unit.name, *unit.aliases)
        if said == f"s{unit.id}" or wanted in {fold(strip_marks(name)) for name in names}:
            return unit
    return None


def _typed(
    talk: Talk, dialog: Dialog, people: Sequence[Person], said: str, first: Unit | None = None
) -> Reaction:
    """Names in one line; of two of one name who is of the school that is open (`first`)."""
    ticked = list(dialog.data["ticked"])
    for name in separate(said):
        near = find_people(name, _of_school(people, first)) if first is not None else []
        found = choosing.typed_person(name, near or people)
        if found is None:
            raise BadInputError(
                f"Chưa thấy “{name[:60]}” trong danh sách của các trường. "
                "Đề nghị bấm chọn trường, rồi chọn tên."
            )
        if found.id not in ticked:
            ticked.append(found.id)
    return _again(talk, dialog, ticked=ticked)


def _again(talk: Talk, dialog: Dialog, **data: object) -> Reaction:
    """The same question.  A tick is no step that `Quay lại` would undo: it stands in the questions before."""
    known = {**dialog.data, **data}
    known["trail"] = [[step, {**at, "ticked": known["ticked"]}] for step, at in known.get("trail", ())]
    dialog = talk.keep(replace(dialog, data=known))
    return talk.respond(STEPS[dialog.step].ask(talk, dialog))


def _done(talk: Talk, dialog: Dialog, of: SessionScene, me: Person) -> Reaction:
    chosen = [i for i in dialog.data["ticked"] if i in of.around.people]
    name_for_cluster(talk.work, me, of.session.id, dialog.data["part"], chosen)
    talk.end()
    return talk.respond(whole_cluster(talk, of.session.id, dialog.data["part"]))


STEPS = {"school": Step(_ask_school, _take_school), "people": Step(_ask_people, _take_people)}
