"""Bytes and mutated documents: the reader answers with a reading or with an error of ours, and never hangs.

NHACLICH_DEEP=1 runs ten thousand cases in all instead of a few dozen of each.
"""

import io
import zipfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import BadInputError
from bot.plan.audience.phrase import read_audience
from bot.plan.dates.typed import parse_typed_date, parse_typed_time
from bot.plan.reader import read_plan, read_text
from bot.plan.report import reading_to_json
from tests.long import DEEP

FOLDER = Path(__file__).parent / "documents"
CASES = 1_700 if DEEP else 40
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("[0-2][0-9]-*.txt"))]
FILES = [path for path in sorted(FOLDER.iterdir()) if path.suffix in (".docx", ".xlsx", ".pdf", ".csv")]
WORDS = [
    "12/10/2023",
    "30/02",
    "14/l1/2O24",
    "thứ Năm",
    "8h00",
    "Tháng 11/2023",
    "Tuần 9 tháng 2",
    "MN Sao Mai",
    "HT",
    "4 GV",
    "của các trường",
    "nt",
    "|",
    "\t",
    "\n",
    "   ",
    "(",
    ")",
    "Thời gian",
    "Nội dung",
    "Thành phần dự",
    "Đơn vị đăng cai",
    "trước 03 ngày làm việc",
    "mời",
    "KẾ HOẠCH",
    "GIẤY MỜI",
    "THÔNG BÁO",
    "điều chỉnh",
    "[10:02, 03/10/2023] A:",
    "CỤM TRƯỞNG",
    "như buổi 9",
    "-",
    "1.",
    "0",
    "²",
    "٣",
    "🙏",
    "́",
    "năm học 2023-2024",
    "99/99/9999",
    "31/12/9999",
    "1/1/0001",
]
relaxed = settings(
    max_examples=CASES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _check(error: BadInputError) -> None:
    assert str(error).endswith((".", "?"))


def _read(name: str, content: bytes) -> None:
    try:
        reading_to_json(read_plan(name, content, deadline=lambda day, _: day))
    except BadInputError as error:
        _check(error)


@relaxed
@given(
    st.binary(max_size=2_000), st.sampled_from([".txt", ".docx", ".xlsx", ".pdf", ".csv", ".md", ".doc", ""])
)
def test_any_bytes(content: bytes, ending: str) -> None:
    _read("a" + ending, content)


@relaxed
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_words_of_the_genre(words: list[str]) -> None:
    try:
        reading_to_json(read_text(" ".join(words)))
    except BadInputError as error:
        _check(error)


@relaxed
@given(st.data())
def test_a_mutated_text(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 80)))
        text = text[:start] + data.draw(st.sampled_from(WORDS) | st.text(max_size=5)) + text[end:]
    _read("a.txt", text.encode("utf-8", "surrogatepass"))


@relaxed
@given(st.data())
def test_a_mutated_file(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(FILES))
    content = bytearray(source.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    _read(source.name, bytes(content))


@relaxed
@given(st.data())
def test_a_mutated_part_of_an_office_file(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from([path for path in FILES if path.suffix in (".docx", ".xlsx")]))
    result = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(result, "w") as new:
        changed = data.draw(st.sampled_from([name for name in old.namelist() if name.endswith(".xml")]))
        for name in old.namelist():
            part = bytearray(old.read(name))
            for _ in range(data.draw(st.integers(1, 5)) if name == changed and part else 0):
                at = data.draw(st.integers(0, len(part) - 1))
                part[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=10))
            new.writestr(name, bytes(part))
    _read(source.name, result.getvalue())


@relaxed
@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(max_size=80))
def test_any_phrase_and_anything_typed(text: str) -> None:
    read_audience(text, ["Sao Mai"], ["Sao Mai", "Hoa Sen"])
    for parse in (lambda: parse_typed_date(text, today=date(2023, 10, 3)), lambda: parse_typed_time(text)):
        try:
            parse()
        except BadInputError as error:
            _check(error)
