"""`Thêm người mới`: a name, a phone number, and a code to hand on.  Used inside other dialogs."""

from collections.abc import Callable

from bot.chat.dialogs.step import Step, Steps
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.cluster import codes
from bot.cluster.addressing import full_post
from bot.cluster.people import Person, Post
from bot.flows.people.bots import ways_in
from bot.flows.people.newcomers import add_colleague, checked_name, checked_phone, fresh_code
from bot.flows.work import Dialog
from bot.message import Message

FIRST = "new_name"
_PHONE = "new_phone"
After = Callable[[Talk, Dialog, Person], Reaction]


def begin(talk: Talk, dialog: Dialog, role: str) -> Reaction:
    """`role`: the post that the newcomer will have."""
    return talk.respond(_ask_name(talk, talk.advance(dialog, FIRST, new_role=role)))


def steps(after: After) -> Steps:
    """The two questions; then `after` goes on with the dialog, which still stands at the second of them."""

    def take_name(talk: Talk, dialog: Dialog, said: str) -> Reaction:
        name, _, phone = said.partition(",")
        dialog = talk.advance(dialog, _PHONE, new_name=checked_name(name))
        if phone.strip():  # "Nguyễn Thị Lan, 0912345678" in one line
            return take_phone(talk, dialog, phone.strip())
        return talk.respond(_ask_phone(talk, dialog))

    def take_phone(talk: Talk, dialog: Dialog, said: str) -> Reaction:
        phone = "" if said == "none" else checked_phone(said)
        _of, me = talk.session(dialog.data["session"])
        added = add_colleague(talk.work, me, dialog.data["new_name"], phone, dialog.data["new_role"])
        reaction = after(talk, dialog, added)
        message = _code_message(talk, added)
        return reaction.and_say(message) if message is not None else reaction

    return {FIRST: Step(_ask_name, take_name), _PHONE: Step(_ask_phone, take_phone)}


def _ask_name(talk: Talk, dialog: Dialog) -> Message:
    post = full_post(Post(dialog.data["new_role"]))
    return words("newcomer_name", (way_out(dialog),), post=post)


def _ask_phone(talk: Talk, dialog: Dialog) -> Message:
    rows = ((choice(dialog, "Không có số", "none"),), way_out(dialog))
    return words("newcomer_phone", rows, name=dialog.data["new_name"])


def _code_message(talk: Talk, person: Person) -> Message | None:
    """Words to forward; None where she is registered already."""
    code = fresh_code(talk.work.people, person, talk.work.now)
    if code is None:
        return None
    cluster = talk.scene.cluster(person.cluster_id).cluster
    links = ways_in(talk.work, cluster, person.unit_id, code)
    return words("newcomer_code", person=person, code=codes.shown(code), links=links, cluster=cluster)
