"""What the demo's database begins with: a plan, its people, and the codes on their sheets."""

import datetime as dt
from dataclasses import dataclass

from bot.cluster.people import Person, Unit
from bot.flows.people.roster import import_roster, make_codes
from bot.flows.plans.importing import import_plan
from bot.flows.work import Work
from bot.notices.timeline import VIETNAM
from bot.plan.reader import read_plan
from bot.plan.reading import PlanReading
from bot.resources import data_path
from bot.workdays import Workdays

PLAN = ("plans", "an-tien-2023-2024.txt")
ROSTER = ("roster", "an-tien.csv")
MORNING = dt.time(9, 0)
DAYS_BEFORE = 30  #: where a plan does not say when it was issued, the story begins so long before


@dataclass(frozen=True, slots=True)
class Filled:
    cluster: str  #: its name
    units: tuple[Unit, ...]
    people: tuple[tuple[Person, str], ...]  #: with the code that registers them


def sample() -> tuple[str, bytes, bytes]:
    """The plan's name, the plan, the roster."""
    return PLAN[-1], data_path(*PLAN).read_bytes(), data_path(*ROSTER).read_bytes()


def read(name: str, content: bytes) -> PlanReading:
    """Raises BadInputError."""
    return read_plan(name, content, deadline=Workdays.load().deadline)


def start_of(reading: PlanReading) -> dt.datetime:
    """The morning of the day on which the plan was issued."""
    days = [session.date for session in reading.sessions if session.date is not None]
    first = min(days, default=dt.date(2023, 10, 12))
    day = reading.issued or first - dt.timedelta(days=DAYS_BEFORE)
    return dt.datetime.combine(day, MORNING, VIETNAM).astimezone(dt.UTC)


def fill(work: Work, reading: PlanReading, roster: bytes) -> Filled:
    """Plan and roster into an empty database.  Raises BadInputError."""
    cluster = import_plan(work, reading)
    import_roster(work, cluster, roster)
    people = work.people.people(cluster.id)
    codes = make_codes(work.people, cluster, work.now)
    registered = tuple((person, one["code"]) for person, one in zip(people, codes, strict=True))
    return Filled(cluster.name, tuple(work.people.units(cluster.id)), registered)
