"""On Zalo a typed number or a word means one choice, the one its reader saw, or none."""

import datetime as dt
from pathlib import Path

from bot.notices.timeline import VIETNAM
from bot.sessions.answers import Reply
from bot.sessions.session import SessionState
from tests.talks.zalo_looks import reply_of
from tests.talks.zalo_stage import ZaloStage

LEAD = "Lê Thị Minh Hồng"
TEACHER = "Giáo viên cốt cán 1 Bát Trang"
HEAD = "Hiệu trưởng Bát Trang"
COOK = "Bếp trưởng Bát Trang"


async def test_a_bare_number_without_a_list_does_nothing(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        assert "chưa ứng với lựa chọn nào" in await stage.type(TEACHER, "1")
        await stage.type(TEACHER, "/buoi B2")
        assert "chỉ có số từ 1 đến" in await stage.type(TEACHER, "9")
        assert reply_of(stage, TEACHER) is None
        await stage.type(TEACHER, "1.")
        assert reply_of(stage, TEACHER) == Reply.GOING


async def test_the_newest_list_counts_and_a_word_with_the_code_reaches_any_session(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.type(HEAD, "/buoi B2")
        await stage.type(HEAD, "/buoi B1")
        await stage.type(HEAD, "1")
        assert (reply_of(stage, HEAD, "B2"), reply_of(stage, HEAD, "B1")) == (None, Reply.GOING)
        for words in ("THAM DU B2", "tham dự buổi b2", "Tham  Dự  B 2"):
            assert "Đã ghi tham dự" in await stage.type(HEAD, words)
        assert reply_of(stage, HEAD, "B2") == Reply.GOING


async def test_the_words_of_a_choice_count_also_in_an_earlier_list(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.type(HEAD, "/buoi B2")
        await stage.type(HEAD, "/lich")
        said = await stage.type(HEAD, "dung nhac toi buoi nay.")
        assert "B2" in said
        assert "nhắc" in said
        await stage.type(HEAD, "/buoi B1")
        await stage.type(HEAD, "/buoi B2")
        assert "Chưa hiểu" in await stage.type(HEAD, "đừng nhắc tôi buổi nào")
        stage.clock.turn_to(stage.clock.now() + dt.timedelta(days=15))
        assert "Chưa hiểu" in await stage.type(HEAD, "Đừng nhắc tôi buổi này")


async def test_words_that_stand_in_several_lists_are_asked_about(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.type(HEAD, "/buoi B2")
        await stage.type(HEAD, "/buoi B1")
        said = await stage.type(HEAD, "Đừng nhắc tôi buổi này")
        assert said.startswith("Có nhiều việc đang chờ với lựa chọn này.")


async def test_in_a_dialog_only_its_own_choices_are_meant(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.type(COOK, "/buoi B2")
        await stage.type(COOK, "vang b2")
        await stage.type(COOK, "Tham dự")  # the reason, strange as it is
        assert reply_of(stage, COOK) == Reply.DECLINED


async def test_the_words_of_a_choice_mean_no_question_that_perhaps_did_not_arrive(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.type(LEAD, "/buoi B2")
        await stage.choose(LEAD, "Hủy buổi này")
        stage.zalo.faults.close("sendMessage", acts=True)
        assert "1. Xác nhận\n2. Quay lại" in await stage.type(LEAD, "bão số 5")
        again = await stage.type(LEAD, "ok")
        assert again.startswith("Chưa rõ “ok” là trả lời tin nào, nên chưa ghi. Đề nghị xem lại câu dưới đây")
        assert "1. Xác nhận\n2. Quay lại" in again
        assert stage.session("B2").state == SessionState.PLANNED
        assert "đã hủy" in await stage.type(LEAD, "ok")
        assert stage.session("B2").state == SessionState.CANCELLED


async def test_the_words_of_a_choice_that_is_over_are_answered_once(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.type(HEAD, "/toi")
        await stage.choose(HEAD, "Rời khỏi và xóa thông tin")
        await stage.type(HEAD, "thôi")
        before = len(stage.seen(HEAD))
        over = "Thao tác này đã xong hoặc đã thôi. Gõ /lich để xem lịch hiện nay."
        assert await stage.type(HEAD, "xác nhận") == over
        assert len(stage.seen(HEAD)) == before + 1


async def test_the_words_of_a_choice_mean_no_question_that_came_up_after_them(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.at(31, 10, 2023, 20)
        assert "1. Xin vắng buổi này" in await stage.type(HEAD, "đổi b2")
        await stage.stop_bot()
        stage.write(HEAD, "xin vắng buổi này")
        stage.clock.turn_to(dt.datetime(2023, 11, 1, 9, tzinfo=VIETNAM))
        stage.zalo.faults.gateway("getUpdates", times=len(stage.bots))  # the invitation is faster
        await stage.start_bot()
        *_, invitation, again = stage.seen(HEAD)
        assert "1. Tham dự" in invitation
        assert again.startswith("Chưa rõ “xin vắng buổi này” là trả lời tin nào")
        assert "Trùng lịch của Phòng, Sở" in await stage.type(HEAD, "xin vang buoi nay")


async def test_in_a_dialog_the_words_of_a_notice_that_came_after_it_are_meant_first(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.at(7, 11, 2023)
        await stage.type(HEAD, "đổi b2")
        await stage.at(7, 11, 2023, 16)
        assert "Đừng nhắc tôi buổi này" in stage.last(HEAD)
        assert "Sẽ không nhắc" in await stage.type(HEAD, "đừng nhắc tôi buổi này")
        assert "Trùng lịch của Phòng, Sở" in await stage.type(HEAD, "Xin đổi sang ngày khác")


async def test_a_stranger_types_the_words_of_a_choice(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.type("Người lạ", stage.cluster().join_code)
        assert "chức vụ của đồng chí? Gõ số để chọn" in await stage.type("Người lạ", "mn bat trang")
        await stage.type("Người lạ", "Giáo viên")
        await stage.type("Người lạ", "Trần Thị Na")
        assert "Đã gửi xin đăng ký" in await stage.type("Người lạ", "đồng ý")
