"""A post changes hands: the rights of who held it end in the same transaction in which the other's begin."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.cluster import handover as rules
from bot.cluster.handover import Handover, Office
from bot.cluster.people import Person, Post, Unit
from bot.cluster.rights import LEAD, managers
from bot.cluster.roster_changes import ADDED_NOTE
from bot.errors import BadInputError, NotAllowedError, OutdatedError
from bot.flows.manners import manner
from bot.flows.people.handed_sessions import ahead, pass_on, settle_sessions
from bot.flows.people.handover_ends import end_for
from bot.flows.people.handover_news import tell
from bot.flows.people.joining import may_approve
from bot.flows.people.newcomers import MOST_OF_A_SCHOOL, checked_name, checked_phone, fresh_code
from bot.flows.work import Work
from bot.vocabulary import fold

_NOT_YOURS = (
    "Chức vụ này do chính người giữ, ban giám hiệu của trường hoặc cụm trưởng, người quản trị bàn giao."
)
_CHANGED = "Danh sách vừa thay đổi. Đề nghị mở lại Bàn giao để xem ai đang giữ chức vụ này."


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is not in the roster yet."""

    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    person_id: int  #: who gives up
    offices: tuple[Office, ...]
    to: int | Newcomer  #: Person id
    leaves: bool
    seen: str = ""  #: `mark_of` both as they were when it was confirmed


@dataclass(frozen=True, slots=True)
class Done:
    made: Handover
    old: Person  #: as she was
    left: Person  #: as she is now
    new: Person
    dropped: tuple[str, ...]  #: sessions to which `old` need not come any more
    code: str | None  #: to be handed on to `new` by who acts
    told_at: dt.datetime


def given_by(work: Work, actor: Person, person_id: int) -> tuple[Person, Unit, tuple[Office, ...]]:
    """Somebody, and what of her work this actor may hand over today.  Raises NotAllowedError for nothing."""
    today, person = work.people.person(actor.id), work.people.person(person_id)
    unit = work.people.unit(person.unit_id) if person is not None else None
    if today is None or person is None or unit is None or person.cluster_id != today.cluster_id:
        raise NotAllowedError(_NOT_YOURS)
    if not person.active and today.active:
        raise OutdatedError(_CHANGED)
    found = tuple(o for o in rules.offices_of(person) if rules.may_hand_over(today, person, unit, o))
    if not found:
        raise NotAllowedError(_NOT_YOURS)
    return person, unit, found


def successor_of(work: Work, person: Person, given: Sequence[Office], person_id: int) -> Person:
    """Raises BadInputError with what to do where this one cannot take it."""
    store = work.people
    new = store.person(person_id)
    if new is None or not new.active or new.cluster_id != person.cluster_id:
        raise BadInputError("Người này không còn trong danh sách. Đề nghị chọn người khác.")
    if new.id == person.id:
        raise BadInputError("Người nhận phải là người khác. Đề nghị chọn lại.")
    for_cluster = all(office.of_cluster for office in given)
    if rules.has_all(new, given) and (for_cluster or new.unit_id == person.unit_id):
        raise BadInputError(f"{new.name} đang giữ chức vụ này rồi. Đề nghị chọn người khác.")
    if not rules.successors(person, given, [new], store.units(person.cluster_id)):
        unit = store.unit(new.unit_id)
        where = unit.label if unit is not None else "đơn vị khác"
        raise BadInputError(
            f"{new.name} đang ở {where}. Nếu chuyển về: đề nghị {where} bàn giao việc cũ, chọn “nghỉ, chuyển "
            "trường”; ở đây bấm Người mới và gõ họ tên; người ấy gõ mã mới trong chính tài khoản cũ."
        )
    return new


def mark_of(*people: Person | None) -> str:
    """What tells whether somebody is still what she was."""
    return "|".join(
        f"{p.id}:{p.unit_id}:{','.join(o.key for o in rules.offices_of(p))}" if p is not None else "-"
        for p in people
    )


def hand_over(work: Work, actor: Person, order: Order) -> Done:
    """Do it: posts, lead, clerk, what was said by name, what is planned; both are told, and who must know.

    Raises NotAllowedError (by today's roster), OutdatedError (somebody was quicker), BadInputError.
    """
    store = work.people
    known = [order.to] if isinstance(order.to, int) else []
    store.lock([actor.id, order.person_id, *known])
    old, unit, allowed = _held(work, actor, order)
    if order.leaves and not rules.may_leave(old, order.offices, allowed):
        raise BadInputError(f"{old.name} còn việc khác chưa bàn giao. Đề nghị bàn giao hết trước khi nghỉ.")
    staying = old.posts if order.leaves else rules.posts_staying(old, order.offices)
    if staying is None:
        raise BadInputError("Chức vụ này chỉ bàn giao khi nghỉ hoặc chuyển đi.")
    asked, fresh = _receiver(work, order, old)
    if order.seen and order.seen != mark_of(old, asked if isinstance(order.to, int) else None):
        raise OutdatedError(_CHANGED)
    before = ahead(work, old.cluster_id)
    acting = store.person(actor.id) or actor
    old_manner = manner(old, unit)
    new = store.put_person(_taking(asked, order.offices, old))
    left = _given_up(work, old, order, staying)
    _pass_lead(work, order, new)
    made = store.add_handover(
        Handover(0, old.cluster_id, unit.id, work.now, actor.id, old.id, new.id, order.offices, order.leaves)
    )
    end_for(work, old, left)
    pass_on(work, before, made, new, unit)
    dropped = settle_sessions(work, acting, before, made, new)
    told_at = tell(work, acting, made, dropped, old_manner)
    code = fresh_code(store, new, work.now) if _may_have_code(acting, unit, new, fresh) else None
    return Done(made, old, left, new, dropped, code, told_at)


def may_have_code(work: Work, actor: Person, new: Person) -> bool:
    """Whether the code of somebody of the roster may be shown to this actor."""
    unit = work.people.unit(new.unit_id)
    return unit is not None and _may_have_code(actor, unit, new, fresh=False)


def _held(work: Work, actor: Person, order: Order) -> tuple[Person, Unit, tuple[Office, ...]]:
    old, unit, allowed = given_by(work, actor, order.person_id)
    if not order.offices or not set(order.offices) <= set(rules.offices_of(old)):
        raise OutdatedError(_CHANGED)
    if not set(order.offices) <= set(allowed):
        raise NotAllowedError(_NOT_YOURS)
    return old, unit, allowed


def _receiver(work: Work, order: Order, old: Person) -> tuple[Person, bool]:
    """Who takes over, and whether she is new: then the row is still to be stored."""
    if isinstance(order.to, int):
        return successor_of(work, old, order.offices, order.to), False
    if not rules.is_new_person_possible(order.offices):
        raise BadInputError("Cụm trưởng, người quản trị là người đã có trong danh sách. Đề nghị chọn lại.")
    name, phone = checked_name(order.to.name), checked_phone(order.to.phone)
    here = [p for p in work.people.people(old.cluster_id, left_too=True) if p.unit_id == old.unit_id]
    same = next((p for p in here if fold(p.name) == fold(name)), None)
    if same is not None and same.active:
        return successor_of(work, old, order.offices, same.id), False
    if len(here) >= MOST_OF_A_SCHOOL:
        raise BadInputError("Danh sách của đơn vị đã dài. Đề nghị gửi tệp danh sách cho người quản trị.")
    back = same or Person(0, old.cluster_id, old.unit_id, name, ())
    # Who comes back has what she takes over now: what she was before gives no rights.
    phone = phone or back.phone or ""
    return replace(back, posts=(), phone=phone or None, clerk=False, note=ADDED_NOTE, active=True), True


def _taking(new: Person, offices: Sequence[Office], old: Person) -> Person:
    clerk = new.clerk or Office(rules.CLERK) in offices
    return replace(new, posts=rules.posts_taking(new, offices), clerk=clerk)


def _given_up(work: Work, old: Person, order: Order, staying: tuple[Post, ...]) -> Person:
    if order.leaves:
        # The row keeps what she was, for the history; somebody inactive has no rights.
        work.people.deactivate(old.id)
        return replace(old, active=False)
    clerk = old.clerk and Office(rules.CLERK) not in order.offices
    return work.people.put_person(replace(old, posts=staying, clerk=clerk))


def _pass_lead(work: Work, order: Order, new: Person) -> None:
    if Office(LEAD) in order.offices:
        cluster = work.people.cluster(new.cluster_id)
        if cluster is not None:
            work.people.put_cluster(replace(cluster, lead_name=new.name))
    if not managers(new.cluster_id, work.people.people(new.cluster_id)):
        raise BadInputError("Cụm phải còn cụm trưởng hoặc người quản trị. Đề nghị bàn giao việc ấy trước.")


def _may_have_code(actor: Person, unit: Unit, new: Person, fresh: bool) -> bool:
    """A code makes somebody that person: of who has other posts it is for those who may let her in."""
    return fresh or may_approve(actor, unit, new.posts, clerk=new.clerk)
