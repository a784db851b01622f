"""The cases of the golden texts: every kind of notice, and the card, to every manner of receiver."""

import datetime as dt
from dataclasses import replace
from typing import Any

from bot.notices.notice import Kind
from bot.notices.timeline import VIETNAM
from bot.plan.reading import AudienceItem, Scope
from bot.sessions.answers import Reply
from bot.sessions.cover import CoverState
from bot.sessions.request import Cause, RequestKind, RequestState
from bot.sessions.session import SessionState
from tests.notices.saying import GROUP, HOST, KITCHEN_HAND, NEW, OLD, Case, Said
from tests.talks.stage import CLERK, INVITED, LEAD, LEADER, OFFICER

GUEST = "Hiệu trưởng Bát Trang"
STAFF, COOK = "Giáo viên cốt cán 1 Bát Trang", "Bếp trưởng Bát Trang"
EVERYBODY = {"authority": OFFICER, "head": GUEST, "staff": STAFF, "cook": COOK}

OTHER = dt.date(2023, 11, 15)
READY: dict[str, Any] = {
    "start": dt.time(8),
    "end": dt.time(10, 30),
    "room": "Hội trường tầng 2",
    "programme": "8h00 đón khách; 8h30 dự 2 hoạt động; 9h30 thảo luận",
}
RELEASED: dict[str, Any] = {"released_at": INVITED, "released_by": 1}
BY_ITSELF: dict[str, Any] = {"released_at": INVITED, "released_by": None}
#: The roster has four core teachers of a school, and nobody for the Team.
UNSETTLED: dict[str, Any] = {
    "audience": (AudienceItem("HT"), AudienceItem("GV_COT_CAN", 2), AudienceItem("TPT_DOI"))
}
#: Four of the twenty core teachers of the whole cluster: nobody has said which.
FOUR: dict[str, Any] = {"audience": (AudienceItem("HT"), AudienceItem("GV_COT_CAN", 4, Scope.CLUSTER))}
NOT_INVITED = {"staff": "Tổ trưởng mẫu giáo Bát Trang", "head": "Phó hiệu trưởng chuyên môn Bát Trang"}
MOVED: dict[str, Any] = {"date": NEW, "date_revision": 2}
CANCELLED: dict[str, Any] = {"state": SessionState.CANCELLED}
SCHOOLS = {manner: EVERYBODY[manner] for manner in ("head", "staff", "cook")}


def _at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2023, 11, day, hour, minute, tzinfo=VIETNAM)


_AGREED = {"state": RequestState.AGREED, "decided_by": OFFICER, "decided_at": INVITED}
_COUNTERED = {"state": RequestState.COUNTERED, "decided_by": LEADER, "countered": OTHER}
_REFUSED = {"state": RequestState.REFUSED, "decided_by": OFFICER}
_ABSENCE = {"kind": RequestKind.ABSENCE, "by": GUEST, "proposed": None, "cause": Cause.WEATHER_ILLNESS}
CLASHES = {"clashes": ("Hội nghị cán bộ quản lý",)}
CLASH: dict[str, Any] = {"titles": ["Hội nghị cán bộ quản lý"], "day_off": False}
OFFER, OFFERED = {"event": "offered"}, {"state": RequestState.OFFERED}
DECLINED = {"state": RequestState.DECLINED}
NOTHING: dict[str, Any] = {}
_HEADS = {"head": HOST}
_LEAD = {"head": LEAD}
_GUEST = {"head": GUEST}
_OFFICER = {"authority": OFFICER}
_NOBODY = "Tổ trưởng mẫu giáo Bát Trang"  #: whom no session of these invites
_GROUP = {"group": GROUP}
_EVE, _DAY = _at(7, 15, 30), _at(8, 6, 30)

_VICE = "Phó hiệu trưởng chuyên môn Bát Trang"
_FREE = "Tổ trưởng mẫu giáo Bát Trang"
_TEACHES = {"head": _VICE, "staff": _FREE}
_CLASS, _KITCHEN = Said(STAFF, "*"), Said(COOK, "*")
_DONE = Said(STAFF, _FREE, CoverState.ACCEPTED)


def _off(why: str, **about: Any) -> tuple[Case, ...]:
    closed = {"state": CoverState.CLOSED}
    payload = {"why": why}
    name = f"cover-off-{why}"
    return (
        Case(name, Kind.COVER_OFF, _TEACHES, about, payload, cover=replace(_CLASS, **closed)),
        Case(
            f"{name}-kitchen",
            Kind.COVER_OFF,
            {"cook": KITCHEN_HAND},
            about,
            payload,
            cover=replace(_KITCHEN, **closed),
        ),
    )


def _open(why: str, state: CoverState) -> Case:
    cover = Said(COOK, KITCHEN_HAND, state)
    return Case(f"cover-open-{why}", Kind.COVER_OPEN, _GUEST, payload={"why": why}, cover=cover)


_MOVED_FROM = {"why": "moved", "was": str(OLD)}
COVERS = (
    Case("who-covers", Kind.WHO_COVERS, {"head": _VICE}),
    Case("not-covered", Kind.NOT_COVERED, {"head": _VICE}, READY, cover=Said(STAFF, _FREE), at=_EVE),
    Case("cover-asked", Kind.COVER_ASKED, _TEACHES, READY, cover=_CLASS),
    Case("cover-asked-kitchen", Kind.COVER_ASKED, {"cook": KITCHEN_HAND, "staff": _FREE}, cover=_KITCHEN),
    Case("cover-asked-moved", Kind.COVER_ASKED, _TEACHES, MOVED, _MOVED_FROM, cover=_CLASS),
    Case(
        "cover-asked-moved-kitchen",
        Kind.COVER_ASKED,
        {"cook": KITCHEN_HAND},
        MOVED,
        _MOVED_FROM,
        cover=_KITCHEN,
    ),
    Case("cover-asked-restored", Kind.COVER_ASKED, _TEACHES, READY, {"why": "restored"}, cover=_CLASS),
    Case(
        "cover-eve",
        Kind.COVER_EVE,
        _TEACHES,
        READY,
        cover=replace(_CLASS, state=CoverState.ACCEPTED),
        at=_EVE,
    ),
    Case(
        "cover-eve-kitchen",
        Kind.COVER_EVE,
        {"cook": KITCHEN_HAND},
        cover=replace(_KITCHEN, state=CoverState.ACCEPTED),
        at=_EVE,
    ),
    *_off("cancelled", state=SessionState.CANCELLED),
    *_off("stays"),
    *_off("invited"),
    *_off("other"),
    _open("declined", CoverState.DECLINED),
    _open("invited", CoverState.CLOSED),
    _open("left", CoverState.CLOSED),
    _open("unreached", CoverState.ASKED),
    _open("off_unreached", CoverState.CLOSED),
    Case("reminder-covered", Kind.REMINDER, {"staff": STAFF, "head": GUEST}, READY, cover=_DONE, at=_EVE),
    Case(
        "reminder-covered-kitchen",
        Kind.REMINDER,
        {"cook": COOK},
        READY,
        cover=Said(COOK, KITCHEN_HAND, CoverState.ACCEPTED),
        at=_EVE,
    ),
    Case("card-covered", None, {"staff": STAFF, "head": GUEST}, cover=Said(STAFF, _FREE)),
    Case(
        "card-covered-by-word", None, {"cook": COOK}, cover=Said(COOK, "", CoverState.WORD, "bác Hạnh bếp ăn")
    ),
    Case("card-covering", None, {"staff": _FREE, "head": _VICE}, cover=_CLASS),
    Case("card-covering-kitchen", None, {"cook": KITCHEN_HAND}, cover=_KITCHEN),
)

CASES = (
    Case("prepare", Kind.PREPARE, _HEADS),
    Case("prepare-ready", Kind.PREPARE, _HEADS, READY),
    Case("prepare-sent", Kind.PREPARE, _HEADS, RELEASED),
    Case("prepare-asked-to-move", Kind.PREPARE, _HEADS, request={}),
    Case("invitation", Kind.INVITATION, {m: EVERYBODY[m] for m in ("head", "staff", "cook")}),
    Case("invitation-ready", Kind.INVITATION, {m: EVERYBODY[m] for m in ("head", "staff", "cook")}, READY),
    Case("invitation-asked-to-move", Kind.INVITATION, {"staff": STAFF, "cook": COOK}, request={}),
    Case("invitation-lead", Kind.INVITATION, _LEAD),
    Case("authority-invitation", Kind.AUTHORITY_INVITATION, _OFFICER, READY | RELEASED),
    Case("authority-invitation-by-itself", Kind.AUTHORITY_INVITATION, _OFFICER, BY_ITSELF),
    Case("released-by-itself", Kind.RELEASED_BY_ITSELF, _HEADS | {"lead": LEAD}, BY_ITSELF),
    Case("deadline-watch", Kind.DEADLINE_WATCH, _HEADS, at=_at(2, 8)),
    Case("deadline-watch-today", Kind.DEADLINE_WATCH, _HEADS, at=_at(3, 8)),
    Case("deadline-watch-on-paper", Kind.DEADLINE_WATCH, _HEADS, facts={"paper_only": True}, at=_at(2, 8)),
    Case("prepare-on-paper", Kind.PREPARE, _HEADS, facts={"paper_only": True}),
    Case("nudge", Kind.NUDGE, _HEADS),
    Case("nudge-letter", Kind.NUDGE, _HEADS, READY, at=_at(3, 8)),
    Case("nudge-sent", Kind.NUDGE, _HEADS, RELEASED, at=_at(6, 8)),
    Case("reminder", Kind.REMINDER, EVERYBODY, RELEASED, at=_EVE),
    Case(
        "reminder-ready-and-going", Kind.REMINDER, EVERYBODY, READY | RELEASED, answers=Reply.GOING, at=_EVE
    ),
    Case("reminder-host", Kind.REMINDER, _HEADS, READY | RELEASED, at=_EVE),
    Case("reminder-asked-to-move", Kind.REMINDER, EVERYBODY, RELEASED, request={}, at=_EVE),
    Case(
        "same-day",
        Kind.SAME_DAY,
        {m: EVERYBODY[m] for m in ("authority", "head", "staff")},
        RELEASED,
        at=_DAY,
    ),
    Case("same-day-ready", Kind.SAME_DAY, _OFFICER | {"staff": STAFF}, READY | RELEASED, at=_DAY),
    Case("request", Kind.REQUEST, _OFFICER, request={}),
    Case("request-again", Kind.REQUEST, _OFFICER, payload={"again": True}, request={}),
    Case("request-any-day", Kind.REQUEST, _OFFICER, request={"proposed": None}),
    Case("request-attached", Kind.REQUEST, _OFFICER, request={"by": GUEST, "attached_to": 1}),
    Case("request-absence", Kind.REQUEST, _OFFICER, request=_ABSENCE),
    Case("request-swap", Kind.REQUEST, _OFFICER, request={}, swap=True),
    Case("news-offered", Kind.REQUEST_NEWS, _HEADS | {"lead": LEAD}, NOTHING, OFFER, OFFERED, swap=True),
    Case(
        "news-unanswered",
        Kind.REQUEST_NEWS,
        _HEADS | {"lead": LEAD},
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
    Case("news-declined", Kind.REQUEST_NEWS, _HEADS, NOTHING, {"event": "declined"}, DECLINED, swap=True),
    Case(
        "news-superseded",
        Kind.REQUEST_NEWS,
        _HEADS | _OFFICER,
        payload={"event": "superseded"},
        request={"state": RequestState.SUPERSEDED},
        swap=True,
    ),
    Case("news-asked-swap", Kind.REQUEST_NEWS, _GUEST, payload={"event": "asked"}, request={}, swap=True),
    Case(
        "news-asked-swap-mine", Kind.REQUEST_NEWS, _HEADS, payload={"event": "asked"}, request={}, swap=True
    ),
    Case(
        "news-refused-swap",
        Kind.REQUEST_NEWS,
        _GUEST,
        payload={"event": "refused"},
        request=_REFUSED,
        swap=True,
    ),
    Case(
        "news-withdrawn-swap",
        Kind.REQUEST_NEWS,
        _GUEST,
        payload={"event": "withdrawn"},
        request={"state": RequestState.WITHDRAWN},
        swap=True,
    ),
    Case(
        "news-expired-swap",
        Kind.REQUEST_EXPIRED,
        _HEADS,
        payload={"event": "expired"},
        request={"state": RequestState.EXPIRED},
        at=_DAY,
        swap=True,
    ),
    Case("news-paper-swap", Kind.REQUEST_NEWS, _LEAD, payload={"event": "paper"}, request={}, swap=True),
    Case("news-asked", Kind.REQUEST_NEWS, _GUEST, payload={"event": "asked"}, request={}),
    Case("news-asked-absence", Kind.REQUEST_NEWS, _HEADS, payload={"event": "asked"}, request=_ABSENCE),
    Case("news-paper", Kind.REQUEST_NEWS, _LEAD, payload={"event": "paper"}, request={}),
    Case("news-silent", Kind.REQUEST_NEWS, _LEAD, payload={"event": "silent"}, request={}),
    Case("news-countered", Kind.REQUEST_NEWS, _GUEST, payload={"event": "countered"}, request=_COUNTERED),
    Case(
        "news-countered-mine", Kind.REQUEST_NEWS, _HEADS, payload={"event": "countered"}, request=_COUNTERED
    ),
    Case(
        "news-refused",
        Kind.REQUEST_NEWS,
        _HEADS,
        payload={"event": "refused"},
        request=_REFUSED | {"decision_reason": "Đã bố trí người dự"},
    ),
    Case(
        "news-refused-without-reason",
        Kind.REQUEST_NEWS,
        _GUEST,
        payload={"event": "refused"},
        request=_REFUSED | {"on_paper": True},
    ),
    Case(
        "news-withdrawn",
        Kind.REQUEST_NEWS,
        _GUEST | _OFFICER,
        payload={"event": "withdrawn"},
        request={"state": RequestState.WITHDRAWN},
    ),
    Case(
        "news-expired",
        Kind.REQUEST_EXPIRED,
        _HEADS | _OFFICER,
        payload={"event": "expired"},
        request={"state": RequestState.EXPIRED},
        at=_DAY,
    ),
    Case(
        "news-absence",
        Kind.REQUEST_NEWS,
        {"head": HOST, "staff": STAFF, "cook": COOK},
        payload={"event": "absence"},
        request=_ABSENCE | _AGREED,
    ),
    Case(
        "news-decided",
        Kind.REQUEST_NEWS,
        {"authority": LEADER},
        MOVED,
        payload={"event": "decided", "new_date": str(NEW)},
        request=_AGREED,
    ),
    Case(
        "news-decided-refused",
        Kind.REQUEST_NEWS,
        {"authority": LEADER},
        payload={"event": "decided"},
        request=_REFUSED,
    ),
    Case(
        "news-decided-other-day",
        Kind.REQUEST_NEWS,
        _OFFICER,
        payload={"event": "decided"},
        request=_COUNTERED,
    ),
    Case(
        "news-decided-absence",
        Kind.REQUEST_NEWS,
        {"authority": LEADER},
        payload={"event": "decided"},
        request=_ABSENCE | _AGREED,
    ),
    Case(
        "change",
        Kind.CHANGE,
        EVERYBODY | {"authority": LEADER},
        MOVED | RELEASED,
        payload={"old_date": str(OLD)},
        request=_AGREED,
    ),
    Case("change-to-who-agreed", Kind.CHANGE, _OFFICER, MOVED | RELEASED, {"old_date": str(OLD)}, _AGREED),
    Case("change-ready", Kind.CHANGE, EVERYBODY, MOVED | READY | RELEASED, payload={"old_date": str(OLD)}),
    Case("change-host", Kind.CHANGE, _HEADS, MOVED, {"old_date": str(OLD)}, _AGREED | {"on_paper": True}),
    Case("change-not-invited", Kind.CHANGE, {"head": CLERK, "staff": _NOBODY}, MOVED, {"old_date": str(OLD)}),
    Case("details-hour", Kind.DETAILS, EVERYBODY, READY | RELEASED, {"fields": ["hour"], "changed": True}),
    Case("details-room", Kind.DETAILS, EVERYBODY, READY | RELEASED, {"fields": ["room"], "changed": False}),
    Case("restored", Kind.RESTORED, EVERYBODY, READY | RELEASED),
    Case("restored-late", Kind.RESTORED, SCHOOLS, late=("*",)),
    Case("cancellation", Kind.CANCELLATION, EVERYBODY, CANCELLED, {"reason": "bão số 5"}),
    Case("cancellation-without-reason", Kind.CANCELLATION, EVERYBODY, CANCELLED),
    Case("cancellation-late", Kind.CANCELLATION, SCHOOLS, CANCELLED, {"reason": "bão số 5"}, late=("*",)),
    Case("change-late", Kind.CHANGE, SCHOOLS, MOVED | READY, {"old_date": str(OLD)}, late=("*",)),
    Case("change-late-not-invited", Kind.CHANGE, {"head": CLERK}, MOVED, {"old_date": str(OLD)}, late=("*",)),
    Case(
        "details-late",
        Kind.DETAILS,
        SCHOOLS,
        READY,
        {"fields": ["hour"], "changed": True},
        answers=Reply.GOING,
        late=("*",),
    ),
    Case("known-again", Kind.KNOWN_AGAIN, SCHOOLS, MOVED | READY, late=("*",)),
    Case("known-again-without-room", Kind.KNOWN_AGAIN, {"staff": STAFF, "cook": COOK}, MOVED, late=("*",)),
    Case("known-again-cancelled", Kind.KNOWN_AGAIN, SCHOOLS, CANCELLED, late=("*",)),
    Case("still-silent", Kind.STILL_SILENT, _GUEST | {"lead": LEAD}, MOVED | READY, late=(STAFF, COOK, HOST)),
    Case("still-silent-cancelled", Kind.STILL_SILENT, _GUEST, CANCELLED, late=(COOK,)),
    Case(
        "unreached",
        Kind.UNREACHED,
        _HEADS,
        payload={"about": "Đổi lịch", "names": ["Bếp trưởng MN Bát Trang"]},
    ),
    Case("who-goes", Kind.WHO_GOES, _GUEST, UNSETTLED),
    Case("who-goes-cluster", Kind.WHO_GOES, _LEAD, FOUR),
    Case("who-goes-cluster-clerk", Kind.WHO_GOES, {"head": CLERK}, FOUR),
    Case(
        "who-goes-cluster-short",
        Kind.WHO_GOES,
        {"head": LEAD},
        {
            "audience": (
                AudienceItem("GV_COT_CAN", 30, Scope.CLUSTER),
                AudienceItem("TPT_DOI", 2, Scope.CLUSTER),
            )
        },
    ),
    Case(
        "who-goes-school-and-cluster",
        Kind.WHO_GOES,
        {"head": LEAD},
        {"audience": (AudienceItem("GV_COT_CAN", 2), AudienceItem("BEP_TRUONG", 3, Scope.CLUSTER))},
    ),
    Case("prepare-cluster-count", Kind.PREPARE, {"head": HOST}, FOUR),
    Case("prepare-cluster-count-lead", Kind.PREPARE, {"head": LEAD}, FOUR),
    Case("card-cluster-count", None, {"head": LEAD}, FOUR),
    Case("stand-down-cluster", Kind.STAND_DOWN, NOT_INVITED, payload={"cluster": True}),
    Case("prepare-who-goes", Kind.PREPARE, _HEADS, UNSETTLED),
    Case("invitation-who-goes", Kind.INVITATION, _GUEST, UNSETTLED),
    Case("stand-down", Kind.STAND_DOWN, NOT_INVITED | {"cook": COOK}, {"audience": (AudienceItem("HT"),)}),
    Case(
        "stand-in",
        Kind.STAND_IN,
        _GUEST,
        payload={"absent": f"{STAFF}", "goes": "Nguyễn Thị Lan, GV MN Bát Trang"},
    ),
    Case("group-reminder", Kind.REMINDER, _GROUP, request={}, at=_EVE),
    Case("group-reminder-ready", Kind.REMINDER, _GROUP, READY, at=_EVE),
    Case("group-reminder-on-the-day", Kind.REMINDER, _GROUP, at=_DAY),
    Case("group-change", Kind.CHANGE, _GROUP, MOVED, {"old_date": str(OLD)}),
    Case("group-change-ready", Kind.CHANGE, _GROUP, MOVED | READY, {"old_date": str(OLD)}),
    Case("group-details", Kind.DETAILS, _GROUP, READY, {"fields": ["hour", "room"], "changed": True}),
    Case("group-details-new", Kind.DETAILS, _GROUP, READY, {"fields": ["room"], "changed": False}),
    Case("group-cancellation", Kind.CANCELLATION, _GROUP, CANCELLED, {"reason": "bão số 5"}),
    Case("group-restored", Kind.RESTORED, _GROUP, READY),
    *COVERS,
    Case("card", None, EVERYBODY),
    Case("card-ready", None, EVERYBODY, READY | RELEASED),
    Case("card-going", None, EVERYBODY, READY | RELEASED, answers=Reply.GOING),
    Case("card-declined", None, EVERYBODY, READY | RELEASED, answers=Reply.DECLINED),
    Case("card-asked-to-move", None, EVERYBODY, RELEASED, request={}),
    Case("clash", Kind.CLASH, _HEADS | {"lead": LEAD}, NOTHING, CLASH, facts=CLASHES),
    Case("clash-day-off", Kind.CLASH, {"head": CLERK}, NOTHING, CLASH | {"day_off": True}, facts=CLASHES),
    Case("card-clash", None, EVERYBODY, RELEASED, facts=CLASHES),
    Case("card-swap", None, EVERYBODY, RELEASED, request={}, swap=True),
    Case("card-offered", None, _HEADS | {"staff": STAFF}, request=OFFERED, swap=True),
    Case("card-host", None, _HEADS),
    Case("card-lead", None, _LEAD, request={}),
    Case("card-over", None, EVERYBODY | {"host": HOST}, READY | RELEASED, at=_at(9, 9)),
    Case("card-cancelled", None, EVERYBODY | {"lead": LEAD}, CANCELLED),
    Case("card-moved-lead", None, _LEAD, MOVED, facts={"former": OLD}),
    Case("card-late", None, SCHOOLS, MOVED | READY, late=("*",)),
    Case("card-late-going", None, {"staff": STAFF}, READY, answers=Reply.GOING, late=("*",)),
    Case("card-not-invited", None, {"staff": _NOBODY}),
)
