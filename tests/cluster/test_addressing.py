"""How people are named (docs: conventions, Tone)."""

import pytest

from bot.cluster.addressing import address, full_post, is_nameless, posts_text, short_post, with_post
from bot.cluster.people import Post, Unit, UnitKind
from tests.cluster.sample import BAT_TRANG, PHONG, SAO_SANG, UNITS, person, sample_people


def addresses() -> dict[str, str]:
    by_id = {unit.id: unit for unit in UNITS}
    return {p.name: address(p, by_id[p.unit_id]) for p in sample_people()}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lê Thị Minh Hồng", "đ/c Lê Thị Minh Hồng, Hiệu trưởng MN Sao Sáng"),
        ("Hiệu trưởng Bát Trang", "đ/c Hiệu trưởng MN Bát Trang"),
        ("Phó hiệu trưởng chuyên môn An Tiến", "đ/c Phó hiệu trưởng chuyên môn MN An Tiến"),
        ("Tổ trưởng mẫu giáo Trường Thọ", "đ/c Tổ trưởng mẫu giáo MN Trường Thọ"),
        ("Giáo viên cốt cán 2 Trường Thành", "đ/c Giáo viên cốt cán 2 MN Trường Thành"),
        ("Bếp trưởng Sao Sáng", "đ/c Bếp trưởng MN Sao Sáng"),
        ("Lãnh đạo Phòng GD&ĐT", "đ/c Lãnh đạo Phòng GD&ĐT"),
        ("Chuyên viên mầm non Phòng GD&ĐT", "đ/c Chuyên viên mầm non Phòng GD&ĐT"),
        ("Cốt cán Phòng GD&ĐT 1", "đ/c Cốt cán Phòng GD&ĐT 1"),
    ],
)
def test_the_sample_roster_is_addressed(name: str, expected: str) -> None:
    assert addresses()[name] == expected


def test_a_name_that_only_resembles_a_post_stays_a_name() -> None:
    assert with_post(person(1, SAO_SANG, "GV", name="Văn Thư Sang"), SAO_SANG) == (
        "Văn Thư Sang, Giáo viên MN Sao Sáng"
    )
    named_like_the_school = Unit(9, 1, UnitKind.SCHOOL, "Lê Hồng", "TH Lê Hồng")
    assert with_post(person(1, named_like_the_school, "HT", name="Lê Hồng"), named_like_the_school) == (
        "Lê Hồng, Hiệu trưởng TH Lê Hồng"
    )


def test_people_of_an_authority_bear_its_name() -> None:
    so = Unit(7, 1, UnitKind.AUTHORITY, "Sở GD&ĐT", "Sở GD&ĐT")
    assert address(person(1, so, "CV_PGD", name="Trần Văn Bình"), so) == (
        "đ/c Trần Văn Bình, Chuyên viên Sở GD&ĐT"
    )
    assert address(person(1, PHONG, "COT_CAN_PGD", name="Vũ Thị Lan"), PHONG) == (
        "đ/c Vũ Thị Lan, Cốt cán Phòng GD&ĐT"
    )


@pytest.mark.parametrize(
    ("post", "short", "full"),
    [
        (Post("HT"), "HT", "Hiệu trưởng"),
        (Post("PHT_CM"), "PHTCM", "Phó hiệu trưởng phụ trách chuyên môn"),
        (Post("TTCM", "mẫu giáo"), "TTCM mẫu giáo", "Tổ trưởng chuyên môn mẫu giáo"),
        (Post("TTCM", "MG"), "TTCM mẫu giáo", "Tổ trưởng chuyên môn mẫu giáo"),
        (Post("BEP_TRUONG"), "Bếp trưởng", "Bếp trưởng"),
        (Post("CUM_TRUONG"), "Cụm trưởng", "Cụm trưởng"),
        (Post("LD_PGD"), "Lãnh đạo", "Lãnh đạo"),
        (Post("SOMETHING_NEW"), "SOMETHING_NEW", "SOMETHING_NEW"),
    ],
)
def test_a_post_in_short_and_in_full(post: Post, short: str, full: str) -> None:
    assert (short_post(post), full_post(post)) == (short, full)


def test_several_posts() -> None:
    lead = person(1, SAO_SANG, "CUM_TRUONG", "HT", name="Lê Thị Minh Hồng")
    assert posts_text(lead) == "Cụm trưởng, HT"
    assert with_post(lead, SAO_SANG) == "Lê Thị Minh Hồng, Hiệu trưởng MN Sao Sáng"
    assert with_post(lead, SAO_SANG, full=False) == "Lê Thị Minh Hồng, HT MN Sao Sáng"


def test_who_has_outgrown_the_post_that_stands_for_her_name_is_called_by_both() -> None:
    name = "Phó hiệu trưởng chuyên môn Bát Trang"
    assert is_nameless(person(1, BAT_TRANG, "PHT_CM", name=name), BAT_TRANG)
    assert is_nameless(person(1, BAT_TRANG, "PHT", name=name), BAT_TRANG), "the same post, less closely"
    head = person(1, BAT_TRANG, "HT", name=name)
    assert not is_nameless(head, BAT_TRANG)
    assert with_post(head, BAT_TRANG) == "Phó hiệu trưởng chuyên môn Bát Trang, Hiệu trưởng MN Bát Trang"
