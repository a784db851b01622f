"""Sessions, their history, answers and requests, inside a caller's transaction."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from bot.errors import OutdatedError
from bot.plan.reading import AudienceItem, Precision, Scope
from bot.sessions.session import Session, SessionState, share_a_day
from bot.sessions.store import Event, FixedDate
from bot.storage import frequent
from bot.storage.covers import STALE
from bot.storage.replies import SqlReplies
from bot.storage.tables import cluster, fixed_date, session, session_event


class SqlSessions(SqlReplies):
    """Implements `bot.sessions.store.SessionStore`."""

    def get(self, session_id: int) -> Session | None:
        row = frequent.SESSION.row(self._db, session_id)
        return _session(row) if row else None

    def many(self, session_ids: Sequence[int]) -> dict[int, Session]:
        rows = self._db.execute(select(session).where(session.c.id.in_(session_ids)))
        return {row.id: _session(row) for row in rows}

    def by_code(self, cluster_id: int, code: str) -> Session | None:
        found = select(session).where(session.c.cluster_id == cluster_id, session.c.code == code.upper())
        row = self._db.execute(found).one_or_none()
        return _session(row) if row else None

    def of_cluster(self, cluster_id: int) -> list[Session]:
        rows = frequent.SESSIONS.rows(self._db, cluster_id)
        return sorted((_session(row) for row in rows), key=_calendar_order)

    def meeting(self, of: Session) -> list[Session]:
        every = frequent.SESSIONS.rows(self._db, of.cluster_id)
        near = (_session(row) for row in every if row.id != of.id and share_a_day(row, of))
        return sorted((other for other in near if other.meets(of)), key=_calendar_order)

    def add(self, new: Session) -> Session:
        number = self._db.execute(
            update(cluster)
            .where(cluster.c.id == new.cluster_id)
            .values(next_code=cluster.c.next_code + 1)
            .returning(cluster.c.next_code)
        ).scalar_one()
        values = _values(new) | {"code": f"B{number - 1}"}
        row = self._db.execute(insert(session).values(values).returning(session)).one()
        return _session(row)

    def save(self, changed: Session) -> Session:
        done = self._db.execute(
            update(session)
            .where(session.c.id == changed.id, session.c.version == changed.version - 1)
            .values(_values(changed))
        )
        if done.rowcount != 1:
            raise OutdatedError(STALE)
        return changed

    def set_duty(self, session_id: int, at: dt.datetime | None) -> None:
        self._db.execute(update(session).where(session.c.id == session_id).values(duty_at=at))

    def with_duty(self, now: dt.datetime, most: int) -> list[Session]:
        due = select(session).where(session.c.duty_at <= now).order_by(session.c.duty_at).limit(most)
        return [_session(row) for row in self._db.execute(due)]

    def next_duty(self) -> dt.datetime | None:
        return self._db.execute(select(func.min(session.c.duty_at))).scalar_one_or_none()

    def note(self, event: Event, cluster_id: int) -> None:
        self._db.execute(
            insert(session_event).values(
                cluster_id=cluster_id,
                session_id=event.session_id,
                at=event.at,
                actor_id=event.actor_id,
                what=event.what,
                detail=dict(event.detail),
            )
        )

    def history(self, session_id: int) -> list[Event]:
        rows = self._db.execute(
            select(session_event).where(session_event.c.session_id == session_id).order_by(session_event.c.id)
        )
        return [Event(row.session_id, row.at, row.actor_id, row.what, row.detail) for row in rows]

    def fixed_dates(self, cluster_id: int) -> list[FixedDate]:
        rows = frequent.FIXED_DATES.rows(self._db, cluster_id)
        return [FixedDate(row.date, row.title, row.kind) for row in rows]

    def put_fixed_dates(self, cluster_id: int, dates: Sequence[FixedDate]) -> list[FixedDate]:
        known = set(self.fixed_dates(cluster_id))
        new = [entry for entry in dict.fromkeys(dates) if entry not in known]
        if new:
            rows = [{"cluster_id": cluster_id, "date": d.date, "title": d.title, "kind": d.kind} for d in new]
            self._db.execute(insert(fixed_date), rows)
        return new


def _calendar_order(of: Session) -> tuple[dt.date, int]:
    first = of.date or (of.window[0] if of.window else dt.date.max)
    return first, of.id


def _session(row: Row[Any]) -> Session:
    window = (row.window_first, row.window_last) if row.window_first and row.window_last else None
    return Session(
        id=row.id,
        cluster_id=row.cluster_id,
        code=row.code,
        host_ids=tuple(row.host_ids),
        content=row.content,
        audience_text=row.audience_text,
        audience=tuple(_audience_item(item) for item in row.audience),
        date=row.date,
        date_end=row.date_end,
        precision=Precision(row.precision),
        date_text=row.date_text,
        window=window,
        start=row.start,
        end=row.end,
        room=row.room,
        place=row.place,
        programme=row.programme,
        state=SessionState(row.state),
        date_revision=row.date_revision,
        version=row.version,
        released_at=row.released_at,
        released_by=row.released_by,
    )


def _values(of: Session) -> dict[str, Any]:
    plain = (
        "cluster_id code content audience_text date date_end date_text start end room place programme "
        "date_revision version released_at released_by"
    )
    return {name: getattr(of, name) for name in plain.split()} | {
        "host_ids": list(of.host_ids),
        "audience": [_audience_json(item) for item in of.audience],
        "precision": of.precision.value,
        "window_first": of.window[0] if of.window else None,
        "window_last": of.window[1] if of.window else None,
        "state": of.state.value,
    }


def _audience_item(item: Mapping[str, Any]) -> AudienceItem:
    return AudienceItem(
        role=item["role"],
        count=item["count"],
        scope=Scope(item["scope"]),
        qualifier=item["qualifier"],
        alternatives=tuple(item.get("alternatives", ())),  # rows of earlier versions have none
    )


def _audience_json(item: AudienceItem) -> dict[str, Any]:
    return {
        "role": item.role,
        "count": item.count,
        "scope": item.scope.value,
        "qualifier": item.qualifier,
        "alternatives": list(item.alternatives),
    }
