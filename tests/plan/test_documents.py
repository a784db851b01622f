"""Whole documents of the genre, in every format that is read, against the readings expected of them."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.plan.reader import read_plan
from bot.plan.report import reading_to_json
from tests.plan.scoring import document_fields, session_fields

FOLDER = Path(__file__).parent / "documents"
SOURCES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")


def expected_of(source: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{source.stem}.expected.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_a_document_is_read_as_expected(source: Path) -> None:
    reading = reading_to_json(read_plan(source.name, source.read_bytes()))
    expected = expected_of(source)
    assert document_fields(reading) == document_fields(expected)
    assert [session_fields(s) for s in reading["sessions"]] == [
        session_fields(s) for s in expected["sessions"]
    ]


def _weekdays_back(day: date, count: int) -> date:
    while count:
        day -= timedelta(days=1)
        count -= day.weekday() < 5
    return day


def test_the_seed_raises_its_doubts_and_gets_its_deadlines() -> None:
    source = FOLDER / "00-an-tien-2023-2024.txt"
    reading = read_plan(source.name, source.read_bytes(), deadline=_weekdays_back)
    codes = [(doubt.code, doubt.session) for doubt in reading.doubts]
    assert ("count_scope_ambiguous", 1) in codes
    assert {code for code, session in codes if session is None} >= {
        "no_time",
        "no_place",
        "name_collision",
        "school_without_session",
    }
    scope = next(doubt for doubt in reading.doubts if doubt.code == "count_scope_ambiguous")
    assert scope.choices == ("Mỗi trường 4 người", "Cả cụm 4 người")
    assert scope.message == "“4 GV cốt cán”: mỗi trường 4 người, hay cả cụm 4 người?"
    assert "Bát Trang" in next(d.message for d in reading.doubts if d.code == "school_without_session")
    assert [session.invite_deadline for session in reading.sessions] == [
        date(2023, 10, 9),
        date(2023, 11, 3),
        date(2023, 12, 11),
        date(2024, 3, 7),
    ]
    assert reading.rules.invite_by == "host"
    assert reading.rules.invite_whom == ("PGD", "COT_CAN_PGD")
    assert "xin ý kiến PGD" in (reading.rules.conflict_rule or "")
    assert reading.head_title == "Cụm trưởng, Hiệu trưởng MN Sao Sáng"


def test_without_a_deadline_function_no_deadline_is_made_up() -> None:
    source = FOLDER / "00-an-tien-2023-2024.txt"
    reading = read_plan(source.name, source.read_bytes())
    assert {session.invite_deadline for session in reading.sessions} == {None}
