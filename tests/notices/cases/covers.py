"""Who covers for those who are at a session, in class and in the kitchen."""

from dataclasses import replace
from typing import Any

from bot.notices.notice import Kind
from bot.sessions.cover import CoverState
from bot.sessions.session import SessionState
from tests.notices.cases.given import COOK, EVE, GUEST, MOVED, READY, STAFF, TO_GUEST
from tests.notices.saying import KITCHEN_HAND, OLD, Case, Said

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
    return Case(f"cover-open-{why}", Kind.COVER_OPEN, TO_GUEST, payload={"why": why}, cover=cover)


_MOVED_FROM = {"why": "moved", "was": str(OLD)}
CASES = (
    Case("who-covers", Kind.WHO_COVERS, {"head": _VICE}),
    Case("not-covered", Kind.NOT_COVERED, {"head": _VICE}, READY, cover=Said(STAFF, _FREE), at=EVE),
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
        at=EVE,
    ),
    Case(
        "cover-eve-kitchen",
        Kind.COVER_EVE,
        {"cook": KITCHEN_HAND},
        cover=replace(_KITCHEN, state=CoverState.ACCEPTED),
        at=EVE,
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
    Case("reminder-covered", Kind.REMINDER, {"staff": STAFF, "head": GUEST}, READY, cover=_DONE, at=EVE),
    Case(
        "reminder-covered-kitchen",
        Kind.REMINDER,
        {"cook": COOK},
        READY,
        cover=Said(COOK, KITCHEN_HAND, CoverState.ACCEPTED),
        at=EVE,
    ),
    Case("card-covered", None, {"staff": STAFF, "head": GUEST}, cover=Said(STAFF, _FREE)),
    Case(
        "card-covered-by-word", None, {"cook": COOK}, cover=Said(COOK, "", CoverState.WORD, "bác Hạnh bếp ăn")
    ),
    Case("card-covering", None, {"staff": _FREE, "head": _VICE}, cover=_CLASS),
    Case("card-covering-kitchen", None, {"cook": KITCHEN_HAND}, cover=_KITCHEN),
)
