"""The school year 2023-2024, counted at the receiver: who got what and when (issue 2, points 5 and 6)."""

import datetime as dt
from collections import Counter, defaultdict

from bot.notices.timeline import VIETNAM
from tests.talks.stage import LEAD, OFFICER, Stage

Letter = tuple[str, str]  #: "05/10 08:00", its first line

HOST, GUEST = "Hiệu trưởng An Tiến", "Hiệu trưởng Bát Trang"
TEACHER, COOK = "Giáo viên cốt cán 1 Bát Trang", "Bếp trưởng Bát Trang"
TEAM_HEAD, NURSERY = "Tổ trưởng mẫu giáo Bát Trang", "Tổ trưởng nhà trẻ Bát Trang"


def letters(stage: Stage) -> dict[str, list[Letter]]:
    """New messages by person, in order, without what belongs to registration; files go with their letter."""
    names = {chat: name for name, chat in stage.chats.items()}
    found: dict[str, list[Letter]] = defaultdict(list)
    for one in stage.service.sent():
        if one.file_name is None:
            at = one.virtual_at.astimezone(VIETNAM)
            found[names[one.chat_id]].append((f"{at:%d/%m %H:%M}", one.text.partition("\n")[0]))
    return found


def invited(found: dict[str, list[Letter]], day: str) -> tuple[int, int]:
    """(people of the cluster, people of the authority) who were invited to the session on `day`."""
    lines = [(name, line) for name, said in found.items() for _, line in said if day in line]
    cluster = {name for name, line in lines if ": mời " in line}
    authority = {name for name, line in lines if line.startswith("Kính mời")}
    return len(cluster), len(authority)


async def test_left_alone_the_year_goes_by_the_plan(stage: Stage) -> None:
    await stage.at(1, 6, 2024)
    found = letters(stage)
    days = ("12/10/2023", "08/11/2023", "14/12/2023", "12/3/2024")
    assert [invited(found, day) for day in days] == [(15, 5), (35, 5), (25, 5), (35, 5)]
    assert [sum(invited(found, day)) for day in days] == [20, 40, 30, 40]

    assert found[TEACHER] == [
        ("01/11 08:00", "Thứ Tư, 08/11/2023: mời dự sinh hoạt chuyên môn cụm tại MN An Tiến"),
        ("07/11 15:30", "Ngày mai, thứ Tư, 08/11/2023: sinh hoạt chuyên môn cụm tại MN An Tiến"),
        ("08/11 06:30", "Hôm nay, thứ Tư, 08/11/2023: sinh hoạt chuyên môn cụm tại MN An Tiến"),
    ]
    kitchen = "buổi sinh hoạt chuyên môn tại Trường Mầm non An Tiến"
    assert found[COOK] == [
        ("01/11 08:00", f"Thứ Tư, 08/11/2023: mời thầy/cô dự {kitchen}"),
        ("07/11 15:30", f"Ngày mai, thứ Tư, 08/11/2023: {kitchen}"),
    ]
    officer = [at for at, _ in found[OFFICER]]
    assert officer == [
        *("09/10 08:00", "11/10 15:30", "12/10 06:30"),
        *("03/11 08:00", "07/11 15:30", "08/11 06:30"),
        *("11/12 08:00", "13/12 15:30", "14/12 06:30"),
        *("07/03 08:00", "11/03 15:30", "12/03 06:30"),
    ]
    assert len(found[TEAM_HEAD]) == 3 * 3  # B1, B3, B4
    assert len(found[NURSERY]) == 3 * 2  # not B1, which is for the other team
    assert set(found) == set(stage.chats)  # nobody of the 66 is left out
    everything = Counter((name, at) for name, said in found.items() for at, _ in said)
    assert set(everything.values()) == {1}  # never two at once
    assert all(_is_open(at) for _, at in everything), sorted({at for _, at in everything})


async def test_a_year_with_a_move(stage: Stage) -> None:
    await stage.at(31, 10, 2023)
    await stage.press(HOST, "Đặt giờ")
    await stage.type(HOST, "8h00-10h30")
    await stage.press(HOST, "Gửi giấy mời")
    await stage.at(1, 11, 2023)
    await stage.press(TEACHER, "Tham dự")
    await stage.press(HOST, "Xin đổi lịch")
    await stage.press(HOST, "Trùng lịch của Phòng, Sở")
    await stage.press(HOST, "Thứ Sáu 10/11")
    await stage.press(HOST, "Xác nhận")
    await stage.press(OFFICER, "Đồng ý")
    decided = len(stage.service.received)
    await stage.at(1, 6, 2024)

    later = stage.service.received[decided:]
    assert not any("08/11" in one.text for one in later)
    found = letters(stage)
    told = {
        name for name, said in found.items() for _, line in said if line.startswith(("Đổi lịch", "Đổi ngày"))
    }
    asked = {name for name, said in found.items() for _, line in said if "chuyển sang 8 giờ 00 phút" in line}
    assert len(told) == 35 + 2  # and the host's vice head and the clerk, who knew
    assert len(asked) == 5
    assert [(at, line) for at, line in found[TEACHER] if at > "01/11 08:00" or at < "01/11"] == [
        ("01/11 09:00", "Đổi lịch: buổi thứ Tư, 08/11/2023 chuyển sang 8h00 đến 10h30, thứ Sáu, 10/11/2023"),
        (
            "02/11 09:00",
            "8h00 đến 10h30, thứ Sáu, 10/11/2023, lịch buổi tại MN An Tiến: chờ thầy/cô báo đã rõ",
        ),
        (
            "09/11 15:30",
            "Ngày mai, 8h00 đến 10h30, thứ Sáu, 10/11/2023: sinh hoạt chuyên môn cụm tại MN An Tiến",
        ),
        (
            "10/11 06:30",
            "Hôm nay, 8h00 đến 10h30, thứ Sáu, 10/11/2023: sinh hoạt chuyên môn cụm tại MN An Tiến",
        ),
    ]
    assert not any("mời" in line and "10/11" in line for said in found.values() for _, line in said)
    assert LEAD in told
    assert GUEST in told


def _is_open(at: str) -> bool:
    """Not at night, not at noon; that a day is a working day is the planner's own test."""
    moment = dt.time.fromisoformat(at.partition(" ")[2])
    return dt.time(6, 30) <= moment < dt.time(10, 30) or dt.time(14) <= moment < dt.time(20, 30)
