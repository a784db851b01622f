"""Who covers for whom, inside a caller's transaction."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.errors import OutdatedError
from bot.sessions.cover import Cover, CoverState
from bot.storage import frequent
from bot.storage.tables import cover, cover_off

STALE = "Vừa có thay đổi khác trước thao tác này. Đề nghị xem lại thông tin mới nhất rồi bấm lại."


class SqlCovers:
    """Implements `bot.sessions.cover.CoverStore`; a part of `SqlSessions`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def covers(self, session_id: int) -> list[Cover]:
        return [_cover(row) for row in frequent.COVERS.rows(self._db, session_id)]

    def cover(self, cover_id: int) -> Cover | None:
        row = self._db.execute(select(cover).where(cover.c.id == cover_id)).one_or_none()
        return _cover(row) if row else None

    def add_cover(self, new: Cover) -> Cover:
        try:
            with self._db.begin_nested():
                row = self._db.execute(insert(cover).values(_values(new)).returning(cover)).one()
        except IntegrityError:
            raise OutdatedError(STALE) from None
        return _cover(row)

    def save_cover(self, changed: Cover, was: Cover) -> None:
        same = (cover.c.id == was.id, cover.c.state == was.state.value, cover.c.asked == was.asked)
        try:
            with self._db.begin_nested():
                done = self._db.execute(update(cover).where(*same).values(_values(changed)))
        except IntegrityError:
            raise OutdatedError(STALE) from None
        if done.rowcount != 1:
            raise OutdatedError(STALE)

    def not_covering(self, cluster_id: int) -> frozenset[int]:
        return frozenset(row.unit_id for row in frequent.NOT_COVERING.rows(self._db, cluster_id))

    def set_covering(self, unit_id: int, by: int, now: dt.datetime, *, on: bool) -> None:
        self._db.execute(delete(cover_off).where(cover_off.c.unit_id == unit_id))
        if not on:
            self._db.execute(insert(cover_off).values(unit_id=unit_id, by=by, at=now))


def _values(of: Cover) -> dict[str, Any]:
    values = asdict(of) | {"state": of.state.value}
    del values["id"]
    return values


def _cover(row: Row[Any]) -> Cover:
    return Cover(**dict(row._mapping) | {"state": CoverState(row.state)})
