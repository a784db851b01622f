"""A school's head says who goes: by name for a counted role, or somebody instead of one of her people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.cluster.addressing import with_post
from bot.cluster.audience import holders
from bot.cluster.delegation import part_of
from bot.cluster.people import Person, Unit
from bot.cluster.pools import is_for_cluster
from bot.errors import BadInputError, OutdatedError
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.answering import require_session
from bot.flows.sessions.invitees import require_stand_in, settle
from bot.flows.work import Work
from bot.plan.reading import AudienceItem
from bot.sessions.answers import Answer, Reply
from bot.sessions.changes import require_ahead
from bot.sessions.nomination import Nomination
from bot.sessions.rights import Right

MOST_NAMED = 60  #: people of one school for one part


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the audience phrase, as one school answers it."""

    item: AudienceItem
    unit: Unit
    holders: tuple[Person, ...]  #: who holds the role, in roster order
    going: frozenset[int]  #: who is invited by it as things stand
    named: bool  #: the head has said so herself


def part(of: SessionScene, actor: Person, number: int) -> Part:
    """The part at this place of the phrase.  Raises OutdatedError where a head has none to answer."""
    found = next((p for p in parts(of, actor) if of.session.audience.index(p.item) == number), None)
    if found is None:
        raise OutdatedError("Thành phần buổi này đã khác. Đề nghị mở lại thẻ của buổi.")
    return found


def parts(of: SessionScene, actor: Person) -> list[Part]:
    """What the head of this school can answer: counted roles, and roles that nobody of the school holds."""
    around, session = of.around, of.session
    unit = around.units[actor.unit_id]
    people, units = list(around.people.values()), list(around.units.values())
    asked = {part_of(gap.item) for gap in of.invitees.gaps if gap.unit == unit}
    found = []
    for item in session.audience:
        if is_for_cluster(item):
            continue
        holding = tuple(holders(item, unit, people, session.host_ids, units))
        named = of.choices.of(unit, item)
        counted = item.count is not None and bool(holding)
        if counted or named is not None or part_of(item) in asked:
            going = named if named is not None else [person.id for person in holding[: item.count]]
            found.append(Part(item, unit, holding, frozenset(going), named is not None))
    return found


def name_people(
    work: Work, actor: Person, session_id: int, number: int, person_ids: Sequence[int]
) -> SessionScene:
    """These go for one part of the phrase; an empty list: the school sends nobody.

    Who is new is invited, who had been invited and is not named is told.  Raises NotAllowedError,
    OutdatedError, BadInputError (somebody who is not of the school).
    """
    of = for_naming(work, actor, session_id)
    asked = part(of, actor, number)
    chosen = chosen_of(of, {actor.unit_id}, person_ids, "của trường")
    session, part_name = of.session, part_of(asked.item)
    work.sessions.put_nomination(
        Nomination(session.id, session.cluster_id, actor.unit_id, part_name, chosen, actor.id, work.now)
    )
    detail = {"unit": actor.unit_id, "part": part_name, "people": list(chosen)}
    return settle(work, actor, of, "named", detail)


def send_instead(
    work: Work, actor: Person, session_id: int, date_revision: int, absent_id: int, stand_in_id: int
) -> SessionScene:
    """The head sends somebody else of her school in the place of an invited one, who is told.

    Raises as `for_replacing`, BadInputError (who cannot go so).
    """
    of = for_replacing(work, actor, session_id, date_revision)
    absent = of.around.people.get(absent_id)
    if absent is None or absent.unit_id != actor.unit_id or absent_id not in of.invited_ids:
        raise BadInputError("Người này không có trong số người được mời của trường. Đề nghị chọn lại.")
    stand_in = require_stand_in(of, absent, stand_in_id)
    words = with_post(stand_in, of.around.units[stand_in.unit_id], full=False)
    given = of.answers.get(absent_id)
    declined = given is not None and given.reply is Reply.DECLINED
    reason = given.reason if given is not None and declined else None
    work.sessions.put_answer(
        Answer(session_id, date_revision, absent_id, Reply.DECLINED, reason, words, work.now, stand_in_id)
    )
    detail = {"unit": actor.unit_id, "absent": absent_id, "goes": stand_in_id}
    off = set() if declined else {absent_id} - {actor.id}
    return settle(work, actor, of, "replaced", detail, stood_down=off)


def chosen_of(
    of: SessionScene, unit_ids: Collection[int], person_ids: Sequence[int], whose: str
) -> tuple[int, ...]:
    """Each of them once.  Raises BadInputError: too many, or somebody of none of these units (`whose`)."""
    chosen = tuple(dict.fromkeys(person_ids))
    if len(chosen) > MOST_NAMED:
        raise BadInputError(f"Mỗi lần chọn tối đa {MOST_NAMED} người.")
    known = of.around.people
    if any(i not in known or known[i].unit_id not in unit_ids for i in chosen):
        raise BadInputError(f"Có người không còn trong danh sách {whose}. Đề nghị chọn lại.")
    return chosen


def free_to_go(of: SessionScene, unit_id: int) -> list[Person]:
    """The people of a school who are not invited, in roster order."""
    taken = of.invited_ids | of.authority_ids
    return [p for p in of.around.people.values() if p.unit_id == unit_id and p.id not in taken]


def for_naming(work: Work, actor: Person, session_id: int) -> SessionScene:
    """A session ahead of which this head may say who goes.  Raises NotAllowedError, OutdatedError."""
    of = require_session(Scene(work), session_id, actor)
    of.require(Right.NAME, actor)
    require_ahead(of.session, work.today)
    return of


def for_replacing(work: Work, actor: Person, session_id: int, date_revision: int) -> SessionScene:
    """As `for_naming`, on the day that she read: who cannot go that day may go on another."""
    of = for_naming(work, actor, session_id)
    if date_revision != of.session.date_revision:
        raise OutdatedError(f"Buổi {of.session.code} vừa đổi ngày. Đề nghị xem lại rồi chọn người đi thay.")
    return of
