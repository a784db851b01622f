"""The year in figures: sessions held, moved and cancelled; attendance by school and by role (need 5)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cluster.addressing import full_post, main_post
from bot.cluster.people import UnitKind
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.work import Work
from bot.papers.report import Attendance, Row
from bot.sessions.answers import Reply
from bot.sessions.request import Request, RequestKind, RequestState
from bot.sessions.years import stands_in


@dataclass(frozen=True, slots=True)
class Year:
    rows: tuple[Row, ...]
    scenes: tuple[SessionScene, ...]
    schools: tuple[Attendance, ...]  #: over the sessions that were held
    roles: tuple[Attendance, ...]

    @property
    def held(self) -> int:
        return sum(row.f.over and not row.f.cancelled for row in self.rows)

    @property
    def moved(self) -> int:
        return sum(row.moves > 0 for row in self.rows)

    @property
    def cancelled(self) -> int:
        return sum(row.f.cancelled for row in self.rows)


def year(work: Work, cluster_id: int) -> Year:
    """The school year in which the cluster is now."""
    scene = Scene(work)
    present = scene.cluster(cluster_id).cluster.school_year
    of_cluster = work.sessions.of_cluster(cluster_id)
    scenes = tuple(scene.of(session) for session in of_cluster if stands_in(session, present, present))
    rows = tuple(
        Row(of.facts, sum(map(is_agreed_move, work.sessions.requests(of.session.id)))) for of in scenes
    )
    held = [of for of in scenes if of.over and not of.facts.cancelled]
    schools, roles = attendance(held)
    return Year(rows, scenes, tuple(schools), tuple(roles))


def is_agreed_move(request: Request) -> bool:
    return request.kind is RequestKind.MOVE and request.state is RequestState.AGREED


def attendance(scenes: Sequence[SessionScene]) -> tuple[list[Attendance], list[Attendance]]:
    """By unit and by role, over these sessions; the units in the cluster's own order."""
    known = [unit for of in scenes[:1] for unit in of.around.units.values()]
    ordered = sorted(known, key=lambda unit: unit.kind is not UnitKind.AUTHORITY)
    units = {unit.label: [0, 0, 0] for unit in ordered}
    roles: dict[str, list[int]] = {}
    for of in scenes:
        for invitee in of.invitees.people:
            person = invitee.person
            post = main_post(person)
            given = of.answers.get(person.id)
            reply = given.reply if given else None
            counted = (1, reply is Reply.GOING, reply is Reply.DECLINED)
            for table, key in (
                (units, of.around.units[person.unit_id].label),
                (roles, full_post(post) if post else ""),
            ):
                held = table.setdefault(key, [0, 0, 0])
                for at, more in enumerate(counted):
                    held[at] += more
    seen = [Attendance(k, *v) for k, v in units.items() if any(v)]
    return seen, [Attendance(k, *v) for k, v in roles.items()]
