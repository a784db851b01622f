"""Asking to be let in, and deciding on it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.cluster.people import Post
from bot.cluster.roster_changes import JOINED_NOTE
from bot.cluster.store import JoinRequest, JoinState
from bot.errors import BadInputError, NotAllowedError, OutdatedError
from bot.flows.people.joining import approvers, ask_to_join, decide_join, offered_roles, open_requests_for
from bot.flows.people.registration import redeem_code
from bot.flows.people.roster import make_codes
from tests.flows.people.people_store import NOW, Town, people_store

LEAD, HEAD, CLERK = "Lê Thị Minh Hồng", "Hiệu trưởng Bát Trang", "Văn thư Sao Sáng"


@pytest.fixture
def town() -> Iterator[Town]:
    with people_store() as store:
        yield Town(store)


def ask(
    town: Town,
    name: str = "Nguyễn Thị Hoa",
    role: str = "GV",
    unit: str = "MN Bát Trang",
    team: str | None = None,
) -> JoinRequest:
    return ask_to_join(town.store, town.unit(unit).id, "telegram", "99", name, role, NOW, team)


def test_somebody_new_is_let_in_by_the_schools_head(town: Town) -> None:
    request = ask(town)
    decision = decide_join(town.store, town.person(HEAD), request.id, True, NOW)
    person = decision.person
    assert person is not None
    assert decision.request.state is JoinState.APPROVED
    assert (person.name, person.posts, person.note) == ("Nguyễn Thị Hoa", (Post("GV"),), JOINED_NOTE)
    assert town.store.person_by_chat("telegram", "99") == person


def test_the_same_name_in_the_roster_is_the_same_person(town: Town) -> None:
    request = ask(town, "bếp  trưởng bát trang", "BEP_TRUONG")
    person = decide_join(town.store, town.person(LEAD), request.id, True, NOW).person
    assert person == town.person("Bếp trưởng Bát Trang")


def test_a_real_name_goes_to_the_post_that_stands_without_one(town: Town) -> None:
    before = town.person("Tổ trưởng mẫu giáo Bát Trang")
    request = ask(town, "Nguyễn Thị Hoa", "TTCM", team="mẫu giáo")
    person = decide_join(town.store, town.person(HEAD), request.id, True, NOW).person
    assert person == replace(before, name="Nguyễn Thị Hoa")


def test_among_four_posts_without_a_name_none_is_guessed(town: Town) -> None:
    request = ask(town, "Nguyễn Thị Hoa", "GV_COT_CAN")
    person = decide_join(town.store, town.person(HEAD), request.id, True, NOW).person
    assert person is not None
    assert person.note == JOINED_NOTE


def test_nobody_is_let_in_as_somebody_who_is_registered(town: Town) -> None:
    town.store.link(town.person("Bếp trưởng Bát Trang"), "telegram", "11", NOW)
    request = ask(town, "Bếp trưởng Bát Trang", "BEP_TRUONG")
    with pytest.raises(BadInputError, match="đã đăng ký bằng một tài khoản khác"):
        decide_join(town.store, town.person(LEAD), request.id, True, NOW)
    assert town.store.open_join_requests(town.cluster.id) == [request]
    assert decide_join(town.store, town.person(LEAD), request.id, False, NOW).person is None


@pytest.mark.parametrize(
    ("approver", "allowed"),
    [
        (LEAD, True),
        (CLERK, True),
        (HEAD, True),
        ("Phó hiệu trưởng nuôi dưỡng Bát Trang", True),
        ("Hiệu trưởng An Tiến", False),
        ("Bếp trưởng Bát Trang", False),
        ("Lãnh đạo Phòng GD&ĐT", False),
    ],
)
def test_who_decides_on_a_teacher_of_bat_trang(town: Town, approver: str, allowed: bool) -> None:
    request = ask(town)
    if allowed:
        assert decide_join(town.store, town.person(approver), request.id, True, NOW).person is not None
        return
    with pytest.raises(NotAllowedError):
        decide_join(town.store, town.person(approver), request.id, True, NOW)
    assert town.store.people_by_chat("telegram", "99") == []


@pytest.mark.parametrize("name", [LEAD, CLERK])
def test_a_head_does_not_hand_out_the_lead_or_the_clerk_under_a_lesser_post(town: Town, name: str) -> None:
    request = ask(town, name, "GV", "MN Sao Sáng")
    deputy = town.person("Phó hiệu trưởng chuyên môn Sao Sáng")
    with pytest.raises(NotAllowedError):
        decide_join(town.store, deputy, request.id, True, NOW)
    assert town.store.people_by_chat("telegram", "99") == []


def test_people_of_the_authority_are_for_the_lead_and_the_clerk(town: Town) -> None:
    request = ask(town, "Vũ Văn Nam", "CV_PGD", "Phòng GD&ĐT")
    assert [p.name for p in approvers(town.store, request)] == [LEAD, CLERK]
    assert open_requests_for(town.store, town.person(HEAD)) == []
    assert open_requests_for(town.store, town.person(LEAD)) == [request]


def test_the_approvers_of_a_school_are_its_heads_then_lead_and_clerk(town: Town) -> None:
    found = [p.name for p in approvers(town.store, ask(town))]
    assert found[0] == HEAD
    assert found[-2:] == [LEAD, CLERK]
    assert len(found) == 5
    own = [p.name for p in approvers(town.store, ask(town, unit="MN Sao Sáng"))]
    assert own[0] == LEAD
    assert len(own) == 4


def test_the_right_is_that_of_today(town: Town) -> None:
    request = ask(town)
    head = town.person(HEAD)
    town.store.deactivate(head.id)
    with pytest.raises(NotAllowedError):
        decide_join(town.store, head, request.id, True, NOW)


def test_two_decide_at_once(town: Town) -> None:
    request = ask(town)
    decide_join(town.store, town.person(HEAD), request.id, False, NOW)
    with pytest.raises(OutdatedError, match="đã được giải quyết"):
        decide_join(town.store, town.person(LEAD), request.id, True, NOW)
    assert town.store.people_by_chat("telegram", "99") == []


def test_a_code_while_waiting_wins(town: Town) -> None:
    request = ask(town)
    [code] = [
        c["code"] for c in make_codes(town.store, town.cluster, NOW) if c["name"] == "Bếp trưởng Bát Trang"
    ]
    redeem_code(town.store, "telegram", "99", code, NOW)
    with pytest.raises(OutdatedError, match="đã được giải quyết"):
        decide_join(town.store, town.person(LEAD), request.id, True, NOW)
    assert [p.name for p in town.store.people_by_chat("telegram", "99")] == ["Bếp trưởng Bát Trang"]


def test_a_request_that_does_not_exist_says_no_more_than_one_that_is_not_mine(town: Town) -> None:
    with pytest.raises(NotAllowedError):
        decide_join(town.store, town.person(LEAD), 12345, True, NOW)


@pytest.mark.parametrize("role", ["CUM_TRUONG", "CUM_PHO", "LD_PGD", "BGH", "NONSENSE", ""])
def test_a_post_that_is_not_offered_at_a_school(town: Town, role: str) -> None:
    assert role not in offered_roles(town.unit("MN Bát Trang"))
    with pytest.raises(BadInputError, match="Đề nghị chọn"):
        ask(town, role=role)


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "12345", "x" * 101, "<b>Hoa</b>", "=1+1", "😀"])
def test_what_is_no_name(town: Town, name: str) -> None:
    with pytest.raises(BadInputError, match="Đề nghị ghi họ và tên"):
        ask(town, name)


def test_other_things_that_cannot_be_asked(town: Town) -> None:
    with pytest.raises(BadInputError, match="Tên tổ"):
        ask(town, team="x" * 200)
    with pytest.raises(OutdatedError):
        ask_to_join(town.store, 12345, "telegram", "99", "Hoa", "GV", NOW)
    town.store.link(town.person(LEAD), "telegram", "99", NOW)
    with pytest.raises(BadInputError, match="đã đăng ký"):
        ask(town)
