"""The main story on Zalo alone, with two bots; and a cluster of which half is on Telegram."""

import datetime as dt
from collections import Counter
from pathlib import Path

from bot.flows.people.bots import codes_with_bots
from bot.flows.people.roster import make_codes
from bot.flows.plans.importing import import_plan
from bot.notices.timeline import VIETNAM
from bot.plan.reader import read_plan
from bot.plan.reading import PlanReading
from bot.sessions.answers import Reply
from bot.sessions.session import SessionState
from bot.workdays import Workdays
from tests.talks.playing import FILES
from tests.talks.zalo_stage import ZaloStage

HOST = "Hiệu trưởng An Tiến"
LEAD = "Lê Thị Minh Hồng"
TEACHER = "Giáo viên cốt cán 1 Bát Trang"
HEAD = "Hiệu trưởng Bát Trang"
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
        assert _reply(stage, COOK) == Reply.DECLINED

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
        assert _reply(stage, TEACHER) is None, "everybody is asked again"
        await stage.choose(TEACHER, "Tham dự")
        assert _reply(stage, TEACHER) == Reply.GOING

        await stage.at(10, 11, 2023, 23)
        assert any("ngày mai" in said.lower() or "10/11" in said for said in stage.seen(TEACHER)[-2:])
        _each_notice_once(stage)


async def test_a_bare_number_without_a_list_does_nothing(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        assert "chưa ứng với lựa chọn nào" in await stage.type(TEACHER, "1")
        await stage.type(TEACHER, "/buoi B2")
        assert "chỉ có số từ 1 đến" in await stage.type(TEACHER, "9")
        assert _reply(stage, TEACHER) is None
        await stage.type(TEACHER, "1.")
        assert _reply(stage, TEACHER) == Reply.GOING


async def test_the_newest_list_counts_and_a_word_with_the_code_reaches_any_session(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.type(HEAD, "/buoi B2")
        await stage.type(HEAD, "/buoi B1")
        await stage.type(HEAD, "1")
        assert (_reply(stage, HEAD, "B2"), _reply(stage, HEAD, "B1")) == (None, Reply.GOING)
        for words in ("THAM DU B2", "tham dự buổi b2", "Tham  Dự  B 2"):
            assert "Đã ghi tham dự" in await stage.type(HEAD, words)
        assert _reply(stage, HEAD, "B2") == Reply.GOING


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
        assert _reply(stage, COOK) == Reply.DECLINED


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


async def test_choices_survive_a_restart_and_expire(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.type(HEAD, "/buoi B1")
        await stage.stop_bot()
        await stage.start_bot()
        await stage.choose(HEAD, "Tham dự")
        assert _reply(stage, HEAD, "B1") == Reply.GOING
        stage.clock.turn_to(stage.clock.now() + dt.timedelta(days=15))
        assert "chưa ứng với lựa chọn nào" in await stage.type(HEAD, "2")


async def test_what_was_typed_while_the_bot_was_away_counts_for_a_day(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.type(HEAD, "/buoi B2")
        await stage.stop_bot()
        stage.write(HEAD, "1")
        stage.clock.turn_to(stage.clock.now() + dt.timedelta(hours=14))
        await stage.start_bot()
        assert _reply(stage, HEAD) == Reply.GOING


async def test_what_was_typed_longer_ago_is_not_acted_on_and_that_is_said_once(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.type(HEAD, "/buoi B2")
        before = len(stage.seen(HEAD))
        await stage.stop_bot()
        stage.write(HEAD, "1")
        stage.write(HEAD, "vắng b2")
        stage.clock.turn_to(stage.clock.now() + dt.timedelta(hours=24))
        await stage.start_bot()
        assert _reply(stage, HEAD) is None
        assert stage.seen(HEAD)[before:] == [
            "Tin gửi lúc 9h00, thứ Ba, 03/10/2023 tới bot quá muộn nên chưa được xử lý. "
            "Nếu còn cần, đề nghị nhắn lại."
        ]
        await stage.type(HEAD, "vắng b2")
        await stage.choose(HEAD, "Không nêu lý do")
        assert _reply(stage, HEAD) == Reply.DECLINED


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
        assert _reply(stage, TEACHER) is None
        await stage.type(TEACHER, "1")
        assert _reply(stage, TEACHER) == Reply.GOING


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
        _each_notice_once(stage)


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
        _each_notice_once(stage)


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
        _each_notice_once(stage)


async def test_half_on_telegram_each_notice_arrives_once_where_its_person_is(tmp_path: Path) -> None:
    names = {HOST, TEACHER, "Lãnh đạo Phòng GD&ĐT", "Bếp trưởng Trường Thọ", "Hiệu trưởng Bát Trang"}
    async with ZaloStage(tmp_path, telegram=names) as stage:
        await stage.at(9, 11, 2023, 18)
        assert any("B2" in said for said in stage.seen(HOST))
        assert any("B2" in said for said in stage.seen(COOK))
        assert "1. Tham dự" not in stage.last(TEACHER), "Telegram has buttons"
        _each_notice_once(stage)


def _reply(stage: ZaloStage, name: str, code: str = "B2") -> str | None:
    session, person = stage.session(code), stage.person(name)
    answers = stage.see(lambda work: work.sessions.answers(session))
    return answers[person.id].reply if person.id in answers else None


def _each_notice_once(stage: ZaloStage) -> None:
    """Nobody was told the same thing twice, and nothing is left or lost."""
    cluster = stage.cluster()
    counts = stage.see(lambda work: work.reports.counts(cluster.id))
    assert set(counts) <= {"sent", "pending", "cancelled", "missed"}
    for name in (*stage.homes, *stage.chats):
        repeated = [said for said, times in Counter(stage.seen(name)).items() if times > 1]
        assert not repeated, (name, repeated)


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
