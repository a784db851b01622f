"""Somebody of the authority in several clusters: one chat, one list by day."""

from bot.cluster.people import Person, Post, UnitKind
from bot.flows.plans.importing import import_plan
from bot.flows.work import Work
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.workdays import Workdays
from tests.talks.stage import OFFICER, Stage


def second_cluster(stage: Stage) -> None:
    """Another cluster under the same authority, the same officer in it, in the same chat; days of its own."""

    def make(work: Work) -> None:
        text = data_path("plans", "an-tien-2023-2024.txt").read_text("utf-8")
        changed = (("ụm trường An Tiến", "ụm trường Hoa Ban"), ("Sao Sáng", "Hoa Sen"), ("14/12", "21/12"))
        for old, new in changed:
            text = text.replace(old, new)
        cluster = import_plan(work, read_plan("khac.txt", text.encode(), deadline=Workdays.load().deadline))
        units = work.people.units(cluster.id)
        office = next((u for u in units if u.kind is UnitKind.AUTHORITY), None)
        assert office is not None
        officer = work.people.put_person(Person(0, cluster.id, office.id, OFFICER, (Post("CV_PGD"),)))
        work.people.link(officer, "telegram", str(stage.chat(OFFICER)), work.now)

    stage.run(make)


async def test_all_sessions_of_all_clusters_stand_in_one_list(november: Stage) -> None:
    second_cluster(november)
    await november.type(OFFICER, "/lich")
    said = november.last(OFFICER).text
    assert said.startswith("Lịch sinh hoạt các cụm trường An Tiến, Hoa Ban")
    coming = [line for line in said.splitlines() if line.startswith(("Thứ", "Chủ nhật"))]
    days = [line.partition(" · ")[0] for line in coming]
    assert days[:2] == ["Thứ Tư, 08/11/2023", "Thứ Tư, 08/11/2023"]
    assert days.index("Thứ Năm, 14/12/2023") < max(i for i, day in enumerate(days) if "12/3/2024" in day)
    assert "[cụm An Tiến" in said
    assert "[cụm Hoa Ban" in said


async def test_a_calendar_of_the_authority_counts_in_all_its_clusters(november: Stage) -> None:
    second_cluster(november)
    await november.send_file(OFFICER, "lich.csv", "08/11/2023, Hội nghị, lịch\n".encode())
    assert november.last(OFFICER).text.count("Hội nghị") == 2
    await november.press(OFFICER, "Xác nhận")
    stored = november.see(
        lambda work: [len(work.sessions.fixed_dates(cluster.id)) for cluster in work.people.clusters()]
    )
    assert stored == [1, 1]


async def test_a_code_that_several_clusters_have_is_asked_about(november: Stage) -> None:
    second_cluster(november)
    for name in ("An Tiến", "Hoa Ban"):
        await november.type(OFFICER, "b2")
        asked = november.last(OFFICER)
        assert (asked.text, asked.labels) == ("Buổi B2 của cụm nào?", ("Cụm An Tiến", "Cụm Hoa Ban"))
        await november.press(OFFICER, f"Cụm {name}")
        assert any(f"Cụm trường {name}" in said for said in november.seen(OFFICER)[-2:])
