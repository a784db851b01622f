"""`Dạy thay, trông bếp`: a school settles here who covers for those who go, or by itself."""

from bot.cluster.people import Person
from bot.cluster.rights import is_head_of, manages_cluster
from bot.errors import NotAllowedError
from bot.flows.cluster_scene import ClusterScene
from bot.flows.planning import replan_cluster
from bot.flows.scene import Scene
from bot.flows.work import Work
from bot.sessions.store import Event


def may_set_covering(around: ClusterScene, actor: Person, unit_id: int) -> bool:
    """The school's heads; the lead and the clerk for every school."""
    ours = unit_id in {unit.id for unit in around.schools}
    return ours and (is_head_of(actor, unit_id) or manages_cluster(actor, around.cluster.id))


def set_covering(work: Work, actor: Person, unit_id: int, *, on: bool) -> None:
    """Switched off nothing is shown or said of it; what had been settled stands when it is on again.

    Raises NotAllowedError.
    """
    around = Scene(work).cluster(actor.cluster_id)
    if not may_set_covering(around, actor, unit_id):
        raise NotAllowedError("Việc này do ban giám hiệu của trường, cụm trưởng hoặc người quản trị chọn.")
    if on is (unit_id not in around.not_covering):
        return
    work.sessions.set_covering(unit_id, actor.id, work.now, on=on)
    for session in work.sessions.of_cluster(actor.cluster_id):
        last = session.date_end or session.date
        if last is None or last >= work.today:
            event = Event(session.id, work.now, actor.id, "cover_set", {"unit": unit_id, "on": on})
            work.sessions.note(event, session.cluster_id)
    replan_cluster(work, actor.cluster_id)
