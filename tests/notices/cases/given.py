"""Receivers by manner, hours of the day, and what a session can be like in several cases."""

import datetime as dt
from typing import Any

from bot.notices.timeline import VIETNAM
from bot.sessions.request import RequestState
from bot.sessions.session import SessionState
from tests.notices.saying import HOST, NEW
from tests.talks.stage import INVITED, LEAD, LEADER, OFFICER

GUEST = "Hiệu trưởng Bát Trang"
STAFF, COOK = "Giáo viên cốt cán 1 Bát Trang", "Bếp trưởng Bát Trang"
EVERYBODY = {"authority": OFFICER, "head": GUEST, "staff": STAFF, "cook": COOK}
READY: dict[str, Any] = {
    "start": dt.time(8),
    "end": dt.time(10, 30),
    "room": "Hội trường tầng 2",
    "programme": "8h00 đón khách; 8h30 dự 2 hoạt động; 9h30 thảo luận",
}
RELEASED: dict[str, Any] = {"released_at": INVITED, "released_by": 1}
MOVED: dict[str, Any] = {"date": NEW, "date_revision": 2}
CANCELLED: dict[str, Any] = {"state": SessionState.CANCELLED}
SCHOOLS = {manner: EVERYBODY[manner] for manner in ("head", "staff", "cook")}


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2023, 11, day, hour, minute, tzinfo=VIETNAM)


AGREED = {"state": RequestState.AGREED, "decided_by": OFFICER, "decided_at": INVITED}
OTHER = dt.date(2023, 11, 15)
COUNTERED = {"state": RequestState.COUNTERED, "decided_by": LEADER, "countered": OTHER}
CLASHES = {"clashes": ("Hội nghị cán bộ quản lý",)}
OFFER, OFFERED = {"event": "offered"}, {"state": RequestState.OFFERED}
NOTHING: dict[str, Any] = {}
TO_HOST = {"head": HOST}
TO_LEAD = {"head": LEAD}
TO_GUEST = {"head": GUEST}
TO_OFFICER = {"authority": OFFICER}
NOBODY = "Tổ trưởng mẫu giáo Bát Trang"  #: whom no session of these invites
EVE, DAY = at(7, 15, 30), at(8, 6, 30)
