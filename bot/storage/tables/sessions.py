"""Sessions, every step about them, answers, and requests to change their day."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)

from bot.storage.tables.base import metadata, of_cluster, row_id
from bot.storage.types import BigId, Instant

session = Table(
    "session",
    metadata,
    row_id(),
    of_cluster(),
    Column("code", String(8), nullable=False),
    Column("host_ids", JSON, nullable=False),
    Column("content", Text, nullable=False),
    Column("audience_text", Text, nullable=False),
    Column("audience", JSON, nullable=False),
    Column("date", Date),
    Column("date_end", Date),
    Column("precision", String(8), nullable=False),
    Column("date_text", String(200), nullable=False),
    Column("window_first", Date),
    Column("window_last", Date),
    Column("start", Time),
    Column("end", Time),
    Column("room", String(300)),
    Column("place", String(300)),
    Column("programme", Text),
    Column("state", String(16), nullable=False),
    Column("date_revision", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("released_at", Instant),
    Column("released_by", BigId, ForeignKey("person.id", ondelete="SET NULL")),
    Column("duty_at", Instant),  #: when something must be decided about it without anybody pressing
    UniqueConstraint("cluster_id", "code"),
    CheckConstraint("state IN ('planned', 'cancelled')", name="state"),
    Index(None, "duty_at"),
    Index(None, "cluster_id", "date"),
)

#: Every step about a session: who, when, what.  Kept for good.
session_event = Table(
    "session_event",
    metadata,
    row_id(),
    of_cluster(),
    Column("session_id", BigId, ForeignKey("session.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor_id", BigId, ForeignKey("person.id", ondelete="SET NULL")),
    Column("what", String(32), nullable=False),
    Column("detail", JSON, nullable=False),
    Index(None, "session_id", "at"),
)

answer = Table(
    "answer",
    metadata,
    row_id(),
    Column("session_id", BigId, ForeignKey("session.id", ondelete="CASCADE"), nullable=False),
    Column("date_revision", Integer, nullable=False),
    Column("person_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("reply", String(16), nullable=False),
    Column("reason", Text),
    Column("substitute", String(300)),
    Column("at", Instant, nullable=False),
    Column("substitute_id", BigId, ForeignKey("person.id", ondelete="SET NULL")),
    UniqueConstraint("session_id", "date_revision", "person_id"),
    CheckConstraint("reply IN ('going', 'declined')", name="reply"),
)

#: Who was told of a late change and is to acknowledge it: the newest one of each session.
acknowledgement = Table(
    "acknowledgement",
    metadata,
    Column("session_id", BigId, ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    of_cluster(),
    Column("version", Integer, nullable=False),
    Column("before", Date, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("known_at", Instant),
)

#: No school says who goes for the whole cluster; two nulls are not the same to a unique constraint.
_OF_CLUSTER = text("unit_id IS NULL")

#: Who is named for one part of a session's audience phrase: by the head of a school (`unit_id`), or by the
#: cluster's lead where the part counts people of all schools.
nomination = Table(
    "nomination",
    metadata,
    row_id(),
    of_cluster(),
    Column("session_id", BigId, ForeignKey("session.id", ondelete="CASCADE"), nullable=False),
    Column("unit_id", BigId, ForeignKey("unit.id", ondelete="CASCADE")),
    Column("part", String(160), nullable=False),
    Column("person_ids", JSON, nullable=False),
    Column("named_by", BigId, ForeignKey("person.id", ondelete="SET NULL")),
    Column("at", Instant, nullable=False),
    UniqueConstraint("session_id", "unit_id", "part"),
    Index(
        "uq_nomination_of_cluster",
        "session_id",
        "part",
        unique=True,
        sqlite_where=_OF_CLUSTER,
        postgresql_where=_OF_CLUSTER,
    ),
)

#: One open request to move a session; a later clash of another school attaches to it.
_OPEN_MOVE = text("kind = 'move' AND attached_to IS NULL AND state IN ('offered', 'requested', 'countered')")

request = Table(
    "request",
    metadata,
    row_id(),
    of_cluster(),
    Column("session_id", BigId, ForeignKey("session.id", ondelete="CASCADE"), nullable=False),
    Column("date_revision", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("unit_id", BigId, ForeignKey("unit.id", ondelete="CASCADE"), nullable=False),
    Column("asked_by", BigId, ForeignKey("person.id", ondelete="SET NULL")),
    Column("asked_at", Instant, nullable=False),
    Column("cause", String(32), nullable=False),
    Column("reason", Text),
    Column("old_date", Date, nullable=False),
    Column("proposed", Date),
    Column("countered", Date),
    Column("decided_by", BigId, ForeignKey("person.id", ondelete="SET NULL")),
    Column("decided_at", Instant),
    Column("on_paper", Boolean, nullable=False, server_default=text("false")),
    Column("decision_reason", Text),
    Column("nudges", Integer, nullable=False, server_default="0"),
    Column("attached_to", BigId, ForeignKey("request.id", ondelete="SET NULL")),
    CheckConstraint("kind IN ('move', 'absence')", name="kind"),
    Index(None, "session_id", "state"),
    Index(
        "uq_request_open",
        "session_id",
        unique=True,
        sqlite_where=_OPEN_MOVE,
        postgresql_where=_OPEN_MOVE,
    ),
)

#: Two sessions that change days: one request for each, which begin and end together.
swap = Table(
    "swap",
    metadata,
    Column("request_id", BigId, ForeignKey("request.id", ondelete="CASCADE"), primary_key=True),
    Column("other_id", BigId, ForeignKey("request.id", ondelete="CASCADE"), nullable=False),
    UniqueConstraint("other_id"),
)

#: Days on which the authority already has something: no session is proposed there.
fixed_date = Table(
    "fixed_date",
    metadata,
    row_id(),
    of_cluster(),
    Column("date", Date, nullable=False),
    Column("title", String(300), nullable=False),
    Column("kind", String(16), nullable=False),  #: "authority" or "day_off"
    UniqueConstraint("cluster_id", "date", "kind", "title", name="uq_fixed_date_entry"),
    CheckConstraint("kind IN ('authority', 'day_off')", name="kind"),
)

#: Who does not want to be reminded of a session.  Changes and cancellations come all the same.
mute = Table(
    "mute",
    metadata,
    Column("session_id", BigId, ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Instant, nullable=False),
)

_LIVE_COVER = text("state != 'closed'")
_TAKEN = text("state IN ('asked', 'accepted', 'paused')")

#: What was said about who covers for one who goes.  One of each is not closed, and nobody covers twice.
cover = Table(
    "cover",
    metadata,
    row_id(),
    of_cluster(),
    Column("session_id", BigId, ForeignKey("session.id", ondelete="CASCADE"), nullable=False),
    Column("absent_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", BigId, ForeignKey("person.id", ondelete="SET NULL")),
    Column("name", String(120)),
    Column("state", String(16), nullable=False),
    Column("date_revision", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("named_by", BigId, ForeignKey("person.id", ondelete="SET NULL")),
    Column("at", Instant, nullable=False),
    CheckConstraint(
        "state IN ('asked', 'accepted', 'declined', 'word', 'not_needed', 'paused', 'closed')", name="state"
    ),
    Index(
        "uq_cover_live",
        "session_id",
        "absent_id",
        unique=True,
        sqlite_where=_LIVE_COVER,
        postgresql_where=_LIVE_COVER,
    ),
    Index(
        "uq_cover_taken",
        "session_id",
        "person_id",
        unique=True,
        sqlite_where=_TAKEN,
        postgresql_where=_TAKEN,
    ),
)

#: The schools that settle who covers by themselves.
cover_off = Table(
    "cover_off",
    metadata,
    Column("unit_id", BigId, ForeignKey("unit.id", ondelete="CASCADE"), primary_key=True),
    Column("by", BigId, ForeignKey("person.id", ondelete="SET NULL")),
    Column("at", Instant, nullable=False),
)
