"""The host sets hour, room or programme: one question, one typed answer."""

from bot.chat.dialogs.step import Step
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, words
from bot.errors import BadInputError
from bot.flows.sessions import details as flow
from bot.flows.work import Dialog
from bot.message import Message
from bot.notices.actions import Verb, button
from bot.plan.typed import parse_typed_time
from bot.sessions.changes import require_open
from bot.sessions.rights import Right, require

NAME = "details"
FIELDS = ("hour", "room", "programme")


def begin(talk: Talk, session_id: int, field: str) -> Reaction:
    if field not in FIELDS:
        raise BadInputError("Nút này không còn dùng. Gõ /lich để mở lại thẻ của buổi.")
    of, me = talk.session(session_id)
    require(Right.DETAILS, me, of.receiver(me).unit, of.session)
    require_open(of.session, talk.work.today)
    return talk.respond(_ask(talk, talk.begin(NAME, field, session=session_id)))


def _ask(talk: Talk, dialog: Dialog) -> Message:
    of, _ = talk.session(dialog.data["session"])
    rows = ((button("Quay lại", Verb.STOP, dialog.mark),),)
    return words(f"set_{dialog.step}", rows, session=of.session)


def _take(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    of, me = talk.session(dialog.data["session"])
    if dialog.step == "hour":
        start, end = parse_typed_time(said)
        flow.set_hour(talk.work, me, of.session.id, start, end)
    elif dialog.step == "room":
        flow.set_room(talk.work, me, of.session.id, said)
    else:
        flow.set_programme(talk.work, me, of.session.id, said)
    talk.end()
    return talk.show_card(of.session.id, anew=True)


STEPS = {field: Step(_ask, _take) for field in FIELDS}
