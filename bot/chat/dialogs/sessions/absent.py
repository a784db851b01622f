"""After `Vắng mặt`: why, or who goes instead.  The absence itself is recorded at the press."""

from dataclasses import replace

from bot.chat.dialogs import choosing
from bot.chat.dialogs.sessions.replacing import alike_first
from bot.chat.dialogs.step import Step, guarded
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.cluster.finding import said_to_go_instead
from bot.cluster.people import Person
from bot.errors import BadInputError
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.answering import answer, for_answering
from bot.flows.work import Dialog
from bot.message import Button, Message
from bot.notices.actions import Verb, button
from bot.notices.cards import you
from bot.notices.facts import Manner
from bot.notices.wording import text
from bot.sessions.answers import Reply

NAME = "absent"
_REASONS = {"sick": "ốm, việc gia đình", "class": "không có người trông lớp", "work": "bận việc của trường"}


def _reasons(how: Manner) -> dict[str, str]:
    """In the kitchen it is the kitchen that nobody looks after."""
    return {**_REASONS, "class": "không có người trông bếp"} if how is Manner.COOK else _REASONS


def begin(talk: Talk, session_id: int, date_revision: int) -> Reaction:
    of, me = talk.session(session_id)
    given = of.answers.get(me.id)
    declined = given is not None and given.reply is Reply.DECLINED
    if (
        not declined or date_revision != of.session.date_revision
    ):  # what was said of it stays till it is said anew
        answer(talk.work, me, session_id, date_revision, Reply.DECLINED)
    dialog = talk.begin(NAME, "why", session=session_id, revision=date_revision, page=0)
    shown = talk.show_card(session_id, toast="Đã ghi vắng mặt.")
    return shown.and_say(_ask_why(talk, dialog))


def _still(talk: Talk, dialog: Dialog) -> None:
    _, me = talk.session(dialog.data["session"])
    for_answering(talk.work, me, dialog.data["session"], dialog.data["revision"])


def _ask_why(talk: Talk, dialog: Dialog) -> Message:
    of, me = talk.session(dialog.data["session"])
    manner = of.receiver(me).manner
    rows: list[tuple[Button, ...]] = [
        (choice(dialog, label.capitalize(), value),) for value, label in _reasons(manner).items()
    ]
    rows.append((choice(dialog, "Có người đi thay", "instead"), choice(dialog, "Không nêu lý do", "none")))
    rows.append((button("Quay lại", Verb.STOP, dialog.mark),))
    return words("absent_why", tuple(rows), you=you(manner), session=of.session)


def _take_why(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if said == "instead":
        return talk.respond(_ask_who(talk, talk.advance(dialog, "who")))
    instead = said_to_go_instead(said)
    if instead is not None:
        return _take_who(talk, dialog, instead)
    of, me = talk.session(dialog.data["session"])
    reason = None if said == "none" else _reasons(of.manner(me)).get(said, said)
    return _finish(talk, dialog, reason=reason)


def _ask_who(talk: Talk, dialog: Dialog) -> Message:
    of, me = talk.session(dialog.data["session"])
    people = _free(of, me)
    rows = choosing.person_rows(dialog, people, of.around.units[me.unit_id])
    return words("absent_who", (*rows, way_out(dialog)), people=bool(people))


def _take_who(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    of, me = talk.session(dialog.data["session"])
    page = choosing.page_wanted(said)
    if page is not None:
        dialog = talk.keep(replace(dialog, data={**dialog.data, "page": page}))
        return talk.respond(_ask_who(talk, dialog))
    free = _free(of, me)
    who = said_to_go_instead(said) or said
    goes = choosing.pressed_person(said, free) or choosing.typed_person(who, free)
    if goes is not None:
        return _finish(talk, dialog, goes=goes)
    invited = [
        i.person for i in of.invitees.people if i.person.unit_id == me.unit_id and i.person.id != me.id
    ]
    already = choosing.typed_person(who, invited)
    if already is not None:
        raise BadInputError(f"{already.name} đã được mời buổi này rồi. Đề nghị chọn người khác.")
    return _finish(talk, dialog, substitute=who)


def _free(of: SessionScene, me: Person) -> list[Person]:
    """From whom somebody of a school chooses; the authority's people name theirs in words."""
    return [] if of.manner(me) is Manner.AUTHORITY else alike_first(of, me)


def _finish(
    talk: Talk,
    dialog: Dialog,
    *,
    reason: str | None = None,
    substitute: str | None = None,
    goes: Person | None = None,
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
        substitute_id=goes.id if goes else None,
    )
    talk.end()
    given = of.answers[me.id]
    reached = goes is not None and bool(talk.work.people.addresses([goes.id]))
    manner = of.manner(me)
    return talk.respond(
        Message(
            text(
                "chat/absent_done",
                session=of.session,
                answer=given,
                reached=reached,
                you=you(manner),
                manner=manner,
            )
        )
    )


STEPS = guarded(_still, {"why": Step(_ask_why, _take_why), "who": Step(_ask_who, _take_who)})
