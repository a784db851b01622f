"""`Việc đăng cai`: what the host has done and what is missing, on one board; and a list to forward."""

from dataclasses import dataclass

from bot.chat.reaction import Reaction, Redraw, Say
from bot.chat.talk import Talk, words
from bot.chat.views.pages import pages
from bot.cluster.addressing import name_in_school, with_post
from bot.cluster.people import Unit, UnitKind
from bot.flows.own_school import role_words
from bot.flows.session_scene import SessionScene
from bot.message import Button, Message, escape
from bot.notices.actions import Action, Verb, button
from bot.notices.cards import Rows, detail_buttons, paper_buttons, people_button, release_button
from bot.notices.dates import days_between
from bot.notices.facts import Receiver
from bot.sessions.answers import Answer, Reply
from bot.sessions.rights import Right

AGAIN, LIST = "r", "ds"  #: the same board anew; the list in words


@dataclass(frozen=True, slots=True)
class SchoolCount:
    unit: Unit
    going: int
    declined: int
    silent: int


def hosting(talk: Talk, a: Action) -> Reaction:
    """Raises NotAllowedError for everybody but the host's heads, the lead and the clerk."""
    of, me = talk.session(a.number(0))
    of.require(Right.PEOPLE, me)
    if a.word(1) == LIST:
        return Reaction(says=tuple(Say(Message(page)) for page in pages(_list(of))))
    board = _board(talk, of, of.receiver(me))
    if a.word(1) == AGAIN:
        return Reaction(redraw=Redraw(board), toast="Đã cập nhật.")
    return Reaction(says=(Say(board),))


def _board(talk: Talk, of: SessionScene, to: Receiver) -> Message:
    deadline = of.deadline
    open_letter = of.session.released_at is None
    return words(
        "hosting",
        _rows(of, to),
        f=of.facts,
        headcount=of.headcount,
        late=open_letter and deadline is not None and deadline < talk.work.today,
        released=talk.work.office.today(of.session.released_at) if of.session.released_at else None,
        schools=_by_school(of),
        stand_ins=_stand_ins(of),
        unsettled=_unsettled(of),
    )


def _rows(of: SessionScene, to: Receiver) -> Rows:
    """What can be set or sent, then who comes, then the papers."""
    f, session = of.facts, of.session
    rows: list[tuple[Button, ...]] = []
    if not (f.over or f.cancelled):
        rows.append(tuple(detail for _, detail in detail_buttons(f)))
        if session.fixed and session.released_at is None and to.may(Right.RELEASE):
            rows.append((release_button(f),))
        if not session.date:
            rows.append((button("Đề nghị ngày", Verb.PROPOSE, session.id),))
    if session.fixed:
        forward = button("Danh sách để chuyển tiếp", Verb.HOST, session.id, LIST)
        signed = button("Danh sách ký tên (Excel)", Verb.PAPER, session.id, "ds")
        rows += [(people_button(f), forward), (signed, *(paper_buttons(f, to) if not f.over else ()))]
    rows.append(
        (
            button("Cập nhật", Verb.HOST, session.id, AGAIN),
            button(f"Xem buổi {session.code}", Verb.CARD, session.id),
        )
    )
    return tuple(rows)


def _by_school(of: SessionScene) -> list[SchoolCount]:
    found = []
    for unit in of.around.units.values():
        given = [of.answers.get(i.person.id) for i in of.invitees.people if i.person.unit_id == unit.id]
        if given:
            going = sum(answer is not None and answer.reply is Reply.GOING for answer in given)
            silent = given.count(None)
            found.append(SchoolCount(unit, going, len(given) - going - silent, silent))
    return found


def _stand_ins(of: SessionScene) -> list[tuple[str, str]]:
    """(who goes, in whose place), in words."""
    people, units = of.around.people, of.around.units
    return [
        (answer.substitute, with_post(people[person], units[people[person].unit_id], full=False))
        for person, answer in of.answers.items()
        if answer.reply is Reply.DECLINED and answer.substitute and person in people
    ]


def _unsettled(of: SessionScene) -> list[str]:
    """ "GV cốt cán MN Trường Thọ": its head has not said who goes; "GV cốt cán cả cụm": the lead has not."""
    gaps = [g for g in of.invitees.gaps if g.unit is not None or g.of_cluster]
    return [f"{role_words(g.item)} {g.unit.label if g.unit else 'cả cụm'}" for g in gaps]


def _list(of: SessionScene) -> list[str]:
    """Everybody invited, the authority first, with the answer; phones and reasons stay out."""
    session = of.session
    hosts = " và ".join(unit.label for unit in of.facts.hosts)
    when = days_between(session.date, session.date_end) if session.date else session.date_text
    blocks = [f"<b>Danh sách dự buổi {session.code}, {escape(when)}, {escape(hosts)}</b>"]
    for unit in sorted(of.around.units.values(), key=lambda unit: unit.kind is not UnitKind.AUTHORITY):
        people = [i.person for i in of.invitees.people if i.person.unit_id == unit.id]
        lines = [
            f"{number}. {name_in_school(person, unit)}{_said(of.answers.get(person.id))}"
            for number, person in enumerate(people, 1)
        ]
        if lines:
            blocks.append(escape("\n".join([unit.label, *lines])))
    return blocks


def _said(given: Answer | None) -> str:
    if given is None:
        return ""
    if given.reply is Reply.GOING:
        return ": dự"
    return f": vắng, đi thay: {given.substitute}" if given.substitute else ": vắng"
