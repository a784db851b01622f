"""Claimed rows -> messages: facts are read now, so that what is said is true today.

All rows of one person that are due together become one message.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from markupsafe import escape

from bot.cluster.people import Person
from bot.flows.papers.letters import drafts
from bot.flows.people.approvals import approval_message, decision_parcel
from bot.flows.scene import Scene, SessionScene
from bot.flows.subjects import subject
from bot.flows.work import Work
from bot.message import Button, Message
from bot.notices.actions import Verb, button
from bot.notices.cards import Rows, card
from bot.notices.kinds import COVERED_BY, ORDER, section
from bot.notices.notice import Kind
from bot.notices.quiet import open_time
from bot.notices.saying.subject import Section
from bot.notices.timeline import TIMELINE_KINDS
from bot.outbox.port import Address, Claimed, Composed, Dropped, Parcel, Postponed, State

_RULE = "\n\n― ― ―\n\n"
_Said = tuple[Claimed, Section]


def compose(work: Work, rows: Sequence[Claimed]) -> list[Composed]:
    """Every row is in exactly one result."""
    scene = Scene(work)
    by_person: dict[int, list[Claimed]] = defaultdict(list)
    for row in rows:
        by_person[row.recipient_id].append(row)
    addresses = work.people.addresses(by_person)
    composed: list[Composed] = []
    for person_id, own in by_person.items():
        link = addresses.get(person_id)
        address = Address(link.channel, link.chat_id) if link else None
        composed += _for_person(work, scene, person_id, own, address)
    return composed


def _for_person(
    work: Work, scene: Scene, person_id: int, rows: Sequence[Claimed], address: Address | None
) -> list[Composed]:
    person = scene.cluster(rows[0].cluster_id).people.get(person_id)
    if person is None:
        return [Dropped(tuple(rows), State.CANCELLED, "no longer in the roster")]
    results: list[Composed] = []
    said: list[_Said] = []
    for row in rows:
        verdict = _verdict(work, scene, row, person, address)
        if isinstance(verdict, Section):
            said.append((row, verdict))
        else:
            results.append(verdict)
    if said and address is not None:
        results.append(_merged(work, scene, person, said, address))
    return results


def _verdict(
    work: Work, scene: Scene, row: Claimed, person: Person, address: Address | None
) -> Section | Composed:
    if row.useful_until <= work.now:
        return Dropped((row,), State.MISSED, "no longer useful")
    if row.kind is Kind.JOIN_DECISION:
        return decision_parcel(work, scene, row)
    if row.kind is Kind.APPROVAL:
        return approval_message(work, scene, row, person) if address else _unreachable(row)
    of = scene.session(row.session_id) if row.session_id is not None else None
    if of is None or _of_an_old_day(row, of):
        return Dropped((row,), State.CANCELLED, "about an earlier day")
    until = _open_at(work, row, of)
    if until > work.now:
        if until >= row.useful_until:
            return Dropped((row,), State.MISSED, "quiet time until it is over")
        return Postponed((row,), until)
    if row.kind is Kind.CARD:
        return _redrawn(work, of, row, person)
    what = section(row.kind, subject(work, of, row, person))
    if what is None:
        return Dropped((row,), State.CANCELLED, "not needed any more")
    return what if address else _unreachable(row)


def _unreachable(row: Claimed) -> Dropped:
    return Dropped((row,), State.UNREACHABLE, "no chat")


def _of_an_old_day(row: Claimed, of: SessionScene) -> bool:
    return row.kind in TIMELINE_KINDS and row.date_revision != of.session.date_revision


def _open_at(work: Work, row: Claimed, of: SessionScene) -> dt.datetime:
    office = work.office
    return open_time(
        work.now,
        row.kind,
        office.policy,
        of.around.workdays,
        office.tz,
        session_day=of.session.date,
        useful_until=row.useful_until,
    )


def _redrawn(work: Work, of: SessionScene, row: Claimed, person: Person) -> Composed:
    link = work.people.addresses([person.id]).get(person.id)
    shown = work.talks.card(of.session.id, person.id, link.channel) if link else None
    if shown is None:
        return Dropped((row,), State.CANCELLED, "no card to redraw")
    message = card(of.facts, of.receiver(person))
    return Parcel((row,), shown.address, message, edit=shown.message_id, card_session_id=of.session.id)


def _merged(work: Work, scene: Scene, person: Person, said: list[_Said], address: Address) -> Parcel:
    """One message: the weightiest first, nothing twice, the greeting once."""
    rows = tuple(row for row, _ in said)
    shown = [pair for pair in said if not _covered(pair[0], rows)]
    shown.sort(key=lambda pair: (ORDER.index(pair[0].kind) if pair[0].kind in ORDER else -1, pair[0].id))
    sessions = list(dict.fromkeys(row.session_id for row, _ in shown if row.session_id is not None))
    texts = [what.text for _, what in shown]
    if sessions and len(texts) > 1:
        of = scene.session(sessions[0])
        greeting = escape(f"Kính gửi {of.address(person)},\n") if of else ""
        texts[1:] = [text.replace(greeting, "", 1) for text in texts[1:]]
    if len(sessions) > 1:
        buttons = _openers(scene, sessions)
        card_session = None
    else:
        buttons = _without_repeats(row for _, what in shown for row in what.rows)
        card_session = sessions[0] if sessions and any(what.card for _, what in shown) else None
    to_prepare = [row.session_id for row, _ in shown if _with_draft(scene, row)]
    documents = drafts(work, scene, dict.fromkeys(to_prepare)) if to_prepare else ()
    message = Message(_RULE.join(texts), buttons, documents)
    return Parcel(rows, address, message, card_session_id=card_session)


def _with_draft(scene: Scene, row: Claimed) -> bool:
    """Where the letter goes on paper, its draft comes again with the deadline."""
    of = scene.session(row.session_id) if row.session_id is not None else None
    on_paper = of is not None and of.facts.paper_only
    return row.kind is Kind.PREPARE or (row.kind is Kind.DEADLINE_WATCH and on_paper)


def _covered(row: Claimed, rows: Iterable[Claimed]) -> bool:
    others = {other.kind for other in rows if other.session_id == row.session_id}
    return bool(COVERED_BY.get(row.kind, set()) & others)


def _openers(scene: Scene, session_ids: Sequence[int]) -> Rows:
    """Several sessions in one message: a button for each card."""
    found = [of.session for i in session_ids if (of := scene.session(i)) is not None]
    return tuple((button(f"Xem buổi {s.code}", Verb.CARD, s.id),) for s in found)


def _without_repeats(rows: Iterable[tuple[Button, ...]]) -> Rows:
    seen: set[str] = set()
    kept: list[tuple[Button, ...]] = []
    for row in rows:
        fresh = tuple(b for b in row if (b.token or b.url or "") not in seen)
        seen |= {b.token or b.url or "" for b in fresh}
        if fresh:
            kept.append(fresh)
    return tuple(kept)
