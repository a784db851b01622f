"""Several things for one chat at one time become one message: the weightiest first, nothing twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import escape

from bot.cluster.people import Person
from bot.flows.manners import greeted
from bot.flows.papers.letters import drafts
from bot.flows.scene import Scene
from bot.flows.work import Work
from bot.message import Button, Message
from bot.notices.actions import Verb, button
from bot.notices.cards import Rows
from bot.notices.kinds import COVERED_BY, ORDER
from bot.notices.notice import Kind
from bot.notices.saying.subject import Section
from bot.outbox.port import Address, Claimed, Parcel

RULE = "\n\n― ― ―\n\n"  #: between two things in one message


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says, and to whom it is addressed; `passed_on`: somebody else reads it, to pass it on."""

    row: Claimed
    section: Section
    person: Person
    passed_on: bool = False


def merged(work: Work, scene: Scene, said: Sequence[Said], address: Address) -> Parcel:
    """`said`: for one person, for her in several clusters, and for those to whom she passes on."""
    rows = tuple(one.row for one in said)
    shown = [one for one in said if not is_covered(one.row, rows)]
    shown.sort(key=lambda one: (one.passed_on, weight_of(one.row)))
    sessions = list(dict.fromkeys(one.row.session_id for one in shown if one.row.session_id is not None))
    cards = {one.person.id for one in shown if one.section.card and not one.passed_on}
    if len(sessions) > 1:
        buttons: Rows = _openers(scene, sessions)
    elif len(shown) == 1:
        buttons = shown[0].section.rows
    else:
        buttons = _without_repeats(row for one in shown for row in one.section.rows)
    one_card = sessions[0] if len(sessions) == 1 and len(cards) == 1 else None
    to_prepare = [one.row.session_id for one in shown if not one.passed_on and _with_draft(scene, one.row)]
    documents = drafts(work, scene, dict.fromkeys(to_prepare)) if to_prepare else ()
    return Parcel(
        rows,
        address,
        Message(RULE.join(_texts(scene, shown)), buttons, documents),
        card_session_id=one_card,
        card_person_id=next(iter(cards)) if one_card is not None else None,
    )


def _with_draft(scene: Scene, row: Claimed) -> bool:
    """Where the letter goes on paper, its draft comes again with the deadline."""
    of = scene.session(row.session_id) if row.session_id is not None else None
    on_paper = of is not None and of.facts.paper_only
    return row.kind is Kind.PREPARE or (row.kind is Kind.DEADLINE_WATCH and on_paper)


def weight_of(row: Claimed) -> tuple[int, int]:
    """Sorts the weightiest first."""
    return ORDER.index(row.kind) if row.kind in ORDER else -1, row.id


def _texts(scene: Scene, shown: Sequence[Said]) -> list[str]:
    """Nobody is greeted twice."""
    if len(shown) == 1:
        return [shown[0].section.text]
    said: set[str] = set()
    texts = []
    for one in shown:
        text = one.section.text
        unit = scene.cluster(one.row.cluster_id).units.get(one.person.unit_id)
        if unit is not None and not one.passed_on:
            greeting = escape(f"Kính gửi {greeted(one.person, unit)},\n")
            text = text.replace(greeting, "", 1) if greeting in said else text
            if one.row.session_id is not None or greeting in text:
                said.add(greeting)
        texts.append(text)
    return texts


def is_covered(row: Claimed, rows: Iterable[Claimed]) -> bool:
    """Whether another one says it all."""
    same = (row.session_id, row.recipient_id)
    others = {other.kind for other in rows if (other.session_id, other.recipient_id) == same}
    return bool(COVERED_BY.get(row.kind, set()) & others)


def _openers(scene: Scene, session_ids: Sequence[int]) -> Rows:
    """Several sessions in one message: a button for each card."""
    scenes = [of for i in session_ids if (of := scene.session(i)) is not None]
    several = len({of.session.cluster_id for of in scenes}) > 1
    return tuple(
        (
            button(
                f"Xem buổi {of.session.code}{f', cụm {of.around.cluster.name}' if several else ''}",
                Verb.CARD,
                of.session.id,
            ),
        )
        for of in scenes
    )


def _without_repeats(rows: Iterable[tuple[Button, ...]]) -> Rows:
    seen: set[str] = set()
    kept: list[tuple[Button, ...]] = []
    for row in rows:
        fresh = tuple(b for b in row if (b.token or b.url or "") not in seen)
        seen |= {b.token or b.url or "" for b in fresh}
        if fresh:
            kept.append(fresh)
    return tuple(kept)
