"""Where everything comes in: who, what is wanted, done in one transaction, answered in one reaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from bot.chat.commands import COMMANDS, command_of, said
from bot.chat.dialogs import DIALOGS
from bot.chat.dialogs.people import registering
from bot.chat.dialogs.plans import files
from bot.chat.dialogs.step import Step
from bot.chat.in_group import in_a_group
from bot.chat.incoming import Incoming
from bot.chat.presses import PRESSES
from bot.chat.questions import OF_A_DIALOG, at_question, question_before
from bot.chat.reaction import Reaction, Redraw, say
from bot.chat.talk import Talk, words
from bot.chat.typed_buttons import assents, typed_buttons
from bot.errors import BadInputError, NotAllowedError, OutdatedError
from bot.flows.work import Dialog, Work
from bot.message import Message, escape
from bot.notices.actions import Action, Verb, parse
from bot.vocabulary import strip_marks

TEXT_LIMIT = 5000
_ABOUT_A_SESSION = (
    *(Verb.GOING, Verb.DECLINE, Verb.KNOWN, Verb.ASK, Verb.CANCEL, Verb.PUT_BACK),
    *(Verb.RELEASE, Verb.SET, Verb.PROPOSE, Verb.CONFIRM_DAY, Verb.NAME, Verb.REPLACE),
    *(Verb.COVERS, Verb.COVER),
)
_BACK = frozenset({"quay lai", "tro lai"})
_PAST_QUESTION = "Câu ấy đã qua. Đề nghị trả lời câu đang hỏi."
_WHICH = "Câu này ứng với nhiều lựa chọn. Đề nghị bấm chọn."
_ANSWER_TO_WHAT = "Chưa rõ “{}” là trả lời tin nào, nên chưa ghi. Đề nghị xem lại câu dưới đây rồi trả lời."
_OVER = "Thao tác này đã xong hoặc đã thôi. Gõ /lich để xem lịch hiện nay."
_OLD_BUTTON = "Nút này của tin cũ, không còn dùng. Gõ /lich để xem lịch hiện nay."


class DialogOverError(OutdatedError):
    """What the open dialog asks can no longer be answered: it ends with this."""


def receive(work: Work, incoming: Incoming, bot_name: str = "") -> Reaction:
    """Raises NhacLichError with the sentence for the person; the caller rolls back and shows it."""
    talk = Talk(work, incoming, bot_name)
    if not incoming.private:
        return in_a_group(talk)
    if incoming.token is not None:
        return _pressed(talk, incoming.token)
    if incoming.upload is not None:
        return files.begin(talk, incoming.upload)
    return _typed(talk, (incoming.text or "").strip())


def _pressed(talk: Talk, token: str) -> Reaction:
    try:
        action = parse(token)
        if action.verb in OF_A_DIALOG:
            return _in_dialog(talk, action)
        return PRESSES[action.verb](talk, action)
    except (ValueError, KeyError):
        raise OutdatedError(_OLD_BUTTON) from None


def _in_dialog(talk: Talk, action: Action) -> Reaction:
    dialog = talk.dialog
    if dialog is None or not action.word(0).startswith(dialog.mark):
        raise OutdatedError(_OVER)
    asked = at_question(dialog, action.word(0))
    if asked is None:
        return Reaction(redraw=Redraw(_ask(talk, dialog)), toast=_PAST_QUESTION)
    if action.verb is Verb.STOP:
        return _stopped(talk)
    if action.verb is Verb.BACK:
        return _back(talk, asked)
    return _take(talk, asked, ":".join(action.args[1:]))


def _ask(talk: Talk, dialog: Dialog) -> Message:
    with _while_it_can_be_answered():
        return _step(dialog).ask(talk, dialog)


def _take(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    with _while_it_can_be_answered():
        return _step(dialog).take(talk, dialog, said)


def _step(dialog: Dialog) -> Step:
    """Raises DialogOverError for a question of an earlier version of the program."""
    found = DIALOGS.get(dialog.name, {}).get(dialog.step)
    if found is None:
        raise DialogOverError(_OVER)
    return found


@contextmanager
def _while_it_can_be_answered() -> Iterator[None]:
    """Who has lost the right to answer is asked no longer."""
    try:
        yield
    except (NotAllowedError, OutdatedError) as refusal:
        raise DialogOverError(str(refusal)) from refusal


def _back(talk: Talk, dialog: Dialog) -> Reaction:
    before = question_before(dialog)
    if before is None:
        return _stopped(talk)
    return talk.respond(_ask(talk, talk.keep(before)))


def _stopped(talk: Talk) -> Reaction:
    talk.end()
    return talk.respond(words("huy", had_one=True))


def _typed(talk: Talk, text: str) -> Reaction:
    if not text:
        return say(words("not_text", known=bool(talk.people), asked=talk.dialog is not None))
    paper = files.pasted(talk, text)
    if paper is not None:
        return paper
    command = command_of(text)
    if command is not None:
        name, rest = command
        return COMMANDS[name](talk, rest) if name in COMMANDS else say(_help_line(talk))
    dialog = talk.dialog
    if dialog is not None:
        if strip_marks(text[:40]).casefold().strip(" .!?") in _BACK:
            return _back(talk, dialog)
        if (answer := said(talk, text, in_a_dialog=True)) is not None:
            return answer
        if len(text) > TEXT_LIMIT:
            raise BadInputError(f"Tin dài {len(text)} ký tự. Đề nghị viết ngắn gọn hơn.")
        return _meant(talk, dialog, text)
    return said(talk, text) or say(_help_line(talk))


def _meant(talk: Talk, dialog: Dialog, text: str) -> Reaction:
    """The one button of the open question that was typed is pressed; what stands on none is an answer."""
    question = _ask(talk, dialog)
    meant = typed_buttons(question, dialog, text)
    if not meant:
        return _take(talk, dialog, text)
    if len(meant) > 1:
        return _asked_again(talk, dialog, question, _WHICH)
    if talk.incoming.unread or (assents(text) and talk.was_told_since(dialog)):
        return _asked_again(talk, dialog, question, _ANSWER_TO_WHAT.format(escape(text)))
    (token,) = meant
    pressed = replace(talk.incoming, text=None, token=token)
    return _in_dialog(replace(talk, incoming=pressed), parse(token))


def _asked_again(talk: Talk, dialog: Dialog, question: Message, why: str) -> Reaction:
    talk.keep(dialog)
    return say(replace(question, text=f"{why}\n\n{question.text}"))


def _help_line(talk: Talk) -> Message:
    return words("help_line", you=talk.you) if talk.people else Message(talk.to_stranger)


def today(work: Work, incoming: Incoming) -> Reaction | None:
    """What an outdated message shows from now on: the session's card of today; None if it is about none."""
    talk = Talk(work, incoming)
    if talk.has_left:
        return Reaction(redraw=Redraw(words("handover_left")))
    try:
        action = parse(incoming.token or "")
        if action.verb in (Verb.APPROVE, Verb.DISMISS):
            return registering.today(talk, action.number(0))
        if action.verb in OF_A_DIALOG:
            return _dialog_over(talk, action)
        session_id = _session_of(work, action)
    except ValueError:
        return None
    return today_of(talk, session_id) if session_id is not None else None


def today_of(talk: Talk, session_id: int) -> Reaction | None:
    """The card of a session of one of my clusters; None for any other."""
    session = talk.work.sessions.get(session_id)
    if session is None or session.cluster_id not in {p.cluster_id for p in talk.people}:
        return None
    return talk.show_card(session_id)


def _dialog_over(talk: Talk, action: Action) -> Reaction | None:
    """The question of a dialog that is over, or that can no longer be answered: it loses its buttons, where
    they stand on a message."""
    dialog = talk.dialog
    about = None
    if dialog is not None and action.word(0).startswith(dialog.mark):
        talk.end()
        about = dialog.data.get("session")
    shown = today_of(talk, about) if isinstance(about, int) else None
    over = Reaction(redraw=Redraw(words("over"))) if talk.incoming.message_id is not None else None
    return shown or over


def _session_of(work: Work, action: Action) -> int | None:
    if action.verb in (Verb.AGREE, Verb.REFUSE, Verb.COUNTER, Verb.WITHDRAW):
        request = work.sessions.request(action.number(0))
        return request.session_id if request else None
    if action.verb in (Verb.ACCEPT, Verb.REJECT):
        cover = work.sessions.cover(action.number(0))
        return cover.session_id if cover else None
    return action.number(0) if action.verb in _ABOUT_A_SESSION else None
