"""What a handover changes in the sessions ahead: whom heads had named, who is invited, who hears of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.cluster.addressing import with_post
from bot.cluster.handover import Handover, Office
from bot.cluster.people import Person, Unit
from bot.cluster.rights import is_authority_decider
from bot.flows.planning import replan, say_now
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.invitees import settle
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.sessions.answers import Reply
from bot.sessions.request import Request, RequestState
from bot.vocabulary import expand


def ahead(work: Work, cluster_id: int) -> list[SessionScene]:
    """The sessions that are not over, with who is invited to them read."""
    scene = Scene(work)
    found = [scene.of(session) for session in work.sessions.of_cluster(cluster_id)]
    for of in found:
        of.invited_ids, of.authority_ids, of.declined_ids  # noqa: B018 - they will be others
    return [of for of in found if not of.over]


def duties(
    work: Work, sessions: Sequence[SessionScene], person: Person, given: Sequence[Office]
) -> list[str]:
    """What passes with these offices, in words: "đăng cai buổi B3", "được cử dự buổi B2"."""
    heads = any(office.of_head for office in given)
    hosted = [of for of in sessions if heads and person.unit_id in of.session.host_ids]
    named = [of for of in sessions if _is_named(work, of, person, given)]
    waiting = [r for of in sessions for r in work.sessions.open_requests(of.session.id)]
    asked = {r.session_id for r in waiting if heads and r.unit_id == person.unit_id}
    if any(office.role in ("LD_PGD", "CV_PGD") for office in given):
        asked |= {r.session_id for r in waiting if r.state is RequestState.REQUESTED}
    open_ones = [of for of in sessions if of.session.id in asked]
    lines = (
        ("đăng cai buổi", hosted),
        ("được cử dự buổi", named),
        ("đề nghị đổi lịch đang chờ, buổi", open_ones),
    )
    return [f"{what} {', '.join(of.session.code for of in found)}" for what, found in lines if found]


def _is_named(work: Work, of: SessionScene, person: Person, given: Sequence[Office]) -> bool:
    said = work.sessions.nominations(of.session.id)
    return any(person.id in one.person_ids and _by_office(one.part, given) for one in said)


def _by_office(part: str, given: Sequence[Office]) -> bool:
    """Whether somebody named for this part goes because of one of these posts."""
    meant = expand(part.partition("/")[0])
    return any(office.role in meant for office in given)


def pass_on(work: Work, sessions: Sequence[SessionScene], made: Handover, new: Person, unit: Unit) -> None:
    """Where the school named her by name, or sends her instead of somebody, it is the successor now."""
    if new.unit_id != made.unit_id:
        return
    for of in sessions:
        for said in work.sessions.nominations(of.session.id):
            if made.from_id in said.person_ids and (made.leaves or _by_office(said.part, made.offices)):
                ids = (new.id if person == made.from_id else person for person in said.person_ids)
                work.sessions.put_nomination(replace(said, person_ids=tuple(dict.fromkeys(ids))))
        for given in of.answers.values():
            if made.leaves and given.reply is Reply.DECLINED and given.substitute_id == made.from_id:
                free = new.id not in of.invited_ids | of.authority_ids
                words = with_post(new, unit, full=False)
                goes = (words, new.id) if free else (None, None)
                work.sessions.put_answer(replace(given, substitute=goes[0], substitute_id=goes[1]))


def settle_sessions(
    work: Work, actor: Person, before: Sequence[SessionScene], made: Handover, new: Person
) -> tuple[str, ...]:
    """Plan anew and keep the step.  Returns the codes of the sessions to which the former holder had been
    invited and is not any more."""
    dropped = []
    for of in before:
        after = Scene(work).of(of.session)
        if _concerns(of, after, made):
            detail = {"unit": made.unit_id, "posts": made.words, "from": made.from_id, "to": made.to_id}
            settle(work, actor, of, "handed_over", detail, unit_id=made.unit_id)
            own = {card.person_id for card in work.talks.cards(of.session.id)} & {made.from_id, made.to_id}
            say_now(work, Kind.CARD, after, own & {actor.id}, f"b{made.id}", {})
        else:
            replan(work, of.session)
        if made.from_id in (of.asked_ids & of.invited_ids) - of.declined_ids - after.invited_ids:
            dropped.append(of.session.code)
        _ask_decider(work, after, new)
    return tuple(dropped)


def _concerns(of: SessionScene, after: SessionScene, made: Handover) -> bool:
    changed = of.invited_ids != after.invited_ids or of.authority_ids != after.authority_ids
    hosts = made.unit_id in of.session.host_ids and any(office.of_head for office in made.offices)
    return changed or hosts or any(office.of_cluster for office in made.offices)


def _ask_decider(work: Work, of: SessionScene, new: Person) -> None:
    """A request that waits for the authority is put to who decides there now; nobody is asked twice."""
    if is_authority_decider(new, [of.around.units[new.unit_id]]):
        for request in _undecided(work, of):
            say_now(work, Kind.REQUEST, of, [new.id], f"r{request.id}", {"request_id": request.id})


def _undecided(work: Work, of: SessionScene) -> Iterator[Request]:
    for request in work.sessions.open_requests(of.session.id):
        if request.state is RequestState.REQUESTED and request.attached_to is None:
            yield request
