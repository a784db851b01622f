"""A request that finds the authority's chats closed only when it is sent."""

import datetime as dt
from pathlib import Path

import pytest

from bot.notices.timeline import VIETNAM
from tests.talks.stage import LEAD, LEADER, OFFICER, Stage

ASKING = "Hiệu trưởng Trường Thọ"
BEFORE = dt.datetime(2023, 10, 31, 14, 30, tzinfo=VIETNAM)


@pytest.mark.parametrize("closed", [(LEADER, OFFICER), (LEADER,)], ids=["both", "one"])
async def test_the_lead_hears_at_once_that_it_goes_by_paper(tmp_path: Path, closed: tuple[str, ...]) -> None:
    async with Stage(tmp_path, BEFORE) as stage:
        for name in closed:
            stage.service.chats[stage.chat(name)].blocked = True  # nobody tells the bot: the send finds out
        await stage.type(ASKING, "đổi lịch")
        asked = stage.service.messages(stage.chat(ASKING))[-1]
        await stage.press(ASKING, next(label for label in asked.labels if label.startswith("B2")))
        for label in ("Xin vắng buổi này", "Thời tiết, dịch bệnh", "Xác nhận"):
            await stage.press(ASKING, label)
        told = [text for text in stage.seen(LEAD) if "xin vắng" in text or "bằng văn bản" in text]
        assert any("bằng văn bản" in text for text in told) is (closed == (LEADER, OFFICER))
