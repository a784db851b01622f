"""Registration: a one-time code, or the cluster's join code, school, post, name and an approval.

A stranger is shown nothing, not even the schools, before a valid code.
"""

from bot.chat.dialogs.step import Step
from bot.chat.reaction import Reaction, Redraw
from bot.chat.talk import Talk, choice, way_out, words
from bot.cluster import codes
from bot.cluster.addressing import full_post
from bot.cluster.names import tidy
from bot.cluster.people import Person, Post, Unit
from bot.cluster.roster import is_full_name
from bot.cluster.store import JoinRequest, JoinState
from bot.errors import BadInputError, OutdatedError
from bot.flows.people import joining, registration
from bot.flows.people.registration import Refusal
from bot.flows.planning import replan_cluster, say_to_people
from bot.flows.work import Dialog
from bot.message import Message
from bot.notices.actions import Verb, button
from bot.notices.notice import Kind
from bot.vocabulary import find_role

NAME = "registering"


def begin(talk: Talk) -> Reaction:
    return talk.respond(_ask_code(talk, talk.begin(NAME, "code")))


def redeem(talk: Talk, text: str) -> Reaction:
    """A code from a link or typed: a registration code, or the cluster's join code."""
    channel, chat_id = talk.incoming.channel, talk.incoming.chat_id
    store = talk.work.people
    if codes.is_join_code(text) and not codes.is_registration_code(text):
        found = registration.join_with_code(store, channel, chat_id, text, talk.work.now)
        if isinstance(found, Refusal):
            return talk.respond(Message(found.sentence))
        dialog = talk.begin(NAME, "school", cluster=found.id)
        return talk.respond(_ask_school(talk, dialog))
    person = registration.redeem_code(store, channel, chat_id, text, talk.work.now)
    if isinstance(person, Refusal):
        return talk.respond(Message(person.sentence))
    talk.end()
    talk.work.notices.revive(person.id, talk.work.now)
    around = talk.scene.cluster(person.cluster_id)
    posts = ", ".join(full_post(post) for post in person.posts)
    rows = ((button("Xem lịch", Verb.SCHEDULE),),)
    return talk.respond(words("welcome", rows, person=person, around=around, posts=posts))


def _ask_code(talk: Talk, dialog: Dialog) -> Message:
    return words("register_ask")


def _take_code(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    return redeem(talk, said)


def _ask_school(talk: Talk, dialog: Dialog) -> Message:
    around = talk.scene.cluster(dialog.data["cluster"])
    rows = tuple((choice(dialog, unit.label, str(unit.id)),) for unit in around.units.values())
    return words("register_school", (*rows, way_out(dialog)), cluster=around.cluster)


def _take_school(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    around = talk.scene.cluster(dialog.data["cluster"])
    unit = around.units.get(int(said)) if said.isdigit() and len(said) < 16 else None
    if unit is None:
        raise BadInputError("Đề nghị bấm chọn một đơn vị ở trên.")
    return talk.respond(_ask_role(talk, talk.advance(dialog, "role", unit=unit.id)))


def _unit(talk: Talk, dialog: Dialog) -> Unit:
    unit = talk.scene.cluster(dialog.data["cluster"]).units.get(dialog.data["unit"])
    if unit is None:
        raise OutdatedError("Đơn vị này không còn trong cụm. Đề nghị gõ /dangky để chọn lại.")
    return unit


def _ask_role(talk: Talk, dialog: Dialog) -> Message:
    unit = _unit(talk, dialog)
    buttons = [choice(dialog, full_post(Post(role)), role) for role in joining.offered_roles(unit)]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    return words("register_role", (*rows, way_out(dialog)), unit=unit)


def _take_role(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    unit = _unit(talk, dialog)
    found = (said, None) if said in joining.offered_roles(unit) else find_role(said)
    if found is None or found[0] not in joining.offered_roles(unit):
        raise BadInputError("Chưa rõ chức vụ này. Đề nghị bấm chọn một chức vụ ở trên.")
    role, qualifier = found
    return talk.respond(_ask_name(talk, talk.advance(dialog, "name", role=role, qualifier=qualifier)))


def _ask_name(talk: Talk, dialog: Dialog) -> Message:
    return words("register_name", (way_out(dialog),))


def _take_name(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if not is_full_name(tidy(said)):
        raise BadInputError("Đề nghị gõ họ và tên đầy đủ, dưới 100 chữ, không kèm ký hiệu.")
    return talk.respond(_ask_review(talk, talk.advance(dialog, "review", name=said)))


def _ask_review(talk: Talk, dialog: Dialog) -> Message:
    rows = ((choice(dialog, "Xác nhận", "yes"), *way_out(dialog)),)
    post = full_post(Post(dialog.data["role"], dialog.data.get("qualifier")))
    return words("register_review", rows, name=dialog.data["name"], post=post, unit=_unit(talk, dialog))


def _take_review(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if said != "yes":
        raise BadInputError("Đề nghị bấm Xác nhận để gửi, hoặc Quay lại để sửa.")
    work, data = talk.work, dialog.data
    request = joining.ask_to_join(
        work.people,
        data["unit"],
        talk.incoming.channel,
        talk.incoming.chat_id,
        data["name"],
        data["role"],
        work.now,
        data.get("qualifier"),
    )
    approvers = joining.approvers(work.people, request)
    payload = {"join_request_id": request.id}
    say_to_people(
        work, Kind.APPROVAL, request.cluster_id, [p.id for p in approvers], str(request.id), payload
    )
    talk.end()
    return talk.respond(words("register_asked"))


def decide(talk: Talk, request_id: int, *, approve: bool) -> Reaction:
    """The approver's press."""
    work = talk.work
    request = work.people.join_request(request_id)
    me = talk.me_in(request.cluster_id) if request else talk.me
    if request is not None and request.state is not JoinState.ASKED and _may_see(talk, me, request):
        raise OutdatedError("Đăng ký này đã được giải quyết, không cần làm gì thêm.")
    decision = joining.decide_join(work.people, me, request_id, approve, work.now)
    request = decision.request
    payload = {"join_request_id": request.id}
    say_to_people(work, Kind.JOIN_DECISION, request.cluster_id, [me.id], str(request.id), payload)
    if decision.person is not None:
        work.notices.revive(decision.person.id, work.now)
        replan_cluster(work, request.cluster_id)
    return Reaction(redraw=Redraw(_decided(talk, request)))


def today(talk: Talk, request_id: int) -> Reaction | None:
    """What became of a request, over a message with its buttons (invariant 13)."""
    request = talk.work.people.join_request(request_id)
    if request is None or request.state is JoinState.ASKED:
        return None
    me = next((p for p in talk.people if p.cluster_id == request.cluster_id), None)
    if me is None or not _may_see(talk, me, request):
        return None
    return Reaction(redraw=Redraw(_decided(talk, request)))


def _may_see(talk: Talk, me: Person, request: JoinRequest) -> bool:
    unit = talk.scene.cluster(request.cluster_id).units[request.unit_id]
    return joining.may_approve(me, unit, [Post(request.role, request.qualifier)])


def _decided(talk: Talk, request: JoinRequest) -> Message:
    unit = talk.scene.cluster(request.cluster_id).units[request.unit_id]
    post = full_post(Post(request.role, request.qualifier))
    return words("register_decided", state=request.state.value, name=request.name, post=post, unit=unit)


STEPS = {
    "code": Step(_ask_code, _take_code),
    "school": Step(_ask_school, _take_school),
    "role": Step(_ask_role, _take_role),
    "name": Step(_ask_name, _take_name),
    "review": Step(_ask_review, _take_review),
}
