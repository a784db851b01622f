"""What is said before a post changes hands, and in which ways it may be confirmed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.chat.talk import Talk
from bot.cluster import handover as rules
from bot.cluster.addressing import full_post
from bot.cluster.handover import Office
from bot.cluster.people import Person, Post, Unit, UnitKind
from bot.cluster.rights import deciders, heads_of, managers
from bot.flows.manners import manner
from bot.flows.people.handed_sessions import ahead, duties
from bot.flows.people.handing_over import Newcomer
from bot.flows.people.relaying import reached_through
from bot.notices.cards import you


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    leaves: bool


def choices_for(
    person: Person, unit: Unit, given: Collection[Office], allowed: Collection[Office]
) -> Mapping[str, Choice]:
    """By value: she leaves, she stays; one alone where only one can be."""
    away = "chuyển công tác" if unit.kind is UnitKind.AUTHORITY else "chuyển trường"
    found = []
    if rules.may_leave(person, given, allowed):
        found.append(Choice("leave", f"Xác nhận: nghỉ, {away}", leaves=True))
    posts = rules.posts_staying(person, given)
    if posts is not None:
        stays = ", ".join(full_post(post) for post in posts)
        label = f"Xác nhận: ở lại, là {stays}" if found else "Xác nhận"
        found.append(Choice("stay", label, leaves=False))
    return {one.value: one for one in found}


def sure_facts(
    talk: Talk, me: Person, person: Person, unit: Unit, given: Sequence[Office], to: int | Newcomer
) -> Mapping[str, object]:
    """For the text `handover_sure`."""
    around = talk.scene.cluster(person.cluster_id)
    new = around.people.get(to) if isinstance(to, int) else None
    reached = talk.work.people.addresses([new.id]) if new is not None else {}
    told = bool(reached) or (new is not None and new.id in reached_through(talk.work, around))
    posts = rules.posts_staying(person, given)
    return {
        "you": you(manner(me, around.units[me.unit_id])),
        "rights": any(office.gives_rights for office in given),
        "own": me.id == person.id,
        "old": person.name,
        "new": new.name if new is not None else to.name if isinstance(to, Newcomer) else "",
        "posts": rules.placed(given, unit, around.cluster),
        "duties": duties(talk.work, ahead(talk.work, person.cluster_id), person, given),
        "ended": ", ".join(full_post(post) for post in _ended(new, given)),
        "stays": ", ".join(full_post(post) for post in posts or ()),
        "registered": told,
        "nobody": "" if told else _nobody(talk, person, unit, given),
    }


def _ended(new: Person | None, given: Sequence[Office]) -> list[Post]:
    if new is None:
        return []
    after = rules.posts_taking(new, given)
    return [post for post in new.posts if post not in after]


def _nobody(talk: Talk, person: Person, unit: Unit, given: Sequence[Office]) -> str:
    """Who is missing in the chat until the successor has registered; "" where somebody else is there."""
    around = talk.scene.cluster(person.cluster_id)
    others = [p for p in around.people.values() if p.id != person.id]
    kinds: list[tuple[bool, list[Person], str]] = [
        (
            any(office.of_head for office in given),
            heads_of(unit.id, others),
            f"{unit.label} chưa có hiệu trưởng, phó hiệu trưởng nào nhận được tin",
        ),
        (
            any(office.of_cluster for office in given),
            managers(person.cluster_id, others),
            "cụm chưa có ai duyệt đăng ký, nhập kế hoạch trong chat",
        ),
        (
            any(office.role in ("LD_PGD", "CV_PGD") for office in given),
            deciders([p for p in others if p.unit_id == unit.id], [unit]),
            f"{unit.label} chưa có ai nhận đề nghị đổi lịch trong chat",
        ),
    ]
    for concerned, people, sentence in kinds:
        if concerned and not talk.work.people.addresses([p.id for p in people]):
            return sentence
    return ""
