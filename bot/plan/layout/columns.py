"""Recognises the head row of a schedule table and what each column holds (data/vocabulary/columns.toml)."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache

from bot.plan.dates import expressions
from bot.resources import data_path
from bot.vocabulary import find_mentions, fold

_WHEN = {"date", "month", "week", "weekday"}
_WHAT = {"host", "content", "audience", "place"}
_MAX_HEAD = 70


@cache
def _heads() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw = tomllib.loads(data_path("vocabulary", "columns.toml").read_text(encoding="utf-8"))
    return tuple(
        (entry["kind"], re.compile("|".join(f"(?:{head})" for head in entry["heads"])))
        for entry in raw["column"]
    )


def kind_of(cell: str) -> str | None:
    """The kind of column that a head names, e.g. "host" for "Đơn vị đăng cai"; None if it is no known
    head.
    """
    text = fold(re.sub(r"\([^()]*\)", " ", cell)).strip(" .:;,*-")
    text = re.sub(r"\s*([/,])\s*", r"\1 ", text).replace("/ ", "/")
    if not text or len(text) > _MAX_HEAD or len(text.split()) > 10:
        return None
    for kind, pattern in _heads():
        if pattern.fullmatch(text):
            if kind == "date" and re.search(r"địa điểm|nơi|đơn vị|trường", text):
                return "date_host"
            if kind == "content" and "thành phần" in text:
                return "content_audience"
            return kind
    return None


def head_kinds(cells: Sequence[str]) -> list[str] | None:
    """The kinds of all columns if the row is the head of a schedule ("note" for unknown ones), else None."""
    kinds = [kind_of(cell) for cell in cells]
    known = {kind for kind in kinds if kind}
    when = known & _WHEN or known & {"date_host"}
    what = known & _WHAT or known & {"date_host", "content_audience"}
    if not when or not what or len(known) < 2:
        return None
    if sum(1 for kind in kinds if kind) < (sum(1 for cell in cells if cell.strip()) + 1) // 2:
        return None
    if any(raw.shape == "day" for cell in cells for raw in expressions.find(cell)):
        return None
    return [
        kind or ("role" if _is_role(cell) else "note" if cell.strip() else "")
        for kind, cell in zip(kinds, cells, strict=True)
    ]


def _is_role(cell: str) -> bool:
    """A column for one role ("HT", "GV cốt cán"): its cells hold a number or a tick."""
    mentions = find_mentions(cell)
    return len(mentions) == 1 and (mentions[0].start, mentions[0].end) == (0, len(cell.strip()))


def sub_head(cells: Sequence[str], kinds: Sequence[str]) -> list[str] | None:
    """A second head row under the first (Thời gian over Ngày and Giờ): the kinds with its own filled
    in, or None.
    """
    filled = [cell for cell in cells if cell.strip()]
    if not filled or any(re.search(r"\d", cell) for cell in filled) or any(len(cell) > 40 for cell in filled):
        return None
    below = [kind_of(cell) or ("role" if _is_role(cell) else None) for cell in cells]
    if sum(1 for kind in below if kind) < len(filled):
        return None
    return [new or old for new, old in zip(below, kinds, strict=False)]
