"""What some of the ways need to be there before, and an answer that many give."""

from bot.flows.people.bots import ZALO
from bot.flows.plans.importing import import_plan
from bot.flows.work import Work
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.workdays import Workdays
from tests.chat.ways.way import free
from tests.talks.playing import FILES
from tests.talks.stage import Stage


def a_zalo_bot(stage: Stage) -> None:
    bots = [{"key": "12", "name": "Nhắc Lịch 1", "link": "https://zalo.me/12"}]
    stage.run(lambda work: work.talks.put_fact(ZALO, bots, work.now))


def a_session_by_month(stage: Stage) -> None:
    _import(stage, "Tháng 01/2024\tTrường Thọ")


def a_second_session(stage: Stage) -> None:
    """Trường Thành is host twice: a paper that does not name the old day leaves open which is meant."""
    _import(stage, "14/12/2023\tTrường Thành", "11/1/2024\tTrường Thành")


def a_count_of_the_cluster(stage: Stage) -> None:
    """The plan counts the core teachers of all schools together."""
    content = (FILES / "ke-hoach-ca-cum.txt").read_bytes()
    reading = read_plan("plan.txt", content, deadline=Workdays.load().deadline)
    stage.run(lambda work: import_plan(work, reading))


def _import(stage: Stage, *rows: str) -> None:
    old = "14/12/2023\tTrường Thành"
    plan = data_path("plans", "an-tien-2023-2024.txt").read_text("utf-8")
    (line,) = (one for one in plan.splitlines() if one.startswith(old))
    plan = plan.replace(line, "\n".join(line.replace(old, row) for row in rows))
    reading = read_plan("plan.txt", plan.encode(), deadline=Workdays.load().deadline)

    def use(work: Work) -> None:
        import_plan(work, reading)

    stage.run(use)


NO_REASON = free("[Không nêu lý do]")
