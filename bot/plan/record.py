"""One session as the document's own words, before any of them is understood."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """`when` is the date column (or all columns that tell the time, joined); None = the document has no
    such part.

    `month` and `week` are the texts of columns or headings that apply; `carried` is true where the date
    was taken
    from the row above because the cell is empty.
    """

    line: int
    when: str = ""
    month: str = ""
    week: str = ""
    host: str | None = None
    place: str | None = None
    content: str | None = None
    audience: str | None = None
    notes: str | None = None
    carried: bool = False
    old: str | None = None  #: the day that a change replaces
