"""What all tables share.  Every constraint has a name, so that a migration can find it on both engines."""

from sqlalchemy import Column, ForeignKey, MetaData

from bot.storage.types import BigId

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def row_id() -> Column[int]:
    return Column("id", BigId, primary_key=True, autoincrement=True)


def of_cluster() -> Column[int]:
    return Column("cluster_id", BigId, ForeignKey("cluster.id", ondelete="CASCADE"), nullable=False)
