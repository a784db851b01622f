"""Leave and be erased, from /toi (the law on personal data asks for it)."""

from bot.chat.dialogs.step import Step
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.cluster.people import Person
from bot.errors import BadInputError
from bot.flows.people.leaving import leave
from bot.flows.work import Dialog
from bot.message import Message

NAME = "leaving"


def begin(talk: Talk) -> Reaction:
    person = talk.me
    return talk.respond(_ask(talk, talk.begin(NAME, "sure", person=person.id)))


def _ask(talk: Talk, dialog: Dialog) -> Message:
    rows = ((choice(dialog, "Xác nhận", "yes"), *way_out(dialog)),)
    alone = any(_is_only_manager(talk, person) for person in talk.people)
    return words("leave_sure", rows, alone=alone, you=talk.you)


def _is_only_manager(talk: Talk, person: Person) -> bool:
    """Whether a cluster would be left with nobody who runs it."""
    found = talk.scene.cluster(person.cluster_id).managers
    return [one.id for one in found] == [person.id]


def _take(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if said != "yes":
        raise BadInputError("Đề nghị bấm Xác nhận để xóa, hoặc Quay lại.")
    talk.require_known()
    goodbye = words("left", you=talk.you)
    for person in talk.people:
        leave(talk.work, person)
    talk.end()
    return talk.respond(goodbye)


STEPS = {"sure": Step(_ask, _take)}
