"""How many come to a session, as its host needs to know."""

from collections.abc import Collection, Mapping, Sequence

from bot.cluster.addressing import full_post, main_post, short_post
from bot.cluster.audience import Invitee
from bot.notices.facts import Headcount
from bot.sessions.answers import Answer, Reply


def headcount(
    invitees: Sequence[Invitee],
    answers: Mapping[int, Answer],
    asked: Collection[int],
    unreached: tuple[str, ...],
) -> Headcount:
    """`answers`, `asked`: by Person id; `unreached`: whom to phone, in words."""
    coming, declined, silent, unasked = 0, 0, 0, 0
    roles: dict[str, list[int]] = {}
    for invitee in invitees:
        answer = answers.get(invitee.person.id)
        post = main_post(invitee.person)
        label = full_post(post) if invitee.by_authority and post else short_post(post) if post else ""
        count = roles.setdefault(label, [0, 0])
        count[1] += 1
        if answer is None and invitee.person.id not in asked:
            unasked += 1
        elif answer is None:
            silent += 1
        elif answer.reply is Reply.GOING:
            coming += 1
            count[0] += 1
        else:
            declined += 1
    by_role = tuple((role, going, invited) for role, (going, invited) in roles.items())
    return Headcount(coming, declined, silent, unasked, by_role, unreached)
