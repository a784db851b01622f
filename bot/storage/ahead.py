"""What is asked by the same id again and again: statements that stand ready, since building one, and the key
by which its SQL is found again, takes longer than running it; and that read for many ids at once where it is
known which will be asked for."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from enum import Enum, auto
from typing import Any

from sqlalchemy import BindParameter, Column, Connection, Row, Select, bindparam

_ID: BindParameter[int] = bindparam("id")
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_OPTION = "ahead"

Rows = Sequence[Row[Any]]


class About(Enum):
    """Whose id it is."""

    CLUSTER = auto()
    SESSION = auto()


class Frequent:
    """`statement` for one value of `by`, which is among its columns."""

    def __init__(self, about: About, by: Column[int], statement: Select[Any]) -> None:
        self.about = about
        self._of_one = statement.where(by == _ID)
        self._of_many = statement.where(by.in_(_IDS))
        self._place = list(statement.selected_columns).index(by)

    def rows(self, db: Connection, about: int) -> Rows:
        ahead: _Ahead | None = db.get_execution_options().get(_OPTION)
        if ahead is not None and ahead.covers(self, about):
            return ahead.rows(self, about)
        return db.execute(self._of_one, {"id": about}).all()

    def row(self, db: Connection, about: int) -> Row[Any] | None:
        """Where there is at most one."""
        return next(iter(self.rows(db, about)), None)

    def read(self, db: Connection, ids: Collection[int]) -> Mapping[int, Rows]:
        """By id; one without rows is missing."""
        found: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in db.execute(self._of_many, {"ids": list(ids)}):
            found[row[self._place]].append(row)
        return found


class _Ahead:
    def __init__(self, db: Connection, expected: Mapping[About, Collection[int]]) -> None:
        self._db = db
        self._expected = expected
        self._known: dict[Frequent, Mapping[int, Rows]] = {}

    def covers(self, what: Frequent, about: int) -> bool:
        return about in self._expected[what.about]

    def rows(self, what: Frequent, about: int) -> Rows:
        if what not in self._known:
            self._known[what] = what.read(self._db, self._expected[what.about])
        return self._known[what].get(about, ())


def expect(db: Connection, *, clusters: Collection[int], sessions: Collection[int]) -> None:
    """From now on what is asked about one of these is read for all of them together.

    Only for a transaction that writes nothing: what was read stays as it was.
    """
    db.execution_options(**{_OPTION: _Ahead(db, {About.CLUSTER: clusters, About.SESSION: sessions})})
