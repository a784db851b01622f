"""The statements of the daily tidying: what is long over goes to the archive, what has expired is dropped."""

import datetime as dt

from sqlalchemy import Connection, and_, delete, func, insert, or_, select

from bot.sessions.session import SessionState
from bot.storage import tables as t

INBOX_KEPT = dt.timedelta(days=7)  #: how long repeats of an update are known
CODES_KEPT = dt.timedelta(days=30)  #: after a code has ended
ATTEMPTS_KEPT = dt.timedelta(days=1)  #: wrong codes; far longer than a chat is ever locked
QUOTA_KEPT = dt.timedelta(days=400)

_KEPT = tuple(column.name for column in t.notice_archive.c if column.name != "id")


class SqlUpkeep:
    """Implements `bot.flows.work.Upkeep` in a caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def archive(self, after: int, limit: int, before: dt.datetime, before_day: dt.date) -> int | None:
        looked = select(t.notice.c.id).where(t.notice.c.id > after).order_by(t.notice.c.id).limit(limit)
        last = self._db.execute(select(func.max(looked.subquery().c.id))).scalar()
        if last is None:
            return None
        last_day = func.coalesce(t.session.c.date_end, t.session.c.date)
        over = or_(
            t.notice.c.session_id.is_(None),
            last_day < before_day,
            and_(t.session.c.state == SessionState.CANCELLED.value, last_day.is_(None)),
        )
        old = (
            select(t.notice.c.id)
            .outerjoin(t.session, t.session.c.id == t.notice.c.session_id)
            .where(t.notice.c.id > after, t.notice.c.id <= last, t.notice.c.finished_at < before, over)
        )
        ids = list(self._db.execute(old).scalars())
        if ids:
            kept = select(*(t.notice.c[name] for name in _KEPT)).where(t.notice.c.id.in_(ids))
            self._db.execute(insert(t.notice_archive).from_select(_KEPT, kept.order_by(t.notice.c.id)))
            self._db.execute(delete(t.notice).where(t.notice.c.id.in_(ids)))  # and their tries
        return int(last)

    def tidy(self, now: dt.datetime) -> None:
        ended = func.coalesce(t.registration_code.c.used_at, t.registration_code.c.expires_at)
        for table, over in (
            (t.inbox, t.inbox.c.at < now - INBOX_KEPT),
            (t.choice, t.choice.c.expires_at < now),
            (t.dialog, t.dialog.c.expires_at < now),
            (t.code_attempt, t.code_attempt.c.at < now - ATTEMPTS_KEPT),
            (t.registration_code, ended < now - CODES_KEPT),
            (t.quota, t.quota.c.month < (now - QUOTA_KEPT).strftime("%Y-%m")),
        ):
            self._db.execute(delete(table).where(over))
