"""Sessions with people around them, for the planner's tests.  Local times are Việt Nam's."""

from datetime import date, datetime

from bot.notices.notice import Notice
from bot.notices.policy import Policy
from bot.notices.timeline import VIETNAM, SessionPlan, timeline
from bot.plan.reading import Precision
from bot.sessions.session import Session
from bot.workdays import Workdays

POLICY = Policy.load()
WORKDAYS = Workdays.load()

HEAD, DEPUTY = 1, 2  #: of the host school; only the head is in the audience
TEACHER, COOK = 3, 4  #: in the audience
OFFICER, CORE = 5, 6  #: of the authority and of its core team
LEAD, CLERK = 7, 8


def local(text: str) -> datetime:
    """local("03/10/2023 09:00")"""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


def session_on(day: date | None, **other: object) -> Session:
    values: dict[str, object] = {
        "id": 10,
        "cluster_id": 1,
        "code": "B1",
        "host_ids": (1,),
        "content": "Dự giờ",
        "audience_text": "HT",
        "audience": (),
        "date": day,
        "date_end": None,
        "precision": Precision.DAY,
        "date_text": "",
        "window": None,
    }
    return Session(**(values | other))  # type: ignore[arg-type]


def plan_on(day: date, invite_days: int = 3, *, working: bool = True, **other: object) -> SessionPlan:
    return SessionPlan(
        session=session_on(day, **other),
        deadline=WORKDAYS.deadline(day, invite_days, working=working),
        invited=frozenset({HEAD, TEACHER, COOK}),
        authority=frozenset({OFFICER, CORE}),
        cooks=frozenset({COOK}),
        host_heads=frozenset({HEAD, DEPUTY}),
        leads=frozenset({LEAD, CLERK}),
    )


def notices(plan: SessionPlan, now: str) -> list[Notice]:
    return timeline(plan, POLICY, WORKDAYS, local(now))


def lines(plan: SessionPlan, now: str) -> list[str]:
    """What is due when, in order, a line per kind, time and occurrence: "reminder Wed 11/10 15:30"."""
    told: dict[str, None] = {}
    for notice in notices(plan, now):
        due = notice.due.astimezone(VIETNAM)
        mark = " (2)" if notice.occurrence == "2" else ""
        told[f"{notice.kind.value}{mark} {due:%a %d/%m %H:%M}"] = None
    return list(told)
