"""Who is not reminded of a session, and who is told through her school."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import BigId, Instant

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "mute",
        sa.Column("session_id", BigId, nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_mute_session_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mute_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "person_id", name=op.f("pk_mute")),
    )
    op.create_table(
        "relay",
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_relay_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_relay")),
    )
