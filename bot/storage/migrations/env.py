"""Alembic's entry: runs the revisions on the connection that `bot.storage.migrate` gives."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from bot.storage.tables import metadata
from bot.storage.types import BigId, Instant


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Our column types by their names, so that a revision means the same on both engines."""
    if kind != "type":
        return False
    if isinstance(item, Instant):
        autogen.imports.add("from bot.storage.types import Instant")
        return "Instant()"
    if item is BigId or repr(item) == repr(BigId):
        autogen.imports.add("from bot.storage.types import BigId")
        return "BigId"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # on SQLite too: `bot.storage.engine` begins every transaction itself
    render_as_batch=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
