"""The sample cluster as facts, without a database."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.cluster.people import Cluster, Unit, UnitKind
from bot.notices.facts import SessionFacts
from bot.plan.reading import AudienceItem, Precision
from bot.sessions.session import Session

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = dt.datetime(2023, 11, 30, 1, 0, tzinfo=dt.UTC)
CLUSTER = Cluster(1, "An Tiến", "2023-2024", None, "Phòng GD&ĐT", 3, True, None, "x")
SCHOOLS = tuple(
    Unit(number, 1, UnitKind.SCHOOL, name, f"MN {name}")
    for number, name in enumerate(("Sao Sáng", "Bát Trang", "Trường Thành", "Trường Thọ", "An Tiến"), 1)
)
AUTHORITY = Unit(6, 1, UnitKind.AUTHORITY, "Phòng GD&ĐT", "Phòng GD&ĐT")
SESSION = Session(
    id=3,
    cluster_id=1,
    code="B3",
    host_ids=(3,),
    content="Đổi mới hoạt động lễ hội (Sân chơi chiến sĩ tí hon)",
    audience_text="BGH, TTCM các trường",
    audience=(AudienceItem("BGH"), AudienceItem("TTCM")),
    date=dt.date(2023, 12, 14),
    date_end=None,
    precision=Precision.DAY,
    date_text="14/12/2023",
    window=None,
)
DEADLINE = dt.date(2023, 12, 11)


def facts(**changes: object) -> SessionFacts:
    """The sample's third session, with these fields changed."""
    session = replace(SESSION, **changes)  # type: ignore[arg-type]
    hosts = tuple(unit for unit in SCHOOLS if unit.id in session.host_ids)
    return SessionFacts(session, CLUSTER, hosts, DEADLINE, dt.date(2023, 11, 30), over=False)
