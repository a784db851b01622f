"""To whom the cluster's group is closed, how it ends and moves, and that it is counted as nobody."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.chat.menu import menus
from bot.cluster.people import Person, Post, UnitKind
from bot.demo.botapi.groups import Groups
from bot.flows.papers.lists import deliveries
from bot.flows.people.roster import make_codes
from bot.flows.plans.importing import import_plan
from bot.flows.scene import Scene
from bot.flows.sessions.overview import overview
from bot.flows.work import Work
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.sessions.session import SessionState
from bot.storage.engine import reading
from bot.storage.tables import inbox, notice
from bot.workdays import Workdays
from tests.chat.forging import TOKENS, state
from tests.chat.in_groups import GROUP, OTHER, connect, firsts, linked, pins, posts, told_of_the_end
from tests.talks.stage import CLERK, LEAD, STRANGER, Stage

HOST, TEACHER, COOK = "Hiệu trưởng An Tiến", "Giáo viên cốt cán 1 Bát Trang", "Bếp trưởng Bát Trang"
PHONE = "0912345678"


# -- how it ends, and moves


@pytest.mark.parametrize("how", ["kicked", "muted", "deleted"])
async def test_a_group_that_cannot_be_written_to_ends_and_lead_and_clerk_hear_of_it_once(
    stage: Stage, how: str
) -> None:
    """The bot was not told: it finds out when it posts."""
    await connect(stage)
    chat = stage.service.chats[stage.group(GROUP)]
    chat.bot = "kicked" if how == "kicked" else chat.bot
    chat.muted, chat.gone = how == "muted", how == "deleted"
    await stage.at(8, 11, 2023)
    assert linked(stage) == []
    assert (told_of_the_end(stage, LEAD), told_of_the_end(stage, CLERK)) == (1, 1)
    tried = [one for one in stage.service.refused if one.method == "sendMessage"]
    assert len(tried) == 1, "nothing more is tried"
    counts = stage.see(lambda work: work.reports.counts(stage.cluster().id))
    assert counts["unreachable"] == 1  # type: ignore[index]
    assert not any("gọi điện" in text and GROUP in text for text in stage.seen(LEAD))


async def test_a_group_is_followed_where_only_the_refusal_says_that_it_moved(stage: Stage) -> None:
    await connect(stage, pin=True)
    old = stage.group(GROUP)
    stage.chats[GROUP] = old * 1000
    Groups(stage.service).migrate(old, old * 1000)
    await stage.at(13, 10, 2023)
    assert [group.chat_id for group in linked(stage)] == [str(old * 1000)]
    # Both find the group moved at the same moment; which goes first then is not settled.
    assert sum(line.startswith("Ngày mai, thứ Năm, 12/10/2023") for line in firsts(stage)) == 1
    assert sum(line.startswith("Buổi tới") for line in firsts(stage)) == 1
    assert len([one for one in pins(stage) if one.chat_id == old * 1000]) == 1
    assert told_of_the_end(stage, LEAD) == 0


async def test_the_lead_who_makes_it_a_supergroup_is_not_asked_for_long(stage: Stage) -> None:
    await connect(stage)
    await stage.in_group(GROUP, LEAD, "upgrade")
    assert [group.chat_id for group in linked(stage)] == [str(stage.group(GROUP))]
    assert firsts(stage) == ["Buổi tới: thứ Năm, 12/10/2023, tại MN Sao Sáng"]
    asked = [m for m in stage.service.messages(stage.chat(LEAD)) if "Thôi" in m.labels]
    for message in asked:
        press = await stage.press_on(LEAD, message, "Thôi")
        assert press.alert
    assert len(linked(stage)) == 1


# -- who may


async def test_two_clusters_each_have_their_own_group(stage: Stage) -> None:
    _second_cluster(stage)
    await stage.in_group(GROUP, LEAD, "let in")
    assert stage.last(LEAD).labels == ("Cụm An Tiến", "Cụm Hoa Ban", "Thôi")
    await stage.press(LEAD, "Cụm Hoa Ban")
    await stage.in_group(OTHER, LEAD, "let in")
    await stage.press(LEAD, "Cụm An Tiến")
    assert firsts(stage)[0].startswith("Lịch sinh hoạt cụm Hoa Ban")
    assert firsts(stage, OTHER)[0].startswith("Lịch sinh hoạt cụm An Tiến")
    await stage.at(1, 6, 2024)
    assert "Ngày mai, thứ Năm, 21/12/2023: sinh hoạt chuyên môn cụm tại MN Trường Thành" in firsts(stage)
    assert not any("14/12" in line for line in firsts(stage))
    assert not any("21/12" in line for line in firsts(stage, OTHER))
    await stage.type(LEAD, "/nhom")
    assert stage.last(LEAD).labels == ("Ngừng gửi: cụm An Tiến", "Ngừng gửi: cụm Hoa Ban")
    # A third group for one of them: asked before the other gives way.
    third = "Nhóm thứ ba"
    await stage.in_group(third, LEAD, "let in")
    await stage.press(LEAD, "Cụm An Tiến")
    assert "Thay bằng nhóm “Nhóm thứ ba”?" in stage.last(LEAD).text
    await stage.press(LEAD, "Thay nhóm")
    await stage.type_in(OTHER, TEACHER, "/lich")
    assert firsts(stage, OTHER)[-1].startswith("Đề nghị nhắn riêng")


def _second_cluster(stage: Stage) -> None:
    """Led by the same person, in the same chat."""

    def make(work: Work) -> None:
        text = data_path("plans", "an-tien-2023-2024.txt").read_text("utf-8")
        changed = (("ụm trường An Tiến", "ụm trường Hoa Ban"), ("Sao Sáng", "Hoa Sen"), ("14/12", "21/12"))
        for old, new in changed:
            text = text.replace(old, new)
        cluster = import_plan(work, read_plan("khac.txt", text.encode(), deadline=Workdays.load().deadline))
        unit = next(u for u in work.people.units(cluster.id) if u.kind is UnitKind.SCHOOL)
        lead = Person(0, cluster.id, unit.id, LEAD, (Post("HT"), Post("CUM_TRUONG")))
        work.people.link(work.people.put_person(lead), "telegram", str(stage.chat(LEAD)), work.now)

    stage.run(make)
    first = stage.cluster()
    stage.cluster = lambda: first  # type: ignore[method-assign]


async def test_who_lost_the_post_since_may_not_answer_the_question(stage: Stage) -> None:
    await stage.in_group(GROUP, LEAD, "let in")

    def step_down(work: Work) -> None:
        work.people.put_person(replace(stage.person(LEAD), posts=(Post("HT"),)))

    stage.run(step_down)
    press = await stage.press(LEAD, "Xác nhận")
    assert press.answer == "Việc nối nhóm dành cho cụm trưởng và người quản trị."
    assert linked(stage) == []


async def test_who_writes_for_the_group_gets_the_schedule_and_no_more(stage: Stage) -> None:
    await connect(stage)
    chat = stage.group(GROUP)
    for text, first in (("/lich", "Lịch sinh hoạt cụm An Tiến"), ("/nhom", "Nhóm do cụm trưởng")):
        Groups(stage.service).type(chat, stage.chat(LEAD), text, anonymous=True)
        await stage.settle()
        assert firsts(stage)[-1].startswith(first)


async def test_what_people_say_to_one_another_is_not_even_stored(stage: Stage) -> None:
    await connect(stage, pin=True)  # an administrator hears every word
    for text in ("mai ai đi?", f"gọi {PHONE}", "lịch"):
        await stage.type_in(GROUP, TEACHER, text)
    with reading(stage.desk.engine) as db:
        kept = [str(update) for update in db.execute(select(inbox.c.update)).scalars()]
    assert not any(PHONE in update or "mai ai" in update for update in kept)
    assert len(posts(stage)) == 2


@pytest.mark.parametrize("who", [LEAD, STRANGER, COOK])
async def test_presses_in_a_group_do_nothing(november: Stage, who: str) -> None:

    await connect(november)
    before, said = state(november), len(november.service.sent())
    for token in (*TOKENS.values(), "", "a" * 64, "go:2:1"):
        press = await november.forge_in(GROUP, who, token)
        assert press.answered, token
        assert not press.answer, token
    assert state(november) == before
    assert len(november.service.sent()) == said
    assert len(linked(november)) == 1


async def test_what_is_typed_in_a_group_answers_no_question_of_a_private_chat(november: Stage) -> None:
    await connect(november)
    await november.type(LEAD, "b2")
    await november.press(LEAD, "Hủy buổi này")
    await november.type(LEAD, "bão số 5")
    before, said = state(november), len(november.service.sent())
    for text in ("xác nhận", "ok", "quay lại", "thôi", "/xacnhan"):
        await november.type_in(GROUP, LEAD, text)
    assert state(november) == before
    assert len(november.service.sent()) == said
    await november.type(LEAD, "ok")
    assert november.session("B2").state == SessionState.CANCELLED


# -- and is nobody


async def test_the_groups_seat_is_counted_and_named_nowhere(november: Stage) -> None:
    cluster = november.cluster()
    views = ("/thanhvien", "/tinhtrang", "/buoi B2")
    before = {view: await _answer(november, view) for view in views}
    menus = _known_menus(november)
    await connect(november)
    assert {view: await _answer(november, view) for view in views} == before
    assert _known_menus(november) == menus

    def look(work: Work) -> None:
        around = Scene(work).cluster(cluster.id)
        (seat,) = around.seats
        assert len(around.people) == 66
        assert seat not in around.people
        assert overview(work, cluster).people == 66
        assert seat not in {p.id for p in work.people.people(cluster.id, left_too=True)}
        of = next(Scene(work).of(s) for s in work.sessions.of_cluster(cluster.id) if s.code == "B2")
        assert seat not in of.invited_ids | of.authority_ids | {p.id for p in of.unreached}

    november.see(look)
    codes = november.run(lambda work: make_codes(work.people, cluster, work.now))
    assert codes == [], "everybody is registered, and a group is nobody to register"
    await november.at(8, 11, 2023)
    await november.press(HOST, "Việc đăng cai")
    await november.press(HOST, "Người dự")
    assert GROUP not in november.last(HOST).text
    document = november.see(lambda work: deliveries(work, cluster))
    assert document.content.startswith(b"PK")
    with reading(november.desk.engine) as db:
        kinds = set(db.execute(select(notice.c.kind).where(notice.c.recipient_id > 66)).scalars())
    assert kinds <= {"plan", "pin", "reminder"}


async def _answer(stage: Stage, command: str) -> str:
    await stage.type(LEAD, command)
    return stage.last(LEAD).text


def _known_menus(stage: Stage) -> set[str]:

    return set(stage.see(lambda work: menus(work, "telegram", stage.cluster().id)))


async def test_a_reminder_that_waits_is_not_sent_to_a_group_that_is_let_go(stage: Stage) -> None:
    await connect(stage)
    await stage.type(LEAD, "/nhom")
    await stage.press(LEAD, "Ngừng gửi vào nhóm")
    await stage.press(LEAD, "Xác nhận")
    said = len(posts(stage))
    await stage.at(13, 10, 2023)
    assert len(posts(stage)) == said
    assert stage.see(lambda work: work.sessions.next_duty()) is not None
    due = stage.see(lambda work: work.reports.upcoming(stage.cluster().id))
    assert not any(one.due < dt.datetime(2023, 10, 13, tzinfo=dt.UTC) for one in due)
