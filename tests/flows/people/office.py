"""The sample cluster in a database, everybody registered: who gives what to whom, and what is queued."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from bot.clock import TurnableClock
from bot.cluster.handover import offices_of
from bot.cluster.people import Cluster, Person
from bot.flows.people.handing_over import Done, Newcomer, Order, hand_over
from bot.flows.people.roster import import_roster
from bot.flows.plans.importing import import_plan
from bot.flows.work import Office, Work
from bot.notices.notice import Kind
from bot.notices.policy import Policy
from bot.notices.timeline import VIETNAM
from bot.outbox.port import State
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.storage.tables import notice
from bot.storage.work import Desk
from bot.workdays import Workdays

BEGINNING = dt.datetime(2023, 10, 3, 9, 0, tzinfo=VIETNAM)
INVITED = dt.datetime(2023, 11, 1, 9, 0, tzinfo=VIETNAM)

HEAD, VICE, COOK = "Hiệu trưởng An Tiến", "Phó hiệu trưởng chuyên môn An Tiến", "Bếp trưởng An Tiến"
LEAD, CLERK_NAME = "Lê Thị Minh Hồng", "Văn thư Sao Sáng"
TEACHER, TEAM = "Giáo viên cốt cán 1 An Tiến", "Tổ phó mẫu giáo An Tiến"

#: What is about who is in the roster and who is not, or makes no sound.
_OF_THE_ROSTER = (Kind.CARD, Kind.WHO_GOES)


def make_desk(engine: Engine) -> Desk:
    """With the sample plan and roster in it, everybody linked to a chat of her own."""
    office = Office(Policy.load(), Workdays.load(), VIETNAM)
    desk = Desk(engine, office, TurnableClock(BEGINNING))

    def fill(work: Work) -> None:
        plan = data_path("plans", "an-tien-2023-2024.txt").read_bytes()
        cluster = import_plan(work, read_plan("plan.txt", plan, deadline=Workdays.load().deadline))
        import_roster(work, cluster, data_path("roster", "an-tien.csv").read_bytes())
        for person in work.people.people(cluster.id):
            work.people.link(person, "telegram", str(1000 + person.id), work.now)

    desk.run(fill)
    return desk


def cluster_of(work: Work) -> Cluster:
    return work.people.clusters()[0]


def named(work: Work, name: str) -> Person:
    return next(p for p in work.people.people(cluster_of(work).id, left_too=True) if p.name == name)


def give(
    work: Work, actor: str, whose: str, to: str | Newcomer, *, leaves: bool = True, only: str | None = None
) -> Done:
    """`actor` gives all posts of `whose` (or `only` that one) to somebody, by name."""
    person = named(work, whose)
    offices = tuple(o for o in offices_of(person) if only is None or o.role == only)
    receiver = to if isinstance(to, Newcomer) else named(work, to).id
    return hand_over(work, named(work, actor), Order(person.id, offices, receiver, leaves))


def send_what_is_due(db: Connection, now: dt.datetime) -> None:
    """As the sender would have done by now."""
    due = (notice.c.state == State.PENDING.value, notice.c.due <= now)
    db.execute(update(notice).where(*due).values(state=State.SENT.value, finished_at=now))


def queued(db: Connection, *, but: Collection[int] = ()) -> dict[str, tuple[Any, ...]]:
    """State and time of everybody's notices by their keys, without those `but` for these people."""
    rows = db.execute(select(notice).where(notice.c.recipient_id.not_in(list(but) or [0])))
    of_roster = {kind.value for kind in _OF_THE_ROSTER}
    return {row.dedup_key: (row.state, row.due) for row in rows if row.kind not in of_roster}


def waiting_for(db: Connection, person_id: int) -> set[str]:
    """The kinds of what is still to be said to somebody."""
    rows = select(notice.c.kind).where(
        notice.c.recipient_id == person_id, notice.c.state == State.PENDING.value
    )
    return set(db.execute(rows).scalars())
