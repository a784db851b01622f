"""After a change of who goes: plan anew, tell those whom it concerns."""

from collections.abc import Collection, Mapping
from typing import Any

from bot.cluster.addressing import with_post
from bot.cluster.people import Person
from bot.errors import BadInputError
from bot.flows.planning import replan, say_now
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.sessions.store import Event


def settle(
    work: Work,
    actor: Person,
    before: SessionScene,
    what: str,
    detail: Mapping[str, Any],
    stood_down: Collection[int] = (),
    unit_id: int | None = None,
) -> SessionScene:
    """Keep the step, plan anew, tell those who need not come any more, redraw the cards that say otherwise.

    `before`: as it was; its invitees must have been read.  `stood_down`: who need not come though she stays
    among the invited, as absent.  `unit_id`: whose school it is, the actor's own as a rule.  `detail` with
    "cluster": it was said for all schools together.
    """
    session = before.session
    work.sessions.note(Event(session.id, work.now, actor.id, what, detail), session.cluster_id)
    after = Scene(work).of(session)
    left = before.invited_ids - after.invited_ids
    for person_id in left:
        work.sessions.drop_answer(session, person_id)
    replan(work, session)
    step = f"e{len(work.sessions.history(session.id))}"
    dropped = (left - before.declined_ids) | set(stood_down)
    payload = {"cluster": True} if detail.get("cluster") else {}
    say_now(work, Kind.STAND_DOWN, after, (dropped & before.asked_ids) - {actor.id}, step, payload)
    shown = {card.person_id for card in work.talks.cards(session.id)}
    changed = before.invited_ids ^ after.invited_ids
    people = after.around.people
    schools = {unit_id or actor.unit_id} | {people[i].unit_id for i in changed if i in people}
    heads = {person.id for unit in schools for person in after.around.heads(unit)}
    managers = {person.id for person in after.around.managers} if detail.get("cluster") else set()
    concerned = changed | set(stood_down) | heads | managers
    say_now(work, Kind.CARD, after, (concerned & shown) - {actor.id}, step, {})
    return after


def tell_head(work: Work, of: SessionScene, absent: Person, goes: str) -> None:
    """The school's head hears who goes instead; where she is absent herself, the next one."""
    heads = [person.id for person in of.around.heads(absent.unit_id) if person.id != absent.id]
    reached = work.people.addresses(heads)
    first = sorted(heads, key=lambda person: person not in reached)[:1]
    words = with_post(absent, of.around.units[absent.unit_id], full=False)
    step = f"e{len(work.sessions.history(of.session.id))}"
    say_now(work, Kind.STAND_IN, of, first, step, {"absent": words, "goes": goes})


def require_stand_in(of: SessionScene, absent: Person, stand_in_id: int) -> Person:
    """Somebody of the same school who is not invited herself.  Raises BadInputError."""
    stand_in = of.around.people.get(stand_in_id)
    if stand_in is None or stand_in.unit_id != absent.unit_id:
        raise BadInputError("Người đi thay phải là người trong danh sách của trường. Đề nghị chọn lại.")
    if stand_in.id in of.invited_ids | of.authority_ids and not _goes_for(of, absent.id, stand_in.id):
        raise BadInputError(f"{stand_in.name} đã được mời buổi này rồi. Đề nghị chọn người khác.")
    return stand_in


def _goes_for(of: SessionScene, absent_id: int, stand_in_id: int) -> bool:
    given = of.answers.get(absent_id)
    return given is not None and given.substitute_id == stand_in_id
