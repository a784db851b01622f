"""Somebody asks to be registered: what the approver is shown."""

from bot.cluster.addressing import address as address_of
from bot.cluster.addressing import full_post
from bot.cluster.people import Person, Post
from bot.cluster.store import JoinState
from bot.flows.scene import Scene
from bot.flows.work import Work
from bot.notices.actions import Verb, button
from bot.notices.saying.subject import Section
from bot.notices.wording import text
from bot.outbox.port import Claimed, Dropped, State


def approval_message(work: Work, scene: Scene, row: Claimed, person: Person) -> Section | Dropped:
    request = work.people.join_request(int(row.payload["join_request_id"]))
    if request is None or request.state is not JoinState.ASKED:
        return Dropped((row,), State.CANCELLED, "decided already")
    units = scene.cluster(row.cluster_id).units
    words = text(
        "notices/approval",
        asker=request,
        post=full_post(Post(request.role, request.qualifier)),
        unit=units[request.unit_id],
        address=address_of(person, units[person.unit_id]),
    )
    buttons = (button("Đồng ý", Verb.APPROVE, request.id), button("Không đồng ý", Verb.DISMISS, request.id))
    return Section(words, (buttons,))
