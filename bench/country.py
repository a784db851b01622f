"""A database of many clusters, each a copy of the sample plan and roster, everybody registered."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, func, select, text, update

from bench.world import FIRST_CHAT
from bot.clock import TurnableClock
from bot.flows.people.roster import import_roster
from bot.flows.plans.importing import import_plan
from bot.flows.sessions.duties import run_duties
from bot.flows.work import Work
from bot.notices.timeline import VIETNAM
from bot.outbox.port import State
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.settings import Settings
from bot.storage import tables as t
from bot.storage.engine import writing
from bot.storage.opening import open_desk
from bot.storage.work import Desk
from bot.workdays import Workdays

DAY_OF_THE_PLAN = dt.datetime(2023, 10, 3, 9, tzinfo=VIETNAM)
INVITATIONS_ARE_DUE = dt.datetime(2023, 11, 1, 8, 0, 1, tzinfo=VIETNAM)  #: those to B2, two days before D
ROWS_OF_A_CLUSTER = 334  #: of the outbox: 3000 clusters have a million


class Country:
    """`clusters` clusters in an SQLite file, at the moment before the invitations to B2 are due.

    Rows with the same place in their cluster have ids that differ by a fixed step, and chats are
    `FIRST_CHAT` and the following numbers, in the order of people.
    """

    def __init__(self, folder: Path, clusters: int, *, rows: int | None = None) -> None:
        """`rows`: so many rows of the outbox in each cluster, repeated where the plan gives fewer."""
        self.url = f"sqlite:///{folder / 'country.db'}"
        self.clock = TurnableClock(DAY_OF_THE_PLAN)
        self.desk: Desk = open_desk(Settings.model_validate({"database_url": self.url}), self.clock)
        self.desk.run(_fill)
        self.clock.turn_to(INVITATIONS_ARE_DUE)
        while self.desk.run(run_duties):
            pass  # as the looks until then have done
        with writing(self.desk.engine) as db:
            self._steps = {name: _last(db, name) for name in ("cluster", "unit", "person", "session")}
            assert self._steps["cluster"] == 1
            was_due = t.notice.c.due < INVITATIONS_ARE_DUE - dt.timedelta(minutes=1)
            sent = {"state": State.SENT.value, "finished_at": t.notice.c.due}
            db.execute(update(t.notice).where(was_due).values(sent))
            if rows is not None:
                _history(db, rows)
            for name, columns in _COPIED.items():
                self._copy(db, name, columns, clusters)
            told = set(db.execute(_told(INVITATIONS_ARE_DUE)).scalars())
            #: places in a cluster's roster of those to whom nothing is due then
            self.idle = [number for number in range(self._steps["person"]) if number + 1 not in told]
            self.invited = int(db.execute(_waiting(INVITATIONS_ARE_DUE)).scalar_one())
            self.outbox = int(db.execute(select(func.count()).select_from(t.notice)).scalar_one())
        self.people = clusters * self._steps["person"]
        self.sessions = clusters * self._steps["session"]

    def session_id(self, cluster: int, code: int) -> int:
        """Of the session B<code> in this cluster (from 0)."""
        return cluster * self._steps["session"] + code

    def chat_of(self, cluster: int, person: int) -> int:
        """Of the person at this place (from 0) of the cluster's roster."""
        return FIRST_CHAT + cluster * self._steps["person"] + person

    def close(self) -> None:
        self.desk.close()

    def _copy(self, db: Connection, name: str, columns: dict[str, str], clusters: int) -> None:
        """Everything of the first cluster once more for each of the others."""
        table = t.metadata.tables[name]
        names = [column.name for column in table.c if not (column.name == "id" and name not in self._steps)]
        values = [columns.get(one, f'b."{one}"') for one in names]
        steps = {f"{one}_step": step for one, step in self._steps.items()}
        quoted = ", ".join(f'"{one}"' for one in names)
        db.execute(
            text(
                f"WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < :clusters - 1) "
                f"INSERT INTO {name} ({quoted}) SELECT {', '.join(values)} FROM n JOIN "
                f"(SELECT * FROM {name} WHERE {_OF_THE_FIRST.get(name, 'cluster_id = 1')}) AS b "
                f"WHERE :clusters > 1 ORDER BY n.k, b.rowid"
            ),
            {key: value for key, value in steps.items() if f":{key}" in " ".join(values)}
            | {"clusters": clusters},
        )


def _shifted(table: str, column: str) -> str:
    return f'b."{column}" + n.k * :{table}_step'


#: What is different in a copy; n.k is its number.
_COPIED = {
    "cluster": {
        "id": _shifted("cluster", "id"),
        "name": "b.name || ' ' || n.k",
        "join_code": "b.join_code || n.k",
    },
    "unit": {"id": _shifted("unit", "id"), "cluster_id": "1 + n.k"},
    "person": {
        "id": _shifted("person", "id"),
        "cluster_id": "1 + n.k",
        "unit_id": _shifted("unit", "unit_id"),
    },
    "chat_link": {
        "cluster_id": "1 + n.k",
        "person_id": _shifted("person", "person_id"),
        "chat_id": "CAST(CAST(b.chat_id AS INTEGER) + n.k * :person_step AS TEXT)",
    },
    "session": {
        "id": _shifted("session", "id"),
        "cluster_id": "1 + n.k",
        "host_ids": "(SELECT json_group_array(value + n.k * :unit_step) FROM json_each(b.host_ids))",
    },
    "notice": {
        "cluster_id": "1 + n.k",
        "session_id": _shifted("session", "session_id"),
        "recipient_id": _shifted("person", "recipient_id"),
        "dedup_key": (
            "'s' || (b.session_id + n.k * :session_step) || ':' || b.date_revision || ':' || b.kind || ':' "
            "|| (b.recipient_id + n.k * :person_step) || ':' || b.occurrence"
        ),
    },
}
_OF_THE_FIRST = {"cluster": "id = 1"}


@contextmanager
def country(clusters: int, *, rows: int | None = None) -> Iterator[Country]:
    with TemporaryDirectory(prefix="nhaclich-bench-") as folder:
        made = Country(Path(folder), clusters, rows=rows)
        try:
            yield made
        finally:
            made.close()


def _fill(work: Work) -> None:
    path = data_path("plans", "an-tien-2023-2024.txt")
    reading = read_plan(path.name, path.read_bytes(), deadline=Workdays.load().deadline)
    cluster = import_plan(work, reading)
    import_roster(work, cluster, data_path("roster", "an-tien.csv").read_bytes())
    for number, person in enumerate(work.people.people(cluster.id)):
        work.people.link(person, "telegram", str(FIRST_CHAT + number), work.now)


def _history(db: Connection, rows: int) -> None:
    """What was sent before, so that the first cluster has so many rows."""
    have = db.execute(select(func.count()).select_from(t.notice)).scalar_one()
    names = [column.name for column in t.notice.c if column.name != "id"]
    changed = {"dedup_key": "dedup_key || '.' || :round", "occurrence": "occurrence || '.' || :round"}
    values = ", ".join(changed.get(one, f'"{one}"') for one in names)
    quoted = ", ".join(f'"{one}"' for one in names)
    for round_ in range(rows):
        if have >= rows:
            return
        added = text(
            f"INSERT INTO notice ({quoted}) SELECT {values} FROM notice "
            "WHERE state = 'sent' AND occurrence NOT LIKE '%.%' LIMIT :most"
        )
        have += db.execute(added, {"round": round_, "most": rows - have}).rowcount


def _last(db: Connection, name: str) -> int:
    """The last id, which is the number of rows too."""
    table = t.metadata.tables[name]
    last, number = db.execute(select(func.max(table.c.id), func.count()).select_from(table)).one()
    assert last == number
    return int(last)


def _told(until: dt.datetime):  # type: ignore[no-untyped-def]
    return select(t.notice.c.recipient_id).where(
        t.notice.c.cluster_id == 1, t.notice.c.state == State.PENDING.value, t.notice.c.due <= until
    )


def _waiting(until: dt.datetime):  # type: ignore[no-untyped-def]
    return select(func.count(t.notice.c.recipient_id.distinct())).where(
        t.notice.c.state == State.PENDING.value, t.notice.c.due <= until
    )
