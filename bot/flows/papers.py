"""Papers asked for: facts of the scene, then the file.  Who may have one is asked first."""

from collections.abc import Sequence

from bot.cluster.people import Person
from bot.errors import BadInputError
from bot.flows.scene import Scene, SessionScene
from bot.flows.work import Work
from bot.message import Document
from bot.papers import ics


def session_calendar(work: Work, of: SessionScene) -> Document:
    """One session for a phone's calendar.  Raises BadInputError where its day is not known."""
    if not ics.has_entry(of.facts):
        raise BadInputError(f"Buổi {of.session.code} chưa chốt ngày nên chưa thêm vào lịch được.")
    return ics.session_calendar(of.facts, work.now, work.office.tz)


def my_calendar(work: Work, scene: Scene, people: Sequence[Person]) -> Document:
    """All sessions to which these persons (one in each cluster) are invited.  Raises BadInputError."""
    mine = [
        of.facts
        for person in people
        for session in work.sessions.of_cluster(person.cluster_id)
        if is_mine(of := scene.of(session), person)
    ]
    found = [f for f in mine if ics.has_entry(f)]
    if not found:
        raise BadInputError("Chưa có buổi nào có ngày mà đồng chí được mời. Gõ /lich để xem lịch cả năm.")
    return ics.many_calendar(found, work.now, work.office.tz)


def is_mine(of: SessionScene, person: Person) -> bool:
    """Invited; the authority only once its invitation was released."""
    if person.id in of.authority_ids:
        return of.session.released_at is not None
    return person.id in of.invited_ids
