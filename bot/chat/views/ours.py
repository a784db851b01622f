"""Who of one's own school goes to a session, as its head sees it."""

from bot.chat.talk import Talk, words
from bot.chat.views.states import state
from bot.cluster.addressing import name_in_school
from bot.cluster.people import Person
from bot.flows.own_school import role_words
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.delegating import Part, parts
from bot.message import Button, Message
from bot.notices.actions import Verb, button
from bot.notices.cards import covers_rows
from bot.sessions.rights import Right, require


def our_people(talk: Talk, session_id: int) -> Message:
    """Raises NotAllowedError for everybody but heads; each sees her own school alone."""
    of, me = talk.session(session_id)
    unit = of.around.units[me.unit_id]
    require(Right.NAME, me, unit, of.session)
    own = [i.person for i in of.invitees.people if i.person.unit_id == unit.id and not i.by_authority]
    going = [person for person in own if person.id not in of.declined_ids]
    reached = talk.work.people.addresses([person.id for person in own])
    ahead = of.session.fixed and not of.over
    asked = parts(of, me) if ahead else []
    return words(
        "ours",
        _rows(of, me, asked, own, ahead=ahead),
        f=of.facts,
        unit=unit,
        people=[(name_in_school(p, unit), state(of, p, registered=p.id in reached)) for p in own],
        parts=[_part_words(part) for part in asked],
        clashes=[(name_in_school(p, unit), found) for p in going if ahead and (found := of.clashes(p))],
    )


def _rows(
    of: SessionScene, me: Person, asked: list[Part], own: list[Person], *, ahead: bool
) -> tuple[tuple[Button, ...], ...]:
    session = of.session
    rows: list[tuple[Button, ...]] = [
        (button(f"Chọn người: {role_words(p.item)}", Verb.NAME, session.id, session.audience.index(p.item)),)
        for p in asked
    ]
    if ahead and own:
        rows.append((button("Cử người đi thay", Verb.REPLACE, session.id),))
    if ahead:
        rows += covers_rows(of.facts, of.receiver(me))
    return (*rows, (button(f"Xem buổi {session.code}", Verb.CARD, session.id),))


def _part_words(part: Part) -> str:
    """ "GV cốt cán: kế hoạch mời 4, nhà trường chọn 3"."""
    count = part.item.count
    plan = f"kế hoạch mời {count}, " if count is not None else ""
    role = role_words(part.item)
    if part.named:
        return f"{role}: {plan}nhà trường {f'chọn {len(part.going)}' if part.going else 'không cử ai'}"
    have = len(part.holders)
    if count is not None and have > count:
        return f"{role}: {plan}danh sách có {have}, đang mời {count} người đầu danh sách"
    return f"{role}: {plan}danh sách {f'có {have}' if have else 'chưa có ai'}"
