"""Somebody without a code asks to be let in, and the lead, the clerk or the school's head decides."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cluster import rights
from bot.cluster.addressing import is_nameless
from bot.cluster.names import tidy
from bot.cluster.people import Person, Post, Unit, UnitKind
from bot.cluster.roster import is_full_name
from bot.cluster.roster_changes import JOINED_NOTE
from bot.cluster.store import JoinRequest, JoinState, PeopleStore
from bot.errors import BadInputError, NotAllowedError, OutdatedError
from bot.vocabulary import roles, strip_marks

MAX_TEAM = 100
#: What may be asked for in chat.  The lead's post comes with the roster only.
_AT_SCHOOL = (
    *("HT", "PHT_CM", "PHT_CSND", "PHT", "TTCM", "TPCM", "KHOI_TRUONG", "GV_COT_CAN", "GV"),
    *("BEP_TRUONG", "NV_NUOI_DUONG", "Y_TE", "KE_TOAN", "VAN_THU", "NV"),
)
_NOT_YOURS = "Chỉ cụm trưởng, người quản trị hoặc ban giám hiệu của trường duyệt được đăng ký này."
_AT_AUTHORITY = ("LD_PGD", "CV_PGD", "COT_CAN_PGD")


@dataclass(frozen=True, slots=True)
class Decision:
    request: JoinRequest
    person: Person | None  #: who is now registered; None where it was refused


def offered_roles(unit: Unit) -> tuple[str, ...]:
    """The posts to choose from at this unit, the usual ones first."""
    offered = _AT_AUTHORITY if unit.kind is UnitKind.AUTHORITY else _AT_SCHOOL
    return tuple(role for role in offered if role in roles())


def ask_to_join(
    store: PeopleStore,
    unit_id: int,
    channel: str,
    chat_id: str,
    name: str,
    role: str,
    now: datetime,
    qualifier: str | None = None,
) -> JoinRequest:
    """Ask; an earlier open request of this chat in the cluster is withdrawn.

    The chat has given the cluster's join code before (`registration.join_with_code`).  Raises BadInputError
    for a name or a post that cannot be, OutdatedError for a unit that is gone.
    """
    unit = store.unit(unit_id)
    if unit is None:
        raise OutdatedError("Đơn vị này không còn trong cụm. Đề nghị gõ /dangky để chọn lại.")
    name, team = tidy(name), tidy(qualifier or "") or None
    if not is_full_name(name):
        raise BadInputError("Đề nghị ghi họ và tên đầy đủ, dưới 100 chữ, không kèm ký hiệu.")
    if role not in offered_roles(unit):
        raise BadInputError("Chức vụ này không chọn được ở đây. Đề nghị chọn một chức vụ trong danh sách.")
    if team is not None and len(team) > MAX_TEAM:
        raise BadInputError("Tên tổ dài quá. Đề nghị ghi ngắn gọn, ví dụ: mẫu giáo.")
    if store.person_by_chat(channel, chat_id, unit.cluster_id) is not None:
        raise BadInputError("Đồng chí đã đăng ký trong cụm này rồi. Gõ /toi để xem.")
    return store.add_join_request(
        JoinRequest(
            0, unit.cluster_id, unit.id, channel, chat_id, name, role, team, JoinState.ASKED, asked_at=now
        )
    )


def may_approve(actor: Person, unit: Unit, posts: Iterable[Post] = (), *, clerk: bool = False) -> bool:
    """The lead and the clerk everywhere; a school's heads at that school.  Asked at the press.

    Somebody with rights beyond the school is for the lead and the clerk alone.
    """
    if rights.manages_cluster(actor, unit.cluster_id):
        return True
    beyond = clerk or any(roles()[post.role].kind != "role" for post in posts if post.role in roles())
    return unit.kind is UnitKind.SCHOOL and rights.is_head_of(actor, unit.id) and not beyond


def approvers(store: PeopleStore, request: JoinRequest) -> list[Person]:
    """Who may decide on it today: the school's heads first, then lead and clerks."""
    people = store.people(request.cluster_id)
    unit = store.unit(request.unit_id)
    found = rights.heads_of(request.unit_id, people) + rights.managers(request.cluster_id, people)
    posts = [Post(request.role, request.qualifier)]
    return [p for p in dict.fromkeys(found) if unit is not None and may_approve(p, unit, posts)]


def open_requests_for(store: PeopleStore, actor: Person) -> list[JoinRequest]:
    """What this person may decide on, oldest first."""
    units = {unit.id: unit for unit in store.units(actor.cluster_id)}
    return [
        request
        for request in store.open_join_requests(actor.cluster_id)
        if may_approve(actor, units[request.unit_id], [Post(request.role)])
    ]


def decide_join(
    store: PeopleStore, approver: Person, request_id: int, approve: bool, now: datetime
) -> Decision:
    """Decide; on approval the chat stands for the person from now on.

    Raises NotAllowedError without the right (checked against today's roster), OutdatedError where it was
    decided or withdrawn, BadInputError where the name is already registered with another chat.
    """
    request = store.join_request(request_id)
    actor = store.person(approver.id)
    unit = store.unit(request.unit_id) if request else None
    posts = [Post(request.role, request.qualifier)] if request else []
    if request is None or unit is None or actor is None or not may_approve(actor, unit, posts):
        raise NotAllowedError(_NOT_YOURS)
    person = _person_for(store, request, unit) if approve else None
    if person is not None and not may_approve(actor, unit, person.posts, clerk=person.clerk):
        raise NotAllowedError(_NOT_YOURS)  # the name of the lead or of the clerk under a lesser post
    state = JoinState.APPROVED if approve else JoinState.REFUSED
    if not store.close_join_request(request.id, state, actor.id, now):
        raise OutdatedError("Đăng ký này đã được giải quyết trước đó. Không cần làm gì thêm.")
    if person is not None:
        person = store.put_person(person)
        store.end_codes([person.id])
        store.link(person, request.channel, request.chat_id, now)
    return Decision(replace(request, state=state, decided_by=actor.id, decided_at=now), person)


def _person_for(store: PeopleStore, request: JoinRequest, unit: Unit) -> Person:
    """Whom the request means: the same name in the roster; or the only one there who stands under that post
    without a name of his own; or somebody new.
    """
    here = [person for person in store.people(request.cluster_id) if person.unit_id == unit.id]
    linked = {link.person_id for link in store.links(person.id for person in here)}
    post = Post(request.role, request.qualifier)
    for person in here:
        if strip_marks(person.name) == strip_marks(request.name):
            if person.id in linked:
                raise BadInputError(
                    f"{person.name} ({unit.label}) đã đăng ký bằng một tài khoản khác. "
                    "Nếu là cùng một người đổi máy, đề nghị gỡ liên kết cũ trước; "
                    "nếu là người khác, đề nghị người đó ghi tên rõ hơn."
                )
            return person if post in person.posts else replace(person, posts=(*person.posts, post))
    vacant = [p for p in here if p.id not in linked and post in p.posts and is_nameless(p, unit)]
    if len(vacant) == 1:
        return replace(vacant[0], name=request.name)
    return Person(0, request.cluster_id, unit.id, request.name, (post,), note=JOINED_NOTE)
