"""On Zalo, by numbers: who goes, who covers, who takes over."""

from collections import Counter
from pathlib import Path

from bot.flows.plans.importing import import_plan
from bot.plan.reader import read_plan
from bot.plan.reading import PlanReading
from bot.workdays import Workdays
from tests.talks.playing import FILES
from tests.talks.zalo_looks import each_notice_once
from tests.talks.zalo_stage import ZaloStage

HOST = "Hiệu trưởng An Tiến"
LEAD = "Lê Thị Minh Hồng"
TEACHER = "Giáo viên cốt cán 1 Bát Trang"
HEAD = "Hiệu trưởng Bát Trang"


async def test_a_head_names_who_goes_by_numbers_and_a_teacher_says_who_goes_instead(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.at(1, 11, 2023)
        assert "Cử người đi thay" in await stage.choose(HEAD, "Ai của trường tôi đi")
        asked = await stage.choose(HEAD, "Chọn người: GV cốt cán")
        assert "1. ● Giáo viên cốt cán 1 Bát Trang" in asked
        assert "rồi chọn Xong" in asked, "nothing is pressed on Zalo"
        asked = await stage.type(HEAD, "1")
        assert "1. ○ Giáo viên cốt cán 1 Bát Trang" in asked
        assert "Đang chọn 4" in await stage.type(HEAD, "tổ phó nhà trẻ Bát Trang")
        assert "nhà trường chọn 4" in await stage.choose(HEAD, "Xong (4 người)")
        assert "không cần đi dự" in stage.last(TEACHER)
        assert "mời dự sinh hoạt chuyên môn" in stage.last("Tổ phó nhà trẻ Bát Trang")

        other = "Giáo viên cốt cán 2 Bát Trang"
        await stage.type(other, "VANG B2")
        said = await stage.type(other, "Tổ trưởng nhà trẻ Bát Trang đi thay")
        assert "Lời mời được gửi tới người đi thay" in said
        assert "người đi thay: Tổ trưởng nhà trẻ MN Bát Trang" in stage.last(HEAD)
        assert "người đi thay Giáo viên cốt cán 2" in stage.last("Tổ trưởng nhà trẻ Bát Trang")
        each_notice_once(stage)


async def test_the_lead_names_who_goes_for_the_whole_cluster_by_numbers(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        stage.desk.run(lambda work: import_plan(work, _plan_that_counts_the_cluster()))
        await stage.at(25, 10, 2023)
        assert "GV cốt cán nào của cả cụm đi?" in stage.last(LEAD)
        asked = await stage.choose(LEAD, "Chọn người cả cụm: GV cốt cán")
        assert "2. MN Bát Trang: chọn 1" in asked
        assert "bấm" not in asked
        asked = await stage.type(LEAD, "2")
        assert "1. ● Giáo viên cốt cán 1 Bát Trang" in asked
        assert "bấm" not in asked
        assert "Đang chọn 3" in await stage.type(LEAD, "1")
        asked = await stage.type(LEAD, "MN An Tiến")
        assert "1. ○ Giáo viên cốt cán 1 An Tiến" in asked
        assert "Đang chọn 4" in await stage.type(LEAD, "2")
        said = await stage.choose(LEAD, "Xong (4 người)")
        assert "GV cốt cán của cả cụm đi buổi B2, thứ Tư, 08/11/2023: 4 người" in said
        assert "• Giáo viên cốt cán 2 MN An Tiến: chưa trả lời" in said
        await stage.at(1, 11, 2023)
        assert "mời dự sinh hoạt chuyên môn" in stage.last("Giáo viên cốt cán 2 An Tiến")
        assert not any("tại MN An Tiến" in text for text in stage.seen(TEACHER))
        each_notice_once(stage)


def _plan_that_counts_the_cluster() -> PlanReading:
    content = (FILES / "ke-hoach-ca-cum.txt").read_bytes()
    return read_plan("plan.txt", content, deadline=Workdays.load().deadline)


async def test_a_head_hands_over_by_numbers_and_her_chat_falls_silent(tmp_path: Path) -> None:
    vice = "Phó hiệu trưởng chuyên môn Bát Trang"
    async with ZaloStage(tmp_path, strangers={vice}) as stage:
        await stage.at(1, 11, 2023)
        assert "1. Bàn giao\n2. Bàn giao của người khác" in await stage.type(HEAD, "bàn giao")
        asked = await stage.choose(HEAD, "Bàn giao")
        assert "Bàn giao: Hiệu trưởng MN Bát Trang. Ai nhận?" in asked
        assert f"1. {vice}" in asked
        assert "đang ở MN An Tiến" in await stage.type(HEAD, HOST)
        sure = await stage.type(HEAD, vice)
        assert f"{vice} chưa đăng ký nhận tin" in sure
        said = await stage.choose(HEAD, "Xác nhận: nghỉ, chuyển trường")
        assert f"Mã đăng ký của {vice}" in said
        code = said.partition("30 ngày): ")[2][:14]
        assert "không nhận giấy mời và tin của cụm nữa" in stage.seen(HEAD)[-2]
        assert "nhận bàn giao từ đ/c Hiệu trưởng Bát Trang" in stage.last(LEAD)
        assert "gõ mã đăng ký" in await stage.type(HEAD, "lịch"), "a stranger now, who may have a new code"

        await stage.type(vice, code)
        assert any("Đồng chí nhận bàn giao: Hiệu trưởng MN Bát Trang" in text for text in stage.seen(vice))
        heard = len(stage.seen(HEAD))
        await stage.at(9, 11, 2023, 18)
        assert len(stage.seen(HEAD)) == heard, "nothing comes any more"
        assert max(Counter(stage.seen(vice)).values()) == 1


async def test_a_head_names_who_covers_and_she_answers_by_numbers(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.at(1, 11, 2023)
        listed = await stage.choose(HEAD, "Người dạy thay, trông bếp")
        assert f"1. ○ Thay {TEACHER}" in listed
        assert "bấm" not in listed
        asked = await stage.type(HEAD, "1")
        assert "1. Tổ trưởng mẫu giáo Bát Trang" in asked
        assert "bấm" not in asked.casefold()
        named = await stage.type(HEAD, "tổ trưởng mẫu giáo Bát Trang")
        assert f"{TEACHER}: Tổ trưởng mẫu giáo Bát Trang, chờ trả lời" in named
        covers = "Tổ trưởng mẫu giáo Bát Trang"
        assert "1. Nhận\n2. Không nhận được" in stage.last(covers)
        said = await stage.type(covers, "2")
        assert said.startswith("Đã ghi: không nhận được.")
        assert f"chưa có người dạy thay {TEACHER}" in stage.last(HEAD)
        await stage.choose(HEAD, "Người dạy thay, trông bếp")
        await stage.choose(HEAD, f"○ Thay {TEACHER}")
        await stage.choose(HEAD, "Người khác")
        assert f"{TEACHER}: cô Hoa lớp 4A" in await stage.type(HEAD, "cô Hoa lớp 4A")
        assert "Người dạy thay: cô Hoa lớp 4A." in await stage.type(TEACHER, "/buoi B2")
        each_notice_once(stage)
