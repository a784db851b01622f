"""The papers of the sample plan's year, in which B2 was moved: by name, as the flows make them."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from bot.clock import TurnableClock
from bot.cluster.people import Person
from bot.flows.papers import letters, lists
from bot.flows.papers.letterheads import set_letterhead
from bot.flows.people.roster import import_roster
from bot.flows.plans.importing import import_plan
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions import rescheduling
from bot.flows.sessions.details import set_hour, set_programme, set_room
from bot.flows.work import Work
from bot.message import Document
from bot.notices.timeline import VIETNAM
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.sessions.request import Cause, RequestKind
from bot.sessions.reschedule import Ask
from bot.settings import Settings
from bot.storage.opening import open_desk
from bot.workdays import Workdays

BEGINNING = dt.datetime(2023, 10, 3, 9, tzinfo=VIETNAM)
END = dt.datetime(2024, 5, 20, 9, tzinfo=VIETNAM)
NEW_DAY = dt.date(2023, 11, 10)


def papers_of_the_year(folder: Path) -> Mapping[str, Document]:
    """B1 as the plan alone knows it; B2 moved; B3 with hour, room, programme and letterhead; B4 as B1."""
    clock = TurnableClock(BEGINNING)
    settings = Settings.model_validate({"database_url": f"sqlite:///{folder / 'year.db'}"})
    desk = open_desk(settings, clock)
    made: dict[str, Document] = {}
    try:
        desk.run(_fill)
        made |= desk.run(_move_b2)
        desk.run(_tell_all_of_b3)
        made |= desk.see(_invitations)
        clock.turn_to(END)
        made |= desk.see(_end_of_the_year)
    finally:
        desk.close()
    return made


def _fill(work: Work) -> None:
    path = data_path("plans", "an-tien-2023-2024.txt")
    reading = read_plan(path.name, path.read_bytes(), deadline=Workdays.load().deadline)
    import_roster(work, import_plan(work, reading), data_path("roster", "an-tien.csv").read_bytes())


def _of(work: Work, code: str) -> SessionScene:
    session = work.sessions.by_code(work.people.clusters()[0].id, code)
    assert session is not None
    return Scene(work).of(session)


def _named(work: Work, name: str) -> Person:
    return next(p for p in work.people.people(work.people.clusters()[0].id) if p.name == name)


def _move_b2(work: Work) -> dict[str, Document]:
    of, head = _of(work, "B2"), _named(work, "Hiệu trưởng An Tiến")
    what = Ask(RequestKind.MOVE, head.unit_id, head.id, Cause.OWN_WORK, "trường đón đoàn kiểm tra", NEW_DAY)
    request = rescheduling.ask(work, head, of.session.id, of.session.date_revision, what)
    letter = letters.request_letter(work, _of(work, "B2"), request)
    rescheduling.agree(work, _named(work, "Chuyên viên mầm non Phòng GD&ĐT"), request.id, None)
    return {"cong-van-b2": letter, "thong-bao-b2": letters.change_notice(work, _of(work, "B2"))}


def _tell_all_of_b3(work: Work) -> None:
    of, head = _of(work, "B3"), _named(work, "Hiệu trưởng Trường Thành")
    set_hour(work, head, of.session.id, dt.time(8), dt.time(11))
    set_room(work, head, of.session.id, "Hội trường tầng 2")
    set_programme(work, head, of.session.id, "8h00 đón khách\n8h30 dự sân chơi\n10h00 thảo luận")
    given = {"parent": "UBND huyện An Lão", "place": "An Lão", "code": "MNTT", "contact": "đ/c Hoa"}
    set_letterhead(work, of.facts.hosts[0], **given)


def _invitations(work: Work) -> dict[str, Document]:
    return {f"giay-moi-{code.lower()}": letters.invitation(work, _of(work, code)) for code in _CODES}


def _end_of_the_year(work: Work) -> dict[str, Document]:
    [cluster] = work.people.clusters()
    return {
        "bao-cao": letters.report(work, cluster),
        "lich": lists.schedule(work, cluster),
        "danh-sach-b2": lists.sign_in(_of(work, "B2")),
    }


_CODES = ("B1", "B2", "B3", "B4")
