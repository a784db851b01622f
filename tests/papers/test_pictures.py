"""Pictures of a month and of the year: every session is in them, whatever there is to show."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from PIL import Image

from bot.channels.zalo.files import content_as_text
from bot.message import Document
from bot.papers.canvas import HEIGHT, MIME, WIDTH, Style, clean, font, width_of, wrapped
from bot.papers.month_grid import is_feast
from bot.papers.poster import Entry, poster
from bot.papers.year_picture import year_picture
from bot.sessions.month import Month
from bot.sessions.session import SessionState
from bot.workdays import Workdays
from tests.papers.facts import CLUSTER, SCHOOLS, facts

WORKDAYS = Workdays.load()
TODAY = dt.date(2023, 11, 1)
LONG = "Trường Tiểu học và Trung học cơ sở Nguyễn Bỉnh Khiêm, xã Vĩnh Bảo Thành, khu tái định cư số 2"


def entries(count: int) -> list[Entry]:
    """Two on one day, one cancelled, one with a very long host, one that nobody has named a day for."""
    made = []
    for number in range(count):
        day = dt.date(2023, 11, 1 + (2 * number - 2 * (number == 1)) % 30)
        held = facts(
            code=f"B{number + 1}", date=day, host_ids=(1 + number % 5,), content="Đổi mới bữa ăn " * 12
        )
        if number == 2:
            held = replace(held, hosts=(replace(SCHOOLS[0], label=LONG),))
        if number == 3:
            held = replace(held, session=replace(held.session, state=SessionState.CANCELLED))
        if number == 4:
            window = (dt.date(2023, 11, 1), dt.date(2023, 11, 30))
            held = replace(
                held, session=replace(held.session, date=None, window=window, date_text="tháng 11")
            )
        made.append(Entry(held, "đã hủy" if number == 3 else ""))
    return made


def opened(document: Document) -> Image.Image:
    assert document.mime == MIME
    picture = Image.open(io.BytesIO(document.content))
    assert picture.size == (WIDTH, HEIGHT)
    picture.load()
    return picture


@pytest.mark.parametrize("count", [0, 1, 4, 12])
def test_the_poster_holds_every_session_above_its_foot(count: int) -> None:
    made = poster(CLUSTER, Month(2023, 11), entries(count), WORKDAYS, TODAY)
    picture = opened(made)
    gap = picture.crop((0, HEIGHT - 70, 300, HEIGHT - 5)).getcolors()
    assert gap is not None
    assert len(gap) == 1, "nothing is drawn beside the foot"
    words = content_as_text(made)
    assert all(f"(B{number + 1})" in words for number in range(count))
    assert ("không có buổi nào" in words) == (count == 0)


@pytest.mark.parametrize("count", [0, 4, 40])
def test_the_year_stays_on_its_page(count: int) -> None:
    made = year_picture(CLUSTER, entries(count), WORKDAYS, TODAY)
    picture = opened(made)
    gap = picture.crop((0, HEIGHT - 70, 300, HEIGHT - 5)).getcolors()
    assert gap is not None
    assert len(gap) == 1


def test_zalo_which_takes_no_files_tells_the_sessions_in_words() -> None:
    told = content_as_text(poster(CLUSTER, Month(2023, 12), [Entry(facts())], WORKDAYS, TODAY))
    assert "Thứ Năm, 14/12/2023 · MN Trường Thành (B3)" in told


def test_the_font_has_every_vietnamese_letter() -> None:
    letters = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
    missing = bytes(font(40).getmask("\uffff"))
    for letter in letters + letters.upper():
        assert clean(letter) == letter
        assert bytes(font(40).getmask(letter)) != missing, letter
    assert clean("Hội thi 🌸 <b>") == "Hội thi  <b>"


def test_a_long_word_is_cut_and_lines_fit() -> None:
    style = Style(40)
    for words in (LONG, "x" * 300, "a b " * 200):
        found = wrapped(words, style, 300, 2)
        assert 1 <= len(found) <= 2
        assert all(width_of(line, style) <= 300 for line in found)
        assert found[-1].endswith("…")


def test_the_weekend_within_tet_belongs_to_it() -> None:
    assert is_feast(WORKDAYS, dt.date(2024, 2, 10))
    assert not is_feast(WORKDAYS, dt.date(2024, 2, 17))
    assert not is_feast(WORKDAYS, dt.date(2024, 2, 7))
