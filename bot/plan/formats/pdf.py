"""PDF with a text layer."""

from bot.plan.document import Document
from bot.plan.limits import damaged


def read(content: bytes) -> Document:
    """Raises BadInputError for a scan, a damaged or an over-long file."""
    raise damaged("PDF", "not yet")
