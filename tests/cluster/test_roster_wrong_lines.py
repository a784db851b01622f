"""What is wrong in a roster is named line by line, with what may be written instead."""

import pytest

from bot.cluster.roster import RosterError, read_roster
from tests.cluster.rosters import HEAD, errors_of, one, sheet
from tests.cluster.sample import UNITS


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Nguyễn A,TTXM,MN Sao Sáng,", "Dòng 2: không có chức vụ “TTXM”, có phải là “TTCM”; viết một trong"),
        ("Nguyễn Thị A,TTXM mẫu giáo,MN Sao Sáng,", "có phải là “TTCM”"),
        ("Nguyễn Thị A,hieu truong,MN Sao Sáng,", "có phải là “HT”"),
        ("Nguyễn Thị A,HT; ???,MN Sao Sáng,", "Dòng 2: không có chức vụ “???”; viết một trong"),
        ("Nguyễn Thị A,HT abc,MN Sao Sáng,", "không có chức vụ “HT abc”"),
        ("Nguyễn Thị A,,MN Sao Sáng,", "Dòng 2: chưa có chức vụ."),
        ("Nguyễn Thị A,;;,MN Sao Sáng,", "Dòng 2: chưa có chức vụ."),
        ("Nguyễn Thị A,HT,MN Hoa Hồng,", "đơn vị “MN Hoa Hồng” trong cụm; viết một trong: MN Sao Sáng,"),
        ("Nguyễn Thị A,HT,,", "Dòng 2: chưa có đơn vị."),
        (",HT,MN Sao Sáng,", "Dòng 2: chưa có họ và tên."),
        ("12345,HT,MN Sao Sáng,", "Dòng 2: “12345” không phải họ và tên"),
        ("=HYPERLINK(1),HT,MN Sao Sáng,", "không phải họ và tên"),
        ("<b>An</b>,HT,MN Sao Sáng,", "không phải họ và tên"),
        ("A" * 101 + ",HT,MN Sao Sáng,", "họ và tên dài quá 100 chữ"),
        ("A" * 9000 + ",HT,MN Sao Sáng,", "họ và tên dài quá 100 chữ"),
        ("Nguyễn Thị A,TTCM " + "x" * 200 + ",MN Sao Sáng,", "ô “Chức vụ” dài quá"),
        ("Lê A," + ";".join(f"TTCM {n}" for n in range(11)) + ",MN Sao Sáng,", "không giữ quá 10 chức vụ"),
        ("Nguyễn Thị A,HT,MN Sao Sáng," + "x" * 501, "ghi chú dài quá 500 chữ"),
        ("Nguyễn Thị A,Lãnh đạo PGD,MN Sao Sáng,", "của cơ quan quản lý, không phải của MN Sao Sáng"),
        ("Nguyễn Thị A,HT,Phòng GD&ĐT,", "của trường, không phải của Phòng GD&ĐT"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named(line: str, said: str) -> None:
    [error] = errors_of(HEAD + line + "\n")
    assert said in error
    assert error.endswith(".")


def test_every_wrong_line_is_named_at_once_and_what_may_be_written_only_once() -> None:
    lines = ["Nguyễn Thị A,TTXM,MN Sao Sáng,", "Nguyễn Thị B,XYZ,MN Hoa Hồng,", "", "Trần C,QQQ,MN An Tiến,"]
    with pytest.raises(RosterError) as caught:
        read_roster((HEAD + "\n".join(lines)).encode(), UNITS)
    assert [error.line for error in caught.value.errors] == [2, 3, 3, 5]
    assert str(caught.value).count("viết một trong: HT,") == 1
    assert "Dòng 5: không có chức vụ “QQQ”." in str(caught.value)


def test_a_roster_wrong_everywhere_gives_a_short_answer() -> None:
    with pytest.raises(RosterError) as caught:
        read_roster((HEAD + "x" * 90 + ",yyy,zzz,\n" * 3000).encode(), UNITS)
    assert len(str(caught.value)) < 4096
    assert "chỗ khác" in str(caught.value)


def test_the_line_is_that_of_the_file_also_behind_a_cell_of_several_lines() -> None:
    [error] = errors_of(HEAD + '"Nguyễn\nThị A",HT,MN Sao Sáng,"ghi\nchú"\nTrần B,QQ,MN An Tiến,\n')
    assert error.startswith("Dòng 5:")


def test_the_same_person_twice() -> None:
    [error] = errors_of(HEAD + "Nguyễn Thị A,HT,MN Sao Sáng,\nnguyễn  thị a,TTCM,Sao Sáng,\n")
    assert error.startswith("Dòng 3: “nguyễn thị a”, MN Sao Sáng đã có ở dòng 2; đề nghị bỏ một dòng")
    assert len(read_roster((HEAD + "Lê A,HT,MN Sao Sáng,\nLê A,HT,MN An Tiến,\n").encode(), UNITS)) == 2


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("Họ và tên,Đơn vị,Ghi chú\n", "Thiếu cột “Chức vụ”."),
        ("Họ và tên,Chức vụ,Đơn vị\n", "Thiếu cột “Ghi chú”."),
        ("Nguyễn Thị A,HT,MN Sao Sáng,\n", "Thiếu cột “Họ và tên”, “Chức vụ”, “Đơn vị”, “Ghi chú”."),
        ("Họ và tên,Họ tên,Chức vụ,Chức danh,Đơn vị,Ghi chú\n", "có hai cột “Chức vụ”"),
    ],
)
def test_the_columns(head: str, said: str) -> None:
    [error] = errors_of(head + "Nguyễn Thị A,HT,MN Sao Sáng,\n")
    assert said in error


def test_a_roster_of_titles_only() -> None:
    [error] = errors_of(HEAD)
    assert error.startswith("Tệp chỉ có dòng tiêu đề")


def test_a_wrong_phone_is_named_by_its_line_and_not_repeated() -> None:
    head = "Họ và tên,Chức vụ,Đơn vị,Ghi chú,Điện thoại\n"
    [error] = errors_of(head + "Nguyễn Thị A,HT,MN Sao Sáng,,0912x\n")
    assert error.startswith("Dòng 2: số điện thoại không đúng")
    assert "0912x" not in error
    assert one("Nguyễn Thị A,HT,MN Sao Sáng,,\n", head).phone == ""


def test_formulas_are_refused() -> None:
    head = ["Họ và tên", "Chức vụ", "Đơn vị", "Ghi chú"]
    [error] = errors_of(sheet([head, ["Nguyễn Thị A", "HT", '=CONCAT("MN ","Sao Sáng")', ""]]))[:1]
    assert error == "Dòng 2: ô “Đơn vị” là công thức; đề nghị chép lại thành chữ (Dán giá trị)."
