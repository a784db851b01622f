"""The daily tidying of the database, in steps that are short; how far it has come is a row (invariant 1)."""

import datetime as dt

from bot.flows.people.scarce import tell_scarce
from bot.flows.work import Work

FACT = "housekeeping"


def keep_house(work: Work) -> None:
    """One step, where one is due: rows that are long over go to the archive, `batch` of them are looked at.

    After the last of them what has expired is dropped, who must know it is told which Zalo bot runs out of
    messages, and the next run is due tomorrow.
    """
    due, after = _stands(work)
    if due > work.now:
        return
    rules = work.office.policy.housekeeping
    before = work.now - dt.timedelta(days=rules.archive_after_days)
    last = work.upkeep.archive(after, rules.batch, before, work.office.today(before))
    if last is None:
        work.upkeep.tidy(work.now)
        tell_scarce(work)
        due, last = _tomorrow(work), 0
    work.talks.put_fact(FACT, {"due": due.isoformat(), "after": last}, work.now)


def next_step(work: Work) -> dt.datetime:
    """When `keep_house` has something to do."""
    return _stands(work)[0]


def _stands(work: Work) -> tuple[dt.datetime, int]:
    """When the next step is due, and the last row that was looked at.  Never run: now."""
    noted = work.talks.fact(FACT)
    if noted is None:
        return work.now, 0
    due = dt.datetime.fromisoformat(noted[0]["due"])
    # A clock that was set back far must not put it off for ever.
    return min(due, _tomorrow(work)), int(noted[0]["after"])


def _tomorrow(work: Work) -> dt.datetime:
    hour = work.office.policy.housekeeping.hour
    day = work.today + dt.timedelta(days=1)
    return dt.datetime.combine(day, hour, work.office.tz).astimezone(dt.UTC)
