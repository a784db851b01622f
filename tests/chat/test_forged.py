"""Any client can send any callback data: rights are looked up at the press (invariant 6)."""

import pytest

from bot.cluster.people import Person, Post, UnitKind
from bot.flows.plans.importing import import_plan
from bot.flows.work import Work
from bot.notices.actions import Verb
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.workdays import Workdays
from tests.chat.ways import a_count_of_the_cluster
from tests.talks.stage import CLERK, LEAD, STRANGER, Stage

HOST, GUEST, COOK = "Hiệu trưởng An Tiến", "Hiệu trưởng Bát Trang", "Bếp trưởng Bát Trang"
OFFICER, CORE = "Chuyên viên mầm non Phòng GD&ĐT", "Cốt cán Phòng GD&ĐT 1"
ELSEWHERE = "Hiệu trưởng Hoa Ban"

#: Tokens about session 2, request 1 and join request 1, as the bot itself would draw them.
TOKENS = {
    Verb.CARD: "card:2",
    Verb.GOING: "go:2:1",
    Verb.DECLINE: "no:2:1",
    Verb.WHY_ME: "why:2",
    Verb.RELEASE: "rel:2:1",
    Verb.PEOPLE: "who:2",
    Verb.OURS: "our:2",
    Verb.NAME: "name:2:2",
    Verb.REPLACE: "rep:2",
    Verb.COVERS: "lop:2",
    Verb.COVER: "thay:2:20",
    Verb.ACCEPT: "nhan:1:1",
    Verb.REJECT: "tuchoi:1:1",
    Verb.COVERING: "tat:2:0",
    Verb.HOST: "host:2",
    Verb.SET: "set:2:hour",
    Verb.ASK: "ask:2:1",
    Verb.AGREE: "yes:1",
    Verb.REFUSE: "nay:1",
    Verb.COUNTER: "ctr:1",
    Verb.RECORD: "rec:1",
    Verb.WITHDRAW: "wd:1",
    Verb.CANCEL: "cxl:2",
    Verb.PUT_BACK: "undo:2",
    Verb.PROPOSE: "day:2",
    Verb.CONFIRM_DAY: "fix:2:2023-11-20",
    Verb.KNOWN: "ok:2:1",
    Verb.NUDGE: "bao:2:0",
    Verb.STATUS: "tt:1:0",
    Verb.JOURNAL: "nk:2:0",
    Verb.YEAR: "nam:1:0",
    Verb.MUTE: "im:2:1",
    Verb.RELAY: "qua:12:1",
    Verb.HAND_OVER: "bg:13",
    Verb.CALENDAR: "ics:2",
    Verb.FEED: "feed:1",
    Verb.PAPER: "doc:2:gm",
    Verb.LETTERHEAD: "head:2:gm",
    Verb.SCHEDULE: "lich",
    Verb.APPROVE: "apr:1",
    Verb.DISMISS: "dis:1",
    Verb.ANSWER: "a:cafe01:yes",
    Verb.BACK: "back:cafe01",
    Verb.STOP: "stop:cafe01",
    Verb.LEAVE: "leave",
    Verb.GROUP: "nhom:1:noi:1",
}
BROKEN: tuple[str, ...] = (
    "",
    ":",
    "go",
    "go:",
    "go:2",
    "go:x:1",
    "go:-2:1",
    "go:９:1",
    "yes:999999999999999999",
)
BROKEN += ("card:0", "nothing", "a", "a:", "set:2", "set:2:<b>", "fix:2:hôm nào", "fix:2:2023-02-30", "ok:2")
BROKEN += ("nhom", "nhom:1", "nhom:x:noi:1", "nhom:0:dung", "nhom:1:noi", "nhom:1:gì:1")
BROKEN += (
    "bao:2:x",
    "tt:1",
    "tt:x:0",
    "nk:2:x",
    "im:2",
    "im:2:x",
    "qua:12",
    "qua:0:1",
    "bg",
    "bg:x",
    "bg:0",
    "bg:0:x",
    "bg:0:999",
    "bg:999999999999",
    "nam:1:-1",
    "nk:2:９",
)
BROKEN += ("đồng ý:1", "go:2:1\n", "a" * 64, "DROP TABLE session", "{{ 7*7 }}")


async def with_a_request(november: Stage) -> None:
    """Its host asks to move B2, and somebody asks to be registered."""
    for label in ("Xin đổi lịch", "Trùng lịch của Phòng, Sở", "Thứ Sáu 10/11", "Xác nhận"):
        await november.press(HOST, label)
    await november.type("Người xin vào", f"/dangky {november.cluster().join_code}")
    await november.press("Người xin vào", "MN Bát Trang")
    await november.press("Người xin vào", "Giáo viên")
    await november.type("Người xin vào", "Trần Thị Na")
    await november.press("Người xin vào", "Xác nhận")


def another_cluster(november: Stage) -> None:
    """A second cluster in the same database, with one head in a chat of her own."""

    def make(work: Work) -> None:
        text = data_path("plans", "an-tien-2023-2024.txt").read_text("utf-8")
        for old, new in (("ụm trường An Tiến", "ụm trường Hoa Ban"), ("Sao Sáng", "Hoa Sen")):
            text = text.replace(old, new)
        reading = read_plan("khac.txt", text.encode(), deadline=Workdays.load().deadline)
        cluster = import_plan(work, reading)
        unit = next(u for u in work.people.units(cluster.id) if u.kind is UnitKind.SCHOOL)
        head = work.people.put_person(
            Person(0, cluster.id, unit.id, ELSEWHERE, (Post("HT"), Post("CUM_TRUONG")))
        )
        work.people.link(head, "telegram", str(november.chat(ELSEWHERE)), work.now)

    november.run(make)


def state(november: Stage) -> object:
    """All that a forged press must not change."""

    def look(work: Work) -> object:
        sessions = work.sessions.of_cluster(november.cluster().id)
        return [
            (s, work.sessions.answers(s), work.sessions.requests(s.id), work.sessions.history(s.id))
            for s in sessions
        ], work.people.people(november.cluster().id)

    return november.see(look)


def test_every_verb_is_tried() -> None:
    assert set(TOKENS) == set(Verb)


async def test_a_stranger_gets_nothing_from_any_verb(november: Stage) -> None:
    await with_a_request(november)
    before = state(november)
    november.chat(STRANGER)
    for verb, token in TOKENS.items():
        press = await november.forge(STRANGER, token)
        assert press.answered, verb
        assert press.answer, verb
        if verb not in (Verb.ANSWER, Verb.BACK, Verb.STOP):
            assert "/dangky" in press.answer, (verb, press.answer)
    assert november.seen(STRANGER) == []
    assert state(november) == before


async def test_somebody_of_another_cluster_gets_nothing_from_any_verb(november: Stage) -> None:
    await with_a_request(november)
    another_cluster(november)
    before = state(november)
    own = {Verb.SCHEDULE, Verb.LEAVE}
    for verb, token in TOKENS.items():
        if verb in own:
            continue
        press = await november.forge(ELSEWHERE, token)
        assert press.answer, verb
        assert press.alert, verb
    assert not any("An Tiến" in text or "Bát Trang" in text for text in november.seen(ELSEWHERE))
    assert state(november) == before
    await november.type(ELSEWHERE, "/lich")
    assert "cụm Hoa Ban" in november.last(ELSEWHERE).text
    assert "cụm An Tiến" not in november.last(ELSEWHERE).text


@pytest.mark.parametrize(
    ("who", "verbs"),
    [
        (GUEST, "bao tt nk nam undo doc rel host who set yes nay ctr rec wd cxl day fix"),
        (
            COOK,
            "bg bao tt nk nam undo doc rel host who our lop thay tat name rep set ask yes nay ctr rec wd cxl "
            "day fix apr dis",
        ),
        (
            CORE,
            "bg bao tt nk nam undo go no rel host who our lop thay tat name rep set ask yes nay ctr "
            "rec wd cxl day fix apr dis",
        ),
        (
            OFFICER,
            "bg bao tt nk nam undo doc go no rel host who our lop thay tat name rep set ask rec wd cxl "
            "day fix apr dis",
        ),
        (HOST, "bg bao tt nk nam undo thay tat yes nay ctr rec cxl fix apr dis"),
        (CLERK, "go no our lop thay name rep ask wd"),
        (LEAD, "wd"),
    ],
    ids=["guest", "cook", "core-team", "officer", "host", "clerk", "lead"],
)
async def test_without_the_right_nothing_changes_and_a_sentence_says_whose_business_it_is(
    november: Stage, who: str, verbs: str
) -> None:
    await with_a_request(november)
    before = state(november)
    for verb in verbs.split():
        press = await november.forge(who, TOKENS[Verb(verb)])
        assert press.alert, verb
        assert press.answer, verb
        assert press.answer.endswith((".", "?")), press.answer
    assert state(november) == before


@pytest.mark.parametrize("who", [GUEST, HOST, COOK, OFFICER, CORE])
async def test_only_lead_and_clerk_say_who_goes_for_the_whole_cluster(november: Stage, who: str) -> None:
    a_count_of_the_cluster(november)
    before = state(november)
    for token in ("name:2:2", "name:2:99"):
        press = await november.forge(who, token)
        assert press.alert, token
        assert press.answer, token
    assert state(november) == before


async def test_a_forged_tick_is_for_nobody_but_the_people_of_the_schools(november: Stage) -> None:
    a_count_of_the_cluster(november)
    await november.settle()
    await november.forge(LEAD, "name:2:2")
    await november.type(LEAD, "Bát Trang")
    asked = november.last(LEAD)
    stranger = november.person(OFFICER).id
    (mark,) = {
        str(b.data).split(":")[1] for row in asked.keyboard for b in row if (b.data or "").startswith("a:")
    }
    for said in (f"t{stranger}", "t999999", "tx", "s999", "p99999", "u"):
        press = await november.forge(LEAD, f"a:{mark}:{said}")
        assert press.alert, said
    await november.press(LEAD, "Xong (4 người)")
    assert november.person(OFFICER).id not in _named(november)


async def test_the_lead_sends_nobody_and_takes_it_back(november: Stage) -> None:
    teacher = "Giáo viên cốt cán 1 Trường Thọ"
    a_count_of_the_cluster(november)
    await november.settle()
    await november.forge(LEAD, "name:2:2")
    for school in ("MN Sao Sáng", "MN Bát Trang", "MN Trường Thành", "MN Trường Thọ"):
        await november.press(LEAD, f"{school}: chọn 1")
        await november.press(LEAD, f"● Giáo viên cốt cán 1 {school.removeprefix('MN ')}")
        await november.press(LEAD, "Trường khác")
    await november.press(LEAD, "Xong (không cử ai)")
    assert "không cử ai" in november.last(LEAD).text
    assert _named(november) == ()
    assert "không cần đi dự" in november.last(teacher).text
    await november.forge(LEAD, "name:2:2")
    await november.type(LEAD, teacher)
    await november.press(LEAD, "Xong (1 người)")
    assert _named(november) == (november.person(teacher).id,)
    assert "mời dự sinh hoạt" in november.last(teacher).text


def _named(november: Stage) -> tuple[int, ...]:
    (said,) = november.see(lambda work: work.sessions.nominations(november.session("B2").id))
    assert said.unit_id is None
    return said.person_ids


async def test_broken_tokens_are_answered_with_a_sentence(november: Stage) -> None:
    await with_a_request(november)
    before = state(november)
    for token in BROKEN:
        for who in (LEAD, COOK, OFFICER):
            press = await november.forge(who, token)
            assert press.alert, token
            assert press.answer, token
            assert "lỗi" not in press.answer, token
    assert state(november) == before


async def test_a_press_on_an_inaccessible_message_is_worked_on_all_the_same(november: Stage) -> None:
    press = await november.forge(COOK, "go:2:1", inaccessible=True)
    assert press.answer == "Đã ghi tham dự. Cảm ơn."
    answers = november.see(lambda work: work.sessions.answers(november.session("B2")))
    assert list(answers) == [november.person(COOK).id]


async def test_twice_the_same_press_is_once(november: Stage) -> None:
    chat = november.chat(HOST)
    shown = november.find(HOST, "Gửi giấy mời")
    for _ in range(3):  # a finger that trembles: three presses before the first is answered
        november.service.press(chat, shown.id, "Gửi giấy mời")
    await november.settle()
    invited = [m for name in (OFFICER, CORE) for m in november.seen(name) if "08/11/2023" in m]
    assert len(invited) == 2
    assert november.session("B2").version == 2


async def test_two_officers_decide_at_the_same_moment(november: Stage) -> None:
    await with_a_request(november)
    leader = "Lãnh đạo Phòng GD&ĐT"
    presses = [
        november.service.press(november.chat(name), november.find(name, "Đồng ý").id, "Đồng ý")
        for name in (OFFICER, leader)
    ]
    await november.settle()
    assert november.session("B2").date_revision == 2
    assert sum(1 for press in presses if press.alert) == 1
    moved = [text for text in november.seen(COOK) if text.startswith("Đổi ngày")]
    assert len(moved) == 1
