"""Replanning: the queue says what today's facts ask for (invariant 2).  Doing it twice changes nothing."""

import datetime as dt
from collections.abc import Iterator, Sequence

from bot.flows.groups.pinning import over_at, refresh
from bot.flows.keeping_covers import keep_covers, unaware_heads
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.telling import say_now as say_now
from bot.flows.telling import say_to_groups as say_to_groups
from bot.flows.telling import say_to_people as say_to_people
from bot.flows.work import Work
from bot.notices.chasing import CHASE_KINDS, chase
from bot.notices.facts import Manner
from bot.notices.notice import Kind, Notice
from bot.notices.timeline import TIMELINE_KINDS, SessionPlan, timeline
from bot.sessions.cover import CoverState
from bot.sessions.request import Request, RequestState
from bot.sessions.session import Session


def replan(work: Work, session: Session) -> None:
    """Plan one session anew, and note when it next needs a decision of its own."""
    _replan(work, Scene(work).of(session))
    refresh(work, session.cluster_id)


def _replan(work: Work, of: SessionScene) -> None:
    session = of.session
    if keep_covers(work, of):
        of = Scene(work).of(session)
    office = work.office
    planned = timeline(_plan(work, of), office.policy, work.workdays(session.cluster_id), work.now, office.tz)
    work.notices.replan(session.id, TIMELINE_KINDS, planned, work.now)
    chase_silent(work, of)
    work.sessions.set_duty(session.id, _next_duty(work, of, planned))


def chase_silent(work: Work, of: SessionScene) -> None:
    """Plan anew what is said to and about those who have not acknowledged a late change."""
    office, session = work.office, of.session
    asked = of.acknowledgements.values()
    planned = chase(session, asked, of.callers, office.policy, of.around.workdays, work.now, office.tz)
    work.notices.replan(session.id, CHASE_KINDS, planned, work.now)


def replan_cluster(work: Work, cluster_id: int) -> None:
    """After people or the calendar changed: every session that is still ahead."""
    scene = Scene(work)
    for session in work.sessions.of_cluster(cluster_id):
        last = session.date_end or session.date
        if last is None or last >= work.today:
            _replan(work, scene.of(session))
    refresh(work, cluster_id)


def _next_duty(work: Work, of: SessionScene, planned: Sequence[Notice]) -> dt.datetime | None:
    """The next instant at which something must be decided without anybody pressing.

    The authority's invitation goes by itself when its latest time has come; a request is asked again, and
    ends on the session's day.  When the session is over, the group's pinned message shows the next one.
    """
    instants: list[dt.datetime | None] = []
    if of.around.groups and of.session.fixed and not of.over:
        instants.append(over_at(work, of.session))
    if of.session.released_at is None:
        instants += [n.due for n in planned if n.kind is Kind.AUTHORITY_INVITATION]
    for request in work.sessions.open_requests(of.session.id):
        instants.append(request_expiry(work, request.old_date))
        if awaits_answer(work, request):
            instants.append(nudge_instant(work, of.session.cluster_id, request.asked_at, request.nudges))
    return min((i for i in instants if i is not None), default=None)


def awaits_answer(work: Work, request: Request) -> bool:
    """Whether it is this request that somebody is asked about: the authority, or the other host where two
    change days.  A request that joined another is not, nor the other half of a swap."""
    swap = work.sessions.swap_of(request.id)
    second = swap is not None and swap.second.id == request.id
    if request.state is RequestState.OFFERED:
        return second
    return request.state is RequestState.REQUESTED and request.attached_to is None and not second


def request_expiry(work: Work, old_date: dt.date) -> dt.datetime:
    """The first moment of the session's day."""
    return dt.datetime.combine(old_date, dt.time(), work.office.tz).astimezone(dt.UTC)


def nudge_instant(work: Work, cluster_id: int, asked_at: dt.datetime, nudges: int) -> dt.datetime | None:
    """Who is asked is asked again after 2 working days; after as many again, those whose matter it is are
    told that no answer came."""
    policy = work.office.policy
    if nudges > policy.requests.nudges:
        return None
    asked_on = work.office.today(asked_at)
    days = policy.requests.nudge_after_working_days * (nudges + 1)
    day = work.workdays(cluster_id).after(asked_on, days)
    return dt.datetime.combine(day, policy.quiet.resume, work.office.tz).astimezone(dt.UTC)


def _plan(work: Work, of: SessionScene) -> SessionPlan:
    around, session = of.around, of.session
    told = work.reports.told(session.id, session.date_revision)
    # Who was told of the new day was asked again by that message: it was the invitation.
    # Who heard that it takes place after all was asked by that message in the same way.
    asked = {person for person, kinds in told.items() if kinds & {Kind.CHANGE, Kind.RESTORED}}
    for kind in (Kind.CHANGE, Kind.RESTORED):
        asked |= work.reports.queued(session.id, session.date_revision, kind)
    hosts = frozenset(p.id for p in around.host_heads(session))
    naming = frozenset(_naming(work, of))
    knowing = {person for person, kinds in told.items() if Kind.WHO_GOES in kinds} | asked
    reminded = (of.invited_ids | hosts) - of.declined_ids - of.muted_ids
    covering, not_covered = unaware_heads(work, of, of.invited_ids | hosts | naming | knowing, reminded)
    recalled = work.reports.times(session.id, session.date_revision, Kind.STAND_DOWN)
    return SessionPlan(
        session=session,
        deadline=of.deadline,
        invited=of.invited_ids,
        authority=of.authority_ids,
        cooks=frozenset(i for i in of.invited_ids if of.manner(around.people[i]) is Manner.COOK),
        host_heads=hosts,
        leads=frozenset(p.id for p in around.managers),
        declined=of.declined_ids,
        told=frozenset(asked - recalled.keys()),
        muted=of.muted_ids,
        naming=naming,
        covering=covering,
        not_covered=not_covered,
        groups=frozenset(around.seats),
        accepted=frozenset(_accepted(work, of)),
        recalled={person: times for person, times in recalled.items() if person not in of.answers},
    )


def _naming(work: Work, of: SessionScene) -> Iterator[int]:
    """One head of each school that has to say who goes, and for the whole cluster the lead or a clerk: the
    first who has a chat, or else the first."""
    gaps = of.invitees.gaps
    groups = [of.around.heads(unit) for unit in {gap.unit.id for gap in gaps if gap.unit is not None}]
    if any(gap.of_cluster for gap in gaps):
        groups.append(of.around.managers)
    reached = work.people.addresses([person.id for group in groups for person in group])
    for group in groups:
        yield from sorted((person.id for person in group), key=lambda person: person not in reached)[:1]


def _accepted(work: Work, of: SessionScene) -> Iterator[int]:
    """Who has accepted to cover.  On the very day of the reminder she has just said so herself."""
    day = of.session.date
    eve = of.around.workdays.before(day, 1) if day is not None else None
    for cover in of.covers:
        long_since = eve is not None and work.office.today(cover.at) < eve
        if cover.state is CoverState.ACCEPTED and cover.person_id is not None and long_since:
            yield cover.person_id
