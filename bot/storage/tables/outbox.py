"""What is to be said and what was: the queue, its tries, its archive, the cards on the screens."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from bot.storage.tables.base import metadata, of_cluster, row_id
from bot.storage.types import BigId, Instant

#: The outbox.  Tries and channels are columns of the last try; history is in `delivery`.
notice = Table(
    "notice",
    metadata,
    row_id(),
    of_cluster(),
    Column("session_id", BigId, ForeignKey("session.id", ondelete="CASCADE")),
    Column("date_revision", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("recipient_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("occurrence", String(64), nullable=False),
    Column("dedup_key", String(160), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("due", Instant, nullable=False),
    Column("useful_until", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("lease_until", Instant),
    Column("finished_at", Instant),
    Column("error", String(300)),
    UniqueConstraint("dedup_key", name="dedup_key"),
    # Without the state, which changes twice with every message.
    Index(None, "recipient_id"),
    Index(None, "session_id", "kind"),
    Index(None, "cluster_id", "due"),
    Index(
        "ix_notice_due",
        "due",
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
    Index(
        "ix_notice_lease",
        "lease_until",
        sqlite_where=text("state = 'sending'"),
        postgresql_where=text("state = 'sending'"),
    ),
)

#: What is kept of notices about sessions that are long over: to whom, when, what became of them.
notice_archive = Table(
    "notice_archive",
    metadata,
    row_id(),
    of_cluster(),
    Column("session_id", BigId, ForeignKey("session.id", ondelete="CASCADE")),
    Column("date_revision", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("recipient_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("occurrence", String(64), nullable=False),
    Column("due", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("finished_at", Instant, nullable=False),
    Column("error", String(300)),
    Index(None, "cluster_id", "finished_at"),
    Index(None, "session_id"),
    Index(None, "recipient_id"),
)

#: One try of one notice on one channel.
delivery = Table(
    "delivery",
    metadata,
    row_id(),
    Column("notice_id", BigId, ForeignKey("notice.id", ondelete="CASCADE"), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("channel", String(16)),
    Column("chat_id", String(64)),
    Column("message_id", String(64)),
    Column("state", String(16), nullable=False),
    Column("error", String(300)),
    Column("at", Instant, nullable=False),
    Index(None, "notice_id"),
)

#: The message that shows a session to a person: redrawn in place when anything changes.
card = Table(
    "card",
    metadata,
    Column("session_id", BigId, ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("channel", String(16), primary_key=True),
    Column("chat_id", String(64), nullable=False),
    Column("message_id", String(64), nullable=False),
)

#: Messages that a bot with a monthly quota has sent.
quota = Table(
    "quota",
    metadata,
    Column("bot", String(32), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("sent", Integer, nullable=False, server_default="0"),
    Column("used_up", Boolean, nullable=False, server_default=text("false")),
)
