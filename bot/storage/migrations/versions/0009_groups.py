"""A cluster's group, and what is pinned there."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import BigId, Instant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "group_chat",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat_id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked", sa.String(length=64), nullable=False),
        sa.Column("cluster_id", BigId, nullable=True),
        sa.Column("seat_id", BigId, nullable=True),
        sa.Column("linked_by", BigId, nullable=True),
        sa.Column("linked_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("pinned_id", sa.String(length=64), nullable=True),
        sa.Column("may_pin", sa.Boolean(), nullable=True),
        sa.Column("shown", sa.String(length=64), nullable=True),
        sa.Column("turn", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("state IN ('asked', 'linked', 'ended')", name=op.f("ck_group_chat_state")),
        sa.ForeignKeyConstraint(
            ["cluster_id"], ["cluster.id"], name=op.f("fk_group_chat_cluster_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["linked_by"], ["person.id"], name=op.f("fk_group_chat_linked_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["person.id"], name=op.f("fk_group_chat_seat_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_chat")),
        sa.UniqueConstraint("seat_id", name=op.f("uq_group_chat_seat_id")),
    )
    linked = sa.text("state = 'linked'")
    op.create_index(op.f("ix_group_chat_channel_chat_id"), "group_chat", ["channel", "chat_id"])
    op.create_index(
        "uq_group_chat_linked",
        "group_chat",
        ["cluster_id", "channel"],
        unique=True,
        sqlite_where=linked,
        postgresql_where=linked,
    )
    op.create_index(
        "uq_group_chat_linked_chat",
        "group_chat",
        ["channel", "chat_id"],
        unique=True,
        sqlite_where=linked,
        postgresql_where=linked,
    )
