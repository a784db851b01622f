"""The head says who covers for one of her people: a name of the school, another one in words, or nobody."""

from dataclasses import replace

from bot.chat.dialogs import choosing
from bot.chat.dialogs.step import Step, guarded
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.chat.views.covers import our_covers
from bot.cluster.addressing import name_in_school
from bot.cluster.charges import Charge
from bot.cluster.finding import find_people
from bot.cluster.people import Person
from bot.errors import BadInputError
from bot.flows.covers import own_covers
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.covering import (
    accepted_by_word,
    cover_by_word,
    for_covering,
    free_to_cover,
    line_of,
    name_cover,
    no_cover,
    own_lines,
    require_seen,
    seen,
)
from bot.flows.work import Dialog
from bot.message import Button, Message
from bot.sessions.cover import CoverState
from bot.sessions.covering import Line

NAME = "covering"


def begin(talk: Talk, session_id: int, absent_id: int) -> Reaction:
    """Two steps at once: from the choice `Quay lại` leads to the list."""
    _, me = talk.session(session_id)
    of = for_covering(talk.work, me, session_id)
    line = line_of(of, me, absent_id)
    dialog = talk.begin(NAME, "lines", session=session_id)
    return _pick(talk, dialog, of, line)


def _pick(talk: Talk, dialog: Dialog, of: SessionScene, line: Line) -> Reaction:
    dialog = talk.advance(dialog, "pick", absent=line.absent.id, seen=seen(of, line), page=0)
    return talk.respond(_ask_pick(talk, dialog))


def _where(talk: Talk, dialog: Dialog) -> tuple[SessionScene, Person, Line]:
    _, me = talk.session(dialog.data["session"])
    of = for_covering(talk.work, me, dialog.data["session"])
    return of, me, line_of(of, me, dialog.data["absent"])


def _still(talk: Talk, dialog: Dialog) -> None:
    of, _, line = _where(talk, dialog)
    require_seen(of, line, dialog.data["seen"])


def _ask_lines(talk: Talk, dialog: Dialog) -> Message:
    return our_covers(talk, dialog.data["session"], absent_id=dialog.data.get("absent"))


def _take_lines(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    """Somebody who goes, by name."""
    _, me = talk.session(dialog.data["session"])
    of = for_covering(talk.work, me, dialog.data["session"])
    lines = own_lines(of, me.unit_id)
    absent = choosing.typed_person(said, [line.absent for line in lines])
    if absent is None:
        raise BadInputError("Chưa thấy người này trong số người đi dự của trường. Đề nghị bấm chọn.")
    return _pick(talk, dialog, of, next(line for line in lines if line.absent.id == absent.id))


def _ask_pick(talk: Talk, dialog: Dialog) -> Message:
    of, me, line = _where(talk, dialog)
    unit = of.around.units[me.unit_id]
    people = free_to_cover(of, line)
    asked = line.cover is not None and line.cover.state is CoverState.ASKED
    more: list[tuple[Button, ...]] = [(choice(dialog, "Đã nhận lời", "yes"),)] if asked else []
    more += [(choice(dialog, "Người khác", "other"), choice(dialog, "Không cần", "none")), way_out(dialog)]
    return words(
        "cover_pick",
        (*choosing.person_rows(dialog, people, unit), *more),
        f=of.facts,
        task=_task(line),
        absent=name_in_school(line.absent, unit),
        now=_now(of, me, line),
        people=people,
    )


def _take_pick(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    of, me, line = _where(talk, dialog)
    work, data = talk.work, dialog.data
    page = choosing.page_wanted(said)
    if page is not None:
        dialog = talk.keep(replace(dialog, data={**data, "page": page}))
        return talk.respond(_ask_pick(talk, dialog))
    if said == "other":
        return talk.respond(_ask_other(talk, talk.advance(dialog, "other")))
    if said == "none":
        no_cover(work, me, of.session.id, line.absent.id, data["seen"])
        return _done(talk, dialog)
    if said == "yes":
        accepted_by_word(work, me, of.session.id, line.absent.id, data["seen"])
        return _done(talk, dialog)
    free = free_to_cover(of, line)
    person = choosing.pressed_person(said, free) or choosing.typed_person(said, free)
    if person is None:
        raise BadInputError(
            f"Chưa thấy “{said[:60]}” trong số người còn ở trường hôm đó. "
            "Đề nghị bấm chọn, hoặc bấm Người khác."
        )
    return _named(talk, dialog, person)


def _ask_other(talk: Talk, dialog: Dialog) -> Message:
    of, me, line = _where(talk, dialog)
    absent = name_in_school(line.absent, of.around.units[me.unit_id])
    return words("cover_other", (way_out(dialog),), task=_task(line), absent=absent)


def _take_other(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    """A name of the roster is meant as such: who is there is asked."""
    of, me, line = _where(talk, dialog)
    free = free_to_cover(of, line)
    same = find_people(said, [p for p in of.around.people.values() if p.unit_id == me.unit_id])
    if len(same) == 1 and same[0] in free:
        return _named(talk, dialog, same[0])
    if len(same) == 1:
        raise BadInputError(f"{same[0].name} hôm đó đi dự, hoặc đã được nhờ. Đề nghị gõ tên người khác.")
    cover_by_word(talk.work, me, of.session.id, line.absent.id, dialog.data["seen"], said)
    return _done(talk, dialog)


def _named(talk: Talk, dialog: Dialog, person: Person) -> Reaction:
    data = dialog.data
    _, me = talk.session(data["session"])
    name_cover(talk.work, me, data["session"], data["absent"], data["seen"], person.id)
    return _done(talk, dialog)


def _done(talk: Talk, dialog: Dialog) -> Reaction:
    talk.end()
    return talk.respond(our_covers(talk, dialog.data["session"], absent_id=dialog.data["absent"]))


def _task(line: Line) -> str:
    return "trông bếp thay" if line.charge is Charge.KITCHEN else "dạy thay"


def _now(of: SessionScene, me: Person, line: Line) -> str:
    shown = own_covers([line], of.around.units[me.unit_id], of.around)
    return shown.lines[0].who if shown is not None and line.named else ""


STEPS = {
    "lines": Step(_ask_lines, _take_lines),
    **guarded(_still, {"pick": Step(_ask_pick, _take_pick), "other": Step(_ask_other, _take_other)}),
}
