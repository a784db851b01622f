"""Files, groups and texts that are not as they should be: a sentence, and nothing is lost or changed."""

import random

import pytest

from bot.demo.botapi.groups import Groups
from bot.demo.botapi.model import Json
from tests.talks.stage import CLERK, LEAD, Stage

HOST, COOK = "Hiệu trưởng An Tiến", "Bếp trưởng Bát Trang"
MEGABYTE = 1024 * 1024
GROUP = -100200300


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("ke-hoach.txt", b"", "trống"),
        ("ke-hoach.docx", b"PK\x03\x04" + bytes(200), ""),
        ("ke-hoach.pdf", b"%PDF-1.7 " + bytes(300), ""),
        ("ke-hoach.xlsx", random.Random(1).randbytes(5000), ""),
        ("ke-hoach.txt", random.Random(2).randbytes(5000), ""),
        ("danh-sach.csv", random.Random(3).randbytes(5000), ""),
        ("danh-sach.csv", b"A,B\n1,2\n", "Họ và tên"),
        ("ke-hoach.txt", "Chào cả nhà, mai họp nhé <b> & 🌸".encode(), ""),
        ("ke-hoach.txt", b"x" * (11 * MEGABYTE), "MB"),
        ("virus.exe", b"MZ" + bytes(1000), ""),
        ("", b"abc", ""),
        ("../../etc/passwd", b"root:x:0:0", ""),
    ],
    ids=[
        *("empty", "zip-docx", "pdf", "random-xlsx", "random-txt", "random-csv", "columns"),
        *("chat", "huge", "exe", "nameless", "path"),
    ],
)
async def test_a_file_that_cannot_be_used(stage: Stage, name: str, content: bytes, sentence: str) -> None:
    before = stage.see(lambda work: work.sessions.of_cluster(stage.cluster().id))
    await stage.send_file(LEAD, name, content)
    said = stage.last(LEAD).text
    assert sentence in said
    assert said.rstrip().endswith((".", "?", "!", ",", "lại cả tệp.")) or "\n" in said
    assert "lỗi khi xử lý" not in said
    assert "Traceback" not in said
    await stage.type(LEAD, "/huy")
    assert stage.see(lambda work: work.sessions.of_cluster(stage.cluster().id)) == before


async def in_the_group(stage: Stage, text: str, sender: int, sender_name: str) -> None:
    """Somebody writes in a group that the bot is in."""
    stage.service.chats.get(GROUP) or Groups(stage.service).add(GROUP, "Cụm An Tiến")
    message: Json = {
        "message_id": stage.service.new_message_id(),
        "date": int(stage.clock.now().timestamp()),
        "chat": {"id": GROUP, "type": "group", "title": "Cụm An Tiến"},
        "from": {"id": sender, "is_bot": False, "first_name": sender_name},
        "text": text,
    }
    if text.startswith("/"):
        length = len(text.split()[0])
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    stage.service.updates.put("message", message)
    await stage.settle()


async def test_in_a_group_nothing_of_anybody_is_said(november: Stage) -> None:
    for text in ("/toi", "/thanhvien", "/tinhtrang", "/buoi B2", "/duyet", "/dangky", "/doilich", "/start"):
        await in_the_group(november, text, november.chat(LEAD), LEAD)
    said = [one.text for one in november.service.sent(GROUP)]
    assert len(set(said)) == 1
    assert not any(name in text for text in said for name in (LEAD, CLERK, "Bát Trang", "66"))


async def test_a_group_is_not_answered_to_what_is_no_command(november: Stage) -> None:
    for text in ("lịch", "mai họp mấy giờ?", "xin đổi lịch", "hủy", "b2", "8h00", "🌸"):
        await in_the_group(november, text, november.chat(LEAD), LEAD)
    assert november.service.sent(GROUP) == []


async def test_a_stranger_in_a_group_learns_nothing(november: Stage) -> None:
    await in_the_group(november, "/lich", 777, "Người lạ")
    assert not any("An Tiến" in one.text for one in november.service.sent(GROUP))


async def test_a_join_code_typed_in_a_group_registers_nobody(november: Stage) -> None:
    code = november.cluster().join_code
    await in_the_group(november, f"/start {code}", 777, "Người lạ")
    await in_the_group(november, code, 777, "Người lạ")
    assert not any("Bát Trang" in one.text for one in november.service.sent(GROUP))


@pytest.mark.parametrize("text", ["<b>", "&amp;", "</b><i>", "🌸" * 50, "a" * 190, "{{ 7*7 }}", "%s_*`["])
async def test_whatever_is_typed_is_shown_as_typed(november: Stage, text: str) -> None:
    """In a room, a programme, a reason and a substitute; the messages are taken by the chat service."""
    await november.press(HOST, "Đặt phòng")
    await november.type(HOST, f"Phòng {text}")
    assert f"Phòng {text}" in november.last(HOST).text
    await november.press(HOST, "Chương trình")
    await november.type(HOST, f"8h00 {text}\n9h00 về")
    assert f"8h00 {text}\n9h00 về" in november.last(HOST).text
    await november.press(HOST, "Gửi giấy mời")
    await november.press(COOK, "Vắng mặt")
    await november.type(COOK, text)
    assert text in november.last(COOK).text
    await november.press(HOST, "Việc đăng cai")
    await november.press(HOST, "Người dự")
    assert text in november.last(HOST).text
    assert not november.service.refused


@pytest.mark.parametrize(
    ("button", "limit"), [("Đặt phòng", 200), ("Chương trình", 2000)], ids=["room", "programme"]
)
async def test_too_long_is_said_with_the_limit(november: Stage, button: str, limit: int) -> None:
    before = november.session("B2")
    await november.press(HOST, button)
    await november.type(HOST, "x" * 4000)
    assert str(limit) in november.last(HOST).text
    await november.type(HOST, "   ")
    assert november.session("B2") == before
    await november.type(HOST, "vừa phải")
    assert november.session("B2").version == before.version + 1


async def test_a_long_programme_still_fits_into_every_message(november: Stage) -> None:
    await november.press(HOST, "Chương trình")
    await november.type(HOST, "<&> " * 500)
    await november.press(HOST, "Gửi giấy mời")
    await november.at(8, 11, 2023)
    assert not november.service.refused


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("30/02", "Không có ngày"),
        ("31/11/2023", "Không có ngày"),
        ("01/10/2023", "đã qua"),
        ("hôm nay", "hôm nay"),
        ("01/10", "không thuộc năm học"),
        ("08/11", "đang là ngày"),
        ("15/11/2033", "năm học"),
        ("thứ Năm 10/11/2023", "thứ Sáu"),
        ("ngày đẹp trời", "Chưa rõ"),
        ("<b>&", "Chưa rõ"),
        ("99/99/9999", "Không có ngày"),
    ],
)
async def test_a_day_that_cannot_be(november: Stage, typed: str, said: str) -> None:
    await november.press(HOST, "Xin đổi lịch")
    await november.press(HOST, "Trùng lịch của Phòng, Sở")
    await november.type(HOST, typed)
    assert said in november.last(HOST).text
    assert november.last(HOST).labels == ()
    await november.type(HOST, "10/11")  # the question is still open
    assert "thứ Sáu, 10/11/2023" in november.last(HOST).text


@pytest.mark.parametrize(
    ("typed", "warning"),
    [
        ("12/11", "Chủ nhật, 12/11/2023 là ngày nghỉ"),
        ("01/01/2024", "là ngày nghỉ"),
        ("14/12", "đã có buổi B3"),
        ("03/11", "Không còn đủ 3 ngày"),
    ],
)
async def test_a_day_that_is_unusual_is_warned_about_and_may_be_chosen(
    november: Stage, typed: str, warning: str
) -> None:
    await november.press(HOST, "Xin đổi lịch")
    await november.press(HOST, "Trùng lịch của Phòng, Sở")
    await november.type(HOST, typed)
    assert warning in november.last(HOST).text
    assert "Xác nhận" in november.last(HOST).labels
