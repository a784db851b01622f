"""Zalo beside Telegram: each notice once, where its person is."""

from pathlib import Path

from bot.flows.people.bots import codes_with_bots
from tests.talks.zalo_looks import each_notice_once
from tests.talks.zalo_stage import ZaloStage

HOST = "Hiệu trưởng An Tiến"
TEACHER = "Giáo viên cốt cán 1 Bát Trang"
HEAD = "Hiệu trưởng Bát Trang"
COOK = "Bếp trưởng Bát Trang"


async def test_half_on_telegram_each_notice_arrives_once_where_its_person_is(tmp_path: Path) -> None:
    names = {HOST, TEACHER, "Lãnh đạo Phòng GD&ĐT", "Bếp trưởng Trường Thọ", "Hiệu trưởng Bát Trang"}
    async with ZaloStage(tmp_path, telegram=names) as stage:
        await stage.at(9, 11, 2023, 18)
        assert any("B2" in said for said in stage.seen(HOST))
        assert any("B2" in said for said in stage.seen(COOK))
        assert "1. Tham dự" not in stage.last(TEACHER), "Telegram has buttons"
        each_notice_once(stage)


async def test_somebody_on_telegram_adds_zalo_and_chooses(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path, telegram={TEACHER}) as stage:
        teacher = stage.chats[TEACHER]
        stage.telegram.type(teacher, "/kenh")
        await stage.settle()
        assert "đang nhận lịch qua: Telegram" in stage.last(TEACHER)
        await _press(stage, teacher, "Thêm Zalo")
        told = stage.telegram.last(teacher).text
        code = told.partition("gõ mã ")[2].split()[0]
        assert any(bot.id in told for bot in stage.bots), "it says which bot to open"
        del stage.chats[TEACHER]  # from here on she looks at Zalo
        assert f"Đã đăng ký: {TEACHER}" in await stage.type(TEACHER, code)
        assert "gửi tới: Zalo" in await stage.type(TEACHER, "/kenh")
        assert "gửi tới Telegram" in await stage.choose(TEACHER, "Nhận qua Telegram")
        before = len(stage.seen(TEACHER))
        await stage.at(1, 11, 2023)
        assert len(stage.seen(TEACHER)) == before
        assert "B2" in stage.telegram.last(teacher).text


async def _press(stage: ZaloStage, chat: int, label: str) -> None:
    stage.telegram.press(chat, stage.telegram.last(chat).id, label)
    await stage.settle()


async def test_each_code_says_which_bot_to_open_and_never_the_full_one(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path, strangers={TEACHER, COOK, HEAD}) as stage:
        cluster = stage.cluster()
        issued = stage.desk.run(lambda work: codes_with_bots(work, cluster))
        assert {one["name"] for one in issued} == {TEACHER, COOK, HEAD}
        full, other = stage.bots
        assert len(full.people) == 50
        assert {one["zalo"] for one in issued} == {f"https://bot.zaloplatforms.com/bots/{other.id}"}
        assert {one["link"] for one in issued} == {one["zalo"] for one in issued}
