"""On which channel the schools of the demo are: every second one on Zalo, as far as its bots have room."""

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.channels.zalo.client import bot_key
from bot.cluster.people import Person, Unit, UnitKind
from bot.demo.zaloapi import ZaloBot
from bot.flows.people.bots import Bot, spread


def zalo_schools(
    units: Sequence[Unit], people: Iterable[Person], bots: Sequence[ZaloBot]
) -> dict[int, ZaloBot]:
    """By unit the bot that its people open.  Authorities, and a school too large for any bot, stay away."""
    count = Counter(person.unit_id for person in people)
    by_key = {bot_key(bot.token): bot for bot in bots}
    largest = max((bot.plan.people or 0 for bot in bots), default=0)
    every_second = [unit.id for unit in units if unit.kind is UnitKind.SCHOOL][1::2]
    schools = [unit for unit in every_second if count[unit] <= largest]
    chosen = spread([Bot(key, bot.name, "", 0) for key, bot in by_key.items()], schools, count, {})
    room = {key: bot.plan.people or 0 for key, bot in by_key.items()}
    homes: dict[int, ZaloBot] = {}
    for unit, bot in chosen.items():
        if bot is not None and count[unit] <= room[bot.key]:
            room[bot.key] -= count[unit]
            homes[unit] = by_key[bot.key]
    return homes
