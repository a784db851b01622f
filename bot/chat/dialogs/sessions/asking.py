"""`Xin đổi lịch`: (absence or move,) cause, day, review, `Xác nhận`.  At most five touches."""

import datetime as dt

from bot.chat.dialogs.sessions import offering
from bot.chat.dialogs.sessions.days import another_day, ask_day, take_day, warnings
from bot.chat.dialogs.step import Step, guarded
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.cluster.people import Person
from bot.errors import BadInputError, NotAllowedError
from bot.flows.session_scene import SessionScene
from bot.flows.sessions import request_news, rescheduling, swapping
from bot.flows.work import Dialog
from bot.message import Message
from bot.notices.cards import own_request_rows
from bot.notices.saying.requests import CAUSES
from bot.sessions.request import Cause, RequestKind
from bot.sessions.reschedule import Ask, check_reason

NAME = "asking"
_SWAP = "swap"
_ANY = "any"  #: the authority names the day
_LABELS = {
    Cause.AUTHORITY_CALENDAR: "Trùng lịch của Phòng, Sở",
    Cause.OWN_WORK: "Trường có việc quan trọng",
    Cause.WEATHER_ILLNESS: "Thời tiết, dịch bệnh",
    Cause.OTHER: "Lý do khác",
}


def begin(talk: Talk, session_id: int, date_revision: int) -> Reaction:
    _, me = talk.session(session_id)
    of = rescheduling.for_asking(talk.work, me, session_id, date_revision)
    hosting = me.unit_id in of.session.host_ids
    open_move = talk.work.sessions.open_move(session_id)
    if open_move is not None and open_move.unit_id == me.unit_id:
        raise NotAllowedError("Trường đã có đề nghị đổi lịch buổi này đang chờ ý kiến.")
    first = "cause" if hosting else "kind"
    kind = RequestKind.MOVE.value
    dialog = talk.begin(NAME, first, session=session_id, revision=date_revision, kind=kind)
    return talk.respond(STEPS[first].ask(talk, dialog))


def _where(talk: Talk, dialog: Dialog) -> tuple[SessionScene, Person]:
    """By today's state.  Raises NotAllowedError, OutdatedError where there is nothing to ask for any more."""
    _, me = talk.session(dialog.data["session"])
    of = rescheduling.for_asking(talk.work, me, dialog.data["session"], dialog.data["revision"])
    return of, me


def _ask_kind(talk: Talk, dialog: Dialog) -> Message:
    of, _ = _where(talk, dialog)
    rows = (
        (choice(dialog, "Xin vắng buổi này", RequestKind.ABSENCE.value),),
        (choice(dialog, "Xin đổi sang ngày khác", RequestKind.MOVE.value),),
        way_out(dialog),
    )
    return words("ask_kind", rows, f=of.facts)


def _take_kind(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if said not in (RequestKind.ABSENCE.value, RequestKind.MOVE.value):
        raise BadInputError("Đề nghị bấm một trong các nút ở trên.")
    return talk.respond(_ask_cause(talk, talk.advance(dialog, "cause", kind=said)))


def _ask_cause(talk: Talk, dialog: Dialog) -> Message:
    of, _ = _where(talk, dialog)
    rows = [(choice(dialog, label, cause.value),) for cause, label in _LABELS.items()]
    return words("ask_cause", (*rows, way_out(dialog)), f=of.facts, kind=dialog.data["kind"])


def _take_cause(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if said == Cause.OTHER.value:
        return talk.respond(_ask_reason(talk, talk.advance(dialog, "reason", cause=said)))
    if said in {cause.value for cause in Cause}:
        return _after_cause(talk, dialog, said, None)
    return _after_cause(talk, dialog, Cause.OTHER.value, check_reason(said))


def _ask_reason(talk: Talk, dialog: Dialog) -> Message:
    return words("ask_reason", (way_out(dialog),))


def _take_reason(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    return _after_cause(talk, dialog, Cause.OTHER.value, check_reason(said))


def _after_cause(talk: Talk, dialog: Dialog, cause: str, reason: str | None) -> Reaction:
    step = "day" if dialog.data["kind"] == RequestKind.MOVE.value else "review"
    dialog = talk.advance(dialog, step, cause=cause, reason=reason)
    return talk.respond(STEPS[step].ask(talk, dialog))


def _ask_day(talk: Talk, dialog: Dialog) -> Message:
    of, me = _where(talk, dialog)
    more = [choice(dialog, "Để cơ quan quản lý chọn ngày", _ANY)]
    if me.unit_id in of.session.host_ids and swapping.partners(talk.work, of):
        more.append(choice(dialog, "Đổi ngày với trường khác", _SWAP))
    return ask_day(talk, of, dialog, "ask_day", *more)


def _take_day(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if said == _SWAP:
        return talk.respond(offering.ask_partner(talk, talk.advance(dialog, "partner")))
    of, _ = _where(talk, dialog)
    day = None if said == _ANY else take_day(talk, of, dialog, said, _ask_day)
    if isinstance(day, Reaction):
        return day
    return talk.respond(_ask_review(talk, talk.advance(dialog, "review", day=str(day) if day else None)))


def _ask_review(talk: Talk, dialog: Dialog) -> Message:
    of, me = _where(talk, dialog)
    day = _day(dialog)
    return words(
        "ask_review",
        ((choice(dialog, "Xác nhận", "yes"), *way_out(dialog)),),
        f=of.facts,
        unit=of.around.units[me.unit_id],
        kind=dialog.data["kind"],
        cause=dialog.data.get("reason") or CAUSES[Cause(dialog.data["cause"])],
        day=day,
        warnings=warnings(talk, of, day) if day else [],
    )


def _take_review(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    of, me = _where(talk, dialog)
    if said != "yes":
        if (asked := another_day(talk, of, dialog, said)) is None:
            raise BadInputError("Đề nghị bấm Xác nhận để gửi, hoặc Quay lại để sửa.")
        return _take_day(talk, asked, said)
    request = rescheduling.ask(
        talk.work,
        me,
        of.session.id,
        dialog.data["revision"],
        Ask(
            kind=RequestKind(dialog.data["kind"]),
            unit_id=me.unit_id,
            asked_by=me.id,
            cause=Cause(dialog.data["cause"]),
            reason=dialog.data.get("reason"),
            proposed=_day(dialog),
        ),
    )
    talk.end()
    reachable = request_news.reachable(talk.work, of)
    rows = own_request_rows(request.id, countered=False)
    return talk.respond(words("ask_done", rows, f=of.facts, r=request, reachable=reachable))


def _day(dialog: Dialog) -> dt.date | None:
    day = dialog.data.get("day")
    return dt.date.fromisoformat(day) if day else None


STEPS = guarded(
    _where,
    {
        "kind": Step(_ask_kind, _take_kind),
        "cause": Step(_ask_cause, _take_cause),
        "reason": Step(_ask_reason, _take_reason),
        "day": Step(_ask_day, _take_day),
        "review": Step(_ask_review, _take_review),
        **offering.STEPS,
    },
)
