"""A plan that was read against the sessions that are stored: what is new, moved, reworded, gone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.plan.reading import AudienceItem, Precision, SessionReading
from bot.sessions.session import Session, SessionState
from bot.vocabulary import fold

_ENOUGH = 4  #: how much must agree before two sessions are taken for the same one


@dataclass(frozen=True, slots=True)
class Draft:
    """A session as the plan has it, its hosts found among the cluster's schools."""

    reading: SessionReading
    host_ids: tuple[int, ...]
    audience: tuple[AudienceItem, ...]


@dataclass(frozen=True, slots=True)
class PlanChanges:
    added: tuple[Draft, ...]
    moved: tuple[tuple[Session, Draft], ...]
    reworded: tuple[tuple[Session, Draft], ...]
    dropped: tuple[Session, ...]
    same: tuple[Session, ...]

    @property
    def nothing(self) -> bool:
        return not (self.added or self.moved or self.reworded or self.dropped)


def compare(stored: Sequence[Session], drafts: Sequence[Draft]) -> PlanChanges:
    """Sessions are paired by what they share.  A cancelled session stays cancelled and is paired last."""
    pairs = _pair(stored, drafts)
    taken = {session.id for session, _ in pairs}
    paired = {id(draft) for _, draft in pairs}
    moved = [(s, d) for s, d in pairs if _is_moved(s, d.reading)]
    reworded = [(s, d) for s, d in pairs if not _is_moved(s, d.reading) and _is_reworded(s, d)]
    touched = {s.id for s, _ in (*moved, *reworded)}
    return PlanChanges(
        added=tuple(d for d in drafts if id(d) not in paired),
        moved=tuple(moved),
        reworded=tuple(reworded),
        dropped=tuple(s for s in stored if s.id not in taken and s.state is SessionState.PLANNED),
        same=tuple(s for s, _ in pairs if s.id not in touched),
    )


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
    """The stored session with the plan's words; hour and place only where the plan gives them."""
    reading = draft.reading
    return replace(
        session,
        version=session.version + 1,
        host_ids=draft.host_ids or session.host_ids,
        content=reading.content or session.content,
        audience_text=reading.audience_text or session.audience_text,
        audience=draft.audience or session.audience,
        date_text=reading.date_text,
        start=reading.start or session.start,
        end=reading.end or session.end,
        place=reading.place or session.place,
    )


def _pair(stored: Sequence[Session], drafts: Sequence[Draft]) -> list[tuple[Session, Draft]]:
    likeness = sorted(
        ((_likeness(s, d), -abs(i - j), i, j) for i, s in enumerate(stored) for j, d in enumerate(drafts)),
        reverse=True,
    )
    used_sessions: set[int] = set()
    used_drafts: set[int] = set()
    pairs: list[tuple[Session, Draft]] = []
    for score, _, i, j in likeness:
        if score >= _ENOUGH and i not in used_sessions and j not in used_drafts:
            used_sessions.add(i)
            used_drafts.add(j)
            pairs.append((stored[i], drafts[j]))
    return sorted(pairs, key=lambda pair: pair[0].id)


def _likeness(session: Session, draft: Draft) -> int:
    reading = draft.reading
    same_day = reading.date is not None and reading.date == session.date
    same_text = bool(reading.content) and fold(reading.content or "") == fold(session.content)
    return (
        3 * same_text
        + 3 * (same_day or fold(reading.date_text) == fold(session.date_text))
        + 2 * (draft.host_ids == session.host_ids)
        - 2 * (session.state is SessionState.CANCELLED)
    )


def _is_moved(session: Session, reading: SessionReading) -> bool:
    """A day that the plan words as before was moved since by agreement: the agreement stands."""
    if session.state is SessionState.CANCELLED or fold(reading.date_text) == fold(session.date_text):
        return False
    return reading.date is not None and reading.date != session.date


def _is_reworded(session: Session, draft: Draft) -> bool:
    if session.state is SessionState.CANCELLED:
        return False
    after = reworded(session, draft)
    return replace(after, version=session.version) != session


def _vague(precision: Precision) -> Precision:
    """A session without a day is never taken for one with a day (invariant 9)."""
    return Precision.MONTH if precision is Precision.DAY else precision
