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


def menus(work: Work, channel: str) -> dict[str, tuple[Command, ...]]:
    """The menu of each chat on this channel that stands for somebody, by chat id."""
    people: dict[str, list[Person]] = {}
    units: list[Unit] = []
    for cluster in work.people.clusters():
        units += work.people.units(cluster.id)
        here = {person.id: person for person in work.people.people(cluster.id)}
        for link in work.people.links(list(here)):
            if link.channel == channel and link.blocked_at is None:
                people.setdefault(link.chat_id, []).append(here[link.person_id])
    return {chat: offered(parts_of(found, units)) for chat, found in people.items()}


def names(menu: Sequence[Command]) -> str:
    """What tells one menu from another."""
    return "\n".join(f"{one.name}: {one.menu}" for one in menu)
