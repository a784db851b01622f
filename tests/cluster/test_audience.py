"""Who is invited: Kế hoạch, mục II, column "Thành phần dự", and mục III for the authority."""

from dataclasses import replace

import pytest

from bot.cluster.audience import Invitees, authority_people, everybody, holders, invited
from bot.cluster.delegation import Choices, part_of
from bot.cluster.people import Person, Unit, UnitKind
from bot.plan.reading import AudienceItem, Scope
from tests.cluster.sample import (
    AN_TIEN,
    BAT_TRANG,
    PHONG,
    SAO_SANG,
    SESSIONS,
    TRUONG_THANH,
    TRUONG_THO,
    UNITS,
    each,
    person,
    sample_people,
)


@pytest.mark.parametrize(("host", "phrase", "by_phrase", "with_authority"), SESSIONS)
def test_the_sample_plan_invites_as_many_as_it_says(
    host: Unit, phrase: list[AudienceItem], by_phrase: int, with_authority: int
) -> None:
    people = sample_people()
    own = invited(phrase, [host.id], people, UNITS)
    assert len(own.people) == by_phrase
    assert own.gaps == ()
    assert not any(invitee.by_authority for invitee in own.people)
    all_of_them = everybody(phrase, [host.id], people, UNITS)
    assert len(all_of_them.people) == with_authority
    assert [invitee.by_authority for invitee in all_of_them.people[:5]] == [True] * 5


def test_the_authority_is_two_who_decide_and_three_of_its_core_team() -> None:
    reasons = [invitee.reason for invitee in authority_people(sample_people(), UNITS)]
    assert reasons == [
        "vì là Lãnh đạo Phòng GD&ĐT",
        "vì là Chuyên viên Phòng GD&ĐT",
        *["vì là Cốt cán Phòng GD&ĐT"] * 3,
    ]


def test_a_team_head_is_told_for_which_team_and_school() -> None:
    found = invited([each("TTCM", qualifier="mẫu giáo")], [SAO_SANG.id], sample_people(), UNITS)
    assert [i.reason for i in found.people if i.person.unit_id == BAT_TRANG.id] == [
        "vì là TTCM mẫu giáo, MN Bát Trang"
    ]


def test_one_who_fits_twice_appears_once_with_both_reasons() -> None:
    people = [person(1, SAO_SANG, "TTCM/mẫu giáo", "GV_COT_CAN")]
    found = invited([each("GV_COT_CAN", 1), each("TTCM")], [], people, [SAO_SANG])
    assert [i.reason for i in found.people] == ["vì là TTCM mẫu giáo, MN Sao Sáng; GV cốt cán, MN Sao Sáng"]


@pytest.mark.parametrize("post", ["CUM_TRUONG", "VAN_THU"])
def test_these_posts_alone_invite_nobody(post: str) -> None:
    for host, phrase, _, _ in SESSIONS:
        assert not everybody(phrase, [host.id], [person(1, SAO_SANG, post, clerk=True)], UNITS).people


def test_ban_giam_hieu_is_the_head_and_every_vice_head() -> None:
    people = [
        person(n, SAO_SANG, post)
        for n, post in enumerate(["HT", "PHT", "PHT_CM", "PHT_CSND", "TTCM"], start=1)
    ]
    assert invited([each("BGH")], [], people, [SAO_SANG]).ids() == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("asked", "held", "fits"),
    [
        ("mẫu giáo", "mẫu giáo", True),
        ("mẫu giáo", "Mẫu giáo lớn", True),
        ("MG", "mẫu giáo", True),
        ("mẫu giáo", "nhà trẻ", False),
        ("mẫu giáo lớn", "mẫu giáo", False),
        ("mẫu giáo", None, False),  # the roster does not say which team: nobody guesses
        ("khối 4, 5", "khối 5", True),
        ("khối 4 và 5", "5", True),
        ("khối 4, 5", "khối 3", False),
        ("các tổ", None, True),
        ("các khối", "nhà trẻ", True),
        ("tất cả các tổ chuyên môn", "nhà trẻ", True),
        (None, "nhà trẻ", True),
    ],
)
def test_a_team_in_the_phrase(asked: str | None, held: str | None, fits: bool) -> None:
    people = [person(1, SAO_SANG, f"TTCM/{held or ''}")]
    found = invited([each("TTCM", qualifier=asked)], [], people, [SAO_SANG])
    assert bool(found.people) is fits
    assert bool(found.gaps) is not fits


def test_more_hold_a_counted_role_than_go() -> None:
    people = [person(n, SAO_SANG, "GV_COT_CAN") for n in range(1, 7)]
    found = invited([each("GV_COT_CAN", 4)], [], people, [SAO_SANG])
    assert [i.person.id for i in found.people] == [1, 2, 3, 4]
    [gap] = found.gaps
    assert (gap.unit, gap.wanted, gap.have, gap.surplus) == (SAO_SANG, 4, 6, True)


def test_fewer_hold_a_counted_role_than_go() -> None:
    people = [person(n, SAO_SANG, "GV_COT_CAN") for n in range(1, 3)]
    found = invited([each("GV_COT_CAN", 4)], [], people, [SAO_SANG])
    assert found.ids() == {1, 2}
    [gap] = found.gaps
    assert (gap.wanted, gap.have, gap.surplus) == (4, 2, False)


def test_a_school_where_nobody_holds_the_role_is_a_gap() -> None:
    people = [person(1, SAO_SANG, "BEP_TRUONG")]
    [gap] = invited([each("BEP_TRUONG")], [], people, [SAO_SANG, BAT_TRANG]).gaps
    assert (gap.unit, gap.wanted, gap.have) == (BAT_TRANG, None, 0)


def test_counted_teachers_go_beside_the_team_heads_not_instead_of_them() -> None:
    people = [
        person(1, SAO_SANG, "TTCM/mẫu giáo"),
        person(2, SAO_SANG, "GV"),
        person(3, SAO_SANG, "GV_COT_CAN"),
    ]
    found = invited([each("GV", 2), each("TTCM")], [], people, [SAO_SANG])
    assert found.ids() == {1, 2, 3}
    assert found.gaps == ()


def test_the_only_vice_head_without_a_duty_does_both() -> None:
    one = [person(1, SAO_SANG, "PHT")]
    assert invited([each("PHT_CSND")], [], one, [SAO_SANG]).ids() == {1}
    two = [*one, person(2, SAO_SANG, "PHT")]
    assert invited([each("PHT_CSND")], [], two, [SAO_SANG]).ids() == set()
    with_duty = [*one, person(2, SAO_SANG, "PHT_CSND")]
    assert invited([each("PHT_CSND")], [], with_duty, [SAO_SANG]).ids() == {2}


def test_only_the_host_school() -> None:
    item = AudienceItem("CBGVNV", scope=Scope.HOST)
    found = invited([item], [AN_TIEN.id], sample_people(), UNITS)
    assert len(found.people) == 12
    assert {i.person.unit_id for i in found.people} == {AN_TIEN.id}
    [gap] = invited([item], [], sample_people(), UNITS).gaps
    assert gap.unit is None


def test_so_many_in_the_whole_cluster_are_taken_from_the_schools_in_turn_the_host_last() -> None:
    item = AudienceItem("GV_COT_CAN", 4, Scope.CLUSTER)
    found = invited([item], [BAT_TRANG.id], sample_people(), UNITS)
    guests = [SAO_SANG, TRUONG_THANH, TRUONG_THO, AN_TIEN]
    assert [i.person.unit_id for i in found.people] == [unit.id for unit in guests]
    assert len(found.people) == 4
    [gap] = found.gaps
    assert (gap.unit, gap.wanted, gap.have) == (None, 4, 20)


@pytest.mark.parametrize(
    ("wanted", "by_school"), [(1, (1, 0, 0)), (3, (1, 1, 1)), (4, (2, 1, 1)), (5, (3, 1, 1)), (9, (3, 1, 1))]
)
def test_a_school_with_few_is_passed_over_in_the_later_rounds(
    wanted: int, by_school: tuple[int, int, int]
) -> None:
    people = [*(person(n, SAO_SANG, "GV") for n in (1, 2, 3)), person(4, BAT_TRANG, "GV")]
    people.append(person(5, AN_TIEN, "GV"))
    found = invited([AudienceItem("GV", wanted, Scope.CLUSTER)], [AN_TIEN.id], people, UNITS)
    counted = [sum(i.person.unit_id == u.id for i in found.people) for u in (SAO_SANG, BAT_TRANG, AN_TIEN)]
    assert tuple(counted) == by_school


def test_who_holds_the_very_role_goes_before_another_school_has_its_turn() -> None:
    people = [person(1, SAO_SANG, "GV"), person(2, SAO_SANG, "GV"), person(3, BAT_TRANG, "GV_COT_CAN")]
    assert invited([AudienceItem("GV", 2, Scope.CLUSTER)], [], people, UNITS).ids() == {1, 2}


def test_the_authority_named_in_the_phrase() -> None:
    people = sample_people()
    body = invited([AudienceItem("PGD", scope=Scope.AUTHORITY)], [], people, UNITS)
    assert [i.reason for i in body.people] == ["vì là Lãnh đạo Phòng GD&ĐT", "vì là Chuyên viên Phòng GD&ĐT"]
    assert all(i.by_authority for i in body.people)
    core = invited([AudienceItem("COT_CAN_PGD", scope=Scope.AUTHORITY)], [], people, UNITS)
    assert len(core.people) == 3


def test_a_body_means_its_own_people_only() -> None:
    so = Unit(7, 1, UnitKind.AUTHORITY, "Sở GD&ĐT", "Sở GD&ĐT")
    people = [person(1, PHONG, "CV_PGD"), person(2, so, "CV_PGD")]
    found = invited([AudienceItem("SO_GDDT", scope=Scope.AUTHORITY)], [], people, [PHONG, so])
    assert [i.reason for i in found.people] == ["vì là Chuyên viên Sở GD&ĐT"]


def test_a_teacher_of_the_core_team_whom_the_phrase_names_is_invited_with_the_schools() -> None:
    people = [person(1, BAT_TRANG, "TTCM/mẫu giáo", "COT_CAN_PGD"), person(2, BAT_TRANG, "GV", "COT_CAN_PGD")]
    found = everybody([each("TTCM")], [SAO_SANG.id], people, UNITS)
    assert {i.person.id: i.by_authority for i in found.people} == {1: False, 2: True}


def test_nobody_who_left_is_invited() -> None:
    gone = Person(1, 1, SAO_SANG.id, "Người cũ", person(1, SAO_SANG, "HT").posts, active=False)
    leader = Person(2, 1, PHONG.id, "Người cũ", person(2, PHONG, "LD_PGD").posts, active=False)
    assert everybody([each("HT")], [], [gone, leader], UNITS).people == ()


def test_the_authority_stands_first_and_the_host_last() -> None:
    host, phrase, _, _ = SESSIONS[0]
    order = [i.person for i in everybody(phrase, [host.id], sample_people(), UNITS).people]
    assert [p.unit_id for p in order[:5]] == [PHONG.id] * 5
    assert [p.posts[0].role for p in order[5:9]] == ["HT"] * 4
    assert [p.unit_id for p in order[5:9]] == [BAT_TRANG.id, TRUONG_THANH.id, TRUONG_THO.id, AN_TIEN.id]
    assert [p.posts[0].role for p in order[-3:]] == ["HT", "PHT_CM", "TTCM"]
    assert {p.unit_id for p in order[-3:]} == {SAO_SANG.id}


def test_those_whom_the_head_named_go_in_the_place_of_the_first_of_the_roster() -> None:
    people = [person(n, SAO_SANG, "GV_COT_CAN") for n in range(1, 7)] + [person(9, SAO_SANG, "GV")]
    item = each("GV_COT_CAN", 4)
    named = Choices(named={(SAO_SANG.id, part_of(item)): (5, 6, 9)})
    found = invited([item], [], people, [SAO_SANG], named)
    assert found.ids() == {5, 6, 9}
    assert found.gaps == ()
    assert [i.reason for i in found.people if i.person.id == 9] == ["vì là người MN Sao Sáng cử đi dự"]
    nobody = Choices(named={(SAO_SANG.id, part_of(item)): ()})
    assert invited([item], [], people, [SAO_SANG], nobody) == Invitees(())


def test_a_named_one_who_left_or_is_of_another_school_is_not_invited() -> None:
    item = each("GV_COT_CAN", 2)
    people = [replace(person(1, SAO_SANG, "GV_COT_CAN"), active=False), person(2, BAT_TRANG, "GV_COT_CAN")]
    named = Choices(named={(SAO_SANG.id, part_of(item)): (1, 2)})
    assert invited([item], [], people, [SAO_SANG], named).ids() == set()


def test_who_goes_instead_is_invited_and_may_be_replaced_in_turn() -> None:
    people = [person(1, SAO_SANG, "HT"), *(person(n, SAO_SANG, "GV") for n in (2, 3))]
    found = invited([each("HT")], [], people, [SAO_SANG], Choices(instead={1: 2, 2: 3, 3: 1}))
    assert found.ids() == {1, 2, 3}
    assert [i.instead_of for i in found.people if i.person.id == 3] == ["Người 2, GV MN Sao Sáng"]
    assert invited([each("HT")], [], people, [SAO_SANG], Choices(instead={2: 3})).ids() == {1}


def test_the_core_team_item_is_taken_out_of_who_holds_the_very_role_first() -> None:
    people = [person(1, SAO_SANG, "GV_COT_CAN"), person(2, SAO_SANG, "GV")]
    assert [p.id for p in holders(each("GV", 1), SAO_SANG, people, [], [SAO_SANG])] == [2, 1]
