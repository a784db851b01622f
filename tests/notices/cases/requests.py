"""A request to move a session, to swap it or to stay away: to who decides, and the news of it."""

from bot.notices.notice import Kind
from bot.sessions.request import Cause, RequestKind, RequestState
from tests.notices.cases.given import (
    AGREED,
    COOK,
    COUNTERED,
    DAY,
    GUEST,
    MOVED,
    NOTHING,
    OFFER,
    OFFERED,
    STAFF,
    TO_GUEST,
    TO_HOST,
    TO_LEAD,
    TO_OFFICER,
)
from tests.notices.saying import HOST, NEW, Case
from tests.talks.stage import LEAD, LEADER, OFFICER

REFUSED = {"state": RequestState.REFUSED, "decided_by": OFFICER}
ABSENCE = {"kind": RequestKind.ABSENCE, "by": GUEST, "proposed": None, "cause": Cause.WEATHER_ILLNESS}
DECLINED = {"state": RequestState.DECLINED}

CASES = (
    Case("request", Kind.REQUEST, TO_OFFICER, request={}),
    Case("request-again", Kind.REQUEST, TO_OFFICER, payload={"again": True}, request={}),
    Case("request-any-day", Kind.REQUEST, TO_OFFICER, request={"proposed": None}),
    Case("request-attached", Kind.REQUEST, TO_OFFICER, request={"by": GUEST, "attached_to": 1}),
    Case("request-absence", Kind.REQUEST, TO_OFFICER, request=ABSENCE),
    Case("request-swap", Kind.REQUEST, TO_OFFICER, request={}, swap=True),
    Case("news-offered", Kind.REQUEST_NEWS, TO_HOST | {"lead": LEAD}, NOTHING, OFFER, OFFERED, swap=True),
    Case(
        "news-unanswered",
        Kind.REQUEST_NEWS,
        TO_HOST | {"lead": LEAD},
        payload={"event": "unanswered"},
        request=OFFERED,
        swap=True,
    ),
    Case(
        "news-offered-to-answer",
        Kind.REQUEST_NEWS,
        {"head": "Hiệu trưởng Trường Thành"},
        payload=OFFER,
        request=OFFERED,
        swap=True,
        invited_to="B3",
    ),
    Case("news-declined", Kind.REQUEST_NEWS, TO_HOST, NOTHING, {"event": "declined"}, DECLINED, swap=True),
    Case(
        "news-superseded",
        Kind.REQUEST_NEWS,
        TO_HOST | TO_OFFICER,
        payload={"event": "superseded"},
        request={"state": RequestState.SUPERSEDED},
        swap=True,
    ),
    Case("news-asked-swap", Kind.REQUEST_NEWS, TO_GUEST, payload={"event": "asked"}, request={}, swap=True),
    Case(
        "news-asked-swap-mine", Kind.REQUEST_NEWS, TO_HOST, payload={"event": "asked"}, request={}, swap=True
    ),
    Case(
        "news-refused-swap",
        Kind.REQUEST_NEWS,
        TO_GUEST,
        payload={"event": "refused"},
        request=REFUSED,
        swap=True,
    ),
    Case(
        "news-withdrawn-swap",
        Kind.REQUEST_NEWS,
        TO_GUEST,
        payload={"event": "withdrawn"},
        request={"state": RequestState.WITHDRAWN},
        swap=True,
    ),
    Case(
        "news-expired-swap",
        Kind.REQUEST_EXPIRED,
        TO_HOST,
        payload={"event": "expired"},
        request={"state": RequestState.EXPIRED},
        at=DAY,
        swap=True,
    ),
    Case("news-paper-swap", Kind.REQUEST_NEWS, TO_LEAD, payload={"event": "paper"}, request={}, swap=True),
    Case("news-asked", Kind.REQUEST_NEWS, TO_GUEST, payload={"event": "asked"}, request={}),
    Case("news-asked-absence", Kind.REQUEST_NEWS, TO_HOST, payload={"event": "asked"}, request=ABSENCE),
    Case("news-paper", Kind.REQUEST_NEWS, TO_LEAD, payload={"event": "paper"}, request={}),
    Case("news-silent", Kind.REQUEST_NEWS, TO_LEAD, payload={"event": "silent"}, request={}),
    Case("news-countered", Kind.REQUEST_NEWS, TO_GUEST, payload={"event": "countered"}, request=COUNTERED),
    Case(
        "news-countered-mine", Kind.REQUEST_NEWS, TO_HOST, payload={"event": "countered"}, request=COUNTERED
    ),
    Case(
        "news-refused",
        Kind.REQUEST_NEWS,
        TO_HOST,
        payload={"event": "refused"},
        request=REFUSED | {"decision_reason": "Đã bố trí người dự"},
    ),
    Case(
        "news-refused-without-reason",
        Kind.REQUEST_NEWS,
        TO_GUEST,
        payload={"event": "refused"},
        request=REFUSED | {"on_paper": True},
    ),
    Case(
        "news-withdrawn",
        Kind.REQUEST_NEWS,
        TO_GUEST | TO_OFFICER,
        payload={"event": "withdrawn"},
        request={"state": RequestState.WITHDRAWN},
    ),
    Case(
        "news-expired",
        Kind.REQUEST_EXPIRED,
        TO_HOST | TO_OFFICER,
        payload={"event": "expired"},
        request={"state": RequestState.EXPIRED},
        at=DAY,
    ),
    Case(
        "news-absence",
        Kind.REQUEST_NEWS,
        {"head": HOST, "staff": STAFF, "cook": COOK},
        payload={"event": "absence"},
        request=ABSENCE | AGREED,
    ),
    Case(
        "news-decided",
        Kind.REQUEST_NEWS,
        {"authority": LEADER},
        MOVED,
        payload={"event": "decided", "new_date": str(NEW)},
        request=AGREED,
    ),
    Case(
        "news-decided-accepted",
        Kind.REQUEST_NEWS,
        TO_OFFICER,
        MOVED,
        payload={"event": "decided", "new_date": str(NEW)},
        request=AGREED | {"countered": NEW},
    ),
    Case(
        "news-decided-on-paper",
        Kind.REQUEST_NEWS,
        TO_OFFICER,
        MOVED,
        payload={"event": "decided", "new_date": str(NEW)},
        request=AGREED | {"decided_by": LEAD, "on_paper": True},
    ),
    Case(
        "news-decided-refused",
        Kind.REQUEST_NEWS,
        {"authority": LEADER},
        payload={"event": "decided"},
        request=REFUSED,
    ),
    Case(
        "news-decided-other-day",
        Kind.REQUEST_NEWS,
        TO_OFFICER,
        payload={"event": "decided"},
        request=COUNTERED,
    ),
    Case(
        "news-decided-absence",
        Kind.REQUEST_NEWS,
        {"authority": LEADER},
        payload={"event": "decided"},
        request=ABSENCE | AGREED,
    ),
)
