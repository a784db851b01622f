"""Codes on paper: a page for each school, to print, cut and hand out."""

from collections import defaultdict

from bot.cluster import codes
from bot.cluster.people import Cluster
from bot.flows.people.roster import make_codes
from bot.flows.work import Work
from bot.message import Document
from bot.papers.cards import Card, registration_page


def registration_sheets(work: Work, cluster: Cluster) -> list[Document]:
    """Fresh codes for everybody not yet registered (earlier ones end), a page for each unit."""
    fact = work.talks.fact("telegram_bot")
    bot_name = str(fact[0]) if fact and fact[0] else ""
    by_unit: dict[str, list[Card]] = defaultdict(list)
    for one in make_codes(work.people, cluster, work.now, bot_name):
        by_unit[one["unit"]].append(Card(one["name"], one["role"], one["code"], one["link"]))
    until = (work.now + codes.LIFETIME).astimezone(work.office.tz).date()
    return [
        registration_page(unit, cluster.name, cluster.school_year, cards, until)
        for unit, cards in by_unit.items()
    ]
