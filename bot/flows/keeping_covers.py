"""Who covers, kept in line with who goes and on which day; and those told whom it concerns."""

from collections.abc import Collection, Sequence

from bot.cluster.charges import charge_of
from bot.cluster.people import Person
from bot.flows.covers import who_is_asked
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.telling import say_now
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.outbox.port import Claimed
from bot.sessions.cover import Cover, CoverState
from bot.sessions.covering import Line, Step, Why, kept_up
from bot.sessions.store import Event


def keep_covers(work: Work, of: SessionScene) -> bool:
    """After anything changed: who has to be asked again or need not cover any more.  Returns whether anything
    was to be done; doing it twice changes nothing."""
    if not of.covers or of.over:
        return False
    away = {line.absent.id for line in of.lines}
    here = {person.id: person.unit_id for person in of.around.people.values()}
    taken = of.invited_ids | of.authority_ids
    steps = list(kept_up(of.session, of.covers, away, taken, here, work.now))
    for step in steps:
        take_step(work, of, step)
    return bool(steps)


def take_step(work: Work, of: SessionScene, step: Step, actor: Person | None = None) -> None:
    """Store it, keep it in the history, and tell those whom it concerns.  Raises OutdatedError."""
    was, now = step.was, step.now
    work.sessions.save_cover(now, was)
    mark = note_cover(work, of, now, actor, step.asks)
    who = {now.person_id} if now.person_id is not None else set[int]()
    if step.asks is not None:
        ask(work, of, now, step.asks, was)
    if step.off is not None and _told(work, of, was):
        say_now(work, Kind.COVER_OFF, of, who, mark, {"cover": was.id, "why": step.off.value})
    if step.opened is not None:
        but = {actor.id} if actor else set()
        payload = {"cover": was.id, "why": step.opened.value}
        say_now(work, Kind.COVER_OPEN, of, namer(of, was) - but, mark, payload)
    redraw(work, of, now, mark, actor)


def ask(
    work: Work,
    of: SessionScene,
    cover: Cover,
    why: Why | None = None,
    was: Cover | None = None,
    *,
    seen: bool = False,
) -> None:
    """Ask who is named.  `why`, `was`: she is asked again, and what she was asked before; `seen`: her head
    has been told already that no message reaches her."""
    if cover.person_id is None:
        return
    payload: dict[str, int | str] = {"cover": cover.id, "asked": cover.asked, "seen": seen}
    if why is not None and was is not None:
        payload |= {"why": why.value, "was": str(was.day)}
    old = was.day if was is not None else None
    say_now(work, Kind.COVER_ASKED, of, [cover.person_id], cover.asked_as, payload, old_date=old)


def note_cover(
    work: Work, of: SessionScene, cover: Cover, actor: Person | None, why: Why | None = None
) -> str:
    """Keep the step.  Returns a mark that no other step of the session has."""
    absent = of.around.people.get(cover.absent_id)
    charge = charge_of(absent) if absent is not None else None
    detail = {
        "unit": absent.unit_id if absent is not None else 0,
        "kitchen": charge is not None and charge.value == "kitchen",
        "state": cover.state.value,
        "why": why.value if why is not None else "",
    }
    event = Event(of.session.id, work.now, actor.id if actor else None, "cover", detail)
    work.sessions.note(event, of.session.cluster_id)
    return f"e{len(work.sessions.history(of.session.id))}"


def redraw(work: Work, of: SessionScene, cover: Cover, mark: str, actor: Person | None) -> None:
    """The session's card says who covers: to the heads, to who goes, to who covers."""
    concerned = {cover.absent_id, cover.person_id, *(head.id for head in _heads(of, cover))}
    shown = {card.person_id for card in work.talks.cards(of.session.id)} - ({actor.id} if actor else set())
    say_now(work, Kind.CARD, of, shown & concerned, mark, {})


def namer(of: SessionScene, cover: Cover) -> set[int]:
    """The head who named, or, where she is one no more, the one whose business it is."""
    heads = _heads(of, cover)
    by = [head.id for head in heads if head.id == cover.named_by]
    return set(by or [head.id for head in who_is_asked(heads, of.lines)][:1])


def unaware_heads(
    work: Work, of: SessionScene, hearing: Collection[int], on_the_eve: Collection[int]
) -> tuple[frozenset[int], frozenset[int]]:
    """One head of each school with lines, where none of its heads hears of the session otherwise; and the
    same for the day before, of the schools where a line is open still.

    `hearing`, `on_the_eve` (Person ids): who is told something of the session anyway.
    """
    schools: dict[int, list[Line]] = {}
    for line in of.lines:
        schools.setdefault(line.absent.unit_id, []).append(line)
    heads = {unit: who_is_asked(of.around.heads(unit), own) for unit, own in schools.items()}
    everybody = [head.id for group in heads.values() for head in group]
    reached = work.people.addresses(everybody) if everybody else {}
    first: set[int] = set()
    eve: set[int] = set()
    for unit, own in schools.items():
        ids = [head.id for head in heads[unit]]
        able = [head for head in ids if head in reached] or ids
        if not any(head in hearing for head in able):
            first.update(able[:1])
        if any(line.open for line in own) and not any(head in on_the_eve for head in able):
            eve.update(([head for head in able if head not in of.muted_ids] or able)[:1])
    return frozenset(first), frozenset(eve)


def tell_to_phone(work: Work, rows: Sequence[Claimed]) -> None:
    """Who is named, and whom no message reaches, is her head's to phone (invariant 10)."""
    scene = Scene(work)
    for row in rows:
        if row.kind not in (Kind.COVER_ASKED, Kind.COVER_OFF) or row.payload.get("seen"):
            continue
        cover = work.sessions.cover(row.payload["cover"])
        of = scene.session(row.session_id) if row.session_id is not None else None
        if cover is not None and of is not None:
            why = "unreached" if row.kind is Kind.COVER_ASKED else "off_unreached"
            payload = {"cover": cover.id, "why": why}
            say_now(work, Kind.COVER_OPEN, of, namer(of, cover), f"{why}.{row.id}", payload)


def _told(work: Work, of: SessionScene, cover: Cover) -> bool:
    """Whether she knows that she covers: by a message, or from her head, who wrote down that she accepted."""
    said = work.reports.said(of.session.id, Kind.COVER_ASKED)
    by_message = any(who == cover.person_id and mark.startswith(cover.mark) for who, mark in said)
    return by_message or cover.state is CoverState.ACCEPTED


def _heads(of: SessionScene, cover: Cover) -> tuple[Person, ...]:
    absent = of.around.people.get(cover.absent_id)
    return of.around.heads(absent.unit_id) if absent is not None else ()
