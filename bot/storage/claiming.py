"""The statements of a claim: freeing what a dead process held, dropping what is too late, taking rows."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, func, or_, select, update

from bot.notices.notice import Kind
from bot.outbox.port import Claimed, State
from bot.storage.tables import delivery, notice
from bot.storage.types import Instant

LATE_AT_ONCE = 2000  #: rows; some 30 ms of writing

_NOW = bindparam("at", type_=Instant)
_DUE = and_(notice.c.state == State.PENDING.value, notice.c.due <= _NOW)
_USEFUL = notice.c.useful_until > _NOW

#: Whoever gets a message gets everything that is due to them.
_rows = (
    select(notice.c.id)
    .where(_DUE, _USEFUL, notice.c.recipient_id.in_(bindparam("people", expanding=True)))
    .with_for_update(skip_locked=True)
)
_take = (
    update(notice)
    .where(notice.c.id.in_(_rows))
    .values(
        state=State.SENDING.value,
        attempt=notice.c.attempt + 1,
        lease_until=bindparam("until", type_=Instant),
    )
    .returning(
        notice.c.id,
        notice.c.attempt,
        notice.c.kind,
        notice.c.cluster_id,
        notice.c.session_id,
        notice.c.date_revision,
        notice.c.recipient_id,
        notice.c.occurrence,
        notice.c.due,
        notice.c.useful_until,
        notice.c.payload,
    )
)
_late = select(notice.c.id).where(_DUE, notice.c.useful_until <= _NOW)
_miss = (
    update(notice)
    .where(notice.c.id.in_(_late.limit(bindparam("most"))))
    .values(state=State.MISSED.value, finished_at=_NOW, lease_until=None)
)
_begun = exists().where(
    delivery.c.notice_id == notice.c.id,
    delivery.c.attempt == notice.c.attempt,
    delivery.c.state == State.SENDING.value,
)


def is_untidy(db: Connection, now: datetime, lease: timedelta, mine: Collection[int]) -> bool:
    """Whether there is anything for `free_lapsed` or `mark_missed`; spares a write where there is not."""
    lapsed = db.execute(select(notice.c.id).where(_lapsed(now, lease))).scalars()
    if not set(lapsed) <= set(mine):
        return True
    return db.execute(_late.limit(1), {"at": now}).first() is not None


def free_lapsed(
    db: Connection,
    now: datetime,
    lease: timedelta | None,
    mine: Collection[int],
    repeating: Sequence[str],
) -> None:
    """Rows that another process held too long are due again; uncertain, where they must not repeat and
    were handed to a channel.

    A lease that ends later than any lease could was given before the clock was set back: it lapsed too.
    `lease` None: whatever others hold has lapsed.
    """
    lapsed = _lapsed(now, lease)
    # A row that its owner is writing at this moment needs no freeing.
    free = select(notice.c.id).where(lapsed).with_for_update(skip_locked=True)
    ids = set(db.execute(free).scalars()) - set(mine)
    if not ids:
        return
    of_dead = and_(lapsed, notice.c.id.in_(ids))
    db.execute(
        update(notice)
        .where(of_dead, notice.c.kind.not_in(repeating), _begun)
        .values(state=State.UNCERTAIN.value, finished_at=now, lease_until=None)
    )
    db.execute(update(notice).where(of_dead).values(state=State.PENDING.value, lease_until=None))


def _lapsed(now: datetime, lease: timedelta | None) -> ColumnElement[bool]:
    sending = notice.c.state == State.SENDING.value
    if lease is None:
        return sending
    return and_(sending, or_(notice.c.lease_until <= now, notice.c.lease_until > now + 2 * lease))


def mark_missed(db: Connection, now: datetime) -> None:
    """Due rows that are useful no longer: nothing is said about the past.

    So many at once that nobody who asks something meanwhile waits for it, also where a year has passed; the
    others follow at the next looks.
    """
    db.execute(_miss, {"at": now, "most": LATE_AT_ONCE})


def take(db: Connection, now: datetime, people: Sequence[int], lease_until: datetime) -> list[Claimed]:
    """Mark everything that is due to these people as being sent."""
    found = db.execute(_take, {"at": now, "people": people, "until": lease_until}).all()
    again = [row.id for row in found if row.attempt > 1]
    tries: dict[int, int] = {}
    if again:
        counted = (
            select(delivery.c.notice_id, func.count().label("tries"))
            .where(delivery.c.notice_id.in_(again))
            .group_by(delivery.c.notice_id)
        )
        counts = db.execute(counted).all()
        tries = {count.notice_id: count.tries for count in counts}
    rows = [
        Claimed(
            id=row.id,
            attempt=row.attempt,
            kind=Kind(row.kind),
            cluster_id=row.cluster_id,
            session_id=row.session_id,
            date_revision=row.date_revision,
            recipient_id=row.recipient_id,
            occurrence=row.occurrence,
            due=row.due,
            useful_until=row.useful_until,
            payload=row.payload,
            tries=tries.get(row.id, 0),
        )
        for row in found
    ]
    return sorted(rows, key=lambda row: (row.due, row.id))
