"""A request to move or to stay away: to who decides, and its news to who knows of it."""

import datetime as dt

from bot.notices.actions import Verb, button
from bot.notices.cards import decision_rows, offer_rows, own_request_rows, you
from bot.notices.saying.subject import Section, Subject
from bot.sessions.request import Cause, RequestKind, RequestState
from bot.sessions.rights import Right

CAUSES = {
    Cause.AUTHORITY_CALENDAR: "trùng lịch của cơ quan quản lý",
    Cause.OWN_WORK: "trường có việc quan trọng trùng ngày",
    Cause.WEATHER_ILLNESS: "thời tiết hoặc dịch bệnh",
    Cause.OTHER: "lý do khác",
}
_OFFER = ("offered", "unanswered")  #: news of an offer between two hosts


def request(s: Subject) -> Section | None:
    request = s.request
    if request is None or not request.state.open:
        return None
    if request.state is RequestState.COUNTERED:
        return None
    words = s.say("request", **_request_words(s), again=bool(s.payload.get("again")))
    if request.attached_to is not None:
        return Section(words)
    return Section(words, decision_rows(request.id, move=_may_be_countered(s)))


def request_news(s: Subject) -> Section | None:
    event, request = s.payload.get("event"), s.request
    if request is None:
        return None
    stale = event in ("asked", "paper", "silent") and request.state is not RequestState.REQUESTED
    stale = stale or (event in _OFFER and request.state is not RequestState.OFFERED)
    if stale or (event == "countered" and request.state is not RequestState.COUNTERED):
        return None
    mine = request.unit_id == s.to.unit.id and s.to.may(Right.ASK)
    new_date = s.payload.get("new_date")
    words = s.say(
        f"news_{event}",
        **_request_words(s),
        mine=mine,
        own=request.unit_id == s.to.unit.id and s.to.invited,
        you=you(s.to.manner),
        new_date=dt.date.fromisoformat(new_date) if new_date else None,
    )
    if event in _OFFER and mine and s.swap is not None:
        return Section(words, offer_rows(request.id, offered_here=s.swap.offered_here))
    if event in ("asked", "countered") and mine:
        return Section(words, own_request_rows(request.id, countered=event == "countered"))
    if event in ("paper", "silent") and s.to.may(Right.RECORD) and request.attached_to is None:
        return Section(words, decision_rows(request.id, move=_may_be_countered(s)))
    return Section(words)


def _may_be_countered(s: Subject) -> bool:
    """Another day is proposed for one session that moves, not for two that change days."""
    return s.request is not None and s.request.kind is RequestKind.MOVE and s.swap is None


def clash(s: Subject) -> Section | None:
    """Only what still falls on the session's days; the button where nobody has asked to move it yet."""
    session = s.f.session
    titles = [title for title in s.payload["titles"] if title in s.f.clashes]
    if s.f.over or not session.fixed or not titles:
        return None
    words = s.say("clash", titles=titles, day_off=bool(s.payload["day_off"]))
    asked = s.f.request is not None or s.f.offer is not None
    if asked or not s.to.may(Right.ASK):
        return Section(words)
    return Section(words, ((button("Xin đổi lịch", Verb.ASK, session.id, session.date_revision),),))


def proposal(s: Subject) -> Section | None:
    if s.f.session.fixed or s.f.cancelled or not s.to.may(Right.CANCEL):
        return None
    day = dt.date.fromisoformat(s.payload["day"])
    rows = (
        (button("Xác nhận", Verb.CONFIRM_DAY, s.f.session.id, day),),
        (button("Đề nghị ngày khác", Verb.PROPOSE, s.f.session.id),),
    )
    return Section(s.say("proposal", day=day), rows)


def _request_words(s: Subject) -> dict[str, object]:
    request = s.request
    assert request is not None
    cause = CAUSES[request.cause]
    if request.reason:
        cause = request.reason if request.cause is Cause.OTHER else f"{cause} ({request.reason})"
    return {"r": request, "unit": s.request_unit, "cause": cause, "decider": s.decider, "swap": s.swap}
