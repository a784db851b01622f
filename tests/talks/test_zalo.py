"""The story on Zalo alone, and who comes to it."""

import datetime as dt
from pathlib import Path

from bot.flows.people.roster import make_codes
from bot.sessions.answers import Reply
from tests.talks.zalo_looks import each_notice_once, reply_of
from tests.talks.zalo_stage import ZaloStage

HOST = "Hiệu trưởng An Tiến"
TEACHER = "Giáo viên cốt cán 1 Bát Trang"
COOK = "Bếp trưởng Bát Trang"
OFFICER = "Chuyên viên mầm non Phòng GD&ĐT"


async def test_the_main_story_on_zalo_alone(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        assert all(bot.people for bot in stage.bots), "66 people need two bots"
        assert "Thứ Tư, 08/11/2023" in await stage.type(TEACHER, "/lich")

        await stage.at(1, 11, 2023)
        invited = stage.last(TEACHER)
        assert "B2" in invited
        assert "1. Tham dự\n2. Vắng mặt" in invited
        assert "<" not in invited

        said = await stage.choose(TEACHER, "Tham dự")
        assert said.startswith("Đã ghi tham dự. Cảm ơn.\nBuổi B2: thứ Tư, 08/11/2023")
        said = await stage.type(COOK, "  vắng  b2 ")
        assert "vắng mặt buổi B2" in said
        await stage.choose(COOK, "Không nêu lý do")
        assert reply_of(stage, COOK) == Reply.DECLINED

        assert "Trùng lịch của Phòng, Sở" in await stage.type(HOST, "Đổi B2")
        offered = await stage.choose(HOST, "Trùng lịch của Phòng, Sở")
        assert "Thứ Sáu 10/11" in offered
        assert "Chọn ngày khác" not in offered, "a month is no list of numbers: another day is typed"
        await stage.type(HOST, "10/11")
        assert "Đã gửi đề nghị đổi lịch buổi B2" in await stage.choose(HOST, "Xác nhận")
        assert "chuyển buổi thứ Tư, 08/11/2023 sang thứ Sáu, 10/11/2023" in stage.last(OFFICER)

        assert "Đã đổi lịch" in await stage.type(OFFICER, "dong y b2")
        assert stage.session("B2").date == dt.date(2023, 11, 10)
        assert "chuyển sang thứ Sáu, 10/11/2023" in stage.last(TEACHER)
        assert reply_of(stage, TEACHER) is None, "everybody is asked again"
        await stage.choose(TEACHER, "Tham dự")
        assert reply_of(stage, TEACHER) == Reply.GOING

        await stage.at(10, 11, 2023, 23)
        assert any("ngày mai" in said.lower() or "10/11" in said for said in stage.seen(TEACHER)[-2:])
        each_notice_once(stage)


async def test_a_stranger_registers_with_a_typed_code(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path, strangers={TEACHER}) as stage:
        cluster = stage.cluster()
        codes = stage.desk.run(lambda work: make_codes(work.people, cluster, work.now))
        code = next(one["code"] for one in codes if one["name"] == TEACHER)
        assert "gõ mã đăng ký" in await stage.type(TEACHER, "xin chào")
        typed = f"{code[:4].lower()} {code[4:8]}-{code[8:]}"
        assert f"Đã đăng ký: {TEACHER}" in await stage.type(TEACHER, typed)
        assert "đã được dùng" in await stage.type("Người lạ", code)
        for _ in range(4):
            await stage.type("Người lạ", "BCFG-HJKM-2345")
        await stage.type("Người lạ", "BCFG-HJKM-2346")
        assert "Đã nhập sai mã 5 lần" in await stage.type("Người lạ", "BCFG-HJKM-2347")
