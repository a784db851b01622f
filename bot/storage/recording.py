"""The statements of an acknowledgement: states, the history of tries, the cards to redraw later."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, Connection, Insert, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.notices.notice import Kind
from bot.outbox.port import Claimed, Outcome, State
from bot.storage.tables import card, chat_link, delivery, group_chat, notice, person, session
from bot.storage.types import Instant

ERROR_LIMIT = 300
ATTEMPTS_TO_REACH = 5

_IDS: BindParameter[int] = bindparam("ids", expanding=True)
#: Rows that are being sent, locked until the end of the transaction.
_sending = (
    select(notice.c.id, notice.c.attempt)
    .where(notice.c.id.in_(_IDS), notice.c.state == State.SENDING.value)
    .with_for_update()
)
_sent = (
    update(notice)
    .where(notice.c.id.in_(_IDS))
    .values(
        state=State.SENT.value,
        finished_at=bindparam("at", type_=Instant),
        lease_until=None,
        error=None,
    )
)
_begun = delete(delivery).where(delivery.c.notice_id.in_(_IDS), delivery.c.state == State.SENDING.value)
_known_sessions = select(session.c.id).where(session.c.id.in_(_IDS))
_settle_one = (
    update(notice)
    .where(notice.c.id == bindparam("row_id"))
    .values(
        state=bindparam("new_state"),
        finished_at=bindparam("new_finished_at", type_=Instant),
        lease_until=None,
        error=bindparam("new_error"),
    )
)
_try_again = (
    update(notice)
    .where(notice.c.id == bindparam("row_id"))
    .values(
        state=State.PENDING.value,
        due=bindparam("new_due", type_=Instant),
        lease_until=None,
        error=bindparam("new_error"),
    )
)


def begin(db: Connection, rows: Sequence[Claimed], now: datetime) -> None:
    """Note the try before it is made.  Raises LookupError, and notes nothing, where another process has one
    of the rows by now."""
    held = _held(db, rows)
    if any((row.id, row.attempt) not in held for row in rows):
        raise LookupError("another process has taken up a row meanwhile")
    tries = [
        {"notice_id": row.id, "attempt": row.attempt, "state": State.SENDING.value, "at": now} for row in rows
    ]
    db.execute(insert(delivery), tries)


def still_held(db: Connection, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Those whose row nobody else has claimed since, locked until the end of the transaction."""
    held = _held(db, [outcome.row for outcome in outcomes])
    return [outcome for outcome in outcomes if (outcome.row.id, outcome.row.attempt) in held]


def settle(db: Connection, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write the new states of rows that are held, one line of history for each real try, and the cards."""
    if not outcomes:
        return
    sent = [o.row.id for o in outcomes if o.state is State.SENT]
    if sent:
        db.execute(_sent, {"ids": sent, "at": now})
    again = [
        {"row_id": o.row.id, "new_due": o.retry_at or o.row.due, "new_error": _cut(o.error)}
        for o in outcomes
        if o.state is State.PENDING
    ]
    if again:
        db.execute(_try_again, again)
    ended = [
        {
            "row_id": o.row.id,
            "new_state": o.state.value,
            "new_finished_at": now,
            "new_error": _cut(o.error),
        }
        for o in outcomes
        if o.state not in (State.SENT, State.PENDING)
    ]
    if ended:
        db.execute(_settle_one, ended)
    _write_history(db, outcomes, now)
    _remember_cards(db, outcomes)
    _remember_pinned(db, outcomes)


def reachable_after_all(db: Connection, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Somebody who registered between composing and recording is sent it after all (but not asked for
    ever, should the composer know better)."""
    lost = [o.row.recipient_id for o in outcomes if o.state is State.UNREACHABLE and o.address is None]
    if not lost:
        return list(outcomes)
    linked = (
        select(chat_link.c.person_id)
        .join(person, person.c.id == chat_link.c.person_id)
        .where(chat_link.c.person_id.in_(lost), chat_link.c.blocked_at.is_(None), person.c.active)
    )
    found = set(db.execute(linked).scalars())
    return [
        replace(o, state=State.PENDING, error=None)
        if o.state is State.UNREACHABLE
        and o.address is None
        and o.row.recipient_id in found
        and o.row.attempt < ATTEMPTS_TO_REACH
        else o
        for o in outcomes
    ]


def _held(db: Connection, rows: Iterable[Claimed]) -> set[tuple[int, int]]:
    found = db.execute(_sending, {"ids": [row.id for row in rows]})
    return {(row.id, row.attempt) for row in found}


def _write_history(db: Connection, outcomes: Sequence[Outcome], now: datetime) -> None:
    db.execute(_begun, {"ids": [o.row.id for o in outcomes]})
    tries = [
        {
            "notice_id": o.row.id,
            "attempt": o.row.attempt,
            "channel": o.address.channel,
            "chat_id": o.address.chat_id,
            "message_id": o.message_id,
            "state": o.state.value,
            "error": _cut(o.error),
            "at": now,
        }
        for o in outcomes
        if o.address is not None
    ]
    if tries:
        db.execute(insert(delivery), tries)


def _remember_cards(db: Connection, outcomes: Sequence[Outcome]) -> None:
    shown = {
        (o.card_session_id, o.row.recipient_id, o.address.channel): {
            "session_id": o.card_session_id,
            "person_id": o.row.recipient_id,
            "channel": o.address.channel,
            "chat_id": o.address.chat_id,
            "message_id": o.message_id,
        }
        for o in outcomes
        if o.state is State.SENT and o.address and o.message_id and o.card_session_id is not None
    }
    if not shown:
        return
    wanted = list({key[0] for key in shown})
    stored = set(db.execute(_known_sessions, {"ids": wanted}).scalars())
    rows = [values for key, values in shown.items() if key[0] in stored]
    if not rows:
        return
    db.execute(_newest_card(db.dialect.name), rows)


@cache
def _newest_card(engine: str) -> Insert:
    new = (postgresql if engine == "postgresql" else sqlite).insert(card)
    replaced = {name: new.excluded[name] for name in ("chat_id", "message_id")}
    keys = [card.c.session_id, card.c.person_id, card.c.channel]
    upsert: Insert = new.on_conflict_do_update(index_elements=keys, set_=replaced)
    return upsert


def _remember_pinned(db: Connection, outcomes: Sequence[Outcome]) -> None:
    """Which message of a group shows its next session: the last one sent."""
    pinned = [o for o in outcomes if o.row.kind is Kind.PIN and o.state is State.SENT and o.message_id]
    for one in pinned:
        here = group_chat.c.seat_id == one.row.recipient_id
        db.execute(update(group_chat).where(here).values(pinned_id=one.message_id))


def _cut(error: str | None) -> str | None:
    return error[:ERROR_LIMIT] if error else None
