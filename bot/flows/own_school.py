"""Who of a school goes to a session: what was said about it, and what its head sees."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from bot.cluster.addressing import full_post, main_post, short_post
from bot.cluster.audience import Gap, Invitees
from bot.cluster.delegation import Choices
from bot.cluster.people import Post, Unit
from bot.notices.facts import OwnSchool, PartToName
from bot.plan.reading import AudienceItem
from bot.sessions.answers import Answer, Reply
from bot.sessions.nomination import Nomination
from bot.sessions.session import Session


def choices(said: Iterable[Nomination], answers: Mapping[int, Answer]) -> Choices:
    """What was said about who goes.  `answers`: by Person id."""
    return Choices(
        named={(one.unit_id, one.part): one.person_ids for one in said},
        instead={
            person: answer.substitute_id
            for person, answer in answers.items()
            if answer.reply is Reply.DECLINED and answer.substitute_id is not None
        },
    )


def own_school(
    session: Session, unit: Unit, invitees: Invitees, replaced: Collection[int] = ()
) -> OwnSchool | None:
    """`replaced`: in whose place somebody else goes.  None where the session does not concern the school."""
    roles: Counter[str] = Counter()
    for invitee in invitees.people:
        ours = invitee.person.unit_id == unit.id and not invitee.by_authority
        if ours and invitee.person.id not in replaced:
            post = main_post(invitee.person)
            roles[short_post(post) if post else "người khác"] += 1
    asked = (_part(session, gap) for gap in invitees.gaps if gap.unit is not None and gap.unit == unit)
    to_name = tuple(sorted(asked, key=lambda part: part.number))
    if not roles and not to_name:
        return None
    return OwnSchool(unit, tuple(roles.items()), to_name)


def role_words(item: AudienceItem, *, full: bool = False) -> str:
    """ "GV cốt cán", "TTCM mẫu giáo"."""
    return (full_post if full else short_post)(Post(item.role, item.qualifier))


def _part(session: Session, gap: Gap) -> PartToName:
    return PartToName(session.audience.index(gap.item), role_words(gap.item), gap.wanted, gap.have)
