"""What of each Zalo bot's free plan is used: 50 people, 3000 messages a month, warned about at 80 %."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.flows.people.bots import ZALO_PEOPLE, Bot, zalo_bots
from bot.flows.work import Work
from bot.outbox.reports import Used

MONTH_LIMIT = 3000  #: messages of a free bot
WARN_AT = 0.8


def use_of_bots(work: Work) -> list[str]:
    """A line for each bot, for the operator and the lead."""
    return [line for line, _ in _lines(work)]


def scarce_bots(work: Work) -> list[str]:
    """The lines of those that have little left."""
    return [line for line, scarce in _lines(work) if scarce]


def mark(used: Used) -> str:
    """ "all" where the service takes no more this month, "most" from 80 % on, else ""."""
    if used.used_up:
        return "all"
    return "most" if used.sent >= MONTH_LIMIT * WARN_AT else ""


def _lines(work: Work) -> Iterator[tuple[str, bool]]:
    """Each bot's line, and whether it has a remark."""
    local = work.now.astimezone(work.office.tz)
    month = month_of(work.now, work.office.tz)
    for bot in zalo_bots(work):
        used = work.reports.used(bot.key, month)
        line = (
            f"Zalo, bot {bot.name}: {bot.people}/{ZALO_PEOPLE} người, "
            f"{used.sent}/{MONTH_LIMIT} tin tháng {local.month}"
        )
        remarks = ", ".join(_remarks(bot, used))
        yield (f"{line} ({remarks})", True) if remarks else (line, False)


def _remarks(bot: Bot, used: Used) -> Iterator[str]:
    if mark(used):
        yield "đã hết tin của tháng" if used.used_up else "sắp hết tin"
    if not bot.room:
        yield "đủ người"
    elif bot.people >= ZALO_PEOPLE * WARN_AT:
        yield "sắp đủ người"


def month_of(now: dt.datetime, tz: ZoneInfo) -> str:
    """The calendar month in this installation's time zone: "2023-11"."""
    return f"{now.astimezone(tz):%Y-%m}"
