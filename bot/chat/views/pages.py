"""A long text in pages: no message is a wall, and none is cut by a channel."""

from collections.abc import Sequence

from bot.message import plain, utf16_length

PAGE = 1700  #: UTF-16 units; the strictest channel takes 2,000


def pages(blocks: Sequence[str], limit: int = PAGE) -> list[str]:
    """Blocks put together to pages, none of them divided.  At least one page."""
    made: list[str] = []
    for block in blocks:
        joined = f"{made[-1]}\n\n{block}" if made else block
        if made and utf16_length(plain(joined)) <= limit:
            made[-1] = joined
        else:
            made.append(block)
    return made or [""]


def shorten(text: str, limit: int) -> str:
    """The beginning of a text, cut between words."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;.") + "…"
