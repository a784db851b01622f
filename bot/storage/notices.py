"""What flows do to the queue (`bot.outbox.port.NoticeStore`), inside their own transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.notices.notice import Kind, Notice
from bot.outbox.port import State
from bot.storage.listening import tell_others
from bot.storage.tables import notice

_Stored = Row[*tuple[Any, ...]]
_UNSENT = (State.PENDING.value, State.UNREACHABLE.value)
_MAY_RETURN = (*_UNSENT, State.CANCELLED.value)


class SqlNotices:
    """Implements `NoticeStore` on one connection; the caller opens and ends the transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, notices: Sequence[Notice]) -> None:
        if not notices:
            return
        dialect = postgresql if self._db.dialect.name == "postgresql" else sqlite
        new = dialect.insert(notice).on_conflict_do_nothing(index_elements=[notice.c.dedup_key])
        self._db.execute(new, [_values(one) for one in notices])
        tell_others(self._db)

    def replan(
        self, session_id: int, kinds: Sequence[Kind], notices: Sequence[Notice], now: datetime
    ) -> None:
        wanted = {one.dedup_key: one for one in notices}
        if strays := [one for one in notices if one.session_id != session_id or one.kind not in kinds]:
            raise ValueError(f"not of this session or these kinds: {strays[0].dedup_key}")
        stored = {row.dedup_key: row for row in self._stored(session_id, kinds)}
        self.put([one for key, one in wanted.items() if key not in stored])
        self._cancel(
            [row.id for key, row in stored.items() if row.state in _UNSENT and key not in wanted], now
        )
        self._move([(row, wanted[key]) for key, row in stored.items() if key in wanted])

    def withdraw(self, person_id: int, kinds: Collection[Kind], now: datetime) -> None:
        hers = (notice.c.recipient_id == person_id, notice.c.kind.in_([kind.value for kind in kinds]))
        self._db.execute(
            update(notice)
            .where(*hers, notice.c.state.in_(_UNSENT))
            .values(state=State.CANCELLED.value, finished_at=now, error=None)
        )

    def revive(self, person_id: int, now: datetime) -> None:
        self._db.execute(
            update(notice)
            .where(
                notice.c.recipient_id == person_id,
                notice.c.state == State.UNREACHABLE.value,
                notice.c.useful_until > now,
            )
            .values(state=State.PENDING.value, finished_at=None, error=None)
        )
        tell_others(self._db)

    def _stored(self, session_id: int, kinds: Sequence[Kind]) -> Sequence[_Stored]:
        columns = (
            notice.c.id,
            notice.c.dedup_key,
            notice.c.state,
            notice.c.attempt,
            notice.c.due,
            notice.c.useful_until,
            notice.c.payload,
            notice.c.finished_at,
            notice.c.error,
        )
        found = select(*columns).where(
            notice.c.session_id == session_id, notice.c.kind.in_([kind.value for kind in kinds])
        )
        return self._db.execute(found.order_by(notice.c.id).with_for_update()).all()

    def _cancel(self, ids: Sequence[int], now: datetime) -> None:
        if ids:
            self._db.execute(
                update(notice)
                .where(notice.c.id.in_(ids))
                .values(state=State.CANCELLED.value, finished_at=now, error=None)
            )

    def _move(self, pairs: Sequence[tuple[_Stored, Notice]]) -> None:
        changes = [
            change | {"row_id": row.id}
            for row, one in pairs
            if row.state in _MAY_RETURN and (change := _change(row, one))
        ]
        if changes:
            self._db.execute(
                update(notice)
                .where(notice.c.id == bindparam("row_id"))
                .values(
                    state=bindparam("new_state"),
                    finished_at=bindparam("new_finished_at"),
                    error=bindparam("new_error"),
                    due=bindparam("new_due"),
                    useful_until=bindparam("new_useful_until"),
                    payload=bindparam("new_payload"),
                ),
                changes,
            )
            tell_others(self._db)


def _change(row: _Stored, one: Notice) -> dict[str, Any] | None:
    """The new values of a stored row, or None where it already says the same."""
    back = row.state == State.CANCELLED.value
    # A row that was claimed before stands where delivery put it (quiet time, backoff), or later.
    due = max(row.due, one.due) if row.attempt and not back else one.due
    payload = dict(one.payload)
    if not back and (row.due, row.useful_until, row.payload) == (due, one.useful_until, payload):
        return None
    unreachable = row.state == State.UNREACHABLE.value
    return {
        "new_state": State.UNREACHABLE.value if unreachable else State.PENDING.value,
        "new_finished_at": row.finished_at if unreachable else None,
        "new_error": row.error if unreachable else None,
        "new_due": due,
        "new_useful_until": one.useful_until,
        "new_payload": payload,
    }


def _values(one: Notice) -> Mapping[str, Any]:
    return {
        "cluster_id": one.cluster_id,
        "session_id": one.session_id,
        "date_revision": one.date_revision,
        "kind": one.kind.value,
        "recipient_id": one.recipient_id,
        "occurrence": one.occurrence,
        "dedup_key": one.dedup_key,
        "payload": dict(one.payload),
        "due": one.due,
        "useful_until": one.useful_until,
        "state": State.PENDING.value,
        "attempt": 0,
    }
