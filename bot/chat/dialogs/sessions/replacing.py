"""The head sends somebody instead of one of her people: whom, by whom."""

from dataclasses import replace

from bot.chat.dialogs import choosing, newcomer
from bot.chat.dialogs.step import Step, guarded
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.chat.views.ours import our_people
from bot.cluster.charges import KITCHEN
from bot.cluster.people import Person
from bot.errors import BadInputError, OutdatedError
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.delegating import for_naming, for_replacing, free_to_go, send_instead
from bot.flows.work import Dialog
from bot.message import Message

NAME = "replacing"


def begin(talk: Talk, session_id: int) -> Reaction:
    _, me = talk.session(session_id)
    of = for_naming(talk.work, me, session_id)
    if not _own(of, me):
        raise BadInputError("Buổi này chưa mời ai của trường, nên chưa cần người đi thay.")
    revision = of.session.date_revision
    dialog = talk.begin(NAME, "whom", session=session_id, revision=revision, page=0)
    return talk.respond(_ask_whom(talk, dialog))


def _still(talk: Talk, dialog: Dialog) -> None:
    _, me = talk.session(dialog.data["session"])
    for_replacing(talk.work, me, dialog.data["session"], dialog.data["revision"])


def _own(of: SessionScene, me: Person) -> list[Person]:
    """Of the invited of the school those whom nobody replaces yet; who is absent first."""
    replaced = of.choices.instead
    own = [i.person for i in of.invitees.people if i.person.unit_id == me.unit_id and not i.by_authority]
    return sorted((p for p in own if p.id not in replaced), key=lambda p: p.id not in of.declined_ids)


def _ask_whom(talk: Talk, dialog: Dialog) -> Message:
    of, me = talk.session(dialog.data["session"])
    unit = of.around.units[me.unit_id]
    rows = (*choosing.person_rows(dialog, _own(of, me), unit), way_out(dialog))
    return words("replacing_whom", rows, f=of.facts)


def _take_whom(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    of, me = talk.session(dialog.data["session"])
    page = choosing.page_wanted(said)
    if page is not None:
        return _again(talk, dialog, page)
    own = _own(of, me)
    absent = choosing.pressed_person(said, own) or choosing.typed_person(said, own)
    if absent is None:
        raise BadInputError("Chưa thấy người này trong số người được mời của trường. Đề nghị bấm chọn.")
    return talk.respond(_ask_by(talk, talk.advance(dialog, "by", absent=absent.id, page=0)))


def _absent(of: SessionScene, dialog: Dialog) -> Person:
    found = of.around.people.get(dialog.data["absent"])
    if found is None:
        raise OutdatedError("Người này không còn trong danh sách. Đề nghị mở lại thẻ của buổi.")
    return found


def _ask_by(talk: Talk, dialog: Dialog) -> Message:
    of, me = talk.session(dialog.data["session"])
    absent, unit = _absent(of, dialog), of.around.units[me.unit_id]
    rows = choosing.person_rows(dialog, alike_first(of, absent), unit)
    rows = (*rows, (choice(dialog, "Thêm người mới", "new"),), way_out(dialog))
    return words("replacing_by", rows, absent=absent)


def _take_by(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    of, _ = talk.session(dialog.data["session"])
    absent = _absent(of, dialog)
    page = choosing.page_wanted(said)
    if page is not None:
        return _again(talk, dialog, page)
    if said == "new":
        kitchen = any(post.role in KITCHEN for post in absent.posts)
        return newcomer.begin(talk, dialog, "NV_NUOI_DUONG" if kitchen else "GV")
    free = alike_first(of, absent)
    goes = choosing.pressed_person(said, free) or choosing.typed_person(said, free)
    if goes is None:
        raise BadInputError(
            f"Chưa thấy “{said[:60]}” trong số người còn lại của trường. "
            "Đề nghị bấm chọn, hoặc bấm Thêm người mới."
        )
    return _sent(talk, dialog, goes)


def _again(talk: Talk, dialog: Dialog, page: int) -> Reaction:
    dialog = talk.keep(replace(dialog, data={**dialog.data, "page": page}))
    return talk.respond(STEPS[dialog.step].ask(talk, dialog))


def _sent(talk: Talk, dialog: Dialog, goes: Person) -> Reaction:
    data = dialog.data
    _, me = talk.session(data["session"])
    send_instead(talk.work, me, data["session"], data["revision"], data["absent"], goes.id)
    talk.end()
    return talk.respond(our_people(talk, data["session"]))


def alike_first(of: SessionScene, absent: Person) -> list[Person]:
    """Who of the school can still go, those with work of the same kind first: a cook for a cook."""
    kind = of.manner(absent)
    return sorted(free_to_go(of, absent.unit_id), key=lambda person: of.manner(person) is not kind)


STEPS = guarded(
    _still,
    {
        "whom": Step(_ask_whom, _take_whom),
        "by": Step(_ask_by, _take_by),
        **newcomer.steps(_sent),
    },
)
