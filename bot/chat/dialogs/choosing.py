"""Choosing among the people of a school: a page of buttons, or a name as people type it."""

from collections.abc import Mapping, Sequence

from bot.chat.talk import choice
from bot.cluster.addressing import name_in_school, with_post
from bot.cluster.finding import find_people, without_title
from bot.cluster.people import Person, Unit
from bot.errors import BadInputError
from bot.flows.work import Dialog
from bot.message import Button
from bot.notices.cards import Rows

DONE = "done"  #: what `Xong` says
PAGE = 8  #: people on one page
LABEL = 60  #: letters of a button


def unticks(said: str) -> bool:
    """Whether a pressed name is to be chosen no longer: two quick presses are one."""
    return said[:1] == "u"


def done_button(dialog: Dialog) -> Button:
    """`Xong`, with how many are ticked."""
    ticked = dialog.data["ticked"]
    return choice(dialog, f"Xong ({len(ticked)} người)" if ticked else "Xong (không cử ai)", DONE)


def toggled(said: str, pressed: Person, ticked: Sequence[int]) -> list[int]:
    """Who is ticked after a name was pressed."""
    others = [i for i in ticked if i != pressed.id]
    return others if unticks(said) else [*others, pressed.id]


def person_rows(
    dialog: Dialog,
    people: Sequence[Person],
    unit: Unit,
    ticked: Sequence[int] | None = None,
    units: Mapping[int, Unit] | None = None,
) -> Rows:
    """One person a row, then the ways to the other pages.  `ticked`: who is chosen already.  `units`: by id,
    where people of others than `unit` are among them."""
    page = page_shown(dialog, people)
    rows: list[tuple[Button, ...]] = []
    for person in people[page * PAGE : (page + 1) * PAGE]:
        on = ticked is not None and person.id in ticked
        sign = "" if ticked is None else "● " if on else "○ "
        away = units.get(person.unit_id) if units is not None and person.unit_id != unit.id else None
        name = with_post(person, away, full=False) if away is not None else name_in_school(person, unit)
        label = f"{sign}{name}"
        rows.append((choice(dialog, label[:LABEL], f"{'u' if on else 't'}{person.id}"),))
    turns = []
    if page > 0:
        turns.append(choice(dialog, "Trang trước", f"p{page - 1}"))
    if (page + 1) * PAGE < len(people):
        turns.append(choice(dialog, "Trang sau", f"p{page + 1}"))
    return (*rows, tuple(turns)) if turns else tuple(rows)


def page_shown(dialog: Dialog, people: Sequence[Person]) -> int:
    page = dialog.data.get("page", 0)
    return min(page, max(0, (len(people) - 1) // PAGE)) if isinstance(page, int) else 0


def page_wanted(said: str) -> int | None:
    """The page of a pressed `Trang sau`; None for anything else."""
    number = said[1:]
    return (
        int(number) if said[:1] == "p" and number.isascii() and number.isdigit() and len(number) < 4 else None
    )


def pressed_person(said: str, people: Sequence[Person]) -> Person | None:
    """Of a pressed name.  Raises BadInputError where the name is no longer to be chosen."""
    number = said[1:]
    if said[:1] not in ("t", "u") or not (number.isascii() and number.isdigit()) or len(number) > 15:
        return None
    found = next((person for person in people if person.id == int(number)), None)
    if found is None:
        raise BadInputError("Người này không còn chọn được. Đề nghị chọn người khác.")
    return found


def typed_person(said: str, people: Sequence[Person]) -> Person | None:
    """None where nobody is called so.  Raises BadInputError where several are."""
    found = find_people(said, people)
    if len(found) > 1:
        names = "; ".join(person.name for person in found[:6])
        raise BadInputError(
            f"Có {len(found)} người tên {without_title(said)}: {names}. Đề nghị gõ đủ họ tên."
        )
    return found[0] if found else None
