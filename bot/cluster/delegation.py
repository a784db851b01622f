"""What a school has said about who goes: whom its head named, and who goes instead of whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.cluster.people import Unit
from bot.plan.reading import AudienceItem


@dataclass(frozen=True, slots=True)
class Choices:
    """For one session.  Nothing said: the roster alone decides."""

    #: By (unit id, `part_of` the item): the Person ids whom the head named, perhaps nobody.
    named: Mapping[tuple[int, str], tuple[int, ...]] = field(default_factory=dict)
    instead: Mapping[int, int] = field(default_factory=dict)  #: who declined -> who goes in her place

    def of(self, unit: Unit | None, item: AudienceItem) -> tuple[int, ...] | None:
        """None: nobody has been asked yet, or nothing was answered."""
        return self.named.get((unit.id, part_of(item))) if unit is not None else None


NOTHING_SAID = Choices()


def part_of(item: AudienceItem) -> str:
    """The name under which a part of an audience phrase is kept: it outlives another count or order."""
    return f"{item.role}/{item.qualifier}" if item.qualifier else item.role
