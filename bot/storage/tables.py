"""The tables.  Every constraint has a name, so that a migration can find it on both engines."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)

from bot.storage.types import BigId, Instant

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", BigId, primary_key=True, autoincrement=True)


def _cluster() -> Column[int]:
    return Column("cluster_id", BigId, ForeignKey("cluster.id", ondelete="CASCADE"), nullable=False)


cluster = Table(
    "cluster",
    metadata,
    _id(),
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
    _id(),
    _cluster(),
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
    _id(),
    _cluster(),
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
    _id(),
    _cluster(),
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
    _id(),
    Column("person_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("code_hash", String(64), nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    UniqueConstraint("code_hash"),
    Index(None, "person_id"),
)

#: Wrong codes of a chat, to slow down guessing.
code_attempt = Table(
    "code_attempt",
    metadata,
    _id(),
    Column("channel", String(16), nullable=False),
    Column("chat_id", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "channel", "chat_id", "at"),
)

join_request = Table(
    "join_request",
    metadata,
    _id(),
    _cluster(),
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

session = Table(
    "session",
    metadata,
    _id(),
    _cluster(),
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
    _id(),
    _cluster(),
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
    _id(),
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
    _cluster(),
    Column("version", Integer, nullable=False),
    Column("before", Date, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("known_at", Instant),
)

#: Whom a school's head named for one part of a session's audience phrase.
nomination = Table(
    "nomination",
    metadata,
    _id(),
    _cluster(),
    Column("session_id", BigId, ForeignKey("session.id", ondelete="CASCADE"), nullable=False),
    Column("unit_id", BigId, ForeignKey("unit.id", ondelete="CASCADE"), nullable=False),
    Column("part", String(160), nullable=False),
    Column("person_ids", JSON, nullable=False),
    Column("named_by", BigId, ForeignKey("person.id", ondelete="SET NULL")),
    Column("at", Instant, nullable=False),
    UniqueConstraint("session_id", "unit_id", "part"),
)

#: One open request to move a session; a later clash of another school attaches to it.
_OPEN_MOVE = text("kind = 'move' AND attached_to IS NULL AND state IN ('offered', 'requested', 'countered')")

request = Table(
    "request",
    metadata,
    _id(),
    _cluster(),
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

#: The outbox.  Tries and channels are columns of the last try; history is in `delivery`.
notice = Table(
    "notice",
    metadata,
    _id(),
    _cluster(),
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
    _id(),
    _cluster(),
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
    _id(),
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

#: Days on which the authority already has something: no session is proposed there.
fixed_date = Table(
    "fixed_date",
    metadata,
    _id(),
    _cluster(),
    Column("date", Date, nullable=False),
    Column("title", String(300), nullable=False),
    Column("kind", String(16), nullable=False),  #: "authority" or "day_off"
    UniqueConstraint("cluster_id", "date", "kind", "title", name="uq_fixed_date_entry"),
    CheckConstraint("kind IN ('authority', 'day_off')", name="kind"),
)

#: Small facts of the running program: heartbeat, the last daily run, the position of a poll.
fact = Table(
    "fact",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("at", Instant, nullable=False),
)

#: The choices that a chat was shown as a numbered list.  The newest that arrived is the live one.
choice = Table(
    "choice",
    metadata,
    _id(),
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

#: Messages that a bot with a monthly quota has sent.
quota = Table(
    "quota",
    metadata,
    Column("bot", String(32), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("sent", Integer, nullable=False, server_default="0"),
    Column("used_up", Boolean, nullable=False, server_default=text("false")),
)

#: Where somebody with several channels wants notices to go.
channel_wish = Table(
    "channel_wish",
    metadata,
    Column("person_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("channel", String(16), nullable=False),
)

#: What a token opens to whoever has it; only the token's hash is known here.
web_link = Table(
    "web_link",
    metadata,
    _id(),
    _cluster(),
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

#: Who does not want to be reminded of a session.  Changes and cancellations come all the same.
mute = Table(
    "mute",
    metadata,
    Column("session_id", BigId, ForeignKey("session.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Instant, nullable=False),
)

#: Who is told through her school: her messages go to the vice principal, who passes them on.
relay = Table(
    "relay",
    metadata,
    Column("person_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Instant, nullable=False),
)
