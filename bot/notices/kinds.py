"""How each kind of notice is said: its text and its buttons.  None: there is nothing to say any more."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.cluster.people import Unit
from bot.notices.actions import Verb, button
from bot.notices.cards import (
    Rows,
    answer_rows,
    card_rows,
    decision_rows,
    host_rows,
    own_request_rows,
    request_rows,
    you,
)
from bot.notices.facts import Manner, Receiver, SessionFacts
from bot.notices.notice import Kind
from bot.notices.wording import text, text_for
from bot.sessions.answers import Reply
from bot.sessions.request import Cause, Request, RequestKind, RequestState
from bot.sessions.rights import Right

CAUSES = {
    Cause.AUTHORITY_CALENDAR: "trùng lịch của cơ quan quản lý",
    Cause.OWN_WORK: "trường có việc quan trọng trùng ngày",
    Cause.WEATHER_ILLNESS: "thời tiết hoặc dịch bệnh",
    Cause.OTHER: "lý do khác",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """All that a text may say: the session, the receiver, the notice's payload, the request it is about."""

    f: SessionFacts
    to: Receiver
    address: str  #: "đ/c Nguyễn Thị A, Hiệu trưởng MN Bát Trang"
    payload: Mapping[str, Any]
    request: Request | None = None
    request_unit: Unit | None = None
    decider: str = ""  #: who decided, in words
    questions: tuple[str, ...] = ()  #: what the host's heads are asked at *prepare*

    def say(self, name: str, **more: object) -> str:
        facts: dict[str, object] = {"f": self.f, "to": self.to, "address": self.address}
        return text_for(f"notices/{name}", self.to.manner, **facts, **more)


@dataclass(frozen=True, slots=True)
class Section:
    text: str
    rows: Rows = ()
    card: bool = False  #: it shows the session as it stands: later changes redraw it


def _prepare(s: Subject) -> Section | None:
    if s.f.over or not s.f.session.fixed:
        return None
    rows = (*answer_rows(s.f, s.to), *host_rows(s.f, s.to), *request_rows(s.f, s.to))
    return Section(s.say("prepare", questions=s.questions), rows, card=True)


def _invitation(s: Subject) -> Section | None:
    if not s.to.invited or s.f.over or _declined(s):
        return None
    return Section(s.say("invitation"), card_rows(s.f, s.to), card=True)


def _authority_invitation(s: Subject) -> Section | None:
    if not s.to.invited or s.f.over or _declined(s) or s.f.session.released_at is None:
        return None
    by_itself = s.f.session.released_by is None
    words = s.say("authority_invitation", released_by_itself=by_itself)
    return Section(words, card_rows(s.f, s.to), card=True)


def _released_by_itself(s: Subject) -> Section | None:
    if s.f.session.released_at is None or s.f.session.released_by is not None:
        return None
    return Section(s.say("released_by_itself"), host_rows(s.f, s.to), card=False)


def _deadline_watch(s: Subject) -> Section | None:
    unreached = s.f.headcount.unreached if s.f.headcount else ()
    if s.f.session.released_at is not None and not unreached:
        return None
    return Section(s.say("deadline_watch"), host_rows(s.f, s.to))


def _reminder(s: Subject) -> Section | None:
    if s.f.over or _declined(s) or not (s.to.invited or s.to.may(Right.DETAILS)):
        return None
    rows = answer_rows(s.f, s.to)
    if s.to.may(Right.DETAILS):
        rows = (*rows, *host_rows(s.f, s.to))
    return Section(s.say("reminder"), rows, card=True)


def _same_day(s: Subject) -> Section | None:
    if s.f.over or _declined(s) or not s.to.invited:
        return None
    return Section(s.say("same_day"))


def _request(s: Subject) -> Section | None:
    request = s.request
    if request is None or not request.state.open:
        return None
    if request.state is RequestState.COUNTERED:
        return None
    words = s.say("request", **_request_words(s), again=bool(s.payload.get("again")))
    if request.attached_to is not None:
        return Section(words)
    return Section(words, decision_rows(request.id, move=request.kind is RequestKind.MOVE))


def _request_news(s: Subject) -> Section | None:
    event, request = s.payload.get("event"), s.request
    if request is None:
        return None
    stale = event in ("asked", "paper", "silent") and request.state is not RequestState.REQUESTED
    if stale or (event == "countered" and request.state is not RequestState.COUNTERED):
        return None
    mine = request.unit_id == s.to.person.unit_id and s.to.may(Right.ASK)
    new_date = s.payload.get("new_date")
    words = s.say(
        f"news_{event}",
        **_request_words(s),
        mine=mine,
        own=request.unit_id == s.to.person.unit_id and s.to.invited,
        you=you(s.to.manner),
        new_date=dt.date.fromisoformat(new_date) if new_date else None,
    )
    if event in ("asked", "countered") and mine:
        return Section(words, own_request_rows(request.id, countered=event == "countered"))
    if event in ("paper", "silent") and s.to.may(Right.RECORD) and request.attached_to is None:
        return Section(words, decision_rows(request.id, move=request.kind is RequestKind.MOVE))
    return Section(words)


def _proposal(s: Subject) -> Section | None:
    if s.f.session.fixed or s.f.cancelled or not s.to.may(Right.CANCEL):
        return None
    day = dt.date.fromisoformat(s.payload["day"])
    rows = (
        (button("Xác nhận", Verb.CONFIRM_DAY, s.f.session.id, day),),
        (button("Đề nghị ngày khác", Verb.PROPOSE, s.f.session.id),),
    )
    return Section(s.say("proposal", day=day), rows)


def _change(s: Subject) -> Section | None:
    old = dt.date.fromisoformat(s.payload["old_date"])
    if s.f.session.date == old or s.f.cancelled:
        return None
    words = s.say("change", old_date=old, agreed_by=s.decider)
    return Section(words, card_rows(s.f, s.to), card=True)


def _details(s: Subject) -> Section | None:
    if s.f.over or s.f.cancelled:
        return None
    fields = s.payload.get("fields", [])
    changed = bool(s.payload.get("changed"))
    words = s.say("details", hour="hour" in fields, room="room" in fields, changed=changed)
    return Section(words, card_rows(s.f, s.to), card=True)


def _cancellation(s: Subject) -> Section | None:
    return Section(s.say("cancellation", reason=s.payload.get("reason")))


def _unreached(s: Subject) -> Section | None:
    names, about = s.payload["names"], s.payload["about"]
    return Section(s.say("unreached", names=names, about=about), host_rows(s.f, s.to))


_SAYERS: dict[Kind, Callable[[Subject], Section | None]] = {
    Kind.PREPARE: _prepare,
    Kind.INVITATION: _invitation,
    Kind.AUTHORITY_INVITATION: _authority_invitation,
    Kind.RELEASED_BY_ITSELF: _released_by_itself,
    Kind.DEADLINE_WATCH: _deadline_watch,
    Kind.REMINDER: _reminder,
    Kind.SAME_DAY: _same_day,
    Kind.REQUEST: _request,
    Kind.REQUEST_NEWS: _request_news,
    Kind.PROPOSAL: _proposal,
    Kind.CHANGE: _change,
    Kind.DETAILS: _details,
    Kind.CANCELLATION: _cancellation,
    Kind.UNREACHED: _unreached,
}

#: In which order things stand in one message, the weightiest first.
ORDER = (
    Kind.CANCELLATION,
    Kind.CHANGE,
    Kind.DETAILS,
    Kind.REQUEST,
    Kind.REQUEST_NEWS,
    Kind.PROPOSAL,
    Kind.RELEASED_BY_ITSELF,
    Kind.DEADLINE_WATCH,
    Kind.UNREACHED,
    Kind.PREPARE,
    Kind.AUTHORITY_INVITATION,
    Kind.INVITATION,
    Kind.REMINDER,
    Kind.SAME_DAY,
)

#: What is not said beside the other about the same session, since the other says it all.
COVERED_BY = {
    Kind.INVITATION: {Kind.CHANGE},
    Kind.AUTHORITY_INVITATION: {Kind.CHANGE},
    Kind.REMINDER: {Kind.CHANGE, Kind.SAME_DAY, Kind.INVITATION, Kind.AUTHORITY_INVITATION},
    Kind.SAME_DAY: {Kind.INVITATION, Kind.AUTHORITY_INVITATION},
    Kind.DETAILS: {Kind.CHANGE},
}


def section(kind: Kind, subject: Subject) -> Section | None:
    return _SAYERS[kind](subject)


def approval(asker: object, post: str, unit: Unit, address: str) -> str:
    return text("notices/approval", asker=asker, post=post, unit=unit, address=address)


def _declined(s: Subject) -> bool:
    return s.to.answer is not None and s.to.answer.reply is Reply.DECLINED


def _request_words(s: Subject) -> dict[str, object]:
    request = s.request
    assert request is not None
    cause = CAUSES[request.cause]
    if request.reason:
        cause = request.reason if request.cause is Cause.OTHER else f"{cause} ({request.reason})"
    return {"r": request, "unit": s.request_unit, "cause": cause, "decider": s.decider}


def is_formal(manner: Manner) -> bool:
    return manner is Manner.AUTHORITY
