"""Questions without a command: the next session, a day, whether I come, who comes.  They only show."""

import datetime as dt
from collections.abc import Callable

from bot.chat.reaction import Reaction, say
from bot.chat.talk import Talk, words
from bot.chat.views.covers import our_covers
from bot.chat.views.people import people_list
from bot.cluster.people import Person
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.covering import own_lines
from bot.notices.actions import Verb, button
from bot.notices.dates import full_day, short_day
from bot.plan.dates.typed import parse_typed_date
from bot.sessions.rights import Right, rights_of


def next_session(talk: Talk, rest: str) -> Reaction:
    """ "buổi tới khi nào": its card."""
    found = _next(talk, lambda of, person: True)
    return _card(talk, found, mine=False)


def days(talk: Talk, rest: str) -> Reaction:
    """ "mai tôi có phải đi không", "tuần sau có gì": the card of what takes place then; else that nothing
    does, and what comes next.  Raises BadInputError for a day that does not exist."""
    first, last, when = _span(rest, talk.work.today)
    found = _coming(talk, lambda of, person: _is_on(of, first, last))
    if len(found) == 1:
        return _card(talk, found[0], mine=False)
    mine = _next(talk, _invited)
    following = mine or _next(talk, lambda of, person: True)
    shown = found or ([following] if following else [])
    rows = tuple((button(f"Xem buổi {of.session.code}", Verb.CARD, of.session.id),) for of, _ in shown)
    facts = {
        "found": [of.facts for of, _ in found],
        "next": following[0].facts if following and not found else None,
    }
    return say(words("days", rows, when=when, mine=mine is not None, you=talk.you, **facts))


def _span(rest: str, today: dt.date) -> tuple[dt.date, dt.date, str]:
    """The first and the last day that is meant, and how it is said back."""
    if rest.startswith("tuan"):
        monday = today + dt.timedelta(days=(0 if rest == "tuan nay" else 7) - today.weekday())
        sunday = monday + dt.timedelta(days=6)
        name = "tuần này" if rest == "tuan nay" else "tuần sau"
        return monday, sunday, f"{name}, {short_day(monday)} đến {short_day(sunday)}"
    if rest.endswith("mai"):
        rest = "mai"
    day = parse_typed_date(rest, today=today)
    near = {0: "hôm nay, ", 1: "ngày mai, ", 2: "ngày kia, "}.get((day - today).days, "")
    return day, day, near + full_day(day)


def my_answer(talk: Talk, rest: str) -> Reaction:
    """ "tôi không đi được": the card of the next session that invites me, with its buttons to press."""
    return _card(talk, _next(talk, _invited), mine=True)


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


def greeting(talk: Talk, rest: str) -> Reaction:
    talk.require_known()
    return say(words("greeting", you=talk.you))


def noted(talk: Talk, rest: str) -> Reaction:
    """ "ok": to an invitation it is no answer yet, so its buttons are shown; else a word of thanks."""
    found = _next(talk, _invited)
    if found is not None and _waits_for(*found):
        return _card(talk, found, mine=True)
    return say(words("noted", you=talk.you, manner=talk.manner.value))


def thanks(talk: Talk, rest: str) -> Reaction:
    return say(words("thanks", manner=talk.manner.value))


def _invited(of: SessionScene, person: Person) -> bool:
    return person.id in of.invited_ids | of.authority_ids


def _is_on(of: SessionScene, first: dt.date, last: dt.date) -> bool:
    day = of.session.date
    return day is not None and day <= last and first <= (of.session.date_end or day)


def _waits_for(of: SessionScene, person: Person) -> bool:
    """She has been invited to this session, and has not answered."""
    return person.id in of.asked_ids and person.id not in of.answers


def _may_see_people(of: SessionScene, person: Person) -> bool:
    return Right.PEOPLE in rights_of(person, of.around.units[person.unit_id], of.session)


def _leaves_lines(of: SessionScene, person: Person) -> bool:
    rights = rights_of(person, of.around.units[person.unit_id], of.session)
    return Right.COVER in rights and bool(own_lines(of, person.unit_id))


def _next(talk: Talk, wanted: Callable[[SessionScene, Person], bool]) -> tuple[SessionScene, Person] | None:
    """The first coming session that is wanted, and who I am in its cluster."""
    return next(iter(_coming(talk, wanted)), None)


def _coming(talk: Talk, wanted: Callable[[SessionScene, Person], bool]) -> list[tuple[SessionScene, Person]]:
    """Those still ahead on a known day, the nearest first."""
    talk.require_known()
    coming = []
    for person in talk.people:
        for session in talk.work.sessions.of_cluster(person.cluster_id):
            of = talk.scene.of(session)
            if session.fixed and session.date is not None and not of.over and wanted(of, person):
                coming.append((session.date, of, person))
    return [(of, person) for _, of, person in sorted(coming, key=lambda one: one[0])]


def _card(talk: Talk, found: tuple[SessionScene, Person] | None, *, mine: bool) -> Reaction:
    if found is None:
        return say(words("no_session", mine=mine, you=talk.you))
    return talk.show_card(found[0].session.id, anew=True)
