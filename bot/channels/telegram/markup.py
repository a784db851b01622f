"""The neutral message drawn for Telegram: inline keyboards, and texts cut to what one message holds."""

import re
from collections.abc import Iterator
from functools import lru_cache

import orjson

from bot.message import Button, Message, plain, utf16_length

TEXT_LIMIT = 4096  #: UTF-16 units after entities are parsed (Bot API, sendMessage)
ROW_LIMIT = 8
BUTTON_LIMIT = 100
#: Letters of a label beside so many others that a phone still shows: a client writes it on one line and cuts
#: the rest, so that two of “Phó hiệu trưởng phụ trách …” cannot be told apart.
_BESIDE = {1: 22, 2: 13}

_TOKEN = re.compile(r"<(/?)(\w+)([^<>]*)>|&[#\w]+;|\s+|[^\s<>&]+|[<>&]")


_KEYBOARDS = 256  #: kept: what everybody of a session is told has mostly the same buttons


def keyboard(message: Message) -> str | None:
    """The buttons as `reply_markup`, at most 8 in a row and 100 in all (Telegram refuses more)."""
    return _drawn(message.rows)


@lru_cache(_KEYBOARDS)
def _drawn(given: tuple[tuple[Button, ...], ...]) -> str | None:
    rows = [
        [_button(one) for one in part[start : start + ROW_LIMIT]]
        for row in given
        for part in _readable(row)
        for start in range(0, len(part), ROW_LIMIT)
    ]
    kept: list[list[dict[str, str]]] = []
    for row in rows:
        if sum(map(len, kept)) + len(row) > BUTTON_LIMIT:
            break
        kept.append(row)
    return orjson.dumps({"inline_keyboard": kept}).decode() if kept else None


def _readable(row: tuple[Button, ...]) -> Iterator[tuple[Button, ...]]:
    """The row, or its buttons in pairs, or each alone: as many side by side as can be read."""
    if len(row) > 2 and not _fits(row):
        for start in range(0, len(row), 2):
            yield from _readable(row[start : start + 2])
    elif _fits(row):
        yield row
    else:
        yield from ((one,) for one in row)


def _fits(row: tuple[Button, ...]) -> bool:
    room = _BESIDE.get(len(row) - 1)
    return room is None or all(len(one.label) <= room for one in row)


def _button(one: Button) -> dict[str, str]:
    if one.url is not None:
        return {"text": one.label, "url": one.url}
    return {"text": one.label, "callback_data": one.token}


def parts(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """The text in pieces that each fit into one message, cut between paragraphs where that is possible,
    else between lines, else between words.  Markup that a cut would break is closed and opened again."""
    if utf16_length(text) <= limit or utf16_length(plain(text)) <= limit:
        return [text]
    for separator in ("\n\n", "\n"):
        pieces = text.split(separator)
        if len(pieces) > 1 and all(_whole(piece, limit) for piece in pieces):
            return list(_packed(pieces, separator, limit))
    return list(_cut(text, limit))


def _whole(piece: str, limit: int) -> bool:
    """Fits, and its markup is closed within it."""
    opened = 0
    for match in re.finditer(r"<(/?)\w+[^<>]*>", piece):
        opened += -1 if match[1] else 1
        if opened < 0:
            return False
    return opened == 0 and utf16_length(plain(piece)) <= limit


def _packed(pieces: list[str], separator: str, limit: int) -> Iterator[str]:
    held: list[str] = []
    for piece in pieces:
        if held and utf16_length(plain(separator.join([*held, piece]))) > limit:
            yield separator.join(held)
            held = []
        held.append(piece)
    if held:
        yield separator.join(held)


def _cut(text: str, limit: int) -> Iterator[str]:
    """Between words, or within a word that is too long by itself."""
    out: list[str] = []
    length = 0
    opened: list[tuple[str, str]] = []  # (name, the whole opening tag)
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if match[2]:
            out.append(piece)
            if not match[1]:
                opened.append((match[2], piece))
            elif opened:
                opened.pop()
            continue
        for bit in _bits(piece, limit):
            size = utf16_length(plain(bit))
            if length + size > limit:
                yield "".join(out).rstrip() + "".join(f"</{name}>" for name, _ in reversed(opened))
                out = [tag for _, tag in opened]
                length = 0
                if bit.isspace():
                    continue
            out.append(bit)
            length += size
    if length:
        yield "".join(out) + "".join(f"</{name}>" for name, _ in reversed(opened))


def _bits(piece: str, limit: int) -> Iterator[str]:
    if utf16_length(piece) <= limit:
        yield piece
        return
    half = limit // 2  # a letter has at most two units
    for start in range(0, len(piece), half):
        yield piece[start : start + half]
