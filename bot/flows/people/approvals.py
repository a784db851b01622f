"""Somebody asks to be registered: what the approver is shown, and what is said to her once it is agreed."""

from bot.cluster.addressing import address as address_of
from bot.cluster.addressing import full_post, posts_text
from bot.cluster.people import Person, Post
from bot.cluster.store import JoinState
from bot.flows.scene import Scene
from bot.flows.work import Work
from bot.message import Message
from bot.notices.actions import Verb, button
from bot.notices.saying.subject import Section
from bot.notices.wording import message, text
from bot.outbox.port import Address, Claimed, Dropped, Parcel, State


def decision_parcel(work: Work, scene: Scene, row: Claimed) -> Parcel | Dropped:
    """To whoever asked: welcome, or that it was not agreed.  Through the queue, so that it is said again
    where the service is down at the moment of the press; she has no row of her own, perhaps never will."""
    request = work.people.join_request(int(row.payload["join_request_id"]))
    if request is None:
        return Dropped((row,), State.CANCELLED, "no such request any more")
    address = Address(request.channel, request.chat_id)
    if request.state is not JoinState.APPROVED:
        return Parcel((row,), address, message("chat/register_refused"))
    person = work.people.person_by_chat(request.channel, request.chat_id, request.cluster_id)
    if person is None:
        return Dropped((row,), State.CANCELLED, "has left again")
    words = text(
        "chat/welcome",
        person=person,
        around=scene.cluster(row.cluster_id),
        posts=posts_text(person, full=True),
    )
    return Parcel((row,), address, Message(words))


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


def welcome_message(work: Work, scene: Scene, row: Claimed, person: Person) -> Section:
    around = scene.cluster(row.cluster_id)
    posts = posts_text(person, full=True)
    return Section(text("chat/welcome", person=person, around=around, posts=posts))
