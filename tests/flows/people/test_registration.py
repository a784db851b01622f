"""A chat becomes somebody by a code, and leaves again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.cluster import codes
from bot.cluster.people import Cluster, Person
from bot.cluster.store import ERASED_NAME
from bot.errors import NotAllowedError
from bot.flows.people.registration import (
    Refusal,
    change_cluster_join_code,
    erase,
    join_with_code,
    redeem_code,
    release_chat,
    what_is_known,
)
from bot.flows.people.roster import make_codes, store_roster
from tests.cluster.sample import ROSTER
from tests.flows.people.people_store import NOW, Town, people_store

LEAD, HEAD, DEPUTY = "Lê Thị Minh Hồng", "Hiệu trưởng Bát Trang", "Phó hiệu trưởng chuyên môn Bát Trang"
CLERK = "Văn thư Sao Sáng"


@pytest.fixture
def town() -> Iterator[Town]:
    with people_store() as store:
        yield Town(store)


@pytest.fixture
def code(town: Town) -> dict[str, str]:
    return {issued["name"]: issued["code"] for issued in make_codes(town.store, town.cluster, NOW)}


def redeem(town: Town, chat: str, text: str, now: datetime = NOW, channel: str = "telegram") -> Person | str:
    got = redeem_code(town.store, channel, chat, text, now)
    return got.sentence if isinstance(got, Refusal) else got


def test_a_code_links_its_person(town: Town, code: dict[str, str]) -> None:
    assert redeem(town, "11", codes.shown(code[LEAD]).lower()) == town.person(LEAD)
    assert town.store.person_by_chat("telegram", "11") == town.person(LEAD)


def test_a_code_works_once(town: Town, code: dict[str, str]) -> None:
    redeem(town, "11", code[LEAD])
    said = redeem(town, "22", code[LEAD])
    assert said == (
        "Mã này đã được dùng; mỗi mã chỉ dùng một lần. Đề nghị xin mã mới ở cụm trưởng hoặc người quản trị."
    )
    assert town.store.people_by_chat("telegram", "22") == []


def test_the_same_chat_may_open_its_link_again(town: Town, code: dict[str, str]) -> None:
    redeem(town, "11", code[LEAD])
    assert redeem(town, "11", code[LEAD]) == town.person(LEAD)
    assert len(town.store.links([town.person(LEAD).id])) == 1


def test_a_code_ends_after_thirty_days(town: Town, code: dict[str, str]) -> None:
    assert "hết hạn" in str(redeem(town, "11", code[LEAD], NOW + timedelta(days=30)))
    just_in_time = NOW + timedelta(days=30) - timedelta(seconds=1)
    assert redeem(town, "11", code[LEAD], just_in_time) == town.person(LEAD)


def test_nobody_takes_over_a_person_who_is_linked(town: Town, code: dict[str, str]) -> None:
    town.store.link(town.person(LEAD), "telegram", "11", NOW)
    assert "đã đăng ký bằng một tài khoản Telegram khác" in str(redeem(town, "22", code[LEAD]))
    assert town.store.people_by_chat("telegram", "22") == []
    assert redeem(town, "33", code[LEAD], channel="zalo") == town.person(LEAD)


def test_a_chat_does_not_become_a_second_person_of_the_cluster(town: Town, code: dict[str, str]) -> None:
    redeem(town, "11", code[LEAD])
    assert f"đã đăng ký cho {LEAD}" in str(redeem(town, "11", code[HEAD]))
    assert redeem(town, "22", code[HEAD]) == town.person(HEAD)  # the code is still good


def test_a_chat_that_had_blocked_us_is_reached_again(town: Town, code: dict[str, str]) -> None:
    town.store.link(town.person(LEAD), "telegram", "11", NOW)
    town.store.mark_blocked("telegram", "11", NOW)
    assert redeem(town, "11", code[LEAD]) == town.person(LEAD)
    assert town.person(LEAD).id in town.store.addresses([town.person(LEAD).id])


def test_the_code_of_somebody_who_left_is_worth_nothing(town: Town, code: dict[str, str]) -> None:
    lines = ROSTER.read_text(encoding="utf-8-sig").splitlines()
    store_roster(town.store, town.cluster, "\n".join(x for x in lines if LEAD not in x).encode())
    assert "Mã không đúng" in str(redeem(town, "11", code[LEAD]))


@pytest.mark.parametrize("text", ["", "BBBBBBBBBBBB", "xin chào", "<b>&", "😀", "B" * 5000, "' OR 1=1 --"])
def test_a_wrong_code_says_what_to_do_and_tells_nothing(town: Town, text: str) -> None:
    said = redeem(town, "11", text)
    assert said == (
        "Mã không đúng hoặc không còn dùng được. Đề nghị xem lại từng chữ trên phiếu đăng ký; "
        "nếu vẫn không được, xin mã mới ở cụm trưởng hoặc người quản trị."
    )


def test_five_wrong_codes_lock_the_chat_for_an_hour_even_against_a_good_one(
    town: Town, code: dict[str, str]
) -> None:
    for minute in range(5):
        redeem(town, "11", "BBBBBBBBBBBB", NOW + timedelta(minutes=minute))
    said = redeem(town, "11", code[LEAD], NOW + timedelta(minutes=5))
    assert said == (
        "Đã nhập sai mã 5 lần trong một giờ. Đề nghị chờ 55 phút rồi thử lại, "
        "hoặc xin mã mới ở cụm trưởng, người quản trị."
    )
    assert isinstance(join_with_code(town.store, "telegram", "11", town.cluster.join_code, NOW), Refusal)
    assert redeem(town, "22", code[HEAD]) == town.person(HEAD)
    assert redeem(town, "11", code[LEAD], NOW + timedelta(minutes=60)) == town.person(LEAD)


def test_a_join_code_opens_the_cluster_and_a_wrong_one_counts(town: Town) -> None:
    typed = codes.shown(town.cluster.join_code).lower()
    assert join_with_code(town.store, "telegram", "11", typed, NOW) == town.cluster
    refused = join_with_code(town.store, "telegram", "11", "BBBBBB", NOW)
    assert isinstance(refused, Refusal)
    for word in ("An Tiến", "Sao Sáng"):
        assert word not in refused.sentence
    assert len(town.store.attempts_since("telegram", "11", NOW - timedelta(hours=1))) == 1


def test_who_is_registered_needs_no_join_code(town: Town, code: dict[str, str]) -> None:
    redeem(town, "11", code[LEAD])
    refused = join_with_code(town.store, "telegram", "11", town.cluster.join_code, NOW)
    assert isinstance(refused, Refusal)
    assert "đã đăng ký" in refused.sentence


def test_a_fresh_join_code_ends_the_earlier(town: Town) -> None:
    before = town.cluster.join_code
    after = change_cluster_join_code(town.store, town.cluster)
    assert isinstance(join_with_code(town.store, "telegram", "11", before, NOW), Refusal)
    assert isinstance(join_with_code(town.store, "telegram", "11", after.join_code, NOW), Cluster)


def test_what_is_known(town: Town, code: dict[str, str]) -> None:
    redeem(town, "11", code[LEAD])
    known = what_is_known(town.store, town.person(LEAD))
    assert (known.name, known.posts, known.unit) == (LEAD, "Hiệu trưởng, Cụm trưởng", "MN Sao Sáng")
    assert (known.cluster, known.school_year, known.channels) == ("An Tiến", "2023-2024", ("Telegram",))
    assert known.phone is None


def test_leaving_erases_and_the_roster_brings_back_a_stranger(town: Town, code: dict[str, str]) -> None:
    redeem(town, "11", code[HEAD])
    person = town.person(HEAD)
    erase(town.store, person, NOW)
    gone = town.store.person(person.id)
    assert gone is not None
    assert (gone.name, gone.active) == (ERASED_NAME, False)
    assert town.store.people_by_chat("telegram", "11") == []
    assert "Mã không đúng" in str(redeem(town, "11", code[HEAD]))
    store_roster(town.store, town.cluster, ROSTER.read_bytes())
    assert town.person(HEAD).id != person.id
    assert town.store.links([town.person(HEAD).id]) == []


@pytest.mark.parametrize(
    ("actor", "target", "allowed"),
    [
        (LEAD, HEAD, True),
        (CLERK, HEAD, True),
        (DEPUTY, HEAD, True),
        ("Bếp trưởng Bát Trang", HEAD, False),
        ("Hiệu trưởng An Tiến", HEAD, False),
        ("Phó hiệu trưởng chuyên môn Sao Sáng", LEAD, False),
        ("Phó hiệu trưởng chuyên môn Sao Sáng", CLERK, False),
        (HEAD, "Lãnh đạo Phòng GD&ĐT", False),
        (LEAD, "Lãnh đạo Phòng GD&ĐT", True),
    ],
)
def test_who_may_take_a_chat_off_somebody(town: Town, actor: str, target: str, allowed: bool) -> None:
    town.store.link(town.person(target), "telegram", "11", NOW)
    if allowed:
        release_chat(town.store, town.person(actor), town.person(target))
        assert town.store.people_by_chat("telegram", "11") == []
    else:
        with pytest.raises(NotAllowedError, match="Chỉ cụm trưởng"):
            release_chat(town.store, town.person(actor), town.person(target))
        assert town.store.people_by_chat("telegram", "11") == [town.person(target)]
