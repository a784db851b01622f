"""Who covers for those of one's own school who go, as its head sees it."""

from collections.abc import Collection

from bot.chat.reaction import Reaction, Redraw, say
from bot.chat.talk import Talk, words
from bot.chat.views.managers import page_of, turning
from bot.cluster.addressing import name_in_school
from bot.flows.covers import own_covers
from bot.flows.people.relaying import reached
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.covering import for_covering, own_lines
from bot.message import Button, Message
from bot.notices.actions import Action, Verb, button
from bot.notices.cover_facts import CoverLine
from bot.sessions.cover import CoverState
from bot.sessions.covering import Line

AGAIN = "r"  #: the same page anew
PAGE = 12  #: lines of one page
LABEL = 60  #: letters of a button


def covers(talk: Talk, a: Action) -> Reaction:
    """Raises NotAllowedError for everybody but heads, OutdatedError where the school has switched it off."""
    page = page_of(a)
    message = our_covers(talk, a.number(0), page or 0)
    toast = "Đã cập nhật." if a.word(2) == AGAIN else ""
    return say(message) if page is None else Reaction(redraw=Redraw(message), toast=toast)


def our_covers(talk: Talk, session_id: int, page: int = 0, *, absent_id: int | None = None) -> Message:
    """`absent_id`: the page on which she stands."""
    _, me = talk.session(session_id)
    of = for_covering(talk.work, me, session_id)
    unit = of.around.units[me.unit_id]
    lines = own_lines(of, unit.id)
    here = next((place for place, line in enumerate(lines) if line.absent.id == absent_id), page * PAGE)
    pages = max(1, -(-len(lines) // PAGE))
    page = min(here // PAGE, pages - 1)
    own = own_covers(lines, unit, of.around)
    shown = list(zip(lines, own.lines if own is not None else (), strict=True))[page * PAGE :][:PAGE]
    able = reached(talk.work, of.around)
    turns = turning(Verb.COVERS, session_id, page, pages)
    rows = [(_line_button(of, line),) for line, _ in shown] + ([turns] if turns else [])
    return words(
        "covers",
        (*rows, _last_row(of, page)),
        f=of.facts,
        unit=unit,
        own=own,
        lines=[(seen, _state(line, seen, able)) for line, seen in shown],
    )


def _line_button(of: SessionScene, line: Line) -> Button:
    name = name_in_school(line.absent, of.around.units[line.absent.unit_id])
    sign = "○" if line.open else "●"
    return button(f"{sign} Thay {name}"[:LABEL], Verb.COVER, of.session.id, line.absent.id)


def _last_row(of: SessionScene, page: int) -> tuple[Button, ...]:
    return (
        button("Cập nhật", Verb.COVERS, of.session.id, page, AGAIN),
        button(f"Xem buổi {of.session.code}", Verb.CARD, of.session.id),
    )


def _state(line: Line, seen: CoverLine, able: Collection[int]) -> str:
    """`able` (Person ids): whom a message reaches."""
    match seen.state:
        case None:
            return "chưa có"
        case CoverState.NOT_NEEDED:
            return "không cần"
        case CoverState.WORD:
            return seen.who
        case CoverState.ACCEPTED:
            return f"{seen.who}, đã nhận"
        case CoverState.DECLINED:
            return f"{seen.who} không nhận được, cần chọn người khác"
    if line.cover is not None and line.cover.person_id not in able:
        return f"{seen.who}, chưa đăng ký nhận tin, đề nghị báo trực tiếp"
    return f"{seen.who}, chờ trả lời"
