"""Answers and requests about sessions, inside a caller's transaction."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, and_, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from bot.errors import OutdatedError
from bot.sessions.acknowledgement import Acknowledgement
from bot.sessions.answers import Answer, Reply
from bot.sessions.nomination import Nomination
from bot.sessions.request import Cause, Request, RequestKind, RequestState, Swap
from bot.sessions.session import Session
from bot.storage import frequent
from bot.storage.covers import STALE, SqlCovers
from bot.storage.tables import acknowledgement, answer, mute, nomination, request
from bot.storage.tables import swap as swap_table

_OPEN = [state.value for state in RequestState if state.open]


class SqlReplies(SqlCovers):
    """The part of a `SessionStore` that people answer and ask for; `SqlSessions` is the whole."""

    def put_answer(self, given: Answer) -> None:
        values = {
            "session_id": given.session_id,
            "date_revision": given.date_revision,
            "person_id": given.person_id,
            "reply": given.reply.value,
            "reason": given.reason,
            "substitute": given.substitute,
            "at": given.at,
            "substitute_id": given.substitute_id,
        }
        build = postgresql.insert if self._db.dialect.name == "postgresql" else sqlite.insert
        self._db.execute(
            build(answer)
            .values(values)
            .on_conflict_do_update(
                index_elements=["session_id", "date_revision", "person_id"],
                set_={key: values[key] for key in ("reply", "reason", "substitute", "at", "substitute_id")},
            )
        )

    def drop_answer(self, of: Session, person_id: int) -> None:
        self._db.execute(
            delete(answer).where(
                answer.c.session_id == of.id,
                answer.c.date_revision == of.date_revision,
                answer.c.person_id == person_id,
            )
        )

    def muted(self, session_id: int) -> frozenset[int]:
        return frozenset(row.person_id for row in frequent.MUTED.rows(self._db, session_id))

    def set_mute(self, session_id: int, person_id: int, now: dt.datetime, *, on: bool) -> None:
        here = (mute.c.session_id == session_id, mute.c.person_id == person_id)
        self._db.execute(delete(mute).where(*here))
        if on:
            self._db.execute(insert(mute).values(session_id=session_id, person_id=person_id, at=now))

    def answers(self, of: Session) -> dict[int, Answer]:
        rows = frequent.ANSWERS.rows(self._db, of.id)
        return {row.person_id: _answer(row) for row in rows if row.date_revision == of.date_revision}

    def drop_answers(self, of: Session, person_ids: Sequence[int]) -> int:
        gone = delete(answer).where(
            answer.c.session_id == of.id,
            answer.c.date_revision == of.date_revision,
            answer.c.person_id.in_(person_ids),
        )
        return self._db.execute(gone).rowcount

    def ask_known(self, asked: Sequence[Acknowledgement]) -> None:
        if not asked:
            return
        build = postgresql.insert if self._db.dialect.name == "postgresql" else sqlite.insert
        new = build(acknowledgement)
        replaced = {name: new.excluded[name] for name in ("version", "before", "asked_at", "known_at")}
        self._db.execute(
            new.on_conflict_do_update(index_elements=["session_id", "person_id"], set_=replaced),
            [asdict(one) for one in asked],
        )

    def know(self, session_id: int, person_id: int, at: dt.datetime) -> None:
        self._db.execute(
            update(acknowledgement)
            .where(acknowledgement.c.session_id == session_id, acknowledgement.c.person_id == person_id)
            .values(known_at=at)
        )

    def acknowledgements(self, session_id: int) -> dict[int, Acknowledgement]:
        rows = frequent.ACKNOWLEDGEMENTS.rows(self._db, session_id)
        return {row.person_id: Acknowledgement(**row._mapping) for row in rows}

    def answers_of(self, person_ids: Sequence[int]) -> dict[tuple[int, int], Answer]:
        rows = self._db.execute(select(answer).where(answer.c.person_id.in_(person_ids)))
        return {(row.session_id, row.date_revision): _answer(row) for row in rows}

    def nominations(self, session_id: int) -> list[Nomination]:
        rows = frequent.NOMINATIONS.rows(self._db, session_id)
        return [_nomination(row) for row in rows]

    def put_nomination(self, said: Nomination) -> None:
        values = {name: getattr(said, name) for name in Nomination.__dataclass_fields__}
        values["person_ids"] = list(said.person_ids)
        build = postgresql.insert if self._db.dialect.name == "postgresql" else sqlite.insert
        of_school = said.unit_id is not None
        self._db.execute(
            build(nomination)
            .values(values)
            .on_conflict_do_update(
                index_elements=["session_id", "unit_id", "part"] if of_school else ["session_id", "part"],
                index_where=None if of_school else nomination.c.unit_id.is_(None),
                set_={key: values[key] for key in ("person_ids", "named_by", "at")},
            )
        )

    def add_request(self, new: Request) -> Request:
        row = self._db.execute(insert(request).values(_request_values(new)).returning(request)).one()
        return _request(row)

    def add_swap(self, swap: Swap) -> Swap:
        try:
            with self._db.begin_nested():
                first, second = self.add_request(swap.first), self.add_request(swap.second)
        except IntegrityError:
            raise OutdatedError(STALE) from None
        self._db.execute(insert(swap_table).values(request_id=first.id, other_id=second.id))
        return Swap(first, second)

    def swap_of(self, request_id: int) -> Swap | None:
        found = or_(swap_table.c.request_id == request_id, swap_table.c.other_id == request_id)
        row = self._db.execute(select(swap_table).where(found)).one_or_none()
        if row is None:
            return None
        first, second = self.request(row.request_id), self.request(row.other_id)
        return Swap(first, second) if first is not None and second is not None else None

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
            raise OutdatedError(STALE)

    def request(self, request_id: int) -> Request | None:
        row = self._db.execute(select(request).where(request.c.id == request_id)).one_or_none()
        return _request(row) if row else None

    def open_move(self, session_id: int) -> Request | None:
        moves = (r for r in self.open_requests(session_id) if r.kind is RequestKind.MOVE)
        return next((r for r in moves if r.attached_to is None), None)

    def open_requests(self, session_id: int) -> list[Request]:
        rows = frequent.OPEN_REQUESTS.rows(self._db, session_id)
        return [_request(row) for row in rows]

    def requests(self, session_id: int) -> list[Request]:
        return self._requests(request.c.session_id == session_id)

    def open_moves_of(self, session_ids: Sequence[int]) -> dict[int, Request]:
        found = self._requests(and_(request.c.session_id.in_(session_ids), request.c.state.in_(_OPEN)))
        return {r.session_id: r for r in found if r.kind is RequestKind.MOVE and r.attached_to is None}

    def _requests(self, condition: Any) -> list[Request]:
        rows = self._db.execute(select(request).where(condition).order_by(request.c.id))
        return [_request(row) for row in rows]


def _answer(row: Row[Any]) -> Answer:
    return Answer(
        row.session_id,
        row.date_revision,
        row.person_id,
        Reply(row.reply),
        row.reason,
        row.substitute,
        row.at,
        row.substitute_id,
    )


def _nomination(row: Row[Any]) -> Nomination:
    return Nomination(
        session_id=row.session_id,
        cluster_id=row.cluster_id,
        unit_id=row.unit_id,
        part=row.part,
        person_ids=tuple(row.person_ids),
        named_by=row.named_by,
        at=row.at,
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
