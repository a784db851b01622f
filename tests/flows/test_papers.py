"""Papers by a tap, on the whole bot: who gets which file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from icalendar import Calendar

from bot.flows import papers
from bot.flows.scene import Scene
from tests.talks.stage import LEAD, Stage

HOST = "Hiệu trưởng Trường Thành"
COOK = "Bếp trưởng Trường Thành"  # not invited to B3


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path) as stage:
        yield stage


async def test_the_calendar_by_a_tap(stage: Stage) -> None:
    await stage.type(LEAD, "/buoi B3")
    await stage.press(LEAD, "Thêm vào lịch")
    assert "Tệp lịch của buổi B3, thứ Năm, 14/12/2023" in "\n".join(stage.seen(LEAD)[-2:])
    await stage.type(LEAD, "/lich")
    await stage.press(LEAD, "Thêm các buổi của tôi vào lịch")
    assert "tất cả các buổi có mời" in "\n".join(stage.seen(LEAD)[-2:])


async def test_only_the_invited_are_offered_it(stage: Stage) -> None:
    await stage.type(COOK, "/buoi B3")
    assert "Thêm vào lịch" not in stage.last(COOK).labels


async def test_all_my_sessions(stage: Stage) -> None:
    lead, cook = stage.person(LEAD), stage.person(COOK)
    made = stage.see(lambda work: papers.my_calendar(work, Scene(work), [lead]))
    assert len(Calendar.from_ical(made.content).walk("VEVENT")) == 4
    made = stage.see(lambda work: papers.my_calendar(work, Scene(work), [cook]))
    assert len(Calendar.from_ical(made.content).walk("VEVENT")) == 1
