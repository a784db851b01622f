"""For whose eyes the cluster's overviews are, and how a long one is turned over."""

from collections.abc import Sequence

from bot.chat.reaction import Reaction, Redraw, say
from bot.chat.talk import Talk
from bot.cluster.people import Person
from bot.cluster.rights import manages_cluster
from bot.errors import NotAllowedError
from bot.message import Button, Message
from bot.notices.actions import Action, Verb, button

_NOT_YOURS = "Lệnh này dành cho cụm trưởng và người quản trị."


def managed(talk: Talk) -> list[Person]:
    """Who I am in each cluster that I manage.  Raises NotAllowedError where there is none."""
    talk.require_known()
    found = [person for person in talk.people if manages_cluster(person, person.cluster_id)]
    if not found:
        raise NotAllowedError(_NOT_YOURS)
    return found


def manager_of(talk: Talk, cluster_id: int | None = None) -> Person:
    """Me as lead or clerk of that cluster, or of the first that I manage.  Raises NotAllowedError."""
    if cluster_id is None:
        return managed(talk)[0]
    me = talk.me_in(cluster_id)
    if not manages_cluster(me, cluster_id):
        raise NotAllowedError(_NOT_YOURS)
    return me


def turning(verb: Verb, about: int, page: int, pages: int) -> tuple[Button, ...]:
    """`◀ Trang 1`, `Trang 3 ▶`: the pages beside this one (counted from 0)."""
    back = (button(f"◀ Trang {page}", verb, about, page - 1),) if page > 0 else ()
    return (*back, button(f"Trang {page + 2} ▶", verb, about, page + 1)) if page + 1 < pages else back


def leaf(made: Sequence[str], wanted: int | None) -> tuple[str, int]:
    """That page (None: the first; too high a number: the last), numbered where there are several."""
    page = min(wanted or 0, len(made) - 1)
    return (f"{made[page]}\n\nTrang {page + 1}/{len(made)}." if len(made) > 1 else made[page]), page


def page_of(a: Action) -> int | None:
    """The page that was turned to; None where it is opened anew.  Raises ValueError."""
    return a.number(1) if a.word(1) else None


def shown(message: Message, page: int | None) -> Reaction:
    """A page that was turned is drawn over the one before it."""
    return say(message) if page is None else Reaction(redraw=Redraw(message))
