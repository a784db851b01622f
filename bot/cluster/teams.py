"""Which team a qualifier means: "TTCM mẫu giáo", "GV dạy lớp 5 tuổi", "TTCM các tổ"."""

import re

from bot.vocabulary import qualifier_words, strip_marks

#: Words that name no team of their own.
_FILLER = frozenset(
    {"to", "khoi", "lop", "day", "phu", "trach", "cm", "chuyen", "mon", "truong", "nhom", "o"}
)
_ALL = re.compile(
    r"^(?:cac|tat ca|toan|toan the|moi|nhung)(?: cac)?(?: (?:to|khoi|nhom|lop|truong|bo mon|chuyen mon))*$"
)
_SEPARATOR = re.compile(r"[,;/+&]|\bva\b|\bhoac\b")


def names_every_team(qualifier: str | None) -> bool:
    """None, "các tổ", "các khối", "tất cả": no team is singled out."""
    return not qualifier or _ALL.match(_plain(qualifier)) is not None


def team_fits(asked: str | None, held: str | None) -> bool:
    """Whether somebody who holds a post in team `held` is meant by team `asked`.

    "mẫu giáo" means "mẫu giáo lớn" too; of "khối 4, 5" either will do.  A post without a team does not fit
    a named one: the roster does not say, and nothing is guessed.
    """
    if names_every_team(asked):
        return True
    if not held:
        return False
    held_parts = _parts(held)
    return any(want <= have for want in _parts(asked or "") for have in held_parts)


def _parts(qualifier: str) -> list[frozenset[str]]:
    parts = (frozenset(part.split()) - _FILLER for part in _SEPARATOR.split(_plain(qualifier)))
    return [part for part in parts if part] or [frozenset(_plain(qualifier).split())]


def _plain(qualifier: str) -> str:
    written_out = (qualifier_words().get(word, word) for word in qualifier.split())
    return " ".join(strip_marks(" ".join(written_out)).split())
