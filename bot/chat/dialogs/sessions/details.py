"""The host sets hour, room or programme: one question, one typed answer."""

import logging

from bot.chat.dialogs.step import Step
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, words
from bot.chat.views import papers
from bot.errors import BadInputError, NhacLichError
from bot.flows.sessions import details as flow
from bot.flows.work import Dialog
from bot.message import Message
from bot.notices.actions import Verb, button
from bot.plan.dates.typed import parse_typed_time
from bot.sessions.changes import require_open
from bot.sessions.rights import Right

log = logging.getLogger(__name__)

NAME = "details"
FIELDS = ("hour", "room", "programme")


def begin(talk: Talk, session_id: int, field: str) -> Reaction:
    if field not in FIELDS:
        raise BadInputError("Nút này không còn dùng. Gõ /lich để mở lại thẻ của buổi.")
    of, me = talk.session(session_id)
    of.require(Right.DETAILS, me)
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
    shown = talk.show_card(of.session.id, anew=True)
    fresh = _letter(talk, of.session.id) if dialog.step in ("hour", "room") else None
    return shown.and_say(fresh) if fresh else shown


def _letter(talk: Talk, session_id: int) -> Message | None:
    """The letter of invitation drawn anew, as soon as neither hour nor room is a blank in it."""
    of, _ = talk.session(session_id)
    if not (of.session.fixed and of.session.start and of.session.room):
        return None
    try:
        return papers.letter(talk, "gm", session_id)
    except NhacLichError as error:  # a broken template holds no hour back
        log.error("a letter was left out: %s", error)
        return None


STEPS = {field: Step(_ask, _take) for field in FIELDS}
