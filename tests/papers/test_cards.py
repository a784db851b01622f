"""Registration pages: one card for each, nothing fetched, nothing typed becomes markup."""

import datetime as dt
import re

import pytest

from bot.papers.cards import Card, qr_code, registration_page

UNTIL = dt.date(2023, 11, 2)
LINK = "https://t.me/an_tien_bot?start=K7QM4TXW9R"


def page(*cards: Card) -> str:
    made = registration_page("MN Trường Thành", "An Tiến", "2023-2024", cards, UNTIL)
    assert made.name == "phieu-dang-ky-mn-truong-thanh.html"
    return made.content.decode("utf-8")


def test_a_card_for_each_with_its_code_and_three_sentences() -> None:
    html = page(Card("Nguyễn Thị Hoa", "HT", "K7QM-4TXW", LINK), Card("Trần Thị B", "GV", "9999-8888", LINK))
    assert html.count("<li>") == html.count("<svg") == 2
    assert "<code>K7QM-4TXW</code>" in html
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert (
        "Mở Telegram hoặc máy ảnh, quét mã QR rồi bấm Bắt đầu. Không quét được, hoặc dùng Zalo: "
        "nhắn cho bot dòng /dangky K7QM-4TXW. "
        "Mã của riêng đồng chí, chỉ dùng một lần, đến hết ngày 02/11/2023." in text
    )


def test_nothing_is_fetched() -> None:
    html = page(Card("A", "GV", "1", LINK))
    assert "default-src 'none'" in html
    assert not re.search(r"""(?:src|href)=|url\(|@import|<script""", html)


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "</li><li>", '"><svg onload=x>', "{{ cards }}"]
)
def test_what_was_typed_is_no_markup(typed: str) -> None:
    html = page(Card(typed, typed, typed))
    assert html.count("<li>") == 1
    assert "<script" not in html
    assert "<svg onload" not in html


def test_the_picture_has_its_quiet_zone() -> None:
    svg = str(qr_code(LINK))
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', svg).group(1))  # type: ignore[union-attr]
    assert (size - 8 - 17) % 4 == 0  # ISO/IEC 18004: 17 + 4 × version modules, and four on each side
    assert qr_code(LINK) == qr_code(LINK) != qr_code(LINK + "x")
