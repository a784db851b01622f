import pytest

from bot.plan.frame.rules import find_rules
from bot.plan.schools.hosts import read_host
from bot.plan.schools.names import find_schools

SCHOOLS = ["Hướng Dương", "Hướng Dương 2", "Hoa Phượng", "Họa Mi", "Trường Thọ", "Tân An A", "Tân An B"]


@pytest.mark.parametrize(
    ("cell", "hosts", "place", "doubts"),
    [
        ("MN Hướng Dương 2", ["Hướng Dương 2"], None, []),
        ("Hướng Dương", ["Hướng Dương"], None, []),
        ("MN Hướng Dương II", ["Hướng Dương 2"], None, []),
        ("MN Hướng Dương 3", ["Hướng Dương 3"], None, ["host_unknown"]),
        ("MN Tân An C", ["Tân An C"], None, ["host_unknown"]),
        ("Hoạ Mi", ["Họa Mi"], None, []),
        ("MN Hoa Phuong", ["Hoa Phượng"], None, ["host_spelling"]),
        ("MN Họa My", ["Họa Mi"], None, ["host_spelling"]),
        ("Tân An A và Trường Thọ", ["Tân An A", "Trường Thọ"], None, []),
        ("Hoa Phượng (P. Đông Triều)", ["Hoa Phượng"], None, []),
        ("Hoa Phượng (xã Bình Khê, phân hiệu Tràng Lương)", ["Hoa Phượng"], "phân hiệu Tràng Lương", []),
        ("Các trường", [], "Các trường", []),
    ],
)
def test_a_host_is_found_in_the_list(
    cell: str, hosts: list[str], place: str | None, doubts: list[str]
) -> None:
    found = read_host(cell, SCHOOLS)
    assert (list(found.hosts), found.place, [code for code, _, _ in found.doubts]) == (hosts, place, doubts)


@pytest.mark.parametrize(
    ("line", "schools"),
    [
        (
            "cuộc họp BGH của 3 trường Mầm non (Sao Sáng, Trường Thành, Trường Thọ).",
            ["Sao Sáng", "Trường Thành", "Trường Thọ"],
        ),
        ("Các trường: Sao Mai - Hồng Ngọc - Thiên Nga", ["Sao Mai", "Hồng Ngọc", "Thiên Nga"]),
        (
            "Cụm gồm 03 trường: TH&THCS Lê Lợi, THCS Nguyễn Du và THCS Hòa Bình.",
            ["Lê Lợi", "Nguyễn Du", "Hòa Bình"],
        ),
        ("Các trường MN: Hoa Sen, Ban Mai, 20-10;", ["Hoa Sen", "Ban Mai", "20-10"]),
        ("các trường thuộc xã An Phú, xã Bình Khê và phường Đông Triều", []),
    ],
)
def test_the_list_of_schools(line: str, schools: list[str]) -> None:
    assert find_schools([line])[0] == schools


@pytest.mark.parametrize(
    ("text", "working", "calendar"),
    [
        ("Trường đăng cai mời Phòng GDĐT về dự trước 03 ngày (không kể ngày nghỉ);", 3, None),
        ("Trường đăng cai gửi giấy mời PGD trước ngày sinh hoạt ít nhất 03 ngày làm việc.", 3, None),
        ("Giấy mời PGD gửi trước ba ngày làm việc.", 3, None),
        ("Đơn vị đăng cai mời PGD trước 02 ngày (không tính thứ bảy, chủ nhật).", 2, None),
        ("Trường đăng cai gửi giấy mời PGD chậm nhất 04 ngày làm việc trước ngày tổ chức.", 4, None),
        ("Trước mỗi buổi sinh hoạt 05 ngày làm việc, trường đăng cai gửi giấy mời tới PGD.", 5, None),
        ("Trường đăng cai chủ động mời lãnh đạo Phòng GD&ĐT trước 05 ngày.", None, 5),
        ("Trường tổ chức gửi giấy mời PGD trước 1 tuần.", None, 7),
        ("Trường có lý do đột xuất phải báo cụm trưởng trước 01 ngày.", None, None),
    ],
)
def test_the_invitation_rule(text: str, working: int | None, calendar: int | None) -> None:
    rules, _ = find_rules([text])
    assert (rules.invite_working_days, rules.invite_calendar_days) == (working, calendar)
