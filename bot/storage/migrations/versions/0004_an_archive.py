"""An archive of what was sent, and indexes that do not change with every message."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import BigId, Instant

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "notice_archive",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("cluster_id", BigId, nullable=False),
        sa.Column("session_id", BigId, nullable=True),
        sa.Column("date_revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("recipient_id", BigId, nullable=False),
        sa.Column("occurrence", sa.String(length=64), nullable=False),
        sa.Column("due", Instant(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("finished_at", Instant(), nullable=False),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(
            ["cluster_id"], ["cluster.id"], name=op.f("fk_notice_archive_cluster_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_notice_archive_session_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["person.id"], name=op.f("fk_notice_archive_recipient_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_archive")),
    )
    for columns in (["cluster_id", "finished_at"], ["session_id"], ["recipient_id"]):
        op.create_index(op.f(f"ix_notice_archive_{'_'.join(columns)}"), "notice_archive", columns)
    op.drop_index("ix_notice_recipient_id_state", "notice")
    op.drop_index("ix_notice_session_id_kind_state", "notice")
    for columns in (["recipient_id"], ["session_id", "kind"], ["cluster_id", "due"]):
        op.create_index(op.f(f"ix_notice_{'_'.join(columns)}"), "notice", columns)
