"""The lead says who goes for a part that counts people of all schools together."""

from collections.abc import Sequence

from bot.cluster.delegation import part_of
from bot.cluster.people import Person
from bot.cluster.pools import is_for_cluster
from bot.errors import OutdatedError
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.answering import require_session
from bot.flows.sessions.delegating import chosen_of
from bot.flows.sessions.invitees import settle
from bot.flows.whole_cluster import ClusterPart
from bot.flows.work import Work
from bot.sessions.changes import require_ahead
from bot.sessions.nomination import Nomination
from bot.sessions.rights import Right

_OTHER = "Thành phần buổi này đã khác. Đề nghị mở lại thẻ của buổi."


def counts_cluster(of: SessionScene, number: int) -> bool:
    """Whether the part at this place of the phrase is the lead's to answer, and no school's."""
    audience = of.session.audience
    return number < len(audience) and is_for_cluster(audience[number])


def for_naming_all(work: Work, actor: Person, session_id: int) -> SessionScene:
    """A session ahead of which this one may say who goes for the cluster.

    Raises NotAllowedError, OutdatedError.
    """
    of = require_session(Scene(work), session_id, actor)
    of.require(Right.NAME_ALL, actor)
    require_ahead(of.session, work.today)
    return of


def cluster_part(of: SessionScene, name: str) -> ClusterPart:
    """`name`: `part_of` its item.  Raises OutdatedError where the plan no longer asks for it."""
    found = next((part for part in of.cluster_parts if part_of(part.item) == name), None)
    if found is None:
        raise OutdatedError(_OTHER)
    return found


def name_for_cluster(
    work: Work, actor: Person, session_id: int, name: str, person_ids: Sequence[int]
) -> SessionScene:
    """These of all schools go for one part of the phrase; an empty list: nobody.

    Who is new is invited, who had been invited and is not named is told.  Raises NotAllowedError,
    OutdatedError, BadInputError (somebody who is of no school).
    """
    of = for_naming_all(work, actor, session_id)
    part = cluster_part(of, name)
    chosen = chosen_of(of, {unit.id for unit in of.around.schools}, person_ids, "của các trường")
    session, part_name = of.session, part_of(part.item)
    work.sessions.put_nomination(
        Nomination(session.id, session.cluster_id, None, part_name, chosen, actor.id, work.now)
    )
    return settle(work, actor, of, "named", {"cluster": True, "part": part_name, "people": list(chosen)})
