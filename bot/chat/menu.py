"""Which commands somebody may use: the menu beside the chat, and /trogiup.

What is offered follows today's roster; whether it may be done is asked when it is done (invariant 6).
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bot.cluster.people import Person, Unit
from bot.cluster.rights import is_any_head, manages_cluster
from bot.flows.work import Work
from bot.resources import data_path


class Part(StrEnum):
    STRANGER = "stranger"
    KNOWN = "known"
    HEAD = "head"  #: of any school
    MANAGER = "manager"  #: lead, clerk


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    menu: str  #: the words of the menu
    help: str
    parts: frozenset[Part]  #: for whom
    example: str = ""


@cache
def commands() -> tuple[Command, ...]:
    """All of them, in the order in which they are shown."""
    stored = tomllib.loads(data_path("texts", "commands.toml").read_text(encoding="utf-8"))
    return tuple(
        Command(
            one["name"],
            one["menu"],
            one["help"],
            frozenset(Part(part) for part in one["for"]),
            one.get("example", ""),
        )
        for one in stored["command"]
    )


def parts_of(people: Iterable[Person], units: Iterable[Unit]) -> frozenset[Part]:
    """What those are, for whom a chat stands; a stranger stands for nobody."""
    known = list(people)
    if not known:
        return frozenset({Part.STRANGER})
    around = list(units)
    found = {Part.KNOWN}
    if any(is_any_head(person, around) for person in known):
        found.add(Part.HEAD)
    if any(manages_cluster(person, person.cluster_id) for person in known):
        found.add(Part.MANAGER)
    return frozenset(found)


def offered(parts: frozenset[Part]) -> tuple[Command, ...]:
    return tuple(one for one in commands() if one.parts & parts)


def menus(work: Work, channel: str, cluster_id: int) -> dict[str, tuple[Command, ...]]:
    """The menu of each chat on this channel that stands for somebody of this cluster, by chat id; with what
    she may do in other clusters."""
    here = {person.id: person for person in work.people.people(cluster_id)}
    units = {cluster_id: work.people.units(cluster_id)}
    found = {}
    for link in work.people.links(list(here)):
        if link.channel == channel and link.blocked_at is None:
            people = work.people.people_by_chat(channel, link.chat_id)
            for cluster in {person.cluster_id for person in people} - units.keys():
                units[cluster] = work.people.units(cluster)
            around = [unit for person in people for unit in units[person.cluster_id]]
            found[link.chat_id] = offered(parts_of(people, around))
    return found


def names(menu: Sequence[Command]) -> str:
    """What tells one menu from another."""
    return "\n".join(f"{one.name}: {one.menu}" for one in menu)
