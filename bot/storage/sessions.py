"""Sessions, their history, answers and requests, inside a caller's transaction."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.errors import OutdatedError
from bot.plan.reading import AudienceItem, Precision, Scope
from bot.sessions.answers import Answer, Reply
from bot.sessions.request import Cause, Request, RequestKind, RequestState
from bot.sessions.session import Session, SessionState
from bot.sessions.store import Event, FixedDate
from bot.storage.tables import answer, cluster, fixed_date, request, session, session_event

_OPEN = [state.value for state in RequestState if state.open]
_STALE = "Vừa có thay đổi khác trước thao tác này. Đề nghị xem lại thông tin mới nhất rồi bấm lại."


class SqlSessions:
    """Implements `bot.sessions.store.SessionStore`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def get(self, session_id: int) -> Session | None:
        row = self._db.execute(select(session).where(session.c.id == session_id)).one_or_none()
        return _session(row) if row else None

    def many(self, session_ids: Sequence[int]) -> dict[int, Session]:
        rows = self._db.execute(select(session).where(session.c.id.in_(session_ids)))
        return {row.id: _session(row) for row in rows}

    def by_code(self, cluster_id: int, code: str) -> Session | None:
        found = select(session).where(session.c.cluster_id == cluster_id, session.c.code == code.upper())
        row = self._db.execute(found).one_or_none()
        return _session(row) if row else None

    def of_cluster(self, cluster_id: int) -> list[Session]:
        rows = self._db.execute(select(session).where(session.c.cluster_id == cluster_id))
        return sorted((_session(row) for row in rows), key=_calendar_order)

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
            raise OutdatedError(_STALE)
        return changed

    def set_duty(self, session_id: int, at: dt.datetime | None) -> None:
        self._db.execute(update(session).where(session.c.id == session_id).values(duty_at=at))

    def with_duty(self, now: dt.datetime) -> list[Session]:
        due = select(session).where(session.c.duty_at <= now).order_by(session.c.duty_at).limit(200)
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

    def put_answer(self, given: Answer) -> None:
        values = {
            "session_id": given.session_id,
            "date_revision": given.date_revision,
            "person_id": given.person_id,
            "reply": given.reply.value,
            "reason": given.reason,
            "substitute": given.substitute,
            "at": given.at,
        }
        build = postgresql.insert if self._db.dialect.name == "postgresql" else sqlite.insert
        self._db.execute(
            build(answer)
            .values(values)
            .on_conflict_do_update(
                index_elements=["session_id", "date_revision", "person_id"],
                set_={key: values[key] for key in ("reply", "reason", "substitute", "at")},
            )
        )

    def answers(self, of: Session) -> dict[int, Answer]:
        rows = self._db.execute(
            select(answer).where(answer.c.session_id == of.id, answer.c.date_revision == of.date_revision)
        )
        return {row.person_id: _answer(row) for row in rows}

    def answers_of(self, person_ids: Sequence[int]) -> dict[tuple[int, int], Answer]:
        rows = self._db.execute(select(answer).where(answer.c.person_id.in_(person_ids)))
        return {(row.session_id, row.date_revision): _answer(row) for row in rows}

    def add_request(self, new: Request) -> Request:
        row = self._db.execute(insert(request).values(_request_values(new)).returning(request)).one()
        return _request(row)

    def save_request(self, changed: Request, was: Request) -> None:
        done = self._db.execute(
            update(request)
            .where(
                request.c.id == changed.id,
                request.c.state == was.state.value,
                request.c.nudges == was.nudges,
            )
            .values(_request_values(changed))
        )
        if done.rowcount != 1:
            raise OutdatedError(_STALE)

    def request(self, request_id: int) -> Request | None:
        row = self._db.execute(select(request).where(request.c.id == request_id)).one_or_none()
        return _request(row) if row else None

    def open_move(self, session_id: int) -> Request | None:
        moves = (r for r in self.open_requests(session_id) if r.kind is RequestKind.MOVE)
        return next((r for r in moves if r.attached_to is None), None)

    def open_requests(self, session_id: int) -> list[Request]:
        return self._requests(and_(request.c.session_id == session_id, request.c.state.in_(_OPEN)))

    def requests(self, session_id: int) -> list[Request]:
        return self._requests(request.c.session_id == session_id)

    def open_moves_of(self, session_ids: Sequence[int]) -> dict[int, Request]:
        found = self._requests(and_(request.c.session_id.in_(session_ids), request.c.state.in_(_OPEN)))
        return {r.session_id: r for r in found if r.kind is RequestKind.MOVE and r.attached_to is None}

    def fixed_dates(self, cluster_id: int) -> list[FixedDate]:
        rows = self._db.execute(
            select(fixed_date).where(fixed_date.c.cluster_id == cluster_id).order_by(fixed_date.c.date)
        )
        return [FixedDate(row.date, row.title, row.kind) for row in rows]

    def put_fixed_dates(self, cluster_id: int, dates: Sequence[FixedDate]) -> int:
        known = set(self.fixed_dates(cluster_id))
        new = [entry for entry in dict.fromkeys(dates) if entry not in known]
        if new:
            rows = [{"cluster_id": cluster_id, "date": d.date, "title": d.title, "kind": d.kind} for d in new]
            self._db.execute(insert(fixed_date), rows)
        return len(new)

    def _requests(self, condition: Any) -> list[Request]:
        rows = self._db.execute(select(request).where(condition).order_by(request.c.id))
        return [_request(row) for row in rows]


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
    return AudienceItem(item["role"], item["count"], Scope(item["scope"]), item["qualifier"])


def _audience_json(item: AudienceItem) -> dict[str, Any]:
    return {
        "role": item.role,
        "count": item.count,
        "scope": item.scope.value,
        "qualifier": item.qualifier,
    }


def _answer(row: Row[Any]) -> Answer:
    return Answer(
        row.session_id, row.date_revision, row.person_id, Reply(row.reply), row.reason, row.substitute, row.at
    )


_REQUEST_FIELDS = (
    "cluster_id session_id date_revision unit_id asked_by asked_at reason old_date proposed countered "
    "decided_by decided_at on_paper decision_reason nudges attached_to"
).split()


def _request_values(of: Request) -> dict[str, Any]:
    return {name: getattr(of, name) for name in _REQUEST_FIELDS} | {
        "kind": of.kind.value,
        "state": of.state.value,
        "cause": of.cause.value,
    }


def _request(row: Row[Any]) -> Request:
    return Request(
        id=row.id,
        kind=RequestKind(row.kind),
        state=RequestState(row.state),
        cause=Cause(row.cause),
        **{name: getattr(row, name) for name in _REQUEST_FIELDS},
    )
