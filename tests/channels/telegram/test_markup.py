"""Keyboards within Telegram's limits, and texts cut into parts that stand alone."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.markup import keyboard, parts
from bot.message import Button, Message, plain, utf16_length


def _rows(message: Message) -> list[list[dict[str, str]]]:
    drawn = keyboard(message)
    assert drawn is not None
    rows: list[list[dict[str, str]]] = json.loads(drawn)["inline_keyboard"]
    return rows


def test_tokens_and_links() -> None:
    drawn = _rows(Message("x", rows=((Button("Đồng ý", "yes:1"), Button("Bản đồ", url="https://a.vn")),)))
    assert drawn == [
        [
            {"text": "Đồng ý", "callback_data": "yes:1"},
            {"text": "Bản đồ", "url": "https://a.vn"},
        ]
    ]
    assert keyboard(Message("x")) is None


def test_long_rows_are_broken_and_there_is_an_end() -> None:
    row = tuple(Button(str(number), f"day:{number}") for number in range(20))
    drawn = _rows(Message("x", rows=(row,) * 8))
    assert [len(one) for one in drawn[:3]] == [8, 8, 4]
    assert sum(map(len, drawn)) <= 100


def test_labels_that_a_phone_would_cut_stand_alone() -> None:
    roles = ("Hiệu trưởng", "Phó hiệu trưởng phụ trách chuyên môn", "Tổ trưởng chuyên môn", "Giáo viên")
    row = tuple(Button(label, f"a:{number}") for number, label in enumerate(roles))
    assert [len(one) for one in _rows(Message("x", rows=(row[:2], row[2:])))] == [1, 1, 2]
    assert [len(one) for one in _rows(Message("x", rows=(row[:3],)))] == [1, 1, 1]
    short = tuple(Button(label, "set:1") for label in ("Đặt giờ", "Đặt phòng", "Chương trình"))
    assert [len(one) for one in _rows(Message("x", rows=(short,)))] == [3]
    week = tuple(Button(str(day), f"day:{day}") for day in range(7))
    assert [len(one) for one in _rows(Message("x", rows=(week,)))] == [7]


def test_a_short_text_is_left_whole() -> None:
    assert parts("<b>a</b>") == ["<b>a</b>"]
    assert parts("&amp;" * 4096) == ["&amp;" * 4096], "what counts is what is shown"


def test_it_cuts_between_paragraphs() -> None:
    paragraphs = ["<b>một</b> " + "a" * 90, "b" * 80, "c" * 70]
    assert parts("\n\n".join(paragraphs), 190) == ["\n\n".join(paragraphs[:2]), paragraphs[2]]


words = st.lists(
    st.one_of(
        st.text("aăđ😀", min_size=1, max_size=30),
        st.sampled_from(["&amp;", "&lt;", "\n", "\n\n", " "]),
    ),
    max_size=60,
)


@given(words, words, words)
def test_nothing_is_lost_and_every_part_stands_alone(a: list[str], b: list[str], c: list[str]) -> None:
    text = f"{' '.join(a)}<b>{' '.join(b)}<i>x {' '.join(c)}</i></b> y"
    pieces = parts(text, 64)
    assert all(utf16_length(plain(piece)) <= 64 for piece in pieces)
    assert "".join(plain("".join(pieces)).split()) == "".join(plain(text).split())
    for piece in pieces:
        opened: list[str] = []
        for closing, name in re.findall(r"<(/?)(\w+)>", piece):
            if closing:
                assert opened.pop() == name
            else:
                opened.append(name)
        assert opened == []
