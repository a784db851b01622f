"""A channel without buttons: choices by number, an inbox, a monthly quota, the chosen channel."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import BigId, Instant

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "choice",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat_id", sa.String(length=64), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("shown", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice")),
    )
    op.create_index(op.f("ix_choice_channel_chat_id"), "choice", ["channel", "chat_id"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("bot", sa.String(length=32), nullable=False),
        sa.Column("chat_id", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("update", sa.JSON(), nullable=False),
        sa.Column("done", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("bot", "chat_id", "message_id", name=op.f("pk_inbox")),
    )
    op.create_table(
        "quota",
        sa.Column("bot", sa.String(length=32), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("sent", sa.Integer(), server_default="0", nullable=False),
        sa.Column("used_up", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("bot", "month", name=op.f("pk_quota")),
    )
    op.create_table(
        "channel_wish",
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_channel_wish_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_channel_wish")),
    )
