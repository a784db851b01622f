"""What stands around letters, as the schools and the authority gave it: kept as small facts."""

import datetime as dt
from dataclasses import replace

from bot.cluster.people import Unit, UnitKind
from bot.errors import BadInputError
from bot.flows.work import Work
from bot.papers.letterhead import LIMIT, Letterhead, checked
from bot.papers.safe import one_line
from bot.vocabulary import fold


def letterhead(work: Work, unit: Unit) -> Letterhead:
    stored = work.talks.fact(_name(unit))
    return Letterhead(**stored[0]) if stored else Letterhead()


def set_letterhead(work: Work, unit: Unit, **given: str | None) -> Letterhead:
    """What is given replaces what was; None leaves it, "" makes it a blank again.  Raises BadInputError."""
    named = {name: value for name, value in given.items() if value is not None}
    fresh = checked(**named)
    new = replace(letterhead(work, unit), **{name: getattr(fresh, name) for name in named})
    work.talks.put_fact(_name(unit), new.given, work.now)
    return new


def plan_words(work: Work, cluster_id: int) -> str | None:
    """On which plan letters rest, as somebody wrote it, or as the plan itself says: "Kế hoạch ngày …"."""
    for name in (f"plan_words:{cluster_id}", f"plan_read:{cluster_id}"):
        stored = work.talks.fact(name)
        if stored and stored[0]:
            return str(stored[0])
    return None


def note_plan(work: Work, cluster_id: int, number: str | None, issued: dt.date | None) -> None:
    """What the imported plan says of itself; nobody is asked what the document says."""
    if number is None and issued is None:
        return
    words = ["Kế hoạch"]
    words += [f"số {one_line(number, LIMIT)}"] if number else []
    words += [f"ngày {issued.day:02}/{issued.month:02}/{issued.year}"] if issued else []
    work.talks.put_fact(f"plan_read:{cluster_id}", " ".join(words), work.now)


def set_plan_words(work: Work, cluster_id: int, text: str) -> None:
    """Raises BadInputError."""
    words = one_line(text)
    if len(words) > LIMIT:
        raise BadInputError(f"Tên kế hoạch dài {len(words)} ký tự, tối đa {LIMIT}.")
    work.talks.put_fact(f"plan_words:{cluster_id}", words, work.now)


def given(work: Work, unit: Unit) -> dict[str, str]:
    """All that is known around this unit's letters: its own lines, the authority's name, the plan."""
    known = letterhead(work, unit).given
    body = only_authority(work, unit.cluster_id)
    words = plan_words(work, unit.cluster_id)
    if body is not None and (name := letterhead(work, body).name):
        known["authority"] = name
    if words:
        known["basis"] = words
    return known


def give(work: Work, unit: Unit, field: str, text: str) -> None:
    """One line of `given`.  Raises BadInputError: too long, or no one authority to name."""
    if field == "basis":
        set_plan_words(work, unit.cluster_id, text)
    elif field == "authority":
        body = only_authority(work, unit.cluster_id)
        if body is None:
            raise BadInputError("Danh sách của cụm chưa có đúng một cơ quan quản lý.")
        set_letterhead(work, body, name=text)
    else:
        set_letterhead(work, unit, **{field: text})


def only_authority(work: Work, cluster_id: int) -> Unit | None:
    """The cluster's authority, where there is exactly one."""
    bodies = [unit for unit in work.people.units(cluster_id) if unit.kind is UnitKind.AUTHORITY]
    return bodies[0] if len(bodies) == 1 else None


def unit_named(work: Work, cluster_id: int, name: str) -> Unit:
    """A school or authority by name, label or alias.  Raises BadInputError."""
    units = work.people.units(cluster_id)
    for unit in units:
        if fold(name) in {fold(known) for known in (unit.name, unit.label, *unit.aliases)}:
            return unit
    raise BadInputError(f"Không có đơn vị “{name}”. Các đơn vị: {', '.join(u.label for u in units)}.")


def _name(unit: Unit) -> str:
    return f"letterhead:{unit.id}"
