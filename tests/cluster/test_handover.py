"""What is handed over, by whom, and what both are afterwards."""

import pytest

from bot.cluster.handover import (
    CLERK,
    Office,
    has_all,
    may_hand_over,
    may_leave,
    offices_of,
    placed,
    posts_staying,
    posts_taking,
    successors,
)
from bot.cluster.people import Cluster, Person, Post, Unit, UnitKind

CLUSTER = Cluster(1, "An Tiến", "2023-2024", None, None, 3, True, None, "BCFGHJ")
SCHOOL = Unit(1, 1, UnitKind.SCHOOL, "Bát Trang", "MN Bát Trang")
OTHER = Unit(2, 1, UnitKind.SCHOOL, "Trường Thọ", "MN Trường Thọ")
BODY = Unit(3, 1, UnitKind.AUTHORITY, "Phòng GD&ĐT", "Phòng GD&ĐT")
UNITS = (SCHOOL, OTHER, BODY)


def person(number: int, posts: str, unit: Unit = SCHOOL, *, clerk: bool = False, cluster: int = 1) -> Person:
    """`posts`: "HT, TTCM mẫu giáo"."""
    held = tuple(Post(*part.strip().partition(" ")[::2]) for part in posts.split(","))
    return Person(
        number,
        cluster,
        unit.id,
        f"Người {number}",
        tuple(Post(one.role, one.qualifier or None) for one in held),
        clerk=clerk,
    )


HT, PHT, TTCM, GV = person(1, "HT"), person(2, "PHT_CM"), person(3, "TTCM mẫu giáo"), person(4, "GV")
COOK, LEAD = person(5, "BEP_TRUONG"), person(6, "HT, CUM_TRUONG", OTHER)
SECRETARY = person(7, "VAN_THU", OTHER, clerk=True)
LEADER, OFFICER, CORE = person(8, "LD_PGD", BODY), person(9, "CV_PGD", BODY), person(10, "COT_CAN_PGD", BODY)
MIXED = person(11, "GV_COT_CAN, COT_CAN_PGD")
UNIT = {unit.id: unit for unit in UNITS}


def may(actor: Person, whose: Person) -> set[str]:
    unit = UNIT[whose.unit_id]
    return {office.role for office in offices_of(whose) if may_hand_over(actor, whose, unit, office)}


@pytest.mark.parametrize(
    ("actor", "whose", "which"),
    [
        (COOK, COOK, {"BEP_TRUONG"}),
        (LEAD, LEAD, {"HT", "CUM_TRUONG"}),
        (SECRETARY, SECRETARY, {"VAN_THU", CLERK}),
        (CORE, CORE, {"COT_CAN_PGD"}),
        # a school's heads: the posts of her own school's people, not what comes from the authority
        (PHT, HT, {"HT"}),
        (HT, COOK, {"BEP_TRUONG"}),
        (HT, MIXED, {"GV_COT_CAN"}),
        (HT, SECRETARY, set()),
        (person(20, "PHT_CM", OTHER), LEAD, {"HT"}),
        (person(20, "PHT_CM", OTHER), SECRETARY, {"VAN_THU"}),
        # lead and clerk: at any school, their own work and each other's; not the authority's
        (LEAD, TTCM, {"TTCM"}),
        (LEAD, SECRETARY, {"VAN_THU", CLERK}),
        (SECRETARY, LEAD, {"HT", "CUM_TRUONG"}),
        (LEAD, OFFICER, set()),
        # the authority: leaders and officers in their own body
        (LEADER, OFFICER, {"CV_PGD"}),
        (OFFICER, CORE, {"COT_CAN_PGD"}),
        (OFFICER, HT, set()),
        (CORE, OFFICER, set()),
        # nobody else
        (GV, TTCM, set()),
        (COOK, HT, set()),
        (person(21, "HT, CUM_TRUONG", cluster=2), COOK, set()),
    ],
)
def test_who_hands_over_what(actor: Person, whose: Person, which: set[str]) -> None:
    assert may(actor, whose) == which


def test_who_has_left_hands_over_nothing_and_nothing_of_hers_is_handed_over() -> None:
    gone = Person(1, 1, 1, "Người 1", HT.posts, active=False)
    assert may(gone, gone) == set()
    assert may(PHT, gone) == set()


@pytest.mark.parametrize(
    ("whose", "given", "stays"),
    [
        (HT, "HT", "GV"),
        (PHT, "PHT_CM", "GV"),
        (TTCM, "TTCM mẫu giáo", "GV"),
        (GV, "GV", None),
        (COOK, "BEP_TRUONG", "NV_NUOI_DUONG"),
        (person(1, "NV_NUOI_DUONG"), "NV_NUOI_DUONG", None),
        (person(1, "VAN_THU"), "VAN_THU", "NV"),
        (LEAD, "CUM_TRUONG", "HT"),
        (LEAD, "HT", "CUM_TRUONG, GV"),
        (LEAD, "HT, CUM_TRUONG", "GV"),
        (SECRETARY, CLERK, "VAN_THU"),
        (LEADER, "LD_PGD", "CV_PGD"),
        (OFFICER, "CV_PGD", None),
        (CORE, "COT_CAN_PGD", None),
        (person(1, "TTCM mẫu giáo, GV_COT_CAN"), "TTCM mẫu giáo", "GV_COT_CAN"),
    ],
)
def test_what_she_is_who_stays(whose: Person, given: str, stays: str | None) -> None:
    expected = person(1, stays).posts if stays else None
    assert posts_staying(whose, offices_of(person(1, given))) == expected


@pytest.mark.parametrize(
    ("before", "taken", "after"),
    [
        ("PHT_CM", "HT", "HT"),
        ("TTCM mẫu giáo, GV_COT_CAN", "HT", "HT"),
        ("GV", "PHT_CSND", "PHT_CSND"),
        ("HT", "PHT_CM", "HT, PHT_CM"),
        ("PHT_CM", "PHT_CSND", "PHT_CM, PHT_CSND"),
        ("GV", "TTCM mẫu giáo", "TTCM mẫu giáo"),
        ("GV_COT_CAN", "TTCM mẫu giáo", "GV_COT_CAN, TTCM mẫu giáo"),
        ("TTCM nhà trẻ", "TTCM mẫu giáo", "TTCM nhà trẻ, TTCM mẫu giáo"),
        ("NV_NUOI_DUONG", "BEP_TRUONG", "BEP_TRUONG"),
        ("PHT_CSND", "BEP_TRUONG", "PHT_CSND, BEP_TRUONG"),
        ("HT", "CUM_TRUONG", "HT, CUM_TRUONG"),
        ("HT, CUM_PHO", "CUM_TRUONG", "HT, CUM_TRUONG"),
        ("CV_PGD", "LD_PGD", "LD_PGD"),
        ("GV", CLERK, "GV"),
    ],
)
def test_what_she_is_who_takes_over(before: str, taken: str, after: str) -> None:
    assert posts_taking(person(1, before), offices_of(person(1, taken))) == person(1, after).posts


def test_nobody_leaves_while_work_of_the_cluster_or_her_own_would_end_with_her() -> None:
    all_of_hers = offices_of(LEAD)
    assert may_leave(LEAD, all_of_hers, all_of_hers)
    assert not may_leave(LEAD, all_of_hers[:1], all_of_hers)
    # a vice head may hand over the post at school, and the lead's work would be left to nobody
    assert not may_leave(LEAD, all_of_hers[:1], all_of_hers[:1])
    # what the authority gave ends with her
    assert may_leave(MIXED, offices_of(MIXED)[:1], offices_of(MIXED)[:1])


def test_the_likeliest_successor_comes_first() -> None:
    people = [COOK, GV, person(12, "TPCM nhà trẻ"), person(13, "TPCM mẫu giáo"), TTCM, PHT, HT, LEAD, OFFICER]

    def order(whose: Person) -> list[int]:
        return [p.id for p in successors(whose, offices_of(whose), people, UNITS)]

    assert order(HT) == [2, 3, 12, 13, 4, 5]
    assert order(TTCM) == [13, 12, 4, 2, 1, 5]
    kitchen = [person(14, "NV_NUOI_DUONG"), *people]
    assert successors(COOK, offices_of(COOK), kitchen, UNITS)[0].id == 14
    assert LEAD.id not in order(HT), "what is a school's stays in it"


def test_the_lead_may_come_from_any_school_and_who_has_it_already_is_left_out() -> None:
    given = (Office("CUM_TRUONG"),)
    people = [GV, PHT, HT, LEAD, OFFICER, person(15, "HT", OTHER), person(16, "HT, CUM_TRUONG")]
    assert [p.id for p in successors(LEAD, given, people, UNITS)] == [15, 1, 2, 4]
    assert has_all(LEAD, given)


def test_where_it_is_held() -> None:
    assert placed(offices_of(HT), SCHOOL, CLUSTER) == "Hiệu trưởng MN Bát Trang"
    assert placed(offices_of(LEAD), OTHER, CLUSTER) == "Hiệu trưởng, Cụm trưởng, MN Trường Thọ"
    assert placed((Office("CUM_TRUONG"),), OTHER, CLUSTER) == "Cụm trưởng, cụm trường An Tiến"
    assert placed(offices_of(TTCM), SCHOOL, CLUSTER) == "Tổ trưởng chuyên môn mẫu giáo MN Bát Trang"
