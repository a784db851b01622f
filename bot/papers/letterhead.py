"""What stands around a school's or an authority's letters: asked once, never built in."""

from dataclasses import dataclass, fields

from bot.cluster.people import Unit, UnitKind
from bot.errors import BadInputError
from bot.notices.spelling import spell_out
from bot.papers.safe import one_line
from bot.vocabulary import find_role, roles

LIMIT = 200


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What is not given is None, and a visible blank in a paper."""

    name: str | None = None  #: in full: "Trường Mầm non Trường Thành"; None: worked out from the label
    parent: str | None = None  #: the body above: "UBND huyện An Lão"
    place: str | None = None  #: before the date: "An Lão"
    code: str | None = None  #: in the number: "MNTT" of "Số: …/GM-MNTT"
    contact: str | None = None  #: whom to ask: "đ/c …, điện thoại …"

    @property
    def given(self) -> dict[str, str]:
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in pairs if value}

    @property
    def lacks(self) -> bool:
        """Whether a letter would show a blank for it; a name can be worked out."""
        return not (self.parent and self.place and self.code and self.contact)


def checked(**values: str | None) -> Letterhead:
    """Bounded, in one line each.  Raises BadInputError."""
    kept = {}
    for name, value in values.items():
        text = one_line(value)
        if len(text) > LIMIT:
            raise BadInputError(f"“{text[:40]}…” dài {len(text)} ký tự, tối đa {LIMIT}.")
        kept[name] = text or None
    return Letterhead(**kept)


def blank(what: str) -> str:
    """What somebody has to fill in by hand."""
    return f"[{what}]"


def formal_name(unit: Unit, letterhead: Letterhead) -> str:
    """ "Trường Mầm non Trường Thành", "Phòng Giáo dục và Đào tạo": nothing abbreviated."""
    if letterhead.name:
        return letterhead.name
    if unit.kind is UnitKind.AUTHORITY:
        return formal_authority(unit.label)
    name = spell_out(one_line(unit.label))
    return name if name.casefold().startswith("trường ") else f"Trường {name}"


def formal_authority(written: str) -> str:
    """ "PGD An Lão" -> "Phòng Giáo dục và Đào tạo An Lão"; what is not known stays as written."""
    written = one_line(written)
    found = find_role(written)
    role = roles().get(found[0]) if found else None
    if role is None or role.kind != "authority" or found is None:
        return spell_out(written)
    return f"{role.vi} {found[1]}" if found[1] else role.vi
