"""Abbreviations written out, for cooks and for the authority (needs 17 and 18)."""

import re
import tomllib
from functools import cache

from bot.resources import data_path


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    with data_path("texts", "abbreviations.toml").open("rb") as file:
        words: dict[str, str] = tomllib.load(file)["written_out"]
    longest_first = sorted(words, key=len, reverse=True)
    pattern = "|".join(re.escape(word) for word in longest_first)
    return re.compile(rf"(?<![\w&])(?:{pattern})(?![\w&])"), words


def spell_out(text: str) -> str:
    """ "HT, PHTCM các trường" -> "Hiệu trưởng, Phó hiệu trưởng phụ trách chuyên môn các trường"."""
    pattern, words = _table()
    return pattern.sub(lambda found: words[found.group()], text)
