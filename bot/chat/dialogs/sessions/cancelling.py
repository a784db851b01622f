"""The lead cancels a session: a reason, then `Xác nhận`."""

from bot.chat.dialogs.step import Step, guarded
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.errors import BadInputError
from bot.flows.sessions.details import cancel_session, for_cancelling
from bot.flows.work import Dialog
from bot.message import Message
from bot.sessions.reschedule import check_reason

NAME = "cancelling"


def begin(talk: Talk, session_id: int) -> Reaction:
    of, me = talk.session(session_id)
    for_cancelling(talk.work, me, session_id, of.session.date_revision)
    dialog = talk.begin(NAME, "reason", session=session_id, revision=of.session.date_revision)
    return talk.respond(_ask_reason(talk, dialog))


def _still(talk: Talk, dialog: Dialog) -> None:
    _, me = talk.session(dialog.data["session"])
    for_cancelling(talk.work, me, dialog.data["session"], dialog.data["revision"])


def _ask_reason(talk: Talk, dialog: Dialog) -> Message:
    of, _ = talk.session(dialog.data["session"])
    return words("cancel_why", (way_out(dialog),), f=of.facts)


def _take_reason(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    dialog = talk.advance(dialog, "review", reason=check_reason(said))
    return talk.respond(_ask_review(talk, dialog))


def _ask_review(talk: Talk, dialog: Dialog) -> Message:
    of, _ = talk.session(dialog.data["session"])
    rows = ((choice(dialog, "Xác nhận", "yes"), *way_out(dialog)),)
    return words("cancel_review", rows, f=of.facts, reason=dialog.data["reason"])


def _take_review(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if said != "yes":
        raise BadInputError("Đề nghị bấm Xác nhận để hủy buổi, hoặc Quay lại.")
    of, me = talk.session(dialog.data["session"])
    cancel_session(talk.work, me, of.session.id, dialog.data["revision"], dialog.data["reason"])
    talk.end()
    return talk.show_card(of.session.id)


STEPS = guarded(
    _still, {"reason": Step(_ask_reason, _take_reason), "review": Step(_ask_review, _take_review)}
)
