"""A group and Zalo: what comes from a Zalo group does no harm; a clerk on Zalo sees and stops Telegram's."""

from pathlib import Path

from bot.demo.botapi.groups import Groups
from tests.talks.stage import CLERK, LEAD
from tests.talks.zalo_stage import ZaloStage

GROUP, IN_ZALO = -7001, "nhom-zalo"
TEACHER = "Giáo viên cốt cán 1 Bát Trang"


async def test_what_is_said_in_a_zalo_group_is_answered_with_one_line_at_most(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        bot, person = stage.home(LEAD)
        for text in (
            "chào cả nhà",
            "1",
            "THAM DU B1",
            "/khongco",
            "/lich",
            "/nhom",
            "/tinhtrang",
            "/start BCDFGH",
        ):
            stage.zalo.write(bot, person, text, LEAD, group=IN_ZALO)
            stage._written += 1
            await stage.settle()
        said = bot.from_bot(IN_ZALO)
        assert set(said) == {"Đề nghị nhắn riêng với Nhắc Lịch để xem lịch và trả lời."}
        assert len(said) == 3  # /lich, /nhom, /tinhtrang
        assert stage.see(lambda work: work.groups.linked(stage.cluster().id)) == []
        answers = stage.see(lambda work: work.sessions.answers(stage.session("B1")))
        assert answers == {}


async def test_a_clerk_on_zalo_sees_the_telegram_group_and_stops_it(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path, telegram={LEAD}) as stage:
        lead = stage.chats[LEAD]
        assert "chưa có nhóm nào nhận lịch" in await stage.type(CLERK, "/nhom")
        assert "Thêm bot vào nhóm: https://t.me/" in stage.last(CLERK)
        Groups(stage.telegram).let_in(GROUP, lead, title="Cụm An Tiến")
        await stage.settle()
        stage.telegram.press(lead, stage.telegram.last(lead).id, "Xác nhận")
        await stage.settle()
        assert stage.telegram.messages(GROUP)[0].text.startswith("Lịch sinh hoạt cụm An Tiến")
        assert "đang gửi vào nhóm “Cụm An Tiến”" in await stage.type(CLERK, "/nhom")
        assert "Ngừng gửi lịch vào nhóm “Cụm An Tiến”?" in await stage.choose(CLERK, "Ngừng gửi vào nhóm")
        assert "Đã ngừng gửi lịch" in await stage.choose(CLERK, "Xác nhận")
        assert stage.see(lambda work: work.groups.linked(stage.cluster().id)) == []
        assert "Lệnh này dành cho cụm trưởng" in await stage.type(TEACHER, "/nhom")
