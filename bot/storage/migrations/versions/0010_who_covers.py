"""Who covers for those who go, and which schools settle that by themselves."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import BigId, Instant

revision = "0010"
down_revision = "0009"

_LIVE = sa.text("state != 'closed'")
_TAKEN = sa.text("state IN ('asked', 'accepted', 'paused')")


def upgrade() -> None:
    op.create_table(
        "cover",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("cluster_id", BigId, nullable=False),
        sa.Column("session_id", BigId, nullable=False),
        sa.Column("absent_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=True),
        sa.Column("name", sa.String(length=120), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("date_revision", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("named_by", BigId, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'accepted', 'declined', 'word', 'not_needed', 'paused', 'closed')",
            name=op.f("ck_cover_state"),
        ),
        sa.ForeignKeyConstraint(
            ["cluster_id"], ["cluster.id"], name=op.f("fk_cover_cluster_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_cover_session_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["absent_id"], ["person.id"], name=op.f("fk_cover_absent_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_cover_person_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["named_by"], ["person.id"], name=op.f("fk_cover_named_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover")),
    )
    for name, column, where in (
        ("uq_cover_live", "absent_id", _LIVE),
        ("uq_cover_taken", "person_id", _TAKEN),
    ):
        op.create_index(
            name,
            "cover",
            ["session_id", column],
            unique=True,
            sqlite_where=where,
            postgresql_where=where,
        )
    op.create_table(
        "cover_off",
        sa.Column("unit_id", BigId, nullable=False),
        sa.Column("by", BigId, nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_cover_off_unit_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_cover_off_by"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_cover_off")),
    )
