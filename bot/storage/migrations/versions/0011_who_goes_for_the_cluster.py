"""Who goes for the whole cluster: whom its lead named, which no single school says."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import BigId

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    with op.batch_alter_table("nomination") as nomination:
        nomination.alter_column("unit_id", existing_type=BigId, nullable=True)
    cluster = sa.text("unit_id IS NULL")
    op.create_index(
        "uq_nomination_of_cluster",
        "nomination",
        ["session_id", "part"],
        unique=True,
        sqlite_where=cluster,
        postgresql_where=cluster,
    )
