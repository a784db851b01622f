"""The neutral message drawn for Zalo: plain text, its buttons as a numbered list, cut to 2000 units."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.channels.zalo.files import content_as_text
from bot.message import Message, plain, utf16_length

TEXT_LIMIT = 2000  #: UTF-16 units (sendMessage)
HEADING = "Trả lời bằng số:"

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
#: There is nothing to press here.
_WORDS = (
    ("bấm nút bên dưới", "gõ số tương ứng bên dưới"),
    ("bấm chọn", "gõ số để chọn"),
    ("Bấm chọn", "Gõ số để chọn"),
    ("bấm", "chọn"),
    ("Bấm", "Chọn"),
    ("Nút này", "Lựa chọn này"),
)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose by its number, counted from 1."""

    label: str
    token: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """`texts` each fit into one message; the list stands in the last of them."""

    texts: tuple[str, ...]
    options: tuple[Option, ...]


def draw(message: Message, *, heading: str = HEADING, limit: int = TEXT_LIMIT) -> Drawn:
    buttons = [one for row in message.rows for one in row]
    options = tuple(Option(one.label, one.token) for one in buttons if one.token)
    blocks = [without_markup(message.text), *map(content_as_text, message.documents)]
    links = [f"{one.label}: {one.url}" for one in buttons if one.url]
    numbered = [f"{number}. {one.label}" for number, one in enumerate(options, 1)]
    if links:
        blocks.append("\n".join(links))
    if numbered:
        blocks.append("\n".join([heading, *numbered]))
    return Drawn(tuple(parts("\n\n".join(one for one in blocks if one.strip()), limit)), options)


def without_markup(text: str) -> str:
    """As a person reads it: no tags, the address of a link in brackets behind its words."""
    text = plain(_LINK.sub(_shown_link, text)).strip()
    for pressed, typed in _WORDS:
        text = text.replace(pressed, typed)
    return text


def _shown_link(found: re.Match[str]) -> str:
    address, words = found[1], found[2]
    return words if plain(words) == plain(address) else f"{words} ({address})"


def parts(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """The text in pieces that each fit, cut between paragraphs where possible, else lines, else words."""
    if not text.strip():
        return []
    return list(_packed(text, limit, ("\n\n", "\n", " ")))


def _packed(text: str, limit: int, separators: tuple[str, ...]) -> Iterator[str]:
    if utf16_length(text) <= limit:
        yield text
        return
    if not separators:
        yield from _cut(text, limit)
        return
    separator, finer = separators[0], separators[1:]
    held = ""
    for piece in text.split(separator):
        joined = held + separator + piece if held else piece
        if utf16_length(joined) <= limit:
            held = joined
            continue
        if held.strip():
            yield held
        *whole, held = _packed(piece, limit, finer)
        yield from whole
    if held.strip():
        yield held


def _cut(text: str, limit: int) -> Iterator[str]:
    """Within a word that is too long by itself; never within a letter."""
    half = limit // 2  # a letter has at most two units
    for start in range(0, len(text), half):
        yield text[start : start + half]
