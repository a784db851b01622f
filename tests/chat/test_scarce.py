"""A Zalo bot runs out of messages: lead and clerk hear it in time, once, and not when the month is over."""

from pathlib import Path

from sqlalchemy import select, update

from bot.flows.people.bot_use import MONTH_LIMIT
from bot.flows.people.scarce import tell_scarce
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.storage.choices import SqlQuota
from bot.storage.tables import notice, quota
from tests.talks.stage import CLERK, LEAD
from tests.talks.zalo_stage import ZaloStage

TEACHER = "Giáo viên cốt cán 1 An Tiến"
FIRST_LINE = "số tin của tháng 11"


def use_up_to(stage: ZaloStage, bot: str, wanted: int) -> None:
    SqlQuota(stage.desk.engine).add(bot, "2023-11")
    with stage.desk.engine.begin() as db:
        db.execute(update(quota).where(quota.c.bot == bot, quota.c.month == "2023-11").values(sent=wanted))


def heard(stage: ZaloStage, name: str) -> list[str]:
    return [said for said in stage.seen(name) if FIRST_LINE in said]


async def test_the_lead_hears_it_at_four_fifths_and_when_nothing_is_left(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.at(1, 11, 2023)
        bot, _ = stage.home(LEAD)
        use_up_to(stage, bot.id, MONTH_LIMIT * 4 // 5 - 60)
        await stage.at(2, 11, 2023)
        assert heard(stage, LEAD) == []

        use_up_to(stage, bot.id, MONTH_LIMIT * 4 // 5)
        await stage.at(3, 11, 2023)
        (said,) = heard(stage, LEAD)
        assert said.startswith(f"Bot Zalo “{bot.name}” sắp hết số tin của tháng 11")
        assert "trong 3000 tin miễn phí" in said
        assert len(heard(stage, CLERK)) == 1
        assert heard(stage, TEACHER) == []

        await stage.at(6, 11, 2023)
        assert len(heard(stage, LEAD)) == 1, "once a month"

        SqlQuota(stage.desk.engine).mark_used_up(bot.id, "2023-11")
        await stage.at(7, 11, 2023)
        assert heard(stage, LEAD)[-1].startswith(f"Bot Zalo “{bot.name}” đã hết số tin của tháng 11")


async def test_only_of_a_bot_that_the_cluster_uses_and_not_in_the_next_month(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        await stage.at(30, 11, 2023, 23)
        stage.unregister(
            *(
                p.name
                for p in stage.desk.see(lambda work: work.people.people(stage.cluster().id))
                if stage.home(p.name)[0] is stage.bots[1]
            )
        )
        for bot in stage.bots:
            SqlQuota(stage.desk.engine).mark_used_up(bot.id, "2023-11")
        stage.desk.run(tell_scarce)
        assert queued(stage) == 2, "lead and clerk, of one bot"
        await stage.at(1, 12, 2023)
        assert heard(stage, LEAD) == []


def queued(stage: ZaloStage) -> int:
    def count(work: Work) -> int:
        with stage.desk.engine.begin() as db:
            return len(db.execute(select(notice.c.id).where(notice.c.kind == Kind.SCARCE.value)).all())

    return stage.see(count)
