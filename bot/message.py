"""The neutral message: what is said, before any channel draws it.

`text` is the HTML subset that Telegram knows (<b> <i> <u> <s> <code> <a href>), everything else
escaped.  A channel without markup shows `plain(text)`.
"""

import html
import re
from dataclasses import dataclass
from enum import StrEnum

TOKEN_LIMIT = 64  #: bytes in a button's token (Bot API: callback_data 1-64 bytes)

_TAG = re.compile(r"</?(?:b|i|u|s|code|pre|a|blockquote)(?:\s[^<>]*)?>")


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to press.  Exactly one of `token` (comes back when pressed) and `url` is set."""

    label: str
    token: str = ""
    url: str | None = None

    def __post_init__(self) -> None:
        if bool(self.token) == bool(self.url):
            raise ValueError("a button has either a token or an address")
        if len(self.token.encode()) > TOKEN_LIMIT:
            raise ValueError(f"a button's token has at most {TOKEN_LIMIT} bytes: {self.token!r}")


@dataclass(frozen=True, slots=True)
class Document:
    """A file that goes with a message."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


class Pin(StrEnum):
    """How a message is kept on top of its group."""

    NEW = "new"  #: where it is sent; where it is only drawn anew it stays as it is
    ALWAYS = "always"  #: also where it is drawn anew


@dataclass(frozen=True, slots=True)
class Message:
    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    documents: tuple[Document, ...] = ()
    pin: Pin | None = None  #: with one it comes without a sound


def escape(text: str) -> str:
    """Text that a person typed, safe inside `Message.text`."""
    return html.escape(text, quote=False)


def plain(text: str) -> str:
    """`Message.text` without markup, for a channel or a screen that has none."""
    return html.unescape(_TAG.sub("", text))


def utf16_length(text: str) -> int:
    """Length as the chat services count it (Bot API: UTF-16 code units, after entities are parsed)."""
    return len(text.encode("utf-16-le")) // 2
