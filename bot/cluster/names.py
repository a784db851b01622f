"""Names of clusters and schools, compared the way people write them."""

import re
import unicodedata

_CLUSTER_WORD = re.compile(r"^cụm(?:\s+(?:trường|chuyên môn|sinh hoạt chuyên môn))?\s+", re.IGNORECASE)


def tidy(text: str) -> str:
    """Composed letters, single spaces, no control characters, nothing around."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(" " if unicodedata.category(ch) in ("Cc", "Cf", "Zl", "Zp") else ch for ch in composed)
    return " ".join(visible.split())


def without_cluster_word(name: str) -> str:
    """Of "Cụm trường An Tiến" the name is "An Tiến"."""
    name = tidy(name)
    return _CLUSTER_WORD.sub("", name) or name


def same_cluster_name(one: str, other: str) -> bool:
    return without_cluster_word(one).casefold() == without_cluster_word(other).casefold()
