"""/duyet, /thanhvien, /tinhtrang: for the lead and the clerk."""

from dataclasses import dataclass

from bot.chat.reaction import Reaction, say
from bot.chat.talk import Talk, words
from bot.cluster.addressing import full_post, with_post
from bot.cluster.people import Person, Post
from bot.cluster.rights import manages_cluster
from bot.cluster.store import JoinRequest
from bot.errors import NotAllowedError
from bot.flows.people.joining import open_requests_for
from bot.flows.scene import SessionScene
from bot.notices.actions import Verb, button
from bot.outbox.port import State

MOST = 10


def _manager(talk: Talk) -> Person:
    talk.me  # noqa: B018 - a stranger is sent to register
    for person in talk.people:
        if manages_cluster(person, person.cluster_id):
            return person
    raise NotAllowedError("Lệnh này dành cho cụm trưởng và người quản trị.")


def approvals(talk: Talk) -> Reaction:
    """/duyet: who waits to be registered; heads see those of their own school."""
    me = talk.me
    waiting = [(person, r) for person in talk.people for r in open_requests_for(talk.work.people, person)]
    reaction = say(words("duyet", count=len(waiting)))
    for person, request in waiting[:MOST]:
        unit = talk.scene.cluster(person.cluster_id).units[request.unit_id]
        buttons = (
            button("Đồng ý", Verb.APPROVE, request.id),
            button("Không đồng ý", Verb.DISMISS, request.id),
        )
        post = full_post(Post(request.role, request.qualifier))
        reaction = reaction.and_say(words("duyet_one", (buttons,), r=request, unit=unit, post=post, me=me))
    return reaction


def members(talk: Talk) -> Reaction:
    """/thanhvien: who is registered, school by school, and the join code to hand on."""
    manager = _manager(talk)
    around = talk.scene.cluster(manager.cluster_id)
    reached = set(talk.work.people.addresses(list(around.people)))
    groups = []
    for unit in around.units.values():
        here = [p for p in around.people.values() if p.unit_id == unit.id]
        missing = [with_post(p, unit, full=False) for p in here if p.id not in reached]
        groups.append((unit, len(here), len(here) - len(missing), missing))
    return say(words("thanhvien", cluster=around.cluster, groups=groups, total=len(around.people)))


@dataclass(frozen=True, slots=True)
class Watch:
    """One coming session, with what is missing and what is late."""

    of: SessionScene
    missing: tuple[str, ...]
    late: bool
    silent: int


def status(talk: Talk) -> Reaction:
    """/tinhtrang: what is missing and what is late, over all sessions ahead."""
    manager = _manager(talk)
    scenes = [talk.scene.of(s) for s in talk.work.sessions.of_cluster(manager.cluster_id)]
    ahead = [of for of in scenes if not of.over and not of.facts.cancelled]
    watches = [_watch(talk, of) for of in ahead]
    counts = talk.work.reports.counts(manager.cluster_id)
    rows = tuple(
        (button(f"Xem buổi {w.of.session.code}", Verb.CARD, w.of.session.id),) for w in watches[:MOST]
    )
    files = (
        button("Lịch cả năm (Excel)", Verb.PAPER, manager.cluster_id, "lich"),
        button("Nhật ký gửi tin (Excel)", Verb.PAPER, manager.cluster_id, "nk"),
        button("Báo cáo năm (Word)", Verb.PAPER, manager.cluster_id, "bc"),
    )
    waiting: list[JoinRequest] = talk.work.people.open_join_requests(manager.cluster_id)
    return say(
        words(
            "tinhtrang",
            (*rows, files),
            watches=watches,
            waiting=len(waiting),
            lost=counts.get(State.UNREACHABLE, 0) + counts.get(State.FAILED, 0),
        )
    )


def _watch(talk: Talk, of: SessionScene) -> Watch:
    deadline = of.deadline
    late = of.session.released_at is None and deadline is not None and deadline < talk.work.today
    missing = of.facts.missing if of.session.fixed else ("ngày", *of.facts.missing)
    return Watch(of, missing, late, of.headcount.silent if of.session.fixed else 0)
