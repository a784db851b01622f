"""Questions without a command: the next session, whether I come, who comes.  They only show."""

from collections.abc import Callable

from bot.chat.reaction import Reaction, say
from bot.chat.talk import Talk, words
from bot.chat.views.covers import our_covers
from bot.chat.views.people import people_list
from bot.cluster.people import Person
from bot.flows.scene import SessionScene
from bot.flows.sessions.covering import own_lines
from bot.sessions.rights import Right, rights_of


def next_session(talk: Talk, rest: str) -> Reaction:
    """ "buổi tới khi nào": its card."""
    found = _next(talk, lambda of, person: True)
    return _card(talk, found, mine=False)


def my_answer(talk: Talk, rest: str) -> Reaction:
    """ "tôi không đi được": the card of the next session that invites me, with its buttons to press."""
    found = _next(talk, lambda of, person: person.id in of.invited_ids | of.authority_ids)
    return _card(talk, found, mine=True)


def who_comes(talk: Talk, rest: str) -> Reaction:
    """ "danh sách ai đi": of the next session whose people I may see.

    Raises NotAllowedError for somebody who may see those of none.
    """
    found = _next(talk, _may_see_people) or _next(talk, lambda of, person: True)
    if found is None:
        return _card(talk, None, mine=False)
    of, me = found
    of.require(Right.PEOPLE, me)
    return say(people_list(talk, of.session.id))


def who_covers(talk: Talk, rest: str) -> Reaction:
    """ "ai dạy thay": for a head the list of her school; for who goes her card, which names who covers."""
    found = _next(talk, _leaves_lines)
    return say(our_covers(talk, found[0].session.id)) if found is not None else my_answer(talk, rest)


def thanks(talk: Talk, rest: str) -> Reaction:
    return say(words("thanks", manner=talk.manner.value))


def _may_see_people(of: SessionScene, person: Person) -> bool:
    return Right.PEOPLE in rights_of(person, of.around.units[person.unit_id], of.session)


def _leaves_lines(of: SessionScene, person: Person) -> bool:
    rights = rights_of(person, of.around.units[person.unit_id], of.session)
    return Right.COVER in rights and bool(own_lines(of, person.unit_id))


def _next(talk: Talk, wanted: Callable[[SessionScene, Person], bool]) -> tuple[SessionScene, Person] | None:
    """The first coming session on a known day that is wanted, and who I am in its cluster."""
    talk.require_known()
    coming = []
    for person in talk.people:
        for session in talk.work.sessions.of_cluster(person.cluster_id):
            of = talk.scene.of(session)
            if session.fixed and session.date is not None and not of.over and wanted(of, person):
                coming.append((session.date, of, person))
    if not coming:
        return None
    _, of, person = min(coming, key=lambda one: one[0])
    return of, person


def _card(talk: Talk, found: tuple[SessionScene, Person] | None, *, mine: bool) -> Reaction:
    if found is None:
        return say(words("no_session", mine=mine, you=talk.you))
    return talk.show_card(found[0].session.id, anew=True)
