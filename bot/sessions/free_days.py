"""Days that a session could move to."""

import datetime as dt
from collections.abc import Collection, Iterator
from enum import StrEnum

from bot.workdays import Workdays

LOOK_AHEAD = 45  #: days; further away no offer makes sense


class Standing(StrEnum):
    """What speaks against a day; the first that holds."""

    PAST = "past"  #: or today
    TAKEN = "taken"  #: another session of the cluster, or one of the authority's fixed dates
    REST = "rest"  #: Saturday, Sunday, a day off
    SOON = "soon"  #: not enough working days left to invite
    FREE = "free"


def free_days(
    near: dt.date,
    today: dt.date,
    workdays: Workdays,
    taken: Collection[dt.date],
    *,
    invite_days: int,
    count: int = 3,
) -> list[dt.date]:
    """The `count` free days nearest after `near`; before it only where there are too few later ones."""
    found: list[dt.date] = []
    for day in _outwards(near):
        if is_free(day, today, workdays, taken, invite_days=invite_days) and day != near:
            found.append(day)
            if len(found) == count:
                break
    return sorted(found)


def is_free(
    day: dt.date, today: dt.date, workdays: Workdays, taken: Collection[dt.date], *, invite_days: int
) -> bool:
    return standing(day, today, workdays, taken, invite_days=invite_days) is Standing.FREE


def standing(
    day: dt.date, today: dt.date, workdays: Workdays, taken: Collection[dt.date], *, invite_days: int
) -> Standing:
    """A day is free where it is a working day, not in `taken`, and leaves enough working days to invite."""
    if day <= today:
        return Standing.PAST
    if day in taken:
        return Standing.TAKEN
    if not workdays.is_workday(day):
        return Standing.REST
    return Standing.FREE if workdays.before(day, invite_days) > today else Standing.SOON


def _outwards(near: dt.date) -> Iterator[dt.date]:
    """The weeks after `near`, then those before it: an earlier day leaves less time to invite."""
    for sign in (1, -1):
        for step in range(1, LOOK_AHEAD):
            yield near + dt.timedelta(days=sign * step)
