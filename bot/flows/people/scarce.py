"""A Zalo bot runs out of its month's messages: lead and clerk hear it before people hear nothing."""

from bot.cluster.addressing import address as address_of
from bot.cluster.people import Person
from bot.cluster.rights import managers
from bot.flows.people.bot_use import MONTH_LIMIT, mark, month_of
from bot.flows.people.bots import ZALO, on_bot
from bot.flows.planning import say_to_people
from bot.flows.scene import Scene
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.notices.saying.subject import Section
from bot.notices.wording import text
from bot.outbox.port import Claimed, Dropped, State


def tell_scarce(work: Work) -> None:
    """Each bot at 80 % of its messages, and where the service has refused more: told once a month each.

    May run as often as one likes; it is part of the daily tidying.
    """
    month = month_of(work.now, work.office.tz)
    fact = work.talks.fact(ZALO)
    for bot in fact[0] if fact else ():
        reached = mark(work.reports.used(bot["key"], month))
        if not reached:
            continue
        payload = {"bot": bot["key"], "name": bot["name"], "month": month}
        for cluster in work.people.clusters():
            people = work.people.people(cluster.id)
            if on_bot(work, bot["key"], (person.id for person in people)):
                told = [person.id for person in managers(cluster.id, people)]
                say_to_people(work, Kind.SCARCE, cluster.id, told, f"{bot['key']}.{month}.{reached}", payload)


def scarce_message(work: Work, scene: Scene, row: Claimed, person: Person) -> Section | Dropped:
    """To lead and clerk; nothing once the month is over."""
    month = month_of(work.now, work.office.tz)
    if month != row.payload["month"]:
        return Dropped((row,), State.CANCELLED, "the month is over")
    around = scene.cluster(row.cluster_id)
    words = text(
        "notices/scarce",
        name=row.payload["name"],
        month=int(month[-2:]),
        used=work.reports.used(row.payload["bot"], month),
        limit=MONTH_LIMIT,
        address=address_of(person, around.units[person.unit_id]),
    )
    return Section(words)
