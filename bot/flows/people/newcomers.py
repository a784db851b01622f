"""A school's head adds somebody to her school: a person of the roster who is not registered yet."""

from dataclasses import replace
from datetime import datetime

from bot.cluster import codes
from bot.cluster.addressing import address as address_of
from bot.cluster.addressing import full_post
from bot.cluster.names import tidy
from bot.cluster.people import Person, Post
from bot.cluster.rights import head_roles, is_head_of, managers
from bot.cluster.roster import is_full_name, parse_phone
from bot.cluster.roster_changes import ADDED_NOTE
from bot.cluster.store import PeopleStore
from bot.errors import BadInputError, NotAllowedError
from bot.flows.planning import replan_cluster, say_to_people
from bot.flows.scene import Scene
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.notices.saying.subject import Section
from bot.notices.wording import text
from bot.outbox.port import Claimed, Dropped, State
from bot.vocabulary import fold, roles

MOST_OF_A_SCHOOL = 300  #: people; a head adds single names, no lists


def checked_name(words: str) -> str:
    """Raises BadInputError for what is no name."""
    name = tidy(words)
    if not is_full_name(name):
        raise BadInputError("Đề nghị gõ họ và tên đầy đủ, dưới 100 chữ, không kèm ký hiệu.")
    return name


def checked_phone(words: str) -> str:
    """ "" for none.  Raises BadInputError for what is no Vietnamese number."""
    phone = parse_phone(words)
    if phone is None:
        raise BadInputError("Số điện thoại không đúng. Đề nghị gõ 10 chữ số, bắt đầu bằng 0.")
    return phone


def may_be_added_as(role: str) -> bool:
    """Posts of the staff alone: nobody gets rights by being added."""
    known = roles().get(role)
    return known is not None and known.kind == "role" and role not in head_roles()


def add_colleague(work: Work, actor: Person, name: str, phone: str, role: str) -> Person:
    """Somebody new at the actor's own school; whoever is there under that name already is taken as she is.

    Lead and clerk are told.  Raises NotAllowedError for everybody but that school's heads, BadInputError for
    a name, a number or a post that cannot be.
    """
    store = work.people
    today = store.person(actor.id)
    if today is None or not is_head_of(today, today.unit_id):
        raise NotAllowedError("Chỉ hiệu trưởng, phó hiệu trưởng thêm được người của trường mình.")
    if not may_be_added_as(role):
        raise BadInputError("Chức vụ này do người quản trị nhập trong danh sách.")
    name, phone = checked_name(name), checked_phone(phone)
    everybody = store.people(today.cluster_id, left_too=True)
    here = [person for person in everybody if person.unit_id == today.unit_id]
    same = next((person for person in here if fold(person.name) == fold(name)), None)
    if same is not None and same.active:
        return same
    if len(here) >= MOST_OF_A_SCHOOL:
        raise BadInputError("Danh sách của trường đã dài. Đề nghị gửi tệp danh sách cho người quản trị.")
    fresh = same or Person(0, today.cluster_id, today.unit_id, name, ())
    # Who comes back does so as staff: what she was before gives no rights.
    added = store.put_person(
        replace(
            fresh,
            posts=(Post(role),),
            phone=phone or fresh.phone,
            clerk=False,
            note=ADDED_NOTE,
            active=True,
        )
    )
    told = {p.id for p in managers(today.cluster_id, everybody) if p.active} - {today.id}
    payload = {"person_id": added.id, "by": today.id}
    say_to_people(work, Kind.NEWCOMER, today.cluster_id, told, str(added.id), payload)
    replan_cluster(work, today.cluster_id)
    return added


def fresh_code(store: PeopleStore, person: Person, now: datetime) -> str | None:
    """A registration code for one person; None where a chat stands for her already."""
    if store.links([person.id]):
        return None
    code = codes.new_code()
    store.replace_codes({person.id: codes.hashed(code)}, now + codes.LIFETIME)
    return code


def newcomer_message(work: Work, scene: Scene, row: Claimed, person: Person) -> Section | Dropped:
    """To lead and clerk."""
    around = scene.cluster(row.cluster_id)
    newcomer = around.people.get(int(row.payload["person_id"]))
    by = work.people.person(int(row.payload["by"]))
    if newcomer is None or by is None:
        return Dropped((row,), State.CANCELLED, "gone again")
    words = text(
        "notices/newcomer",
        newcomer=newcomer,
        post=", ".join(full_post(post) for post in newcomer.posts),
        unit=around.units[newcomer.unit_id],
        by=address_of(by, around.units[by.unit_id]),
        address=address_of(person, around.units[person.unit_id]),
        registered=bool(work.people.links([newcomer.id])),
    )
    return Section(words)
