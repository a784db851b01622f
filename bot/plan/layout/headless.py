"""Guesses the columns of a table without a head from what its cells hold."""

from collections.abc import Sequence

from bot.plan.dates import expressions
from bot.plan.document import Row
from bot.plan.schools.names import name_of
from bot.vocabulary import find_mentions


def guess_kinds(rows: Sequence[Row]) -> list[str] | None:
    """Kinds of the columns where one column is mostly days and another mostly schools or audiences,
    else None.
    """
    width = max((len(row.cells) for row in rows), default=0)
    if width < 3 or not 2 <= len(rows) <= 500:
        return None
    columns = [
        [row.cells[i].strip() for row in rows if i < len(row.cells) and row.cells[i].strip()]
        for i in range(width)
    ]
    kinds = [_kind(column, len(rows)) for column in columns]
    if "date" not in kinds or not {"host", "audience"} & set(kinds):
        return None
    lengths = [
        sum(map(len, column)) if kind == "note" else -1 for column, kind in zip(columns, kinds, strict=True)
    ]
    if max(lengths) > 0:
        kinds[lengths.index(max(lengths))] = "content"
    return kinds


def _kind(column: Sequence[str], rows: int) -> str:
    if len(column) < max(2, rows // 2):
        return "note"
    share = len(column) * 0.7

    def count(test: object) -> int:
        return sum(1 for cell in column if callable(test) and test(cell))

    if count(str.isdigit) >= share and count(lambda cell: len(cell) <= 2) >= share:
        return "index"
    if (
        count(
            lambda cell: (
                len(cell) < 60 and any(raw.shape in ("day", "range") for raw in expressions.find(cell))
            )
        )
        >= share
    ):
        return "date"
    if count(lambda cell: bool(find_mentions(cell)) and find_mentions(cell)[0].start < 15) >= share:
        return "audience"
    if count(lambda cell: name_of(cell) is not None) >= share:
        return "host"
    return "note"


def _is_day(cell: str) -> bool:
    return len(cell) < 60 and any(raw.shape in ("day", "range") for raw in expressions.find(cell))
