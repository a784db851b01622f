"""Finds the sessions of a document in whatever layout it has; each layout gives records of texts."""

from collections.abc import Sequence

from bot.plan.dates import expressions
from bot.plan.document import Document, Paragraph, Table
from bot.plan.layout.columns import head_kinds
from bot.plan.layout.headless import guess_kinds
from bot.plan.layout.items import find_items
from bot.plan.layout.labels import find_labelled
from bot.plan.layout.lines import find_tables
from bot.plan.layout.rows import records
from bot.plan.layout.stacked import find_stacked
from bot.plan.record import Record


def find_records(document: Document, schools: Sequence[str]) -> list[Record]:
    """The sessions of the document.  Tables are believed first, then stacked cells, labelled blocks,
    lines.
    """
    blocks = find_tables(document.blocks)
    found = _from_tables([block for block in blocks if isinstance(block, Table)])
    if found:
        return found
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    stacked = find_stacked(paragraphs)
    if stacked is not None:
        kinds = head_kinds(stacked.rows[0].cells) or []
        found = records(stacked.rows[1:], kinds, ruled=True)
        if found:
            return found
    flat = list(document.fragments())
    labelled = find_labelled(flat)
    items = find_items(flat, schools)
    return labelled if labelled and _told(labelled) >= _told(items) else items


def _told(found: Sequence[Record]) -> int:
    """How much the records of one layout say; a layout that fits the text says most."""
    return sum(1 + bool(r.host or r.place) + bool(r.content) + bool(r.audience) for r in found)


def table_records(document: Document) -> list[Record]:
    """The rows of the document's tables alone."""
    return _from_tables([block for block in find_tables(document.blocks) if isinstance(block, Table)])


def _from_tables(tables: Sequence[Table]) -> list[Record]:
    found: list[Record] = []
    kinds: list[str] | None = None
    for table in tables:
        head = next(((at, k) for at, row in enumerate(table.rows[:6]) if (k := head_kinds(row.cells))), None)
        if head is not None:
            at, kinds = head
            words = table.rows[at].cells
            found.extend(records(table.rows[at + 1 :], kinds, ruled=table.ruled, head=words))
        elif kinds is not None and _goes_on(table, kinds):
            found.extend(records(table.rows, kinds, ruled=table.ruled))
        elif guessed := guess_kinds(table.rows):
            found.extend(records(table.rows, guessed, ruled=table.ruled))
    return found


def _goes_on(table: Table, kinds: Sequence[str]) -> bool:
    """Whether a table without a head carries on the schedule above: as wide, with a day in its column
    of days.
    """
    days = [at for at, kind in enumerate(kinds) if kind in ("date", "date_host", "month")]
    return all(len(row.cells) == len(kinds) for row in table.rows) and any(
        expressions.find(row.cells[at]) or row.cells[at].strip().isdigit()
        for row in table.rows
        for at in days
    )
