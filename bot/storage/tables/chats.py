"""What a chat is in the middle of, what came in from a service, and small facts of the running program."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Index,
    String,
    Table,
    text,
)

from bot.storage.tables.base import metadata, row_id
from bot.storage.types import Instant

#: What a chat is in the middle of; survives a restart.
dialog = Table(
    "dialog",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("chat_id", String(64), primary_key=True),
    Column("name", String(32), nullable=False),
    Column("step", String(32), nullable=False),
    Column("data", JSON, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

#: The choices that a chat was shown as a numbered list.  The newest that arrived is the live one.
choice = Table(
    "choice",
    metadata,
    row_id(),
    Column("channel", String(16), nullable=False),
    Column("chat_id", String(64), nullable=False),
    Column("options", JSON, nullable=False),  #: [[label, token], …]
    Column("shown", Boolean, nullable=False, server_default=text("false")),
    Column("expires_at", Instant, nullable=False),
    Index(None, "channel", "chat_id"),
)

#: What came in from a service that gives each update once: stored before it is acted on.
inbox = Table(
    "inbox",
    metadata,
    Column("bot", String(32), primary_key=True),
    Column("chat_id", String(64), primary_key=True),
    Column("message_id", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("update", JSON, nullable=False),
    Column("done", Boolean, nullable=False, server_default=text("false")),
)

#: Small facts of the running program: heartbeat, the last daily run, the position of a poll.
fact = Table(
    "fact",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("at", Instant, nullable=False),
)
