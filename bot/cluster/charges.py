"""What is in somebody's charge, and is left behind when she goes: a class, or the kitchen."""

from enum import StrEnum

from bot.cluster.people import Person
from bot.cluster.rights import head_roles
from bot.vocabulary import expand

KITCHEN = frozenset({"BEP_TRUONG", "NV_NUOI_DUONG", "TT_NUOI_DUONG"})


class Charge(StrEnum):
    CLASS = "class"  #: dạy thay
    KITCHEN = "kitchen"  #: trông bếp


def charge_of(person: Person) -> Charge | None:
    """None: heads, and staff without either."""
    if person.holds(*head_roles()):
        return None
    if person.holds(*expand("GV")):
        return Charge.CLASS
    return Charge.KITCHEN if person.holds(*KITCHEN) else None
