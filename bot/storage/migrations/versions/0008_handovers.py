"""Who handed over which posts to whom."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import BigId, Instant

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "handover",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("cluster_id", BigId, nullable=False),
        sa.Column("unit_id", BigId, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor_id", BigId, nullable=True),
        sa.Column("from_id", BigId, nullable=False),
        sa.Column("to_id", BigId, nullable=False),
        sa.Column("offices", sa.JSON(), nullable=False),
        sa.Column("leaves", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_handover_actor_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["cluster_id"], ["cluster.id"], name=op.f("fk_handover_cluster_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["person.id"], name=op.f("fk_handover_from_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_handover_to_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_handover_unit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_index(op.f("ix_handover_cluster_id_at"), "handover", ["cluster_id", "at"])
