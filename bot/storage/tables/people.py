"""Clusters, their schools and people, how each is reached, and who is let in."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.tables.base import metadata, of_cluster, row_id
from bot.storage.types import BigId, Instant

_LINKED = text("state = 'linked'")

cluster = Table(
    "cluster",
    metadata,
    row_id(),
    Column("name", String(200), nullable=False),
    Column("school_year", String(9), nullable=False),
    Column("lead_name", String(200)),
    Column("authority", String(300)),
    Column("invite_days", Integer, nullable=False),
    Column("invite_counts_working_days", Boolean, nullable=False),
    Column("conflict_rule", Text),
    Column("join_code", String(32), nullable=False),
    Column("next_code", Integer, nullable=False, server_default="1"),  #: number of the next session code
    UniqueConstraint("name", name="name"),
    UniqueConstraint("join_code", name="join_code"),
)

unit = Table(
    "unit",
    metadata,
    row_id(),
    of_cluster(),
    Column("kind", String(16), nullable=False),
    Column("name", String(200), nullable=False),
    Column("label", String(200), nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("position", Integer, nullable=False),
    UniqueConstraint("cluster_id", "kind", "name"),
    CheckConstraint("kind IN ('school', 'authority')", name="kind"),
)

person = Table(
    "person",
    metadata,
    row_id(),
    of_cluster(),
    Column("unit_id", BigId, ForeignKey("unit.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("posts", JSON, nullable=False),
    Column("phone", String(32)),
    Column("clerk", Boolean, nullable=False, server_default=text("false")),
    Column("note", String(500), nullable=False, server_default=""),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Index(None, "cluster_id", "active"),
    Index(None, "unit_id"),
)

#: Which chat belongs to which person.  One chat may stand for one person in each of several clusters.
chat_link = Table(
    "chat_link",
    metadata,
    row_id(),
    of_cluster(),
    Column("person_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("chat_id", String(64), nullable=False),
    Column("linked_at", Instant, nullable=False),
    Column("blocked_at", Instant),
    UniqueConstraint("channel", "chat_id", "cluster_id"),
    UniqueConstraint("person_id", "channel"),
)

registration_code = Table(
    "registration_code",
    metadata,
    row_id(),
    Column("person_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("code_hash", String(64), nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    UniqueConstraint("code_hash"),
    Index(None, "person_id"),
)

#: A cluster's group: its seat is a row of `person` that is nobody.
group_chat = Table(
    "group_chat",
    metadata,
    row_id(),
    Column("channel", String(16), nullable=False),
    Column("chat_id", String(64), nullable=False),
    Column("title", String(200), nullable=False),
    Column("state", String(16), nullable=False),
    Column("asked", String(64), nullable=False),
    Column("cluster_id", BigId, ForeignKey("cluster.id", ondelete="CASCADE")),
    Column("seat_id", BigId, ForeignKey("person.id", ondelete="CASCADE")),
    Column("linked_by", BigId, ForeignKey("person.id", ondelete="SET NULL")),
    Column("linked_at", Instant),
    Column("ended_at", Instant),
    Column("pinned_id", String(64)),
    Column("may_pin", Boolean),
    Column("shown", String(64)),
    Column("turn", Integer, nullable=False, server_default="0"),
    UniqueConstraint("seat_id"),
    CheckConstraint("state IN ('asked', 'linked', 'ended')", name="state"),
    Index(None, "channel", "chat_id"),
    Index(
        "uq_group_chat_linked",
        "cluster_id",
        "channel",
        unique=True,
        sqlite_where=_LINKED,
        postgresql_where=_LINKED,
    ),
    Index(
        "uq_group_chat_linked_chat",
        "channel",
        "chat_id",
        unique=True,
        sqlite_where=_LINKED,
        postgresql_where=_LINKED,
    ),
)

#: Wrong codes of a chat, to slow down guessing.
code_attempt = Table(
    "code_attempt",
    metadata,
    row_id(),
    Column("channel", String(16), nullable=False),
    Column("chat_id", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "channel", "chat_id", "at"),
)

join_request = Table(
    "join_request",
    metadata,
    row_id(),
    of_cluster(),
    Column("unit_id", BigId, ForeignKey("unit.id", ondelete="CASCADE"), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("chat_id", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("role", String(32), nullable=False),
    Column("qualifier", String(100)),
    Column("state", String(16), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("decided_by", BigId, ForeignKey("person.id", ondelete="SET NULL")),
    Column("decided_at", Instant),
    CheckConstraint("state IN ('asked', 'approved', 'refused', 'withdrawn')", name="state"),
    Index(
        "uq_join_request_open",
        "channel",
        "chat_id",
        "cluster_id",
        unique=True,
        sqlite_where=text("state = 'asked'"),
        postgresql_where=text("state = 'asked'"),
    ),
)

#: Where somebody with several channels wants notices to go.
channel_wish = Table(
    "channel_wish",
    metadata,
    Column("person_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("channel", String(16), nullable=False),
)

#: Who is told through her school: her messages go to the vice principal, who passes them on.
relay = Table(
    "relay",
    metadata,
    Column("person_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Instant, nullable=False),
)

#: Who handed over which posts to whom.  Kept for good.
handover = Table(
    "handover",
    metadata,
    row_id(),
    of_cluster(),
    Column("unit_id", BigId, ForeignKey("unit.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor_id", BigId, ForeignKey("person.id", ondelete="SET NULL")),
    Column("from_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("to_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("offices", JSON, nullable=False),
    Column("leaves", Boolean, nullable=False),
    Index(None, "cluster_id", "at"),
)

#: What a token opens to whoever has it; only the token's hash is known here.
web_link = Table(
    "web_link",
    metadata,
    row_id(),
    of_cluster(),
    Column("person_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("token_hash", String(64), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("name", String(200)),
    Column("mime", String(100)),
    Column("content", LargeBinary),
    UniqueConstraint("token_hash"),
    CheckConstraint("kind IN ('file', 'feed')", name="kind"),
    Index(None, "person_id", "kind"),
    Index(None, "expires_at"),
)
