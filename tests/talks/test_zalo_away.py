"""Choices, and what was typed, over a time when the bot or the person was away."""

import datetime as dt
from pathlib import Path

from bot.notices.timeline import VIETNAM
from bot.sessions.answers import Reply
from tests.talks.zalo_looks import reply_of
from tests.talks.zalo_stage import ZaloStage

TEACHER = "Giáo viên cốt cán 1 Bát Trang"
HEAD = "Hiệu trưởng Bát Trang"


async def test_choices_survive_a_restart_and_expire(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.type(HEAD, "/buoi B1")
        await stage.stop_bot()
        await stage.start_bot()
        await stage.choose(HEAD, "Tham dự")
        assert reply_of(stage, HEAD, "B1") == Reply.GOING
        stage.clock.turn_to(stage.clock.now() + dt.timedelta(days=15))
        assert "chưa ứng với lựa chọn nào" in await stage.type(HEAD, "2")


async def test_what_was_typed_while_the_bot_was_away_counts_for_a_day(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.type(HEAD, "/buoi B2")
        await stage.stop_bot()
        stage.write(HEAD, "1")
        stage.clock.turn_to(stage.clock.now() + dt.timedelta(hours=14))
        await stage.start_bot()
        assert reply_of(stage, HEAD) == Reply.GOING


async def test_what_was_typed_longer_ago_is_not_acted_on_and_that_is_said_once(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.type(HEAD, "/buoi B2")
        before = len(stage.seen(HEAD))
        await stage.stop_bot()
        stage.write(HEAD, "1")
        stage.write(HEAD, "vắng b2")
        stage.clock.turn_to(stage.clock.now() + dt.timedelta(hours=24))
        await stage.start_bot()
        assert reply_of(stage, HEAD) is None
        assert stage.seen(HEAD)[before:] == [
            "Tin gửi lúc 9h00, thứ Ba, 03/10/2023 tới bot quá muộn nên chưa được xử lý. "
            "Nếu còn cần, đề nghị nhắn lại."
        ]
        await stage.type(HEAD, "vắng b2")
        await stage.choose(HEAD, "Không nêu lý do")
        assert reply_of(stage, HEAD) == Reply.DECLINED


async def test_a_number_does_not_mean_a_list_that_came_up_after_it(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.at(31, 10, 2023, 20)
        await stage.type(TEACHER, "/lich")
        await stage.stop_bot()
        stage.write(TEACHER, "1")
        stage.clock.turn_to(dt.datetime(2023, 11, 1, 9, tzinfo=VIETNAM))
        stage.zalo.faults.gateway("getUpdates", times=len(stage.bots))  # the invitation is faster
        await stage.start_bot()
        *_, invitation, answer = stage.seen(TEACHER)
        assert "1. Tham dự" in invitation
        assert answer.startswith("Số này gõ trước khi có danh sách mới nhất, nên chưa được tính.")
        assert reply_of(stage, TEACHER) is None
        await stage.type(TEACHER, "1")
        assert reply_of(stage, TEACHER) == Reply.GOING
