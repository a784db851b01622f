"""A roster imported again: who is new, who changed, who left; nobody inherits another's chat."""

from collections.abc import Sequence
from dataclasses import replace

from bot.cluster.people import Person, Post
from bot.cluster.roster import RosterRow, read_roster
from bot.cluster.roster_changes import JOINED_NOTE, RosterChanges, compare, describe
from tests.cluster.sample import CLUSTER, ROSTER, SAO_SANG, UNITS, sample_people

ROWS = read_roster(ROSTER.read_bytes(), UNITS)


def stored() -> list[Person]:
    """The sample as an import stores it."""
    return [replace(person, id=n) for n, person in enumerate(changes_for(ROWS, []).added, start=1)]


def changes_for(rows: Sequence[RosterRow], people: Sequence[Person]) -> RosterChanges:
    return compare(CLUSTER, rows, people, UNITS)


def renamed(line: int, name: str) -> list[RosterRow]:
    return [replace(row, name=name) if row.line == line else row for row in ROWS]


def test_the_first_import_adds_everybody_as_written() -> None:
    changes = changes_for(ROWS, [])
    assert [(p.name, p.posts, p.unit_id, p.clerk) for p in changes.added] == [
        (p.name, p.posts, p.unit_id, p.clerk) for p in sample_people()
    ]
    assert {p.id for p in changes.added} == {0}
    assert changes.remarks == ()


def test_the_same_roster_again_changes_nothing() -> None:
    changes = changes_for(ROWS, stored())
    assert changes.nothing
    assert len(changes.unchanged) == 66


def test_a_changed_post_keeps_the_person() -> None:
    rows = [replace(row, posts=(Post("TTCM", "nhà trẻ"),)) if row.line == 5 else row for row in ROWS]
    [change] = changes_for(rows, stored()).changed
    assert (change.before.id, change.after.id) == (4, 4)
    assert change.after.posts == (Post("TTCM", "nhà trẻ"),)
    assert not change.returns


def test_who_is_no_longer_in_the_file_has_left_and_may_come_back() -> None:
    changes = changes_for(ROWS[:-1], stored())
    assert [p.name for p in changes.left] == ["Cốt cán Phòng GD&ĐT 3"]
    people = [replace(p, active=p not in changes.left) for p in stored()]
    assert changes_for(ROWS[:-1], people).nothing
    [back] = changes_for(ROWS, people).changed
    assert back.returns
    assert back.after.id == 66


def test_a_real_name_where_only_the_post_stood_is_the_same_person() -> None:
    [change] = changes_for(renamed(14, "Nguyễn Thị Hoa"), stored()).changed
    assert (change.before.name, change.after.name) == ("Hiệu trưởng Bát Trang", "Nguyễn Thị Hoa")
    assert change.before.id == change.after.id


def test_the_post_in_place_of_a_name_does_not_take_the_real_name_away() -> None:
    people = [replace(p, name="Nguyễn Thị Hoa") if p.name == "Hiệu trưởng Bát Trang" else p for p in stored()]
    assert changes_for(ROWS, people).nothing


def test_a_successor_is_somebody_else() -> None:
    people = [replace(p, name="Nguyễn Thị Hoa") if p.name == "Hiệu trưởng Bát Trang" else p for p in stored()]
    changes = changes_for(renamed(14, "Trần Thị Mai"), people)
    assert [p.name for p in changes.added] == ["Trần Thị Mai"]
    assert [p.name for p in changes.left] == ["Nguyễn Thị Hoa"]


def test_two_candidates_for_one_new_name_are_not_guessed_between() -> None:
    changes = changes_for(renamed(9, "Phạm Thị Lan"), [p for p in stored() if p.id != 8])
    assert [p.name for p in changes.added] == ["Phạm Thị Lan"]
    people = [replace(p, posts=(Post("GV_COT_CAN"),)) for p in stored() if p.id in (8, 9)]
    changes = changes_for([replace(ROWS[7], name="Phạm Thị Lan")], people)
    assert len(changes.added) == 1
    assert len(changes.left) == 2


def test_a_name_corrected_in_its_accents_is_the_same_person() -> None:
    [change] = changes_for(renamed(2, "Lê Thị Minh Hông"), stored()).changed
    assert (change.before.id, change.after.name) == (1, "Lê Thị Minh Hông")


def test_the_same_name_at_another_school_is_somebody_else() -> None:
    row = replace(ROWS[1], name="Trần Thị Bình", unit=UNITS[1], posts=(Post("CTCD"),))
    before = replace(stored()[1], name="Trần Thị Bình", unit_id=SAO_SANG.id)
    changes = changes_for([row], [before])
    assert (len(changes.added), len(changes.left)) == (1, 1)


def test_who_was_approved_in_chat_stays_though_the_file_does_not_have_her() -> None:
    joined = Person(99, 1, SAO_SANG.id, "Đỗ Thị Nga", (Post("GV"),), note=JOINED_NOTE)
    changes = changes_for(ROWS, [*stored(), joined])
    assert changes.nothing
    assert changes.kept == (joined,)
    row = replace(ROWS[7], line=99, name="Đỗ Thị Nga", posts=(Post("GV"),))
    [change] = changes_for([*ROWS, row], [*stored(), joined]).changed
    assert (change.after.id, change.after.note) == (99, "")


def test_phones_stay_where_the_file_has_no_such_column() -> None:
    people = [replace(p, phone="0912345678") for p in stored()]
    assert changes_for(ROWS, people).nothing
    emptied = changes_for([replace(row, phone="") for row in ROWS], people)
    assert {change.after.phone for change in emptied.changed} == {None}


def test_what_whoever_imports_should_know() -> None:
    nobody = [replace(row, posts=(Post("GV"),), clerk=False) for row in ROWS]
    remarks = changes_for(nobody, []).remarks
    assert remarks[0].startswith("Danh sách chưa có ai là “Cụm trưởng”")
    assert "MN Sao Sáng chưa có hiệu trưởng trong danh sách." in remarks
    other_lead = changes_for(renamed(2, "Trần Thị Mai"), [])
    assert other_lead.remarks == (
        "Kế hoạch ghi cụm trưởng là Lê Thị Minh Hồng, danh sách ghi Trần Thị Mai. Đề nghị xem lại.",
    )


def test_the_changes_are_shown_before_they_are_made() -> None:
    rows = [replace(row, posts=(Post("GV"),)) if row.line == 5 else row for row in ROWS[:-1]]
    people = [replace(p, phone="0912345678") for p in stored()[1:]]
    lines = describe(changes_for(rows, people), UNITS)
    assert lines[0] == "+ Lê Thị Minh Hồng, HT, Cụm trưởng, MN Sao Sáng"
    assert lines[1].startswith("~ Tổ trưởng mẫu giáo Sao Sáng, TTCM mẫu giáo, MN Sao Sáng → ")
    assert lines[2] == "- Cốt cán Phòng GD&ĐT 3, Cốt cán, Phòng GD&ĐT (không còn trong danh sách)"
    assert lines[3] == "Thêm 1, sửa 1, thôi 1, giữ nguyên 63."
    assert "0912345678" not in "".join(lines)
