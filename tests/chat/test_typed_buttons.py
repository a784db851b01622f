"""Which button is meant by what was typed."""

import unicodedata

import pytest

from bot.chat.talk import choice, way_out
from bot.chat.typed_buttons import assents, fitting, typed_buttons
from bot.flows.work import Dialog
from bot.message import Button, Message
from bot.notices.actions import Verb, button

DIALOG = Dialog("asking", "review", "cafe01", {"question": "12ab"})
CONFIRM, BACK = choice(DIALOG, "Xác nhận", "yes"), way_out(DIALOG)[0]
DONE = choice(DIALOG, "Xong (4 người)", "done")
TURN = choice(DIALOG, "Trang 2 ▶", "p1")
LAN, LÂN = choice(DIALOG, "Cô Lan", "t1"), choice(DIALOG, "Cô Lân", "t2")
TWINS = choice(DIALOG, "Cô Hoa", "t3"), choice(DIALOG, "Cô Hoa", "t4")
TICKED = choice(DIALOG, "● Cô Mai", "u5")
LEAVES, STAYS = (
    choice(DIALOG, "Xác nhận: nghỉ, chuyển trường", "leave"),
    choice(DIALOG, "Xác nhận: ở lại, là Giáo viên", "stay"),
)
QUESTION = Message(
    "?",
    (
        (CONFIRM, BACK),
        (DONE, TURN),
        (LAN, LÂN),
        TWINS,
        (TICKED,),
        (button("Gửi giấy mời", Verb.RELEASE, 2, 1), choice(DIALOG, "...", "not")),
        (Button("Mở", url="https://example.org"),),
    ),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Xác nhận", [CONFIRM]),
        ("  xac   NHAN. ", [CONFIRM]),
        (unicodedata.normalize("NFD", "xác nhận"), [CONFIRM]),
        ("đồng ý", [CONFIRM]),
        ("Dong y.", [CONFIRM]),
        ("ĐÚNG RỒI!", [CONFIRM]),
        ("ok", [CONFIRM]),
        ("quay lại!", [BACK]),
        ("xong (4 người)", [DONE]),
        ("xong", [DONE]),
        ("trang 2", [TURN]),
        ("cô lân", [LÂN]),
        ("Cô Lan", [LAN]),
        ("co lân", [LAN, LÂN]),
        ("cô hoa", list(TWINS)),
        ("cô Mai", []),  # a name: it never takes a tick away
        ("gửi giấy mời", []),
        ("mở", []),
        ("đừng", []),
        ("dừng", []),
        ("dung", []),
        ("xác nhận giúp tôi", []),
        ("không đồng ý", []),
        ("ừ", []),
        (".", []),
        ("", []),
        ("xác nhận" + " " * 5000, []),
    ],
)
def test_only_what_stands_on_a_button_of_the_question(typed: str, meant: list[Button]) -> None:
    assert typed_buttons(QUESTION, DIALOG, typed) == {one.token for one in meant}


@pytest.mark.parametrize("typed", ["đồng ý", "xác nhận", "ok"])
def test_of_several_ways_to_confirm_one_is_to_be_chosen(typed: str) -> None:
    both = Message("?", ((LEAVES,), (STAYS,), (BACK,)))
    assert typed_buttons(both, DIALOG, typed) == {LEAVES.token, STAYS.token}
    assert typed_buttons(Message("?", ((LEAVES,), (BACK,))), DIALOG, typed) == {LEAVES.token}
    assert typed_buttons(both, DIALOG, "xác nhận: ở lại, là giáo viên") == {STAYS.token}


def test_an_agreement_means_nothing_where_nothing_is_to_be_confirmed() -> None:
    assert typed_buttons(Message("?", ((BACK,),)), DIALOG, "đồng ý") == set()
    agree = choice(DIALOG, "Đồng ý", "agree")
    assert typed_buttons(Message("?", ((agree, CONFIRM),)), DIALOG, "đồng ý") == {agree.token}
    assert fitting([("Xác nhận", "yes")], "đồng ý") == set()


def test_a_button_of_another_dialog_is_none_of_the_question() -> None:
    other = Dialog("asking", "review", "beef02")
    assert typed_buttons(QUESTION, other, "xác nhận") == set()


@pytest.mark.parametrize(
    ("typed", "does"), [("OK", True), ("xac nhan", True), ("Xác nhận.", True), ("quay lại", False)]
)
def test_what_may_answer_anything(typed: str, does: bool) -> None:
    assert assents(typed) is does
