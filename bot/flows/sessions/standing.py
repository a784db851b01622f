"""How each session ahead stands: what is missing, what is late, the worst first (needs 2 and 4)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.sessions.request import RequestState
from bot.sessions.session import Session

NUDGED = "nudged"  #: the step that a nudge leaves in a session's history


class Late(StrEnum):
    """What should have been done by now."""

    NO_DAY = "no_day"  #: its window is as near as a host's preparations, and nobody has named a day
    INVITATION = "invitation"  #: D is over, the authority is not invited
    DETAILS = "details"  #: D is over, hour or room are open
    REQUEST = "request"  #: a request to move it waits for longer than the authority is asked again


@dataclass(frozen=True, slots=True)
class Standing:
    """One session ahead."""

    of: SessionScene
    missing: tuple[str, ...]  #: what its host still has to say, in words
    prepare_from: dt.date | None  #: its host is asked then; None: has been asked, or nobody knows the day
    late: tuple[Late, ...]
    silent: tuple[tuple[str, int], ...]  #: (school, how many were asked and have not answered)
    asked: int  #: how many were asked for this day
    unreached: int  #: how many no message has reached
    request_since: dt.date | None  #: an undecided request waits since then
    nudged: dt.date | None  #: the day of the last nudge

    @property
    def silent_people(self) -> int:
        return sum(number for _, number in self.silent)

    @property
    def weight(self) -> tuple[object, ...]:
        """Sorts the worst first, and what is alike by its day."""
        open_now = bool(self.missing or self.unreached) and self.prepare_from is None
        return -len(self.late), not open_now, first_day(self.of.session), self.of.session.id


def first_day(session: Session) -> dt.date:
    return session.date or (session.window[0] if session.window else dt.date.max)


def standings(work: Work, cluster_id: int) -> list[Standing]:
    """Every session that is neither over nor cancelled."""
    scene = Scene(work)
    scenes = (scene.of(session) for session in work.sessions.of_cluster(cluster_id))
    found = [standing(work, of) for of in scenes if not of.over and not of.facts.cancelled]
    return sorted(found, key=lambda one: one.weight)


def standing(work: Work, of: SessionScene) -> Standing:
    session = of.session
    waiting = [
        work.office.today(request.asked_at)
        for request in work.sessions.open_requests(session.id)
        if request.state is RequestState.REQUESTED and request.attached_to is None
    ]
    silent, asked = _silent(of)
    since = min(waiting, default=None)
    nudges = [event.at for event in work.sessions.history(session.id) if event.what == NUDGED]
    prepare = _prepare_day(work, of)
    return Standing(
        of=of,
        missing=missing(of),
        prepare_from=prepare if session.fixed and prepare > work.today else None,
        late=tuple(_late(work, of, since, prepare)),
        silent=silent,
        asked=asked,
        unreached=len(of.unreached),
        request_since=since,
        nudged=work.office.today(max(nudges)) if nudges else None,
    )


def missing(of: SessionScene) -> tuple[str, ...]:
    """What the host still has to give, in words: "giờ", "phòng", "chương trình", "giấy mời", "ngày"."""
    session = of.session
    if not session.fixed:
        return ("ngày", *of.facts.missing)
    unsent = bool(of.authority_ids) and session.released_at is None
    return (*of.facts.missing, *(("giấy mời",) if unsent else ()))


def _prepare_day(work: Work, of: SessionScene) -> dt.date:
    """When the host is asked to prepare (policy, *prepare*)."""
    before = work.office.policy.rule(Kind.PREPARE).when[0].working_days_before
    first = first_day(of.session)
    return first if first == dt.date.max else work.workdays(of.session.cluster_id).before(first, before)


def _late(work: Work, of: SessionScene, since: dt.date | None, prepare: dt.date) -> Iterable[Late]:
    session, deadline = of.session, of.deadline
    if not session.fixed:
        if prepare <= work.today:
            yield Late.NO_DAY
        return
    if deadline is not None and deadline < work.today:
        if of.authority_ids and session.released_at is None:
            yield Late.INVITATION
        if session.start is None or session.room is None:
            yield Late.DETAILS
    patience = work.office.policy.requests.nudge_after_working_days
    if since is not None and work.workdays(session.cluster_id).after(since, patience) <= work.today:
        yield Late.REQUEST


def _silent(of: SessionScene) -> tuple[tuple[tuple[str, int], ...], int]:
    """By school, in the cluster's order: asked for this day, and without an answer."""
    around = of.around
    asked = of.asked_ids & (of.invited_ids | of.authority_ids)
    schools = Counter(around.people[p].unit_id for p in asked - of.answers.keys())
    return tuple((u.label, schools[u.id]) for u in around.units.values() if schools[u.id]), len(asked)
