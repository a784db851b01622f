"""What a hostile client can press, and what a press without the right must not change."""

from bot.cluster.people import Person, Post, UnitKind
from bot.flows.plans.importing import import_plan
from bot.flows.work import Work
from bot.notices.actions import Verb
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.workdays import Workdays
from tests.chat.people import ELSEWHERE, HOST
from tests.talks.stage import Stage

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
