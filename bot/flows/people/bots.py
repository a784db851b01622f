"""Which bots people may open: one on Telegram; on Zalo several, since a free one serves 50 people."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.cluster import codes
from bot.cluster.people import Cluster
from bot.flows.people.roster import IssuedCode, make_codes
from bot.flows.work import Work

TELEGRAM = "telegram_bot"  #: the fact that holds the bot's user name
ZALO = "zalo_bots"  #: the fact that holds [{"key", "name", "link"}, …] in the order of the setting
ZALO_PEOPLE = 50  #: of a free bot


@dataclass(frozen=True, slots=True)
class Bot:
    """A Zalo bot."""

    key: str
    name: str
    link: str
    people: int  #: who are registered with it, of all clusters

    @property
    def room(self) -> int:
        return max(0, ZALO_PEOPLE - self.people)


def telegram_name(work: Work) -> str:
    """ "" where there is no Telegram, or it has not answered yet."""
    fact = work.talks.fact(TELEGRAM)
    return str(fact[0]) if fact else ""


def zalo_bots(work: Work) -> list[Bot]:
    """Those that have answered."""
    fact = work.talks.fact(ZALO)
    if not fact or not fact[0]:
        return []
    chats: dict[str, set[str]] = {}
    for cluster in work.people.clusters():
        for key, chat in _chats(work, (p.id for p in work.people.people(cluster.id, left_too=True))):
            chats.setdefault(key, set()).add(chat)
    return [Bot(one["key"], one["name"], one["link"], len(chats.get(one["key"], ()))) for one in fact[0]]


def zalo_bot_of_units(work: Work, cluster: Cluster) -> dict[int, Bot | None]:
    """For each school the bot that its people open; None: none has room for anybody.

    A school stays together, with those of its people who are registered already; the largest choose first.
    """
    bots = zalo_bots(work)
    people = work.people.people(cluster.id)
    linked = {link.person_id for link in work.people.links(p.id for p in people)}
    homes: dict[int, Counter[str]] = {}
    for person in people:
        for key, _ in _chats(work, [person.id]) if person.id in linked else ():
            homes.setdefault(person.unit_id, Counter())[key] += 1
    coming = Counter(person.unit_id for person in people if person.id not in linked)
    return spread(bots, [unit.id for unit in work.people.units(cluster.id)], coming, homes)


def codes_with_bots(work: Work, cluster: Cluster) -> list[IssuedCode]:
    """As `make_codes`; each code says which Zalo bot to open.  Without Telegram that is its link, which
    opens the chat but cannot carry the code.  No link: no bot has answered yet, or all are full."""
    labels = {unit.label: unit.id for unit in work.people.units(cluster.id)}
    bots = zalo_bot_of_units(work, cluster)
    issued = make_codes(work.people, cluster, work.now, telegram_name(work))
    for one in issued:
        bot = bots.get(labels.get(one["unit"], 0))
        if bot is not None:
            one["zalo"] = bot.link
            one["link"] = one["link"] or bot.link
    return issued


def ways_in(work: Work, cluster: Cluster, unit_id: int, code: str) -> tuple[str, ...]:
    """Where somebody of this unit opens the bot: the Telegram link carries the code, Zalo's does not."""
    telegram = telegram_name(work)
    zalo = zalo_bot_of_units(work, cluster).get(unit_id)
    links = (codes.start_link(telegram, code) if telegram else "", zalo.link if zalo else "")
    return tuple(link for link in links if link)


def spread(
    bots: Sequence[Bot],
    units: Iterable[int],
    coming: Mapping[int, int],
    homes: Mapping[int, Mapping[str, int]],
) -> dict[int, Bot | None]:
    """`coming`: how many of a unit are not registered; `homes`: how many of it each bot serves already."""
    room = {bot.key: bot.room for bot in bots}
    chosen: dict[int, Bot | None] = {}
    for unit in sorted(units, key=lambda unit: (not homes.get(unit), -coming.get(unit, 0), unit)):
        need, home = coming.get(unit, 0), homes.get(unit, {})
        open_to = [bot for bot in bots if room[bot.key] > 0]
        fitting = [bot for bot in open_to if room[bot.key] >= need] or open_to
        best = max(fitting, key=lambda bot: (home.get(bot.key, 0), room[bot.key]), default=None)
        chosen[unit] = best
        if best is not None:
            room[best.key] -= need
    return chosen


def on_bot(work: Work, key: str, person_ids: Iterable[int]) -> bool:
    """Whether one of them is registered with this bot."""
    return any(bot == key for bot, _ in _chats(work, person_ids))


def _chats(work: Work, person_ids: Iterable[int]) -> Iterable[tuple[str, str]]:
    """(bot, chat) of these people on Zalo: an address there is `<bot>:<chat>`."""
    for link in work.people.links(person_ids):
        if link.channel == "zalo":
            yield link.chat_id.partition(":")[0], link.chat_id
