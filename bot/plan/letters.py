"""The letters of Vietnamese, for regular expressions: a range such as À-Ỹ mixes capitals and small
letters.
"""

import re

_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
LOWER = "a-z" + _MARKED
UPPER = "A-Z" + _MARKED.upper()


_COLUMNS = re.compile(r"\t|\s{3,}|\n|\s*\|\s*")


def columns_of(line: str) -> list[str]:
    """What stands side by side on one line of a letterhead or a signature, whatever keeps it apart."""
    return [part.strip(" *_") for part in _COLUMNS.split(line) if part.strip(" *_")]


def letters(pattern: str) -> str:
    """A regular expression with <U> and <L> inside its character classes replaced by capitals and
    small letters.
    """
    return pattern.replace("<U>", UPPER).replace("<L>", LOWER)
