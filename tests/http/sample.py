"""The sample cluster, for a bot that listens."""

import datetime as dt

from bot.cluster.people import Person
from bot.flows.people.roster import import_roster
from bot.flows.plans.importing import import_plan
from bot.flows.work import Work
from bot.notices.timeline import VIETNAM
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.workdays import Workdays

NOON = dt.datetime(2023, 10, 3, 12, tzinfo=VIETNAM)


def fill(work: Work) -> None:
    path = data_path("plans", "an-tien-2023-2024.txt")
    reading = read_plan(path.name, path.read_bytes(), deadline=Workdays.load().deadline)
    import_roster(work, import_plan(work, reading), data_path("roster", "an-tien.csv").read_bytes())


def person(work: Work, name: str = "Hiệu trưởng Bát Trang") -> Person:
    (cluster,) = work.people.clusters()
    return next(one for one in work.people.people(cluster.id) if one.name == name)
