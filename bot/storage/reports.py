"""The outbox as read by the rooms above it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Table, and_, func, select, union_all

from bot.notices.notice import Kind
from bot.outbox.port import State
from bot.outbox.reports import Backlog, Sent, Upcoming, Used
from bot.storage.seats import is_a_person
from bot.storage.tables import delivery, notice, notice_archive, quota

_TOLD = [State.SENT.value, State.UNCERTAIN.value, State.SENDING.value]
#: Of the session itself these say nothing.
_NOT_TELLING = [kind.value for kind in (Kind.CARD, Kind.COVER_ASKED, Kind.COVER_OFF, Kind.COVER_OPEN)]
_LOST = [State.FAILED.value, State.UNREACHABLE.value, State.MISSED.value]
_SENT = "cluster_id kind session_id recipient_id occurrence state due finished_at error".split()


class SqlReports:
    """Implements `bot.outbox.reports.Reports` in a caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def told(self, session_id: int, date_revision: int | None = None) -> Mapping[int, frozenset[Kind]]:
        def wanted(of: Table) -> ColumnElement[bool]:
            said = and_(
                of.c.session_id == session_id,
                of.c.state.in_(_TOLD),
                of.c.kind.not_in(_NOT_TELLING),
                is_a_person(of.c.recipient_id),
            )
            return said if date_revision is None else and_(said, of.c.date_revision == date_revision)

        found: dict[int, set[Kind]] = defaultdict(set)
        for row in self._db.execute(_ever(wanted, "recipient_id", "kind")):
            found[row.recipient_id].add(Kind(row.kind))
        return {person: frozenset(kinds) for person, kinds in found.items()}

    def said(self, session_id: int, kind: Kind) -> frozenset[tuple[int, str]]:
        def wanted(of: Table) -> ColumnElement[bool]:
            return and_(of.c.session_id == session_id, of.c.kind == kind.value, of.c.state.in_(_TOLD))

        rows = self._db.execute(_ever(wanted, "recipient_id", "occurrence"))
        return frozenset((row.recipient_id, row.occurrence) for row in rows)

    def times(self, session_id: int, date_revision: int, kind: Kind) -> Mapping[int, int]:
        rows = self._db.execute(
            select(notice.c.recipient_id, func.count().label("number"))
            .where(
                notice.c.session_id == session_id,
                notice.c.date_revision == date_revision,
                notice.c.kind == kind.value,
                notice.c.state.in_(_TOLD),
                is_a_person(notice.c.recipient_id),
            )
            .group_by(notice.c.recipient_id)
        )
        return {row.recipient_id: row.number for row in rows}

    def last_told(self, channel: str, chat_id: str) -> dt.datetime | None:
        here = and_(delivery.c.channel == channel, delivery.c.chat_id == chat_id)
        wanted = (
            select(delivery.c.at)
            .join(notice, notice.c.id == delivery.c.notice_id)
            .where(here, delivery.c.state.in_(_TOLD), notice.c.kind != Kind.CARD.value)
            .order_by(delivery.c.id.desc())
            .limit(1)
        )
        return self._db.execute(wanted).scalar_one_or_none()

    def queued(self, session_id: int, date_revision: int, kind: Kind) -> frozenset[int]:
        wanted = select(notice.c.recipient_id).where(
            notice.c.session_id == session_id,
            notice.c.date_revision == date_revision,
            notice.c.kind == kind.value,
            notice.c.state == State.PENDING.value,
            is_a_person(notice.c.recipient_id),
        )
        return frozenset(self._db.execute(wanted).scalars())

    def due_of(self, session_id: int, date_revision: int, kind: Kind) -> dt.datetime | None:
        wanted = select(func.min(notice.c.due)).where(
            notice.c.session_id == session_id,
            notice.c.date_revision == date_revision,
            notice.c.kind == kind.value,
            notice.c.state == State.PENDING.value,
        )
        return self._db.execute(wanted).scalar_one_or_none()

    def unreached(self, session_id: int, date_revision: int, kinds: Collection[Kind]) -> frozenset[int]:
        def wanted(of: Table) -> ColumnElement[bool]:
            same = and_(of.c.session_id == session_id, of.c.date_revision == date_revision)
            people = is_a_person(of.c.recipient_id)
            return and_(same, of.c.kind.in_([kind.value for kind in kinds]), people)

        told: set[int] = set()
        lost: set[int] = set()
        for row in self._db.execute(_ever(wanted, "recipient_id", "state")):
            if row.state in _LOST:
                lost.add(row.recipient_id)
            elif row.state in _TOLD:
                told.add(row.recipient_id)
        return frozenset(lost - told)

    def next_due(self, cluster_id: int) -> dt.datetime | None:
        wanted = select(func.min(notice.c.due)).where(
            notice.c.cluster_id == cluster_id, notice.c.state == State.PENDING.value
        )
        return self._db.execute(wanted).scalar_one_or_none()

    def upcoming(self, cluster_id: int) -> list[Upcoming]:
        rows = self._db.execute(
            select(notice.c.due, notice.c.kind, notice.c.session_id, func.count().label("recipients"))
            .where(notice.c.cluster_id == cluster_id, notice.c.state == State.PENDING.value)
            .group_by(notice.c.due, notice.c.kind, notice.c.session_id)
            .order_by(notice.c.due)
        )
        return [Upcoming(row.due, Kind(row.kind), row.session_id, row.recipients) for row in rows]

    def finished(self, cluster_id: int, limit: int) -> list[Sent]:
        def wanted(of: Table) -> ColumnElement[bool]:
            return and_(of.c.cluster_id == cluster_id, of.c.finished_at.is_not(None))

        every = _ever(wanted, "id", *_SENT)
        row = every.selected_columns
        last = every.order_by(row.finished_at.desc(), row.due.desc(), row.id.desc()).limit(limit)
        rows = self._db.execute(last).all()
        return [
            Sent(
                id=row.id,
                cluster_id=row.cluster_id,
                kind=Kind(row.kind),
                session_id=row.session_id,
                recipient_id=row.recipient_id,
                occurrence=row.occurrence,
                state=State(row.state),
                due=row.due,
                finished_at=row.finished_at,
                error=row.error,
            )
            for row in reversed(rows)
        ]

    def backlog(self, now: dt.datetime) -> Backlog:
        waiting = select(func.count(), func.min(notice.c.due)).where(
            notice.c.state == State.PENDING.value, notice.c.due <= now
        )
        in_hand = select(func.count()).where(notice.c.state == State.SENDING.value)
        due, oldest = self._db.execute(waiting).one()
        return Backlog(due, self._db.execute(in_hand).scalar_one(), oldest)

    def states(self) -> Mapping[State, int]:
        rows = self._db.execute(select(notice.c.state, func.count().label("number")).group_by(notice.c.state))
        return {State(row.state): row.number for row in rows}

    def counts(self, cluster_id: int) -> Mapping[State, int]:
        states = _ever(lambda of: of.c.cluster_id == cluster_id, "state").subquery()
        rows = self._db.execute(select(states.c.state, func.count().label("number")).group_by(states.c.state))
        return {State(row.state): row.number for row in rows}

    def used(self, bot: str, month: str) -> Used:
        row = self._db.execute(select(quota).where(quota.c.bot == bot, quota.c.month == month)).first()
        return Used(row.sent, row.used_up) if row else Used(0, used_up=False)


def _ever(wanted: Callable[[Table], ColumnElement[bool]], *columns: str) -> CompoundSelect[Any]:
    """These columns of the rows that stand in the queue and of those in the archive."""
    here, there = (
        select(*(of.c[name] for name in columns)).where(wanted(of)) for of in (notice, notice_archive)
    )
    return union_all(here, there)
