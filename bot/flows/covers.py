"""Who covers, in the words of the schools: for a head, for who goes, for who covers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.cluster.addressing import address, name_in_school
from bot.cluster.charges import Charge, charge_of
from bot.cluster.people import Person, Unit
from bot.flows.cluster_scene import ClusterScene
from bot.flows.work import Work
from bot.notices.cover_facts import CoverFacts, CoverLine, OwnCovers
from bot.sessions.cover import Cover, CoverState
from bot.sessions.covering import Line

#: Which head is asked first: teaching is the PHTCM's, the kitchen the PHT CSND's.
_ASKED = {
    Charge.CLASS: ("PHT_CM", "PHT", "HT", "PHT_CSND"),
    Charge.KITCHEN: ("PHT_CSND", "PHT", "HT", "PHT_CM"),
}


def own_covers(lines: Iterable[Line], unit: Unit, around: ClusterScene) -> OwnCovers | None:
    """None where nobody of the school leaves a class or the kitchen."""
    own = tuple(_line(line, around) for line in lines if line.absent.unit_id == unit.id)
    return OwnCovers(own) if own else None


def covered(lines: Iterable[Line], person: Person, around: ClusterScene) -> CoverLine | None:
    """Who covers for her, or is asked to."""
    line = next((one for one in lines if one.absent.id == person.id and one.named), None)
    shown = _line(line, around) if line is not None else None
    return shown if shown is not None and shown.who else None


def covering(covers: Iterable[Cover], person: Person, around: ClusterScene) -> CoverFacts | None:
    """For whom she covers, is asked to, or has refused to."""
    asked = (CoverState.ACCEPTED, CoverState.ASKED, CoverState.DECLINED)
    mine = sorted(
        (c for c in covers if c.person_id == person.id and c.state in asked),
        key=lambda cover: asked.index(cover.state),
    )
    return _facts(mine[0], around.people, around) if mine else None


def about_cover(work: Work, around: ClusterScene, payload: Mapping[str, Any]) -> CoverFacts | None:
    """What a notice is about; whoever has left by now is still named."""
    cover = work.sessions.cover(payload["cover"]) if "cover" in payload else None
    if cover is None:
        return None
    ids = (cover.absent_id, cover.person_id, cover.named_by)
    people = {i: found for i in ids if i is not None and (found := work.people.person(i)) is not None}
    return _facts(cover, people, around)


def who_is_asked(heads: Sequence[Person], lines: Iterable[Line]) -> list[Person]:
    """The heads of a school, the one first whose business it is."""
    charges = {line.charge for line in lines}
    order = _ASKED[Charge.CLASS if Charge.CLASS in charges else Charge.KITCHEN]

    def rank(head: Person) -> int:
        return min((place for place, role in enumerate(order) if head.holds(role)), default=len(order))

    return sorted(heads, key=rank)


def _line(line: Line, around: ClusterScene) -> CoverLine:
    absent = name_in_school(line.absent, around.units[line.absent.unit_id])
    cover = line.cover
    if cover is None:
        return CoverLine(absent, line.charge)
    return CoverLine(absent, line.charge, _who(cover, around.people, around), cover.state)


def _facts(cover: Cover, people: Mapping[int, Person], around: ClusterScene) -> CoverFacts:
    absent, named_by = people.get(cover.absent_id), people.get(cover.named_by or 0)
    goes = people.get(cover.person_id or 0)
    return CoverFacts(
        id=cover.id,
        asked=cover.asked,
        state=cover.state,
        day=cover.day,
        absent=_name(absent, around),
        kitchen=absent is not None and charge_of(absent) is Charge.KITCHEN,
        who=_who(cover, people, around),
        by=address(named_by, around.units[named_by.unit_id]) if named_by is not None else "nhà trường",
        phone=(goes.phone or "") if goes is not None else "",
    )


def _who(cover: Cover, people: Mapping[int, Person], around: ClusterScene) -> str:
    return cover.name or (_name(people.get(cover.person_id), around) if cover.person_id is not None else "")


def _name(person: Person | None, around: ClusterScene) -> str:
    if person is None:
        return "người đã rời trường"
    return name_in_school(person, around.units[person.unit_id])
