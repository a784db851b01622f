"""What was said about who goes: whom a school's head named, or the lead for all schools; who goes instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.cluster.people import Unit
from bot.plan.reading import AudienceItem


@dataclass(frozen=True, slots=True)
class Choices:
    """For one session.  Nothing said: the roster alone decides."""

    #: By (unit id, `part_of` the item): the Person ids whom the head named, perhaps nobody.  Unit None: whom
    #: the lead named for a part that counts people of the whole cluster.
    named: Mapping[tuple[int | None, str], tuple[int, ...]] = field(default_factory=dict)
    instead: Mapping[int, int] = field(default_factory=dict)  #: who declined -> who goes in her place

    def of(self, unit: Unit | None, item: AudienceItem) -> tuple[int, ...] | None:
        """None: nobody has been asked yet, or nothing was answered."""
        return self.named.get((unit.id if unit is not None else None, part_of(item)))


NOTHING_SAID = Choices()


def part_of(item: AudienceItem) -> str:
    """The name under which a part of an audience phrase is kept: it outlives another count or order."""
    return f"{item.role}/{item.qualifier}" if item.qualifier else item.role
