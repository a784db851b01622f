"""`Đổi ngày với trường khác`, within `Xin đổi lịch`: with which session, review, `Xác nhận`."""

from bot.chat.dialogs.step import Step
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.errors import BadInputError, OutdatedError
from bot.flows.session_scene import SessionScene
from bot.flows.sessions import swapping
from bot.flows.work import Dialog
from bot.message import Message
from bot.notices.cards import offer_rows
from bot.notices.dates import short_day
from bot.sessions.request import Cause, RequestKind
from bot.sessions.reschedule import Ask

MOST = 12


def ask_partner(talk: Talk, dialog: Dialog) -> Message:
    of, _ = talk.session(dialog.data["session"])
    rows = []
    for session in swapping.partners(talk.work, of)[:MOST]:
        other = talk.scene.of(session)
        hosts = " và ".join(unit.label for unit in other.facts.hosts)
        assert session.date is not None
        label = f"{session.code} · {short_day(session.date)} · {hosts}"
        rows.append((choice(dialog, label, str(session.id)),))
    return words("swap_partner", (*rows, way_out(dialog)), f=of.facts)


def _take_partner(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    of, _ = talk.session(dialog.data["session"])
    found = next((s for s in swapping.partners(talk.work, of) if said in (str(s.id), s.code)), None)
    if found is None:
        raise BadInputError("Đề nghị bấm chọn một buổi ở trên.")
    dialog = talk.advance(dialog, "swap_review", other=found.id, other_revision=found.date_revision)
    return talk.respond(_ask_review(talk, dialog))


def _other(talk: Talk, dialog: Dialog) -> SessionScene:
    other, _ = talk.session(dialog.data["other"])
    if other.session.date_revision != dialog.data["other_revision"]:
        raise OutdatedError(f"Buổi {other.session.code} vừa đổi ngày. Đề nghị xem lại lịch rồi xin đổi.")
    return other


def _ask_review(talk: Talk, dialog: Dialog) -> Message:
    of, _ = talk.session(dialog.data["session"])
    rows = ((choice(dialog, "Xác nhận", "yes"), *way_out(dialog)),)
    return words("swap_review", rows, f=of.facts, other=_other(talk, dialog).facts)


def _take_review(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if said != "yes":
        raise BadInputError("Đề nghị bấm Xác nhận để gửi, hoặc Quay lại để sửa.")
    of, me = talk.session(dialog.data["session"])
    other, data = _other(talk, dialog), dialog.data
    cause, reason = Cause(data["cause"]), data.get("reason")
    what = Ask(RequestKind.MOVE, me.unit_id, me.id, cause, reason, other.session.date)
    request = swapping.offer(talk.work, me, of.session.id, data["revision"], other.session.id, what)
    talk.end()
    rows = offer_rows(request.id, offered_here=True)
    return talk.respond(words("swap_done", rows, f=of.facts, other=other.facts))


STEPS = {"partner": Step(ask_partner, _take_partner), "swap_review": Step(_ask_review, _take_review)}
