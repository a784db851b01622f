"""What becomes of a session: another day, other details, cancelled, restored; and who has not heard."""

from typing import Any

from bot.notices.notice import Kind
from bot.sessions.answers import Reply
from tests.notices.cases.given import (
    AGREED,
    CANCELLED,
    CLASHES,
    COOK,
    EVERYBODY,
    MOVED,
    NOBODY,
    NOTHING,
    READY,
    RELEASED,
    SCHOOLS,
    STAFF,
    TO_GUEST,
    TO_HOST,
    TO_OFFICER,
)
from tests.notices.saying import HOST, OLD, Case
from tests.talks.stage import CLERK, LEAD, LEADER

CLASH: dict[str, Any] = {"titles": ["Hội nghị cán bộ quản lý"], "day_off": False}

CASES = (
    Case(
        "change",
        Kind.CHANGE,
        EVERYBODY | {"authority": LEADER},
        MOVED | RELEASED,
        payload={"old_date": str(OLD)},
        request=AGREED,
    ),
    Case("change-to-who-agreed", Kind.CHANGE, TO_OFFICER, MOVED | RELEASED, {"old_date": str(OLD)}, AGREED),
    Case("change-ready", Kind.CHANGE, EVERYBODY, MOVED | READY | RELEASED, payload={"old_date": str(OLD)}),
    Case("change-host", Kind.CHANGE, TO_HOST, MOVED, {"old_date": str(OLD)}, AGREED | {"on_paper": True}),
    Case("change-not-invited", Kind.CHANGE, {"head": CLERK, "staff": NOBODY}, MOVED, {"old_date": str(OLD)}),
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
    Case(
        "still-silent", Kind.STILL_SILENT, TO_GUEST | {"lead": LEAD}, MOVED | READY, late=(STAFF, COOK, HOST)
    ),
    Case("still-silent-cancelled", Kind.STILL_SILENT, TO_GUEST, CANCELLED, late=(COOK,)),
    Case(
        "unreached",
        Kind.UNREACHED,
        TO_HOST,
        payload={"about": "Đổi lịch", "names": ["Bếp trưởng MN Bát Trang"]},
    ),
    Case("clash", Kind.CLASH, TO_HOST | {"lead": LEAD}, NOTHING, CLASH, facts=CLASHES),
    Case("clash-day-off", Kind.CLASH, {"head": CLERK}, NOTHING, CLASH | {"day_off": True}, facts=CLASHES),
)
