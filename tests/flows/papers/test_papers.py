"""Papers by a tap, on the whole bot: who gets which file."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import docx
import pytest
from docx.table import Table
from icalendar import Calendar

from bot.demo.botapi.model import File
from bot.flows.papers import letters
from bot.flows.papers.letterheads import set_letterhead, set_plan_words, unit_named
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.work import Work
from tests.talks.stage import LEAD, OFFICER, Stage

HOST = "Hiệu trưởng Trường Thành"
COOK = "Bếp trưởng Trường Thành"  # not invited to B3


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path) as stage:
        yield stage


async def test_the_calendar_by_a_tap(stage: Stage) -> None:
    await stage.type(LEAD, "/buoi B3")
    await stage.press(LEAD, "Thêm vào lịch")
    assert "Tệp lịch của buổi B3, thứ Năm, 14/12/2023" in "\n".join(stage.seen(LEAD)[-2:])
    await stage.type(LEAD, "/lich")
    await stage.press(LEAD, "Thêm các buổi của tôi vào lịch")
    assert "tất cả các buổi có mời" in "\n".join(stage.seen(LEAD)[-2:])


async def test_only_the_invited_are_offered_it(stage: Stage) -> None:
    await stage.type(COOK, "/buoi B3")
    assert "Thêm vào lịch" not in stage.last(COOK).labels


async def test_all_my_sessions(stage: Stage) -> None:
    lead, cook = stage.person(LEAD), stage.person(COOK)
    made = stage.see(lambda work: letters.my_calendar(work, Scene(work), [lead]))
    assert len(Calendar.from_ical(made.content).walk("VEVENT")) == 4
    made = stage.see(lambda work: letters.my_calendar(work, Scene(work), [cook]))
    assert len(Calendar.from_ical(made.content).walk("VEVENT")) == 1


def scene_of(work: Work, code: str) -> SessionScene:
    cluster = work.people.clusters()[0]
    session = work.sessions.by_code(cluster.id, code)
    assert session is not None
    return Scene(work).of(session)


def documents(stage: Stage, name: str) -> list[File]:
    """The files the bot sent to somebody."""
    return [m.file for m in stage.service.messages(stage.chat(name)) if m.from_bot and m.file]


def last_body(stage: Stage, name: str) -> str:
    return body(documents(stage, name)[-1].content)


def body(content: bytes) -> str:
    """The words of a .docx, tables and paragraphs in their order."""
    document = docx.Document(io.BytesIO(content))
    found = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            found += [cell.text for row in block.rows for cell in row.cells]
        else:
            found.append(block.text)
    return "\n".join(line for line in found if line).replace("\u00a0", " ")


async def test_the_draft_hangs_on_prepare(stage: Stage) -> None:
    await stage.at(30, 11, 2023, 8, 1)
    names = [d.name for d in documents(stage, HOST)]
    assert names == ["giay-moi-b3-truong-thanh.docx"]


async def test_the_invitation_is_drawn_anew(stage: Stage) -> None:
    await stage.type(HOST, "/buoi B3")
    await stage.press(HOST, "Việc đăng cai")
    await stage.press(HOST, "Giấy mời (Word)")
    assert "[…] giờ […] phút, thứ Năm, ngày 14 tháng 12 năm 2023" in last_body(stage, HOST)
    await stage.press(HOST, "Đặt giờ")
    await stage.type(HOST, "8h đến 11h")
    await stage.press(HOST, "Giấy mời (Word)")
    assert "Thời gian: 8 giờ 00 phút đến 11 giờ 00 phút, thứ Năm" in last_body(stage, HOST)


async def test_a_letter_is_not_for_everybody(stage: Stage) -> None:
    guest = "Hiệu trưởng Bát Trang"
    await stage.type(guest, "/buoi B3")
    assert "Giấy mời (Word)" not in stage.last(guest).labels
    session = stage.session("B3").id
    press = await stage.forge(guest, f"doc:{session}:gm")
    assert documents(stage, guest) == []
    assert "trường đăng cai" in str(press.answer)
    before = len(documents(stage, LEAD))
    await stage.forge(LEAD, f"doc:{session}:tb")  # nothing was agreed
    await stage.forge(LEAD, f"doc:{session}:zz")
    assert len(documents(stage, LEAD)) == before


async def test_a_move_has_its_two_papers(stage: Stage) -> None:
    await stage.type(HOST, "/buoi B3")
    await stage.press(HOST, "Xin đổi lịch")
    await stage.press(HOST, "Trùng lịch của Phòng, Sở")
    await stage.type(HOST, "20/12/2023")
    await stage.press(HOST, "Xác nhận")
    await stage.press(HOST, "Công văn xin ý kiến (Word)")
    letter = last_body(stage, HOST)
    assert "Kính gửi: Phòng Giáo dục và Đào tạo." in letter
    assert "xin chuyển buổi sinh hoạt trên sang thứ Tư, ngày 20 tháng 12 năm 2023" in letter
    await stage.press(OFFICER, "Đồng ý")
    await stage.type(LEAD, "/buoi B3")
    await stage.press(LEAD, "Việc đăng cai")
    await stage.press(LEAD, "Thông báo đổi lịch (Word)")
    notice = last_body(stage, LEAD)
    assert "thứ Tư, ngày 20 tháng 12 năm 2023 (thay cho thứ Năm, ngày 14 tháng 12 năm 2023)" in notice
    assert "CỤM TRƯỞNG\nHIỆU TRƯỞNG TRƯỜNG MẦM NON SAO SÁNG" in notice
    assert "Lê Thị Minh Hồng" in notice


async def test_a_letterhead_is_asked_once(stage: Stage) -> None:
    school = stage.run(lambda work: unit_named(work, 1, "MN Trường Thành"))
    stage.run(
        lambda work: set_letterhead(work, school, parent="UBND huyện An Lão", code="MNTT", place="An Lão")
    )
    stage.run(lambda work: set_letterhead(work, school, contact="đ/c Hoa, 0912 345 678"))
    stage.run(lambda work: set_plan_words(work, 1, "Kế hoạch ngày 03/10/2023"))
    of = stage.see(lambda work: letters.invitation(work, scene_of(work, "B3")))
    words = body(of.content)
    assert "UBND HUYỆN AN LÃO" in words
    assert "/GM-MNTT" in words
    assert "An Lão, ngày" in words
    assert "Thông tin liên hệ: đ/c Hoa, 0912 345 678./." in words


async def test_lists_for_the_lead_and_the_host(stage: Stage) -> None:
    await stage.type(HOST, "/buoi B3")
    await stage.press(HOST, "Việc đăng cai")
    await stage.press(HOST, "Người dự")
    await stage.press(HOST, "Danh sách ký tên (Excel)")
    assert documents(stage, HOST)[-1].name == "danh-sach-ky-ten-b3.xlsx"
    await stage.type(LEAD, "/tinhtrang")
    await stage.press(LEAD, "Lịch cả năm (Excel)")
    await stage.press(LEAD, "Nhật ký gửi tin (Excel)")
    await stage.press(LEAD, "Báo cáo năm (Word)")
    assert [d.name for d in documents(stage, LEAD)[-3:]] == [
        "lich-an-tien-2023-2024.xlsx",
        "nhat-ky-gui-tin-an-tien.xlsx",
        "bao-cao-an-tien-2023-2024.docx",
    ]
    before = len(documents(stage, HOST))
    await stage.forge(HOST, "doc:1:nk")
    await stage.forge(HOST, "doc:1:bc")
    await stage.forge(HOST, f"doc:{stage.session('B1').id}:ds")
    await stage.forge(HOST, "doc:77:lich")
    assert len(documents(stage, HOST)) == before


async def test_the_report_counts_what_was_held_and_answered(stage: Stage) -> None:
    await stage.type(HOST, "/buoi B1")
    await stage.press(HOST, "Tham dự")
    await stage.at(13, 10, 2023)
    made = stage.see(lambda work: letters.report(work, work.people.clusters()[0]))
    lines = body(made.content).splitlines()
    assert "1. Số buổi theo kế hoạch: 4; đã tổ chức: 1; đổi ngày: 0; hủy: 0." in lines
    at = lines.index("Mầm non Trường Thành", lines.index("Báo vắng"))
    assert lines[at + 1 : at + 4] == ["3", "1", "0"]
    assert "Lê Thị Minh Hồng" in lines
