"""What stands around letters, as the schools and the authority gave it: kept as small facts."""

from dataclasses import replace

from bot.cluster.people import Unit
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
    """On which plan letters rest: "Kế hoạch số …, ngày …"."""
    stored = work.talks.fact(f"plan_words:{cluster_id}")
    return str(stored[0]) if stored and stored[0] else None


def set_plan_words(work: Work, cluster_id: int, text: str) -> None:
    """Raises BadInputError."""
    words = one_line(text)
    if len(words) > LIMIT:
        raise BadInputError(f"Tên kế hoạch dài {len(words)} ký tự, tối đa {LIMIT}.")
    work.talks.put_fact(f"plan_words:{cluster_id}", words, work.now)


def unit_named(work: Work, cluster_id: int, name: str) -> Unit:
    """A school or authority by name, label or alias.  Raises BadInputError."""
    units = work.people.units(cluster_id)
    for unit in units:
        if fold(name) in {fold(known) for known in (unit.name, unit.label, *unit.aliases)}:
            return unit
    raise BadInputError(f"Không có đơn vị “{name}”. Các đơn vị: {', '.join(u.label for u in units)}.")


def _name(unit: Unit) -> str:
    return f"letterhead:{unit.id}"
