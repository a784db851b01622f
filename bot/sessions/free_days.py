"""Days that a session could move to."""

import datetime as dt
from collections.abc import Collection, Iterator

from bot.workdays import Workdays

LOOK_AHEAD = 45  #: days; further away no offer makes sense


def free_days(
    near: dt.date,
    today: dt.date,
    workdays: Workdays,
    taken: Collection[dt.date],
    *,
    invite_days: int,
    count: int = 3,
) -> list[dt.date]:
    """The `count` free days nearest after `near`; before it only where there are too few later ones.

    Free: a working day, no other session of the cluster and none of the authority's fixed dates on it
    (`taken`), and enough working days left to invite.
    """
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
    enough_time = day > today and workdays.before(day, invite_days) > today
    return enough_time and workdays.is_workday(day) and day not in taken


def _outwards(near: dt.date) -> Iterator[dt.date]:
    """The weeks after `near`, then those before it: an earlier day leaves less time to invite."""
    for sign in (1, -1):
        for step in range(1, LOOK_AHEAD):
            yield near + dt.timedelta(days=sign * step)
