"""After `Vắng mặt`: why, or who goes instead.  The absence itself is recorded at the press."""

from bot.chat.dialogs.step import Step
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, words
from bot.flows.sessions.answering import answer
from bot.flows.work import Dialog
from bot.message import Button, Message
from bot.notices.actions import Verb, button
from bot.notices.cards import you
from bot.notices.wording import text
from bot.sessions.answers import Reply

NAME = "absent"
_REASONS = {"sick": "ốm, việc gia đình", "class": "không có người trông lớp", "work": "bận việc của trường"}


def begin(talk: Talk, session_id: int, date_revision: int) -> Reaction:
    _of, me = talk.session(session_id)
    answer(talk.work, me, session_id, date_revision, Reply.DECLINED)
    dialog = talk.begin(NAME, "why", session=session_id, revision=date_revision)
    shown = talk.show_card(session_id, toast="Đã ghi vắng mặt.")
    return shown.and_say(_ask_why(talk, dialog))


def _ask_why(talk: Talk, dialog: Dialog) -> Message:
    of, me = talk.session(dialog.data["session"])
    rows: list[tuple[Button, ...]] = [
        (choice(dialog, label.capitalize(), value),) for value, label in _REASONS.items()
    ]
    rows.append((choice(dialog, "Có người đi thay", "instead"), choice(dialog, "Không nêu lý do", "none")))
    rows.append((button("Quay lại", Verb.STOP, dialog.mark),))
    manner = of.receiver(me).manner
    return words("absent_why", tuple(rows), you=you(manner), session=of.session)


def _take_why(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if said == "instead":
        return talk.respond(_ask_who(talk, talk.advance(dialog, "who")))
    reason = None if said == "none" else _REASONS.get(said, said)
    return _finish(talk, dialog, reason=reason)


def _ask_who(talk: Talk, dialog: Dialog) -> Message:
    return words("absent_who", ((button("Quay lại", Verb.BACK, dialog.mark),),))


def _take_who(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    return _finish(talk, dialog, substitute=said)


def _finish(
    talk: Talk, dialog: Dialog, *, reason: str | None = None, substitute: str | None = None
) -> Reaction:
    of, me = talk.session(dialog.data["session"])
    of = answer(
        talk.work,
        me,
        of.session.id,
        dialog.data["revision"],
        Reply.DECLINED,
        reason=reason,
        substitute=substitute,
    )
    talk.end()
    given = of.answers[me.id]
    return talk.respond(Message(text("chat/absent_done", session=of.session, answer=given)))


STEPS = {"why": Step(_ask_why, _take_why), "who": Step(_ask_who, _take_who)}
