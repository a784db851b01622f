"""What a person typed, made fit for a file: no control characters, bounded; and names of files."""

import re

from bot.vocabulary import strip_marks

LONGEST = 4000  #: letters of one field in a paper

#: XML 1.0 (Char) and RFC 5545 (CONTROL) take no control characters but tab and line ends; U+2028 and U+2029
#: end a line for some readers.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n|\r|\u2028|\u2029")


def clean(text: str | None, limit: int = LONGEST) -> str:
    """Fit for any file, lines kept.  Longer than `limit` is cut, visibly."""
    plain = _CONTROL.sub("", _LINE_END.sub("\n", text or "")).strip()
    return plain if len(plain) <= limit else plain[:limit].rstrip() + "…"


def one_line(text: str | None, limit: int = LONGEST) -> str:
    """Fit for any file, in one line."""
    return clean(" ".join(clean(text, limit).split()), limit)


def lines(text: str | None) -> tuple[str, ...]:
    """The lines that hold something."""
    return tuple(" ".join(line.split()) for line in clean(text).split("\n") if line.strip())


def file_name(*words: str, ending: str) -> str:
    """ASCII, for every phone and every disk: ("Giấy mời", "B3") -> "giay-moi-b3.docx"."""
    plain = strip_marks(" ".join(words)).casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80] + "." + ending
