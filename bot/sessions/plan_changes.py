"""A plan that was read against the sessions that are stored: what is new, moved, reworded, gone."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import ratio

from bot.plan.reading import AudienceItem, Precision, SessionReading
from bot.sessions.session import Session, SessionState
from bot.vocabulary import fold

_ENOUGH = 4  #: how much must agree before two sessions are taken for the same one
_ALIKE = 80  #: of 100: a content that was only polished


@dataclass(frozen=True, slots=True)
class Draft:
    """A session as the plan has it, its hosts found among the cluster's schools."""

    reading: SessionReading
    host_ids: tuple[int, ...]
    audience: tuple[AudienceItem, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What was decided about a session after the plan: a plan that is imported again does not undo it."""

    left: frozenset[dt.date] = frozenset()  #: days that it has left by agreement
    hour: bool = False  #: its hour was set in the chat or by a giấy mời


Pair = tuple[Session, Draft]


@dataclass(frozen=True, slots=True)
class PlanChanges:
    added: tuple[Draft, ...]
    moved: tuple[Pair, ...]
    reworded: tuple[Pair, ...]
    dropped: tuple[Session, ...]
    same: tuple[Session, ...]
    kept: tuple[Pair, ...] = ()  #: the plan names another day, or none; the day that was agreed stands
    too_late: tuple[Pair, ...] = ()  #: the plan's new day is over already: nothing is moved
    cancelled: tuple[Session, ...] = ()  #: still in the plan, and still cancelled

    @property
    def nothing(self) -> bool:
        return not (self.added or self.moved or self.reworded or self.dropped)


def compare(
    stored: Sequence[Session],
    drafts: Sequence[Draft],
    *,
    today: dt.date = dt.date.min,
    settled: Mapping[int, Settled] | None = None,
) -> PlanChanges:
    """Sessions are paired by what they share.  One that is over is never touched; a cancelled one stays
    cancelled; a day that was agreed since stands against the paper that did not know of it.
    """
    known = settled or {}
    found = _pair(stored, drafts, today)
    pairs = [
        (session, _without_hour(drafts[at]) if known.get(session.id, Settled()).hour else drafts[at])
        for session, at in found
    ]
    taken = {session.id for session, _ in pairs}
    paired = {at for _, at in found}
    live = [(s, d) for s, d in pairs if s.state is SessionState.PLANNED and not is_over(s, today)]
    moved, kept, too_late = [], [], []
    for session, draft in live:
        if not _names_another_day(session, draft.reading):
            continue
        day = draft.reading.date
        if day is None or day in known.get(session.id, Settled()).left:
            kept.append((session, draft))
        elif day < today:
            too_late.append((session, draft))
        else:
            moved.append((session, draft))
    staying = {s.id for s, _ in (*moved, *too_late)}
    reworded_pairs = [(s, d) for s, d in live if s.id not in staying and _is_reworded(s, d)]
    touched = {s.id for s, _ in (*moved, *reworded_pairs)}
    return PlanChanges(
        added=tuple(draft for at, draft in enumerate(drafts) if at not in paired),
        moved=tuple(moved),
        reworded=tuple(reworded_pairs),
        dropped=tuple(
            s
            for s in stored
            if s.id not in taken and s.state is SessionState.PLANNED and not is_over(s, today)
        ),
        same=tuple(s for s, _ in pairs if s.id not in touched),
        kept=tuple(kept),
        too_late=tuple(too_late),
        cancelled=tuple(s for s, _ in pairs if s.state is SessionState.CANCELLED),
    )


def is_over(session: Session, today: dt.date) -> bool:
    last = session.date_end or session.date
    return last is not None and last < today


def new_session(cluster_id: int, draft: Draft) -> Session:
    """Not stored yet: id 0, no code."""
    reading = draft.reading
    return Session(
        id=0,
        cluster_id=cluster_id,
        code="",
        host_ids=draft.host_ids,
        content=reading.content or "(chưa ghi nội dung)",
        audience_text=reading.audience_text or "",
        audience=draft.audience,
        date=reading.date,
        date_end=reading.date_end,
        precision=reading.precision if reading.date else _vague(reading.precision),
        date_text=reading.date_text,
        window=reading.window,
        start=reading.start,
        end=reading.end,
        place=reading.place,
    )


def reworded(session: Session, draft: Draft) -> Session:
    """The stored session with the plan's words; hour and place only where the plan gives them.

    The words of the day are taken over only where they name the day on which the session stands.
    """
    reading = draft.reading
    same_day = reading.date is not None and reading.date == session.date
    new_hour = reading.start is not None and (reading.end is not None or reading.start != session.start)
    return replace(
        session,
        version=session.version + 1,
        host_ids=draft.host_ids or session.host_ids,
        content=reading.content or session.content,
        audience_text=reading.audience_text or session.audience_text,
        audience=draft.audience or session.audience,
        date_text=reading.date_text if same_day or session.date is None else session.date_text,
        date_end=reading.date_end if same_day else session.date_end,
        start=reading.start or session.start,
        end=reading.end if new_hour else session.end,
        place=reading.place or session.place,
    )


def _without_hour(draft: Draft) -> Draft:
    return replace(draft, reading=replace(draft.reading, start=None, end=None))


def _pair(stored: Sequence[Session], drafts: Sequence[Draft], today: dt.date) -> list[tuple[Session, int]]:
    """Each stored session with the place of its draft, in the order of the sessions."""
    likeness = sorted(
        (
            (_likeness(s, d), -abs(i - j), i, j)
            for i, s in enumerate(stored)
            for j, d in enumerate(drafts)
            if _may_pair(s, d.reading, today)
        ),
        reverse=True,
    )
    used_sessions: set[int] = set()
    used_drafts: set[int] = set()
    pairs: list[tuple[Session, int]] = []
    for score, _, i, j in likeness:
        if score >= _ENOUGH and i not in used_sessions and j not in used_drafts:
            used_sessions.add(i)
            used_drafts.add(j)
            pairs.append((stored[i], j))
    return sorted(pairs, key=lambda pair: pair[0].id)


def _may_pair(session: Session, reading: SessionReading, today: dt.date) -> bool:
    """What the plan sets for a day to come is no session that is over, whatever they share."""
    if not is_over(session, today) or _same_words(session, reading):
        return True
    return reading.date is not None and reading.date < today


def _likeness(session: Session, draft: Draft) -> int:
    reading = draft.reading
    same_day = reading.date is not None and reading.date == session.date
    return (
        _same_content(session, reading)
        + 3 * (same_day or _same_words(session, reading) or _replaces(session, reading))
        + 2 * (draft.host_ids == session.host_ids)
        - 2 * (session.state is SessionState.CANCELLED)
    )


def _replaces(session: Session, reading: SessionReading) -> bool:
    """The paper names the day that the session leaves."""
    return reading.replaces_date is not None and reading.replaces_date == session.date


def _same_content(session: Session, reading: SessionReading) -> int:
    if not reading.content:
        return 0
    one, other = fold(reading.content), fold(session.content)
    return 3 if one == other else 2 if ratio(one, other) >= _ALIKE else 0


def _same_words(session: Session, reading: SessionReading) -> bool:
    return bool(reading.date_text) and fold(reading.date_text) == fold(session.date_text)


def _names_another_day(session: Session, reading: SessionReading) -> bool:
    """A day that the plan words as before was moved since by agreement: the agreement stands."""
    if _same_words(session, reading) or reading.date == session.date:
        return False
    return reading.date is not None or session.date is not None


def _is_reworded(session: Session, draft: Draft) -> bool:
    after = reworded(session, draft)
    return replace(after, version=session.version) != session


def _vague(precision: Precision) -> Precision:
    """A session without a day is never taken for one with a day (invariant 9)."""
    return Precision.MONTH if precision is Precision.DAY else precision
