"""A roster against the people already known: who is new, who changed, who left.  Ids stay with people."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.cluster.addressing import is_nameless, posts_text
from bot.cluster.people import Cluster, Person, Unit
from bot.cluster.rights import LEAD
from bot.cluster.roster import RosterRow
from bot.vocabulary import fold, strip_marks

#: Begins the note of somebody who came in by a join code: a roster file does not take them out.
JOINED_NOTE = "Đăng ký qua chat"
#: The same of somebody whom a head added to her school.
ADDED_NOTE = "Nhà trường thêm qua chat"


@dataclass(frozen=True, slots=True)
class Change:
    before: Person
    after: Person

    @property
    def returns(self) -> bool:
        return not self.before.active


@dataclass(frozen=True, slots=True)
class RosterChanges:
    """What an import does.  People in `added` have id 0."""

    added: tuple[Person, ...]
    changed: tuple[Change, ...]
    left: tuple[Person, ...]
    unchanged: tuple[Person, ...]
    kept: tuple[Person, ...]  #: not in the file, but approved or added in chat: they stay
    remarks: tuple[str, ...] = ()  #: Vietnamese sentences for whoever imports

    @property
    def nothing(self) -> bool:
        return not (self.added or self.changed or self.left)


def compare(
    cluster: Cluster, rows: Sequence[RosterRow], people: Sequence[Person], units: Sequence[Unit]
) -> RosterChanges:
    """`people` with those who left.  The same name at the same unit is the same person.

    So is a name that differs in accents only, and one that stands where only the post stood before (or the
    other way round), as long as there is no second candidate.  A new name with the same post is somebody
    else: the successor does not inherit a chat.
    """
    unit_by_id = {unit.id: unit for unit in units}
    pairs: dict[int, Person] = {}

    def pair_by(row_key: Callable[[RosterRow], Hashable], person_key: Callable[[Person], Hashable]) -> None:
        taken = {person.id for person in pairs.values()}
        free = [person for person in people if person.id not in taken]
        for row, person in _unique_pairs([r for r in rows if r.line not in pairs], free, row_key, person_key):
            pairs[row.line] = person

    pair_by(lambda r: (fold(r.name), r.unit.id), lambda p: (fold(p.name), p.unit_id))
    pair_by(lambda r: (strip_marks(r.name), r.unit.id), lambda p: (strip_marks(p.name), p.unit_id))
    pair_by(
        lambda r: (r.posts, r.unit.id) if is_nameless(_person(r, cluster), r.unit) else None,
        lambda p: (p.posts, p.unit_id) if p.active and not is_nameless(p, unit_by_id[p.unit_id]) else None,
    )
    pair_by(
        lambda r: (r.posts, r.unit.id) if not is_nameless(_person(r, cluster), r.unit) else None,
        lambda p: (p.posts, p.unit_id) if p.active and is_nameless(p, unit_by_id[p.unit_id]) else None,
    )

    added, changed, unchanged = [], [], []
    for row in rows:
        known = pairs.get(row.line)
        if known is None:
            added.append(_person(row, cluster))
            continue
        after = _after(row, known)
        if after == known:
            unchanged.append(known)
        else:
            changed.append(Change(known, after))
    found = {person.id for person in pairs.values()}
    missing = [person for person in people if person.active and person.id not in found]
    kept = tuple(person for person in missing if person.note.startswith((JOINED_NOTE, ADDED_NOTE)))
    left = tuple(person for person in missing if person not in kept)
    after_import = [*added, *(c.after for c in changed), *unchanged, *kept]
    return RosterChanges(
        tuple(added),
        tuple(changed),
        left,
        tuple(unchanged),
        kept,
        tuple(_remarks(after_import, cluster, units)),
    )


def describe(changes: RosterChanges, units: Sequence[Unit]) -> list[str]:
    """Vietnamese lines that show an import before it is agreed to; phones are not in them."""
    label = {unit.id: unit.label for unit in units}

    def line(person: Person) -> str:
        return f"{person.name}, {posts_text(person)}, {label.get(person.unit_id, '')}"

    lines = [f"+ {line(person)}" for person in changes.added]
    for change in changes.changed:
        mark = "trở lại" if change.returns else "sửa"
        lines.append(f"~ {line(change.before)} → {line(change.after)} ({mark})")
    lines += [f"- {line(person)} (không còn trong danh sách)" for person in changes.left]
    lines += [
        f"= {line(person)} (không có trong tệp, duyệt hoặc thêm qua chat: giữ lại)" for person in changes.kept
    ]
    lines.append(
        f"Thêm {len(changes.added)}, sửa {len(changes.changed)}, thôi {len(changes.left)}, "
        f"giữ nguyên {len(changes.unchanged) + len(changes.kept)}."
    )
    return [*lines, *changes.remarks]


def _person(row: RosterRow, cluster: Cluster) -> Person:
    return Person(0, cluster.id, row.unit.id, row.name, row.posts, row.phone or None, row.clerk, row.note)


def _after(row: RosterRow, known: Person) -> Person:
    """`known` as the row has it.  A file without phones keeps the phone; a real name is not lost again."""
    replaced_by_post = is_nameless(replace(known, name=row.name), row.unit) and not is_nameless(
        known, row.unit
    )
    return replace(
        known,
        name=known.name if replaced_by_post else row.name,
        posts=row.posts,
        phone=known.phone if row.phone is None else row.phone or None,
        clerk=row.clerk,
        note=row.note,
        active=True,
    )


def _unique_pairs(
    rows: Sequence[RosterRow],
    people: Sequence[Person],
    row_key: Callable[[RosterRow], Hashable],
    person_key: Callable[[Person], Hashable],
) -> list[tuple[RosterRow, Person]]:
    """Rows and people with the same key, where it is neither row's nor person's second."""
    by_key: dict[Hashable, tuple[list[RosterRow], list[Person]]] = {}
    for row in rows:
        by_key.setdefault(row_key(row), ([], []))[0].append(row)
    for person in people:
        if (key := person_key(person)) in by_key:
            by_key[key][1].append(person)
    found: list[tuple[RosterRow, Person]] = []
    for key, (same_rows, same_people) in by_key.items():
        active = [person for person in same_people if person.active] or same_people
        if key is not None and len(same_rows) == 1 and len(active) == 1:
            found.append((same_rows[0], active[0]))
    return found


def _remarks(people: Sequence[Person], cluster: Cluster, units: Iterable[Unit]) -> list[str]:
    found: list[str] = []
    leads = [person for person in people if person.holds(LEAD)]
    if not leads and not any(person.clerk for person in people):
        found.append(
            "Danh sách chưa có ai là “Cụm trưởng” hoặc ghi “quản trị”: chưa ai duyệt được đăng ký và "
            "nhập được kế hoạch trong chat. Đề nghị ghi thêm ở cột Chức vụ hoặc Ghi chú."
        )
    elif cluster.lead_name and leads and fold(cluster.lead_name) not in {fold(p.name) for p in leads}:
        names = ", ".join(person.name for person in leads)
        found.append(
            f"Kế hoạch ghi cụm trưởng là {cluster.lead_name}, danh sách ghi {names}. Đề nghị xem lại."
        )
    for unit in units:
        here = [person for person in people if person.unit_id == unit.id]
        if unit.kind.value == "school" and not any(person.holds("HT") for person in here):
            found.append(f"{unit.label} chưa có hiệu trưởng trong danh sách.")
    return found
