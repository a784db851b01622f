"""Golden texts: every kind of notice to every manner of receiver, and what must hold of all of them.

`GOLDEN=write` in the environment writes the files anew; then read the difference aloud.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.notices.notice import Kind
from bot.notices.spelling import spell_out
from tests.notices.cases import CASES
from tests.notices.saying import Case, sample, say, shown

GOLDEN = Path(__file__).parent / "golden"
DATE = re.compile(r"(?<![\w/])\d{1,2}/\d{1,2}(?:/\d{4})?(?![\w/])")
WEEKDAY = re.compile(r"(?:thứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy)|Chủ nhật),? $", re.IGNORECASE)
ENGLISH = re.compile(r"\b(?:the|and|of|to|is|at|None|True|False|null|undefined|error|staff|head)\b")
EMOJI = re.compile("[\U0001f000-\U0001faff☀-➿]")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("golden")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_said_so(case: Case, folder: Path) -> None:
    for manner, name in case.to.items():
        with sample(folder, case.at) as work:
            said = shown(say(work, case, name))
        file = GOLDEN / f"{case.name}.{manner}.txt"
        if os.environ.get("GOLDEN") == "write":
            file.write_text(said, "utf-8")
        assert said == file.read_text("utf-8"), file.name


def test_every_kind_has_its_golden_texts() -> None:
    # Said in talks: no day yet, no words, no session.
    elsewhere = {Kind.PROPOSAL, Kind.CARD, Kind.APPROVAL, Kind.JOIN_DECISION, Kind.NEWCOMER, Kind.HANDOVER}
    elsewhere |= {Kind.PLAN, Kind.PIN, Kind.GROUP_LOST, Kind.SCARCE}
    assert {case.kind for case in CASES if case.kind} | elsewhere == set(Kind)


def test_no_file_is_left_over() -> None:
    wanted = {f"{case.name}.{manner}.txt" for case in CASES for manner in case.to}
    assert {file.name for file in sorted(GOLDEN.glob("*.txt"))} == wanted


def texts(*manners: str) -> Iterator[tuple[str, str]]:
    for file in sorted(GOLDEN.glob("*.txt")):
        if not manners or file.name.split(".")[-2] in manners:
            yield file.name, file.read_text("utf-8")


def said_by_the_bot(text: str) -> str:
    """Without the buttons."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("["))


def test_the_weekday_stands_beside_every_date() -> None:
    for name, text in texts():
        text = re.sub(r"(?m)^• .*: \d+/\d+$", "", text)  # heads counted, no dates
        for found in DATE.finditer(text):
            assert WEEKDAY.search(text[: found.start()]), (
                name,
                text[max(0, found.start() - 30) : found.end()],
            )


def test_to_the_authority_as_to_the_authority() -> None:
    for name, text in texts("authority"):
        lower = text.casefold()
        for word in ("nhắc", "yêu cầu", "hạn chót", "hạn mời", "đ/c", "thầy/cô", "!"):
            assert word not in lower, (name, word)
        assert not EMOJI.search(text), name
        if not name.startswith("card"):
            assert "Kính gửi đồng chí " in text, name


def test_nothing_is_abbreviated_to_cooks_and_the_authority() -> None:
    for name, text in texts("authority", "cook"):
        assert spell_out(said_by_the_bot(text)) == said_by_the_bot(text), name
        assert not re.search(r"\b[A-ZĐ]{2,}\b", said_by_the_bot(text).replace("STEAM", "")), name


def test_nothing_is_left_of_the_making() -> None:
    for name, text in texts():
        assert not re.search(r"[{}]|  |None|Undefined|\bB0\b", text), name
        assert not re.search(r" [.,;:?]|\.\.|,\.|:\.|\n\n\n| \n", text), name
        assert not ENGLISH.search(text), (name, ENGLISH.findall(text))
        assert not EMOJI.search(text), name


def test_the_first_line_says_whether_it_is_worth_reading() -> None:
    for name, text in texts():
        first = text.partition("\n")[0]
        assert len(first) <= 150, (name, len(first))
        assert DATE.search(first), name
        assert "Kính gửi" not in first, name


def test_one_thing_is_asked() -> None:
    for name, text in texts():
        assert said_by_the_bot(text).count("?") <= 1, name


def test_heads_are_addressed_as_peers() -> None:
    for name, text in texts("head", "staff", "cook"):
        assert "yêu cầu" not in text, name
    for name, text in texts("head"):
        assert "thầy/cô" not in text.casefold(), name
    for name, text in texts("staff", "cook"):
        assert not re.search(r"[Đđ]ồng chí (có|chưa|dự|tham|báo|đã trả)", text), name


def test_in_a_group_nobody_is_named_asked_or_counted() -> None:
    for name, text in texts("group"):
        assert "các đồng chí, thầy cô trong cụm" in text, name
        assert "[" not in text, name
        for word in ("bão số 5", "xin đổi", "Đã rõ", "cốt cán", "HT", "PHT", "đ/c", "?", "nhắc", "yêu cầu"):
            assert word not in text, (name, word)
