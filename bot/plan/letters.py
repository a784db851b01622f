"""The letters of Vietnamese, for regular expressions: a range such as À-Ỹ mixes capitals and small
letters.
"""

_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
LOWER = "a-z" + _MARKED
UPPER = "A-Z" + _MARKED.upper()


def letters(pattern: str) -> str:
    """A regular expression with <U> and <L> inside its character classes replaced by capitals and
    small letters.
    """
    return pattern.replace("<U>", UPPER).replace("<L>", LOWER)
