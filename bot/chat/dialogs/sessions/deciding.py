"""The authority decides (or the lead records its decision on paper): a reason, or another day."""

import datetime as dt

from bot.chat.dialogs.sessions.days import another_day, ask_day, take_day, warnings
from bot.chat.dialogs.step import Step, guarded
from bot.chat.reaction import Reaction, Redraw
from bot.chat.talk import Talk, choice, way_out, words
from bot.cluster.people import Person
from bot.errors import BadInputError, OutdatedError
from bot.flows.session_scene import SessionScene
from bot.flows.sessions import rescheduling, swapping
from bot.flows.work import Dialog
from bot.message import Message
from bot.notices.actions import Verb, button
from bot.notices.cards import decision_rows
from bot.sessions.request import Request, RequestKind, RequestState
from bot.sessions.rights import Right, rights_of

NAME = "deciding"


def press(talk: Talk, verb: Verb, request_id: int) -> Reaction:
    """`Đồng ý`, `Không đồng ý`, `Đề nghị ngày khác` on a request."""
    of, me, request, on_paper = _request(talk, request_id)
    mine = request.unit_id == me.unit_id
    decides = {Right.DECIDE, Right.RECORD} & rights_of(me, of.around.units[me.unit_id], of.session)
    offered = of.swap(request) is not None and (request.state is RequestState.OFFERED or not decides)
    if mine and offered and verb in (Verb.AGREE, Verb.REFUSE):
        return _answer_offer(talk, me, request, accept=verb is Verb.AGREE)
    own = mine and request.state is RequestState.COUNTERED
    if verb is Verb.AGREE and own and not on_paper_only(me, of):
        rescheduling.accept(talk.work, me, request_id)
        return _done(talk, request_id)
    rescheduling.require_decision(talk.work, me, request_id, on_paper=on_paper)
    if verb is Verb.AGREE:
        nothing_named = request.kind is RequestKind.MOVE and not (request.countered or request.proposed)
        if nothing_named:
            return _open(talk, "agree_day", request_id, on_paper=on_paper)
        rescheduling.agree(talk.work, me, request_id, None, on_paper=on_paper)
        return _done(talk, request_id)
    if verb is Verb.COUNTER and of.swap(request) is not None:
        raise BadInputError(rescheduling.NO_OTHER_DAY)
    step = "refuse" if verb is Verb.REFUSE else "counter"
    return _open(talk, step, request_id, on_paper=on_paper)


def _answer_offer(talk: Talk, me: Person, request: Request, *, accept: bool) -> Reaction:
    """The host who was asked to change days says yes or no."""
    answer = swapping.accept if accept else swapping.decline
    of, swap = answer(talk.work, me, request.id)
    unit = of.around.units[swap.first.unit_id]
    facts = talk.scene.of(of.session).facts
    return Reaction(redraw=Redraw(words("swap_answered", f=facts, r=swap.second, unit=unit)))


def record(talk: Talk, request_id: int) -> Reaction:
    """The lead or the clerk has the authority's answer on paper: which one was it?"""
    of, me, request, _ = _request(talk, request_id)
    rescheduling.require_decision(talk.work, me, request_id, on_paper=True)
    swap = of.swap(request)
    rows = decision_rows(request.id, move=request.kind is RequestKind.MOVE and swap is None)
    unit = of.around.units[request.unit_id]
    return talk.respond(words("record", rows, f=of.facts, r=request, unit=unit, swap=swap))


def on_paper_only(me: Person, of: SessionScene) -> bool:
    """A lead who is not of the asking school records; of the asking school she answers for it."""
    return Right.ASK not in rights_of(me, of.around.units[me.unit_id], of.session)


def _open(talk: Talk, step: str, request_id: int, *, on_paper: bool) -> Reaction:
    dialog = talk.begin(NAME, step, request=request_id)
    return talk.respond(STEPS[step].ask(talk, dialog))


def _request(talk: Talk, request_id: int) -> tuple[SessionScene, Person, Request, bool]:
    talk.require_known()  # whether there is such a request or not
    request = talk.work.sessions.request(request_id)
    if request is None:
        raise OutdatedError("Không còn đề nghị này. Gõ /lich để xem lịch hiện nay.")
    of, me = talk.session(request.session_id)
    rights = rights_of(me, of.around.units[me.unit_id], of.session)
    return of, me, request, Right.RECORD in rights and Right.DECIDE not in rights


def _still(talk: Talk, dialog: Dialog) -> None:
    _, me, request, on_paper = _request(talk, dialog.data["request"])
    rescheduling.require_decision(talk.work, me, request.id, on_paper=on_paper)


def _ask_refusal(talk: Talk, dialog: Dialog) -> Message:
    of, _me, request, on_paper = _request(talk, dialog.data["request"])
    rows = ((choice(dialog, "Không nêu lý do", "none"), button("Quay lại", Verb.STOP, dialog.mark)),)
    return words("refuse_why", rows, f=of.facts, r=request, on_paper=on_paper)


def _take_refusal(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    _, me, request, on_paper = _request(talk, dialog.data["request"])
    reason = None if said == "none" else said
    rescheduling.refuse(talk.work, me, request.id, reason, on_paper=on_paper)
    talk.end()
    return _done(talk, request.id)


def _ask_day(talk: Talk, dialog: Dialog) -> Message:
    of, _me, request, on_paper = _request(talk, dialog.data["request"])
    return ask_day(talk, of, dialog, "decide_day", r=request, on_paper=on_paper)


def _take_day(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    """A day against which something speaks is decided only after a second look."""
    of, _, _, _ = _request(talk, dialog.data["request"])
    day = take_day(talk, of, dialog, said, _ask_day)
    if isinstance(day, Reaction):
        return day
    if warnings(talk, of, day):
        return talk.respond(_ask_sure(talk, talk.advance(dialog, "sure", day=str(day), meant=dialog.step)))
    return _decide(talk, dialog.data["request"], day, dialog.step)


def _ask_sure(talk: Talk, dialog: Dialog) -> Message:
    of, _me, _, on_paper = _request(talk, dialog.data["request"])
    day = dt.date.fromisoformat(dialog.data["day"])
    rows = ((choice(dialog, "Xác nhận", "yes"), *way_out(dialog)),)
    found = warnings(talk, of, day)
    return words("decide_sure", rows, f=of.facts, day=day, warnings=found, on_paper=on_paper)


def _take_sure(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if said != "yes":
        of, _, _, _ = _request(talk, dialog.data["request"])
        if (asked := another_day(talk, of, dialog, said)) is None:
            raise BadInputError("Đề nghị bấm Xác nhận, hoặc Quay lại để chọn ngày khác.")
        return _take_day(talk, asked, said)
    day = dt.date.fromisoformat(dialog.data["day"])
    return _decide(talk, dialog.data["request"], day, dialog.data["meant"])


def _decide(talk: Talk, request_id: int, day: dt.date, meant: str) -> Reaction:
    """`meant`: "agree_day", or "counter", which is an agreement where the school asked for this very day."""
    _, me, request, on_paper = _request(talk, request_id)
    if meant == "agree_day" or day == request.proposed:
        rescheduling.agree(talk.work, me, request.id, day, on_paper=on_paper)
    else:
        rescheduling.counter(talk.work, me, request.id, day, on_paper=on_paper)
    talk.end()
    return _done(talk, request.id)


def _done(talk: Talk, request_id: int) -> Reaction:
    """What was decided, over the card with the buttons, so that nobody presses them again."""
    of, me, request, _on_paper = _request(talk, request_id)
    manner = of.receiver(me).manner
    unit = of.around.units[request.unit_id]
    message = words("decided", f=of.facts, r=request, unit=unit, manner=manner.value, swap=of.swap(request))
    if talk.incoming.token is None:
        return talk.respond(message)
    return Reaction(redraw=Redraw(message))


STEPS = guarded(
    _still,
    {
        "refuse": Step(_ask_refusal, _take_refusal),
        "counter": Step(_ask_day, _take_day),
        "agree_day": Step(_ask_day, _take_day),
        "sure": Step(_ask_sure, _take_sure),
    },
)
