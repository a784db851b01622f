"""The whole main story on Zalo alone, with two bots, against a stand-in that knows nothing of ours."""

import asyncio
import datetime as dt
import re
from collections import Counter
from pathlib import Path

from bot.flows.work import Work
from bot.sessions.session import Session
from tests.long import only_deep
from tests.talks.other_story import TOKENS, Story, names_known, register, story
from tests.talks.other_zalo import PEOPLE, RefusalError

HOST = "Hiệu trưởng An Tiến"
TEACHER = "Giáo viên cốt cán 1 Bát Trang"
COOK = "Bếp trưởng Bát Trang"
OFFICER = "Chuyên viên mầm non Phòng GD&ĐT"


def _b2(work: Work) -> Session:
    (cluster,) = work.people.clusters()
    found = work.sessions.by_code(cluster.id, "B2")
    assert found is not None
    return found


async def _the_main_story(told: Story) -> None:
    issued = await register(told)
    assert len(issued) == 66
    accounts = told.zalo.accounts.values()
    assert all(0 < len(one.people) <= PEOPLE for one in accounts)
    for unit in {one["unit"] for one in issued}:
        homes = {told.homes[one["name"]][0].id for one in issued if one["unit"] == unit}
        assert len(homes) == 1, f"{unit} stays together"

    await told.at(1, 11)
    await told.a_while()
    assert "B2" in told.read(TEACHER)[-1]
    assert (await told.chooses(TEACHER, "Tham dự")).startswith("Đã ghi tham dự")
    await told.types(COOK, "vắng b2")
    await told.chooses(COOK, "Không nêu lý do")

    await told.types(HOST, "DOI B2")
    await told.chooses(HOST, "Trùng lịch của Phòng, Sở")
    await told.chooses(HOST, "Thứ Sáu 10/11")
    assert "Đã gửi đề nghị đổi lịch buổi B2" in await told.chooses(HOST, "Xác nhận")
    await told.a_while()
    assert "sang thứ Sáu, 10/11/2023" in told.read(OFFICER)[-1]
    assert "Đã đổi lịch" in await told.chooses(OFFICER, "Đồng ý")
    assert told.see(_b2).date == dt.date(2023, 11, 10)

    await told.a_while()
    assert "chuyển sang thứ Sáu, 10/11/2023" in told.read(TEACHER)[-1]
    await told.chooses(TEACHER, "Tham dự")
    await told.at(9, 11, 18)
    assert "thứ Sáu, 10/11/2023" in told.read(TEACHER)[-1], "the reminder"
    assert "mai" in told.read(TEACHER)[-1].lower()
    await told.at(11, 11)

    counts = told.see(lambda work: work.reports.counts(work.people.clusters()[0].id))
    assert set(counts) <= {"sent", "pending", "cancelled", "missed"}, counts
    for name in told.homes:
        repeated = [said for said, times in Counter(told.read(name)).items() if times > 1]
        assert not repeated, (name, repeated)
        assert not any(re.search(r"</?[a-z]+>|&(amp|lt|gt);", said) for said in told.read(name)), name
    assert told.zalo.complaints == []
    month = told.see(lambda work: [work.reports.used(token.partition(":")[0], "2023-10") for token in TOKENS])
    later = told.see(lambda work: [work.reports.used(token.partition(":")[0], "2023-11") for token in TOKENS])
    assert [a.sent + b.sent for a, b in zip(month, later, strict=True)] == [one.sent for one in accounts]


@only_deep("a quarter of a minute")
async def test_the_main_story_against_another_stand_in(tmp_path: Path) -> None:
    async with story(tmp_path) as told:
        await _the_main_story(told)


@only_deep("waits for real")
async def test_the_main_story_while_the_service_stumbles(tmp_path: Path) -> None:
    """Every so often it has an internal error, is too busy, or something in front of it answers."""

    def disturb(method: str, number: int) -> None:
        if method in ("sendMessage", "getUpdates", "getMe"):
            if number % 13 == 5:
                raise RefusalError("403", "Internal error")
            if number % 17 == 3:
                raise RefusalError(0, "Bad gateway", status=502, page=True)

    async with story(tmp_path, disturb) as told:
        await _the_main_story(told)


async def test_a_bot_that_could_not_say_its_name_is_asked_again_soon(tmp_path: Path) -> None:
    refused: list[int] = []

    def disturb(method: str, number: int) -> None:
        if method == "getMe" and not refused:
            refused.append(number)
            raise RefusalError(0, "Bad gateway", status=502, page=True)

    async with story(tmp_path, disturb) as told:
        await names_known(told, within=10)
        assert refused


async def test_what_is_repeated_unknown_or_no_text(tmp_path: Path) -> None:
    async with story(tmp_path) as told:
        (issued,) = await register(told, 1)
        name = issued["name"]
        account, person = told.homes[name]
        before = len(told.read(name))
        told.zalo.happens(account, person, "message.reaction.received", {"reaction": "heart"})
        told.zalo.happens(account, person, "message.image.received", {"photo_url": "https://x.vn/1.jpg"})
        told.zalo.happens(account, person, "message.text.received", {"text": "/lich"}, times=3)
        async with asyncio.timeout(30):
            while len(told.read(name)) < before + 2:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        await told.types(name, "/toi")
        async with asyncio.timeout(30):
            while len(told.read(name)) < before + 3:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        not_text, schedule, myself = told.read(name)[before:]
        assert "chỉ đọc được chữ" in not_text
        assert schedule.startswith("Lịch sinh hoạt cụm An Tiến")
        assert "Rời khỏi và xóa thông tin" in myself
