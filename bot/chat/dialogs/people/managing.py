"""Who of a chat may hand in the cluster's papers."""

from bot.chat.talk import Talk
from bot.cluster.people import Person
from bot.cluster.rights import manages_cluster
from bot.errors import NotAllowedError
from bot.plan.reading import PlanReading


def manager_for(talk: Talk, reading: PlanReading | None = None) -> Person:
    """The person of this chat who may hand papers in; of several clusters the one that the paper names.

    Raises NotAllowedError.
    """
    mine = [person for person in talk.people if manages_cluster(person, person.cluster_id)]
    meant = talk.work.people.find_cluster(reading.cluster) if reading and reading.cluster else None
    for person in mine:
        if meant is not None and person.cluster_id == meant.id:
            return person
    if mine:
        return mine[0]
    if not talk.people:
        raise NotAllowedError(talk.to_stranger)
    raise NotAllowedError(
        "Tệp kế hoạch, danh sách do cụm trưởng hoặc người quản trị gửi. "
        f"Cảm ơn {talk.you}; đề nghị chuyển tệp cho cụm trưởng."
    )
