"""Whoever goes on from a late change knows it, and is not asked for `Đã rõ` any more."""

import datetime as dt
from pathlib import Path

from bot.notices.timeline import VIETNAM
from tests.talks.stage import LEAD, Stage

HOST = "Hiệu trưởng An Tiến"
EVE = dt.datetime(2023, 11, 6, 9, tzinfo=VIETNAM)


async def test_the_lead_who_cancels_after_the_host_changed_the_hour(tmp_path: Path) -> None:
    async with Stage(tmp_path, EVE) as stage:
        await stage.type(HOST, "b2")
        await stage.press(HOST, "Đặt giờ")
        await stage.type(HOST, "8h00")
        await stage.press(HOST, "Việc đăng cai")
        await stage.press(HOST, "Sửa giờ")
        await stage.type(HOST, "14h")
        await stage.type(LEAD, "b2")
        assert "Đã rõ" in stage.last(LEAD).labels
        await stage.press(LEAD, "Hủy buổi này")
        await stage.type(LEAD, "bão")
        await stage.press(LEAD, "Xác nhận")
        await stage.type(LEAD, "b2")
        assert "Đã rõ" not in stage.last(LEAD).labels
