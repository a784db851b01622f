"""Which school year a session belongs to: by its day, so that a cluster's years stand beside each other."""

import datetime as dt
import re

from bot.sessions.session import Session

_YEAR = re.compile(r"(\d{4})-\d{4}")
FIRST_MONTH = 8  #: a school year begins in August


def span(school_year: str) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of "2023-2024"; None for words that name no year."""
    found = _YEAR.fullmatch(school_year)
    if found is None:
        return None
    first = int(found.group(1))
    return dt.date(first, FIRST_MONTH, 1), dt.date(first + 1, FIRST_MONTH, 1) - dt.timedelta(days=1)


def stands_in(session: Session, school_year: str, present: str) -> bool:
    """Whether a session belongs to `school_year`; `present` is the year in which the cluster is now.

    One without a day or a window belongs to the present year.  What the present year's plan sets for the next
    summer's end stays with it: nothing later is known yet.
    """
    days = span(school_year)
    first = session.date or (session.window[0] if session.window else None)
    if days is None:
        return True
    if first is None:
        return school_year == present
    return first >= days[0] and (school_year >= present or first <= days[1])


def begins_anew(known: str, read: str | None) -> bool:
    """Whether a plan of the year `read` begins a new year for a cluster that is in the year `known`."""
    return read is not None and span(read) is not None and span(known) is not None and read > known
