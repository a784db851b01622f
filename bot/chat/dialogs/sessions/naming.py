"""The head says who goes for a counted role: names to tick, page by page, or typed; new ones can be added."""

from dataclasses import replace

from bot.chat.dialogs import choosing, newcomer
from bot.chat.dialogs.step import Step, guarded
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.chat.views.ours import our_people
from bot.cluster.delegation import part_of
from bot.cluster.finding import separate
from bot.cluster.people import Person
from bot.errors import BadInputError, OutdatedError
from bot.flows.own_school import role_words
from bot.flows.people.newcomers import may_be_added_as
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.delegating import Part, for_naming, free_to_go, name_people, part, parts
from bot.flows.work import Dialog
from bot.message import Button, Message

NAME = "naming"
_ROLE_OF_THE_OTHERS = "GV"  #: what somebody new is where the role itself has people enough


def begin(talk: Talk, session_id: int, number: int) -> Reaction:
    _, me = talk.session(session_id)
    of = for_naming(talk.work, me, session_id)
    asked = part(of, me, number)
    known = of.around.people
    dialog = talk.begin(
        NAME,
        "pick",
        session=session_id,
        part=part_of(asked.item),
        ticked=[i for i in asked.going if i in known],
        page=0,
    )
    return talk.respond(_ask_pick(talk, dialog))


def _where(talk: Talk, dialog: Dialog) -> tuple[SessionScene, Person, Part]:
    """Raises NotAllowedError, OutdatedError (also where the plan no longer asks for this)."""
    _, me = talk.session(dialog.data["session"])
    of = for_naming(talk.work, me, dialog.data["session"])
    found = next((p for p in parts(of, me) if part_of(p.item) == dialog.data["part"]), None)
    if found is None:
        raise OutdatedError("Thành phần buổi này đã khác. Đề nghị mở lại thẻ của buổi.")
    return of, me, found


def _candidates(of: SessionScene, me: Person, asked: Part, ticked: list[int]) -> list[Person]:
    """Who holds the role first, then the others of the school whom nothing else invites."""
    holding = {person.id: person for person in asked.holders}
    others = [p for p in of.around.people.values() if p.unit_id == me.unit_id and p.id in ticked]
    others += free_to_go(of, me.unit_id)
    return list((holding | {p.id: p for p in others}).values())


def _ask_pick(talk: Talk, dialog: Dialog) -> Message:
    of, me, asked = _where(talk, dialog)
    ticked = dialog.data["ticked"]
    people = _candidates(of, me, asked, ticked)
    more: list[tuple[Button, ...]] = []
    if may_be_added_as(_new_role(asked)):
        more.append((choice(dialog, "Thêm người mới", "new"),))
    more += [(choosing.done_button(dialog),), way_out(dialog)]
    rows = (*choosing.person_rows(dialog, people, asked.unit, ticked), *more)
    return words(
        "naming_pick",
        rows,
        f=of.facts,
        unit=asked.unit,
        role=role_words(asked.item),
        wanted=asked.item.count,
        have=len(asked.holders),
        ticked=len(ticked),
    )


def _take_pick(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    of, me, asked = _where(talk, dialog)
    if said == choosing.DONE:
        return _done(talk, dialog, of, me, asked)
    if said == "new":
        return newcomer.begin(talk, dialog, _new_role(asked))
    page = choosing.page_wanted(said)
    if page is not None:
        return _again(talk, dialog, page=page)
    ticked = list(dialog.data["ticked"])
    people = _candidates(of, me, asked, ticked)
    pressed = choosing.pressed_person(said, people)
    if pressed is not None:
        return _again(talk, dialog, ticked=choosing.toggled(said, pressed, ticked))
    for name in separate(said):
        found = choosing.typed_person(name, people)
        if found is None:
            raise BadInputError(
                f"Chưa thấy “{name[:60]}” trong danh sách của trường. "
                "Đề nghị bấm chọn, hoặc bấm Thêm người mới."
            )
        if found.id not in ticked:
            ticked.append(found.id)
    return _again(talk, dialog, ticked=ticked)


def _again(talk: Talk, dialog: Dialog, **data: object) -> Reaction:
    """The same question: a tick is no step that `Quay lại` would undo."""
    dialog = talk.keep(replace(dialog, data={**dialog.data, **data}))
    return talk.respond(_ask_pick(talk, dialog))


def _done(talk: Talk, dialog: Dialog, of: SessionScene, me: Person, asked: Part) -> Reaction:
    number = of.session.audience.index(asked.item)
    chosen = [i for i in dialog.data["ticked"] if i in of.around.people]
    name_people(talk.work, me, of.session.id, number, chosen)
    talk.end()
    return talk.respond(our_people(talk, of.session.id))


def _after_newcomer(talk: Talk, dialog: Dialog, added: Person) -> Reaction:
    ticked = list(dialog.data["ticked"])
    if added.id not in ticked:
        ticked.append(added.id)
    return _again(talk, talk.advance(dialog, "pick", ticked=ticked), trail=[])


def _new_role(asked: Part) -> str:
    """Somebody new fills a place that the roster leaves open, or goes as a teacher this once."""
    wanted = asked.item.count
    short = wanted is None or len(asked.holders) < wanted
    return asked.item.role if short and may_be_added_as(asked.item.role) else _ROLE_OF_THE_OTHERS


#: `pick` looks itself whether there is still something to say.
STEPS = {"pick": Step(_ask_pick, _take_pick), **guarded(_where, newcomer.steps(_after_newcomer))}
