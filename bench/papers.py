"""Papers: one letter, and all that the office needs for the sample plan's year."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.world import Row
from bot.flows.papers import letters, lists
from bot.flows.people.roster import import_roster
from bot.flows.plans.importing import import_plan
from bot.flows.scene import Scene
from bot.flows.work import Work
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.settings import Settings
from bot.storage.opening import open_desk
from bot.workdays import Workdays


async def measure(quick: bool) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'papers.db'}"
        desk = open_desk(Settings.model_validate({"database_url": url}))
        desk.run(_fill)
        desk.see(_letter)  # the templates and texts are read once
        rounds = 2 if quick else 7
        letter = _median(lambda: desk.see(_letter), rounds)
        year = _median(lambda: desk.see(_year), rounds)
        made = desk.see(_year)
        desk.close()
    return [
        Row("a letter (.docx)", f"{letter * 1000:.0f} ms", "< 300 ms"),
        Row(f"a year's set of papers ({made} files)", f"{year * 1000:.0f} ms", "< 2000 ms"),
    ]


def _fill(work: Work) -> None:
    path = data_path("plans", "an-tien-2023-2024.txt")
    reading = read_plan(path.name, path.read_bytes(), deadline=Workdays.load().deadline)
    import_roster(work, import_plan(work, reading), data_path("roster", "an-tien.csv").read_bytes())


def _letter(work: Work) -> int:
    [cluster] = work.people.clusters()
    session = work.sessions.of_cluster(cluster.id)[0]
    return len(letters.invitation(work, Scene(work).of(session)).content)


def _year(work: Work) -> int:
    """Invitation, sign-in list and calendar of each session, the year's lists, report and calendar."""
    [cluster] = work.people.clusters()
    scene = Scene(work)
    made = [lists.schedule(work, cluster), lists.deliveries(work, cluster), letters.report(work, cluster)]
    made.append(letters.cluster_calendar(work, cluster))
    for session in work.sessions.of_cluster(cluster.id):
        of = scene.of(session)
        made += [letters.invitation(work, of), lists.sign_in(of), letters.session_calendar(work, of)]
    return len(made)


def _median(work: Callable[[], object], rounds: int) -> float:
    """Seconds."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return sorted(taken)[rounds // 2]
