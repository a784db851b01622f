"""Who goes: whom a school's head named, and who in the roster goes instead of whom."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import BigId, Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "nomination",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("cluster_id", BigId, nullable=False),
        sa.Column("session_id", BigId, nullable=False),
        sa.Column("unit_id", BigId, nullable=False),
        sa.Column("part", sa.String(length=160), nullable=False),
        sa.Column("person_ids", sa.JSON(), nullable=False),
        sa.Column("named_by", BigId, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id"], ["cluster.id"], name=op.f("fk_nomination_cluster_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["named_by"], ["person.id"], name=op.f("fk_nomination_named_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_nomination_session_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_nomination_unit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
        sa.UniqueConstraint(
            "session_id", "unit_id", "part", name=op.f("uq_nomination_session_id_unit_id_part")
        ),
    )
    with op.batch_alter_table("answer") as answer:
        answer.add_column(sa.Column("substitute_id", BigId, nullable=True))
        answer.create_foreign_key(
            op.f("fk_answer_substitute_id"), "person", ["substitute_id"], ["id"], ondelete="SET NULL"
        )
