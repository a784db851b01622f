import pytest

from bot.vocabulary import expand, find_mentions, find_role, fold, fold_name, roles, strip_marks


@pytest.mark.parametrize(
    ("post", "found"),
    [
        ("HT", ("HT", None)),
        ("TTCM mẫu giáo", ("TTCM", "mẫu giáo")),
        ("TPCM nhà trẻ", ("TPCM", "nhà trẻ")),
        ("PHTCM", ("PHT_CM", None)),
        ("PHT CSND", ("PHT_CSND", None)),
        ("Phó hiệu trưởng phụ trách bán trú", ("PHT_CSND", None)),
        ("Bếp trưởng", ("BEP_TRUONG", None)),
        ("GV cốt cán", ("GV_COT_CAN", None)),
        ("Cốt cán PGD", ("COT_CAN_PGD", None)),
        ("Lãnh đạo PGD", ("LD_PGD", None)),
        ("Chuyên viên PGD", ("CV_PGD", None)),
        ("Văn thư", ("VAN_THU", None)),
        ("Cụm trưởng", ("CUM_TRUONG", None)),
        ("GV khối MG", ("GV", "khối mẫu giáo")),
        ("Bác sĩ", None),
        ("", None),
    ],
)
def test_a_post_of_the_roster(post: str, found: tuple[str, str | None] | None) -> None:
    assert find_role(post) == found


def test_inclusion_is_followed_to_the_end() -> None:
    assert expand("BGH") == {"BGH", "HT", "PHT", "PHT_CM", "PHT_CSND"}
    assert "BEP_TRUONG" in expand("NV")
    assert expand("HT") == {"HT"}
    assert expand("KHONG_CO") == {"KHONG_CO"}
    for role in roles().values():
        assert all(inner in roles() for inner in role.includes)


def test_the_longest_spelling_wins() -> None:
    found = [mention.role for mention in find_mentions("Cốt cán PGD, GV cốt cán, PHT CSND, NV y tế")]
    assert found == ["COT_CAN_PGD", "GV_COT_CAN", "PHT_CSND", "Y_TE"]
    assert [mention.role for mention in find_mentions("kt, KT, vt")] == ["KE_TOAN"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Trường Mầm non Sao Sáng", "sao sáng"),
        ("MN TRƯỜNG THÀNH", "trường thành"),
        ("Trường Thọ", "trường thọ"),
        ("Trường MN Trường Thành", "trường thành"),
        ("TH&THCS Lê Lợi", "lê lợi"),
        ("Cụm trường An Tiến", "an tiến"),
        ("MG Hoạ Mi", "họa mi"),
        ("Trường Mầm non 20-10", "20-10"),
        ("Trường", "trường"),
    ],
)
def test_a_school_by_its_own_name(name: str, short: str) -> None:
    assert fold_name(name) == short


def test_folding() -> None:
    assert fold("  Hoà\u00a0BÌNH ") == "hòa bình"
    assert fold("Ho\u0323a") == fold("Họa")
    assert fold("quý") == "quý"
    assert strip_marks("Đổi lịch thứ Tư") == "doi lich thu tu"
