"""Who was told of a late change, and whether she has acknowledged it; two sessions that change days."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import BigId, Instant

revision = "0003"
down_revision = "0002"

_OPEN_MOVE = sa.text(
    "kind = 'move' AND attached_to IS NULL AND state IN ('offered', 'requested', 'countered')"
)


def upgrade() -> None:
    op.create_table(
        "acknowledgement",
        sa.Column("session_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("cluster_id", BigId, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.Date(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("known_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cluster_id"], ["cluster.id"], name=op.f("fk_acknowledgement_cluster_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_acknowledgement_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_acknowledgement_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_acknowledgement")),
    )
    op.create_table(
        "swap",
        sa.Column("request_id", BigId, nullable=False),
        sa.Column("other_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"], ["request.id"], name=op.f("fk_swap_other_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_swap_request_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_swap")),
        sa.UniqueConstraint("other_id", name=op.f("uq_swap_other_id")),
    )
    op.drop_index("uq_request_open", table_name="request")
    op.create_index(
        "uq_request_open",
        "request",
        ["session_id"],
        unique=True,
        sqlite_where=_OPEN_MOVE,
        postgresql_where=_OPEN_MOVE,
    )
