"""A plan before it counts, as pages: what changes, what to look at again, then the sessions."""

from collections.abc import Iterator

from bot.chat.views.pages import pages, shorten
from bot.cluster.names import without_cluster_word
from bot.flows.plans.doubts import Known, remarks
from bot.flows.plans.previewing import Preview
from bot.flows.plans.summary import Difference, counts, differences, when
from bot.notices.wording import text

_CONTENT, _AUDIENCE, _OLD_AND_NEW = 400, 300, 160


def plan_pages(what: Preview, known: Known) -> list[str]:
    blocks = [text("chat/plan_head", what=what, reading=what.reading, cluster=_cluster(what))]
    blocks += _changes(what)
    notes = remarks(what.reading, known)
    if notes or what.years_without_days_off:
        blocks.append(text("chat/plan_remarks", remarks=notes, years=what.years_without_days_off))
    return pages([*blocks, *_sessions(what)])


def _cluster(what: Preview) -> str:
    return what.cluster.name if what.cluster else without_cluster_word(what.reading.cluster or "")


def _changes(what: Preview) -> Iterator[str]:
    """Only where the cluster has a schedule that the plan can change."""
    changes, units = what.changes, {unit.id: unit for unit in what.units}
    if what.cluster is None or not (changes.same or changes.moved or changes.reworded or changes.dropped):
        return
    for draft in changes.added:
        yield _change(
            "added", when=when(draft.reading), content=shorten(draft.reading.content or "", _OLD_AND_NEW)
        )
    for session, draft in changes.moved:
        found = _short(differences(session, draft, units))
        yield _change("moved", session=session, when=when(draft.reading), differences=found)
    for session, draft in changes.reworded:
        if found := _short(differences(session, draft, units)):
            yield _change("reworded", session=session, differences=found)
    for session in changes.dropped:
        yield _change("dropped", session=session, content=shorten(session.content, _OLD_AND_NEW))
    for kind, pairs in (("kept", changes.kept), ("too_late", changes.too_late)):
        for session, draft in pairs:
            yield _change(kind, session=session, when=when(draft.reading))
    for session in changes.cancelled:
        yield _change("cancelled", session=session)


def _change(kind: str, **facts: object) -> str:
    return text("chat/plan_change", kind=kind, **facts)


def _short(found: list[Difference]) -> list[Difference]:
    return [
        Difference(one.field, shorten(one.old, _OLD_AND_NEW), shorten(one.new, _OLD_AND_NEW)) for one in found
    ]


def _sessions(what: Preview) -> Iterator[str]:
    for number, session in enumerate(what.reading.sessions, 1):
        yield text(
            "chat/plan_session",
            number=number,
            s=session,
            when=when(session),
            hosts=" và ".join(session.hosts),
            content=shorten(session.content or "", _CONTENT),
            audience=shorten(session.audience_text or "", _AUDIENCE),
            counts=shorten(counts(session.audience), _AUDIENCE),
        )
