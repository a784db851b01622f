"""A session known only by week or month: its host proposes a day, the lead confirms (invariant 9)."""

import datetime as dt

from bot.chat.dialogs.sessions.days import another_day, ask_day, take_day, warnings
from bot.chat.dialogs.step import Step, guarded
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.errors import BadInputError
from bot.flows.sessions.fixing import confirm_day, for_proposing, propose_day
from bot.flows.work import Dialog
from bot.message import Message

NAME = "proposing"


def begin(talk: Talk, session_id: int) -> Reaction:
    dialog = talk.begin(NAME, "day", session=session_id)
    _still(talk, dialog)
    return talk.respond(_ask_day(talk, dialog))


def _still(talk: Talk, dialog: Dialog) -> None:
    _, me = talk.session(dialog.data["session"])
    for_proposing(talk.work, me, dialog.data["session"])


def confirm(talk: Talk, session_id: int, day: str) -> Reaction:
    """The lead's press on the proposal."""
    _of, me = talk.session(session_id)
    try:
        wanted = dt.date.fromisoformat(day)
    except ValueError:
        raise BadInputError("Nút này không còn dùng. Gõ /lich để mở lại thẻ của buổi.") from None
    confirm_day(talk.work, me, session_id, wanted)
    return talk.show_card(session_id)


def _ask_day(talk: Talk, dialog: Dialog) -> Message:
    of, _ = talk.session(dialog.data["session"])
    return ask_day(talk, of, dialog, "propose_day")


def _take_day(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    of, _ = talk.session(dialog.data["session"])
    day = take_day(talk, of, dialog, said, _ask_day)
    if isinstance(day, Reaction):
        return day
    return talk.respond(_ask_review(talk, talk.advance(dialog, "review", day=day.isoformat())))


def _ask_review(talk: Talk, dialog: Dialog) -> Message:
    of, _ = talk.session(dialog.data["session"])
    day = dt.date.fromisoformat(dialog.data["day"])
    rows = ((choice(dialog, "Xác nhận", "yes"), *way_out(dialog)),)
    return words("propose_review", rows, f=of.facts, day=day, warnings=warnings(talk, of, day))


def _take_review(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    of, me = talk.session(dialog.data["session"])
    if said != "yes":
        if (asked := another_day(talk, of, dialog, said)) is None:
            raise BadInputError("Đề nghị bấm Xác nhận, hoặc Quay lại để chọn ngày khác.")
        return _take_day(talk, asked, said)
    fixed = propose_day(talk.work, me, of.session.id, dt.date.fromisoformat(dialog.data["day"]))
    talk.end()
    if fixed:
        return talk.show_card(of.session.id)
    return talk.respond(words("propose_done", f=of.facts))


STEPS = guarded(_still, {"day": Step(_ask_day, _take_day), "review": Step(_ask_review, _take_review)})
