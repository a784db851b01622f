"""A store of people on a database in memory, with the sample cluster in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bot.cluster.people import Cluster, Person, Unit
from bot.flows.people.roster import store_roster
from bot.flows.plans.clusters import cluster_from_plan
from bot.plan.reading import DocType, PlanReading, Rules
from bot.storage.engine import open_engine
from bot.storage.people import SqlPeople
from bot.storage.tables import metadata
from tests.cluster.sample import ROSTER, SCHOOLS

NOW = datetime(2023, 10, 3, 2, 0, tzinfo=UTC)

READING = PlanReading(
    doc_type=DocType.PLAN,
    school_year="2023-2024",
    level="MN",
    cluster="An Tiến",
    schools=SCHOOLS,
    head="Lê Thị Minh Hồng",
    head_title="Cụm trưởng, Hiệu trưởng MN Sao Sáng",
    authority="Phòng GD&ĐT",
    issued=None,
    number=None,
    sessions=(),
    rules=Rules(invite_working_days=3, conflict_rule="xin ý kiến PGD"),
)


@contextmanager
def people_store() -> Iterator[SqlPeople]:
    engine = open_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as connection:
        yield SqlPeople(connection)
    engine.dispose()


class Town:
    """The sample cluster in a store, people to be called by a part of their name."""

    def __init__(self, store: SqlPeople) -> None:
        self.store = store
        self.cluster: Cluster = cluster_from_plan(store, READING, NOW)
        store_roster(store, self.cluster, ROSTER.read_bytes())

    def person(self, name: str) -> Person:
        return next(p for p in self.store.people(self.cluster.id, left_too=True) if p.name == name)

    def unit(self, label: str) -> Unit:
        return next(u for u in self.store.units(self.cluster.id) if u.label == label)
