"""Audience phrases, as a table: what is written, and who is meant."""

import pytest

from bot.plan.audience.phrase import read_audience
from bot.plan.reading import Scope

SCOPES = {Scope.EACH_SCHOOL: "", Scope.CLUSTER: "@cụm", Scope.HOST: "@đăng cai", Scope.AUTHORITY: "@cấp trên"}


def shown(text: str) -> list[str]:
    items = read_audience(text, ["Sơn Ca"], ["Sơn Ca", "Hoa Mai"]).items
    return [
        f"{item.role}{':' + str(item.count) if item.count else ''}{SCOPES[item.scope]}"
        + (f" ({item.qualifier})" if item.qualifier else "")
        for item in items
    ]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("HT, PHTCM, TTCM mẫu giáo các trường trong cụm", ["HT", "PHT_CM", "TTCM (mẫu giáo)"]),
        ("BGH, TTCM, TPCM các tổ", ["BGH", "TTCM (các tổ)", "TPCM (các tổ)"]),
        ("HT + PHT nuôi dưỡng + bếp trưởng", ["HT", "PHT_CSND", "BEP_TRUONG"]),
        ("PHTCM, TTCM, 02 GV cốt cán/trường", ["PHT_CM", "TTCM", "GV_COT_CAN:2"]),
        ("GV dạy lớp 5 tuổi (01 đ/c/trường)", ["GV:1 (dạy lớp 5 tuổi)"]),
        ("02 giáo viên dạy lớp 1 mỗi trường", ["GV:2 (dạy lớp 1)"]),
        ("GV lớp chồi", ["GV (lớp chồi (4-5 tuổi))"]),
        ("mỗi trường 01 đội 03 cô nuôi", ["NV_NUOI_DUONG:3"]),
        ("BGH, 05 GV/cụm", ["BGH", "GV:5@cụm"]),
        ("CBGVNV trường đăng cai; BGH các trường trong cụm", ["CBGVNV@đăng cai", "BGH"]),
        ("BGH, toàn thể GV, NV trường Sơn Ca", ["BGH", "GV@đăng cai (toàn thể)", "NV@đăng cai (toàn thể)"]),
        ("HT hoặc PHT các trường", ["HT (hoặc PHT)"]),
        ("TTCM (hoặc TPCM)", ["TTCM (hoặc TPCM)"]),
        ("TTCM/TPCM các trường", ["TTCM (hoặc TPCM)"]),
        ("GV dạy nhạc hoặc 01 GV MG", ["GV:1 (dạy nhạc, hoặc GV mẫu giáo)"]),
        ("Đại diện BGH", ["BGH:1"]),
        ("BGH (HT, PHT CM)", ["HT", "PHT_CM"]),
        ("cấp dưỡng (bếp chính)", ["BEP_TRUONG"]),
        ("BGH, TTCM; không mời GV", ["BGH", "TTCM"]),
        ("Trẻ lớp 5 tuổi A, BGH", ["BGH"]),
        ("đ/c Nguyễn Thị Hoa (PGD), BGH", ["BGH"]),
        (
            "mời: Sở GDĐT (phòng GDMN), Phòng VH-XH xã An Phú",
            ["SO_GDDT@cấp trên (phòng GDMN)", "PHONG_VHXH@cấp trên (xã An Phú)"],
        ),
        ("Lãnh đạo, chuyên viên PGD; BGH", ["PGD@cấp trên", "BGH"]),
        ("PHTCM, TTCM, 02\nGV/trường", ["PHT_CM", "TTCM", "GV:2"]),
        ("- BGH các trường;\n- GV khối 4, 5", ["BGH", "GV (khối 4, 5)"]),
    ],
)
def test_who_is_meant(text: str, people: list[str]) -> None:
    assert shown(text) == people


def test_an_open_scope_is_asked_and_a_clear_one_is_not() -> None:
    assert [words for _, words in read_audience("HT, 4 GV cốt cán, bếp trưởng của các trường").ambiguous] == [
        "GV cốt cán"
    ]
    for clear in ("4 GV cốt cán/trường", "mỗi trường 4 GV", "4 GV các trường", "4 GV/cụm", "01 đ/c BGH"):
        assert read_audience(clear).ambiguous == (), clear


def test_whom_nobody_knows_is_told() -> None:
    assert read_audience("HT; PHT; TTCM; Tổ tư vấn tâm lý").unknown == ("Tổ tư vấn tâm lý",)
    assert read_audience("Ông Nguyễn").unknown == ("Ông Nguyễn",)
