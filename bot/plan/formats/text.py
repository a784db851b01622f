"""Plain text and Markdown: one paragraph a line, marks of Markdown taken off."""

import html
import re

from bot.plan import limits
from bot.plan.document import Document, Paragraph
from bot.plan.unicode_text import clean, decode, repair_fonts

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|p|strong|em|center|div|span|font|sub|sup)\b[^<>]{0,200}>", re.IGNORECASE)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
_BOLD = re.compile(r"\*\*|__(?=\w)|(?<=\w)__|(?<![\w*])\*(?=\S)|(?<=[^\s*])\*(?![\w*])|`")
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u20e3]")
_LEADING = re.compile(rf"^\s*(?:{_EMOJI.pattern}\s*)+(?=\S)")  #: it stands for a bullet
_QUOTE = re.compile(r"^\s*>\s?")


def read(content: bytes) -> Document:
    """Decodes the bytes and gives one paragraph a line.  Raises BadInputError."""
    text, encoding = decode(content)
    return from_text(text, (f"converted_{encoding}",) if encoding else ())


def from_text(text: str, remarks: tuple[str, ...] = ()) -> Document:
    """A text already decoded, e.g. pasted into a chat."""
    if len(text) > limits.MAX_CHARACTERS:
        raise limits.too_long("text over the character limit")
    lines = re.split(r"\r\n|\r|\n|\f|\x0b|\x85|\u2028|\u2029", text)
    if len(lines) > limits.MAX_PARAGRAPHS:
        raise limits.too_long("text over the line limit")
    lines, encoding = repair_fonts(lines)
    if encoding:
        remarks = (*remarks, f"converted_{encoding}")
    blocks = []
    for number, line in enumerate(lines, start=1):
        if len(line) > limits.MAX_LINE_CHARACTERS:
            raise limits.too_long("a line over the character limit")
        plain = _unmark(clean(line))
        blocks.append(Paragraph(plain, number))
    return Document(tuple(blocks), remarks)


def _unmark(line: str) -> str:
    line = _EMOJI.sub("", _LEADING.sub("- ", _QUOTE.sub("", _HEADING.sub("", line))))
    if "<" in line:
        line = _TAG.sub("", _BREAK.sub("\n", line))
    if "&" in line:
        line = html.unescape(line).replace("\u00a0", " ")
    if "*" in line or "_" in line or "`" in line:
        bullet = re.match(r"^\s*\*\s+", line)
        head, rest = (line[: bullet.end()], line[bullet.end() :]) if bullet else ("", line)
        line = head + _BOLD.sub("", rest)
    return line.replace("\\|", "/").rstrip()
