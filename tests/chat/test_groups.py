"""What is posted and pinned in the cluster's group, on the whole bot."""

import csv
import re
from dataclasses import replace

from bot.flows.plans.importing import import_plan
from bot.flows.work import Work
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.workdays import Workdays
from tests.chat.in_groups import GROUP, connect, firsts, pins, posts
from tests.talks.stage import LEAD, OFFICER, Stage

HOST, TEACHER, COOK = "Hiệu trưởng An Tiến", "Giáo viên cốt cán 1 Bát Trang", "Bếp trưởng Bát Trang"
PHONE = "0912345678"


# -- what is said there


async def test_left_alone_the_group_hears_the_plan_and_the_day_before(stage: Stage) -> None:
    await connect(stage, pin=True)
    await stage.at(1, 6, 2024)
    assert firsts(stage) == [
        "Lịch sinh hoạt cụm An Tiến, năm học 2023-2024",
        "Buổi tới: thứ Năm, 12/10/2023, tại MN Sao Sáng",
        "Ngày mai, thứ Năm, 12/10/2023: sinh hoạt chuyên môn cụm tại MN Sao Sáng",
        "Ngày mai, thứ Tư, 08/11/2023: sinh hoạt chuyên môn cụm tại MN An Tiến",
        "Ngày mai, thứ Năm, 14/12/2023: sinh hoạt chuyên môn cụm tại MN Trường Thành",
        "Ngày mai, thứ Ba, 12/3/2024: sinh hoạt chuyên môn cụm tại MN Trường Thọ",
    ]
    assert [one.silent for one in posts(stage)] == [False, True, False, False, False, False]
    shown = [one.text.partition("\n")[0] for one in stage.service.received if one.method == "editMessageText"]
    assert [line for line in shown if line.startswith(("Buổi tới", "Cụm An Tiến hiện"))] == [
        "Buổi tới: thứ Tư, 08/11/2023, tại MN An Tiến",
        "Buổi tới: thứ Năm, 14/12/2023, tại MN Trường Thành",
        "Buổi tới: thứ Ba, 12/3/2024, tại MN Trường Thọ",
        "Cụm An Tiến hiện không còn buổi sinh hoạt nào sắp tới.",
    ]
    assert len(pins(stage)) == 1
    assert pins(stage)[0].silent
    assert not stage.service.refused


async def test_over_a_whole_year_nobody_is_named_in_the_group(stage: Stage) -> None:
    """A move, an absence with a stand-in, a cancellation with a reason, names and phones typed everywhere."""

    def with_phones(work: Work) -> None:
        for person in work.people.people(stage.cluster().id):
            work.people.put_person(replace(person, phone=f"09{person.id:08}"))

    stage.run(with_phones)
    await connect(stage, pin=True)
    await stage.at(1, 11, 2023)
    await stage.press(COOK, "Vắng mặt")
    await stage.type(COOK, "nhà có việc, cô Nguyễn Thị Lan 0987654321 đi thay")
    await stage.press(HOST, "Đặt phòng")
    await stage.type(HOST, "Hội trường tầng 2")
    await stage.press(HOST, "Chương trình")
    await stage.type(HOST, f"8h00 cô {TEACHER} dạy, điện thoại {PHONE}")
    for label in ("Xin đổi lịch", "Trùng lịch của Phòng, Sở", "Thứ Sáu 10/11", "Xác nhận"):
        await stage.press(HOST, label)
    await stage.press(OFFICER, "Đồng ý")
    await stage.at(6, 11, 2023)
    await stage.type(LEAD, "/buoi B2")
    await stage.press(LEAD, "Hủy buổi này")
    await stage.type(LEAD, f"{HOST} bị ốm, gọi {PHONE}")
    await stage.press(LEAD, "Xác nhận")
    await stage.type_in(GROUP, TEACHER, "/lich")
    await stage.at(7, 11, 2023)
    await stage.press(LEAD, "Khôi phục buổi này")
    await stage.press(LEAD, "Xác nhận")
    await stage.at(1, 6, 2024)
    shown = [one.text for one in stage.service.received if one.chat_id == stage.group(GROUP)]
    assert len(shown) > 10
    with data_path("roster", "an-tien.csv").open(encoding="utf-8-sig") as file:
        names = [row["Họ và tên"] for row in csv.DictReader(file)]
    roles = ("Hiệu trưởng", "Bếp trưởng", "Giáo viên", "Chuyên viên", "cốt cán", "HT", "TTCM", "đ/c")
    answers = (
        "bị ốm",
        "có việc",
        "tham dự:",
        "vắng",
        "trả lời",
        "Đã rõ",
        "xin đổi",
        "đồng ý",
        "Nguyễn Thị Lan",
    )
    for text in shown:
        assert not [word for word in (*names, *roles, *answers) if word in text], text
        assert not re.search(r"\d{8,}", text), text


async def test_a_new_plan_is_posted_once_after_the_change(stage: Stage) -> None:
    await connect(stage)
    text = data_path("plans", "an-tien-2023-2024.txt").read_text("utf-8")
    moved = text.replace("14/12/2023", "15/12/2023").replace("14/12", "15/12")
    reading = read_plan("ke-hoach.txt", moved.encode(), deadline=Workdays.load().deadline)
    before = len(posts(stage))
    stage.run(lambda work: import_plan(work, reading))
    stage.telegram.sender.poke()
    await stage.settle()
    (said,) = posts(stage)[before:]
    change, plan = said.text.split("― ― ―")
    assert change.startswith("Đổi lịch: buổi thứ Năm, 14/12/2023 chuyển sang thứ Sáu, 15/12/2023")
    assert plan.strip().startswith("Lịch sinh hoạt cụm An Tiến, năm học 2023-2024 (đã điều chỉnh)")
    assert "↻ Thứ Sáu, 15/12/2023 · MN Trường Thành (B3)" in plan
    assert said.buttons == (("Mở lịch của tôi",),)
    again = stage.run(lambda work: import_plan(work, reading))
    stage.telegram.sender.poke()
    await stage.settle()
    assert again.id == stage.cluster().id
    assert len(posts(stage)) == before + 1, "a plan that changes nothing is not posted"


async def test_at_night_nothing_but_the_silent_pin_comes(stage: Stage) -> None:
    await stage.at(3, 10, 2023, 21, 0)
    await connect(stage)
    assert [(line[:9], one.silent) for line, one in zip(firsts(stage), posts(stage), strict=True)] == [
        ("Buổi tới:", True)
    ]
    await stage.at(4, 10, 2023, 8, 0)
    assert firsts(stage)[1:] == ["Lịch sinh hoạt cụm An Tiến, năm học 2023-2024"]


# -- what is pinned


async def test_a_restart_pins_nothing_again(stage: Stage) -> None:
    await connect(stage, pin=True)
    for _ in range(2):
        await stage.stop_bot()
        await stage.start_bot()
    assert len(pins(stage)) == 1
    assert sum(line.startswith("Buổi tới") for line in firsts(stage)) == 1


async def test_a_pinned_message_that_somebody_deleted_is_sent_and_pinned_anew(stage: Stage) -> None:
    await connect(stage, pin=True)
    chat = stage.service.chats[stage.group(GROUP)]
    chat.messages[chat.pinned[-1]].deleted = True
    await stage.at(13, 10, 2023)
    assert [one.text.partition("\n")[0] for one in pins(stage)] == [
        "Buổi tới: thứ Năm, 12/10/2023, tại MN Sao Sáng",
        "Buổi tới: thứ Tư, 08/11/2023, tại MN An Tiến",
    ]


async def test_without_the_right_it_goes_on_and_asks_again_with_each_change(stage: Stage) -> None:
    await connect(stage)
    assert [one.method for one in stage.service.refused] == ["pinChatMessage"]
    await stage.at(13, 10, 2023)
    assert [one.method for one in stage.service.refused] == ["pinChatMessage"] * 2
    assert "Buổi tới: thứ Tư, 08/11/2023" in stage.service.messages(stage.group(GROUP))[1].text
    assert not any("ghim" in text for text in stage.seen(LEAD)), "no message of its own for that"
    await stage.type(LEAD, "/nhom")
    assert "Bot chưa được ghim tin" in stage.last(LEAD).text


async def test_a_pin_that_somebody_took_away_stays_away(stage: Stage) -> None:
    await connect(stage, pin=True)
    stage.service.chats[stage.group(GROUP)].pinned.clear()
    await stage.at(13, 10, 2023)
    assert len(pins(stage)) == 1
