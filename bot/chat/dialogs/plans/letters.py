"""A giấy mời or a thông báo đổi lịch: which session it is about, then what it would do, and `Xác nhận`.

Its doubts are asked by `documents`, within the same dialog.
"""

from dataclasses import replace

from bot.chat.dialogs.people.managing import manager_for
from bot.chat.dialogs.step import Step
from bot.chat.reaction import Reaction, Say
from bot.chat.talk import Talk, choice, way_out, words
from bot.cluster.people import Person
from bot.errors import BadInputError, OutdatedError
from bot.flows.plans import letters_in
from bot.flows.plans.kept_reading import unpack
from bot.flows.work import Dialog
from bot.message import Message
from bot.notices.dates import full_day
from bot.notices.notice import Kind
from bot.plan.reading import DocType, PlanReading
from bot.sessions.session import Session

_CHANGED = "Buổi này vừa có thay đổi, nên chưa ghi gì. Đề nghị gửi lại văn bản để xem lại."


def first_step(talk: Talk, reading: PlanReading, manager: Person) -> tuple[str, dict[str, int]]:
    """The question, and of which session it is, where that is plain."""
    found = letters_in.candidates(talk.work, reading, manager)
    return ("letter", _about(found[0])) if len(found) == 1 else ("which", {})


def _about(session: Session) -> dict[str, int]:
    """What is shown of a session is shown of this version, and done to no other (invariant 7)."""
    return {"session": session.id, "version": session.version}


def _listed(talk: Talk, dialog: Dialog) -> tuple[PlanReading, list[Session]]:
    """Raises OutdatedError where no session is left that the paper may be about."""
    reading = unpack(dialog.data["reading"])
    manager = manager_for(talk, reading)
    try:
        return reading, letters_in.candidates(talk.work, reading, manager)
    except BadInputError as nothing:
        raise OutdatedError(str(nothing)) from nothing


def _ask_which(talk: Talk, dialog: Dialog) -> Message:
    reading, sessions = _listed(talk, dialog)
    rows = tuple(
        (choice(dialog, f"{s.code} · {full_day(s.date) if s.date else s.date_text}", f"s{s.id}"),)
        for s in sessions[:8]
    )
    return words("letter_which", (*rows, way_out(dialog)), reading=reading)


def _take_which(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    _, sessions = _listed(talk, dialog)
    chosen = next((s for s in sessions if said == f"s{s.id}" or said.strip().upper() == s.code), None)
    if chosen is not None:
        return talk.respond(_ask_letter(talk, talk.advance(dialog, "letter", **_about(chosen))))
    if talk.incoming.token is not None:
        raise OutdatedError(_CHANGED)
    raise BadInputError("Đề nghị bấm chọn một buổi ở trên.")


def _ask_letter(talk: Talk, dialog: Dialog) -> Message:
    reading = unpack(dialog.data["reading"])
    session_id = dialog.data["session"]
    what = letters_in.effect(talk.work, reading, manager_for(talk, reading), session_id)
    of, _ = talk.session(session_id)
    name = "letter_change" if reading.doc_type is DocType.CHANGE_NOTICE else "letter_invitation"
    rows = (way_out(dialog),) if what.nothing else ((choice(dialog, "Xác nhận", "yes"), *way_out(dialog)),)
    request = talk.work.sessions.open_move(session_id)
    return words(
        name, rows, what=what, f=of.facts, reading=reading, request=request, authority=of.around.authority
    )


def _take_letter(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if said != "yes":
        raise BadInputError("Đề nghị bấm Xác nhận để ghi vào lịch, hoặc Quay lại để thôi.")
    reading = unpack(dialog.data["reading"])
    manager = manager_for(talk, reading)
    session_id = dialog.data["session"]
    what = letters_in.effect(talk.work, reading, manager, session_id)
    if what.session.version != dialog.data["version"]:
        raise OutdatedError(_CHANGED)
    after = letters_in.apply(talk.work, reading, manager, session_id)
    talk.end()
    told = talk.work.reports.queued(session_id, after.session.date_revision, Kind.CHANGE) if what.day else ()
    done = talk.respond(words("letter_done", what=what, session=after.session, told=len(told)))
    if what.day is not None:  # she gets the change as everybody does
        return done
    message, card_of = talk.card(session_id)
    return replace(done, says=(*done.says, Say(message, card_of)))


STEPS = {"which": Step(_ask_which, _take_which), "letter": Step(_ask_letter, _take_letter)}
