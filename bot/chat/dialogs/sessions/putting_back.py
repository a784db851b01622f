"""The lead puts a cancelled or moved session back: one question, one press."""

from bot.chat.dialogs.step import Step, guarded
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.errors import BadInputError
from bot.flows.sessions import putting_back, request_news
from bot.flows.work import Dialog
from bot.message import Button, Message
from bot.notices.cards import own_request_rows
from bot.sessions.changes import restore
from bot.sessions.rights import Right

NAME = "putting_back"


def begin(talk: Talk, session_id: int) -> Reaction:
    of, _ = talk.session(session_id)
    step = "restore" if of.facts.cancelled else "former"
    dialog = talk.begin(NAME, step, session=session_id, revision=of.session.date_revision)
    return talk.respond(STEPS[step].ask(talk, dialog))


def _still(talk: Talk, dialog: Dialog) -> None:
    of, me = talk.session(dialog.data["session"])
    of.require(Right.CANCEL, me)
    if dialog.step == "restore":
        restore(of.session, talk.work.today)
    else:
        putting_back.require_former_day(talk.work, of, dialog.data["revision"])


def _ask_restore(talk: Talk, dialog: Dialog) -> Message:
    of, _ = talk.session(dialog.data["session"])
    rows = ((choice(dialog, "Xác nhận", "yes"), *way_out(dialog)),)
    return words("restore_review", rows, f=of.facts)


def _take_restore(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if said != "yes":
        raise BadInputError("Đề nghị bấm Xác nhận để khôi phục buổi, hoặc Quay lại.")
    of, me = talk.session(dialog.data["session"])
    putting_back.restore_session(talk.work, me, of.session.id)
    talk.end()
    return talk.show_card(of.session.id)


def _ask_former(talk: Talk, dialog: Dialog) -> Message:
    of, me = talk.session(dialog.data["session"])
    rows: list[tuple[Button, ...]] = [(choice(dialog, "Đã được đồng ý bằng văn bản", "paper"),)]
    if of.receiver(me).may(Right.ASK):
        rows.append((choice(dialog, "Gửi đề nghị xin ý kiến", "ask"),))
    rows.append(way_out(dialog))
    return words("former_day", tuple(rows), f=of.facts)


def _take_former(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if said not in ("paper", "ask"):
        raise BadInputError("Đề nghị bấm một trong các nút ở trên.")
    of, me = talk.session(dialog.data["session"])
    session_id, revision = of.session.id, dialog.data["revision"]
    if said == "paper":
        putting_back.back_on_paper(talk.work, me, session_id, revision)
        talk.end()
        return talk.show_card(session_id)
    request = putting_back.ask_back(talk.work, me, session_id, revision)
    talk.end()
    rows = own_request_rows(request.id, countered=False)
    reachable = request_news.reachable(talk.work, of)
    return talk.respond(words("ask_done", rows, f=of.facts, r=request, reachable=reachable))


STEPS = guarded(
    _still, {"restore": Step(_ask_restore, _take_restore), "former": Step(_ask_former, _take_former)}
)
