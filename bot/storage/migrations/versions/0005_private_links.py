"""Private links: files for a channel that takes none, calendars that keep themselves up to date."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import BigId, Instant

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "web_link",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("cluster_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("mime", sa.String(length=100), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("kind IN ('file', 'feed')", name=op.f("ck_web_link_kind")),
        sa.ForeignKeyConstraint(
            ["cluster_id"], ["cluster.id"], name=op.f("fk_web_link_cluster_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_web_link_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_web_link_token_hash")),
    )
    op.create_index(op.f("ix_web_link_person_id_kind"), "web_link", ["person_id", "kind"], unique=False)
    op.create_index(op.f("ix_web_link_expires_at"), "web_link", ["expires_at"], unique=False)
