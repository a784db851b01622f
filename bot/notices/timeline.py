"""The planner: which notices a session still calls for, to whom and when (pure: invariant 2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from bot.notices.hours import useful_until
from bot.notices.notice import Kind, Notice
from bot.notices.policy import Anchor, Audience, Policy, Rule
from bot.notices.quiet import open_time
from bot.sessions.session import Session
from bot.workdays import Workdays

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
#: The kinds that `timeline` plans; the others are said at once by whoever changes something.
TIMELINE_KINDS = (
    Kind.PREPARE,
    Kind.WHO_GOES,
    Kind.INVITATION,
    Kind.AUTHORITY_INVITATION,
    Kind.RELEASED_BY_ITSELF,
    Kind.DEADLINE_WATCH,
    Kind.REMINDER,
    Kind.SAME_DAY,
    Kind.WHO_COVERS,
    Kind.NOT_COVERED,
    Kind.COVER_EVE,
)
_ORDER = {kind: number for number, kind in enumerate(TIMELINE_KINDS)}
_Dues = dict[tuple[Kind, str, int], date]


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A session with the people (Person ids) around it, as the roster and the answers stand now."""

    session: Session
    deadline: date | None  #: D; None only where the session has no day
    invited: frozenset[int] = frozenset()  #: the cluster's people whom the audience phrase names
    authority: frozenset[int] = frozenset()  #: the authority's people and its core team
    cooks: frozenset[int] = frozenset()  #: those whose only posts are in the kitchen
    host_heads: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()  #: cụm trưởng and quản trị
    declined: frozenset[int] = frozenset()  #: answers for the present date revision
    muted: frozenset[int] = frozenset()  #: do not want to be reminded
    told: frozenset[int] = frozenset()  #: already asked for this date revision, by a notice of change
    naming: frozenset[int] = frozenset()  #: who has to say who goes: a head of a school, the lead
    groups: frozenset[int] = frozenset()  #: the seats of the cluster's groups
    covering: frozenset[int] = frozenset()  #: heads to be asked who covers, who hear of it nowhere else
    not_covered: frozenset[int] = frozenset()  #: the same for the day before, where a cover is still missing
    accepted: frozenset[int] = frozenset()  #: have accepted to cover, and not only just now
    #: How often somebody who is invited was told that she need not come.
    recalled: Mapping[int, int] = field(default_factory=dict)

    def people(self, audience: Audience) -> frozenset[int]:
        """Raises KeyError for an audience that a timeline does not know."""
        return {
            Audience.INVITED: self.invited,
            Audience.AUTHORITY: self.authority,
            Audience.GOING: (self.invited | self.authority) - self.declined,
            Audience.COOKS: self.cooks,
            Audience.HOST_HEADS: self.host_heads,
            Audience.LEADS: self.leads,
            Audience.TOLD: self.told,
            Audience.MUTED: self.muted,
            Audience.NAMING: self.naming,
            Audience.GROUPS: self.groups,
            Audience.COVERING: self.covering,
            Audience.NOT_COVERED: self.not_covered,
            Audience.ACCEPTED: self.accepted,
        }[audience]


def timeline(
    plan: SessionPlan, policy: Policy, workdays: Workdays, now: datetime, tz: tzinfo = VIETNAM
) -> list[Notice]:
    """Everything that is still to be said about the session, in order of time; nothing where it has no
    fixed day or has begun.

    What was due before `now` (aware, ValueError otherwise) and is still of use is due at the next open
    time.  What was sent already comes out too: the queue knows it by its `dedup_key`.
    """
    if now.tzinfo is None:
        raise ValueError("now is aware")
    if not plan.session.fixed or plan.deadline is None:
        return []
    planned = [
        notice
        for kind in TIMELINE_KINDS
        if _needed(kind, plan)
        for notice in _of_kind(kind, plan, policy, workdays, now.astimezone(UTC), tz)
    ]
    days: _Dues = {(n.kind, n.occurrence, n.recipient_id): n.due.astimezone(tz).date() for n in planned}
    return sorted(
        (notice for notice in planned if not _superseded(notice, days, policy)),
        key=lambda notice: (notice.due, _ORDER[notice.kind], notice.recipient_id, notice.occurrence),
    )


def _needed(kind: Kind, plan: SessionPlan) -> bool:
    """That the invitation went by itself is only said where it went, and nobody had pressed."""
    released_by_hand = plan.session.released_at is not None and plan.session.released_by is not None
    return kind is not Kind.RELEASED_BY_ITSELF or (bool(plan.authority) and not released_by_hand)


def _of_kind(
    kind: Kind, plan: SessionPlan, policy: Policy, workdays: Workdays, now: datetime, tz: tzinfo
) -> Iterator[Notice]:
    session, rule = plan.session, policy.rule(kind)
    limit = useful_until(kind, policy, tz, now=now, session=session, deadline=plan.deadline)

    def opened(instant: datetime) -> datetime:
        return open_time(instant, kind, policy, workdays, tz, session_day=session.date, useful_until=limit)

    for number, instant in enumerate(_instants(rule, plan, workdays, tz), 1):
        due = opened(instant)
        if rule.anchor is Anchor.RELEASE and session.released_at is not None:
            due = min(due, opened(session.released_at))
        if due < now:
            due = opened(now)
        if due >= limit:
            continue
        for person in sorted(_recipients(rule, plan)):
            yield Notice(
                kind=kind,
                cluster_id=session.cluster_id,
                session_id=session.id,
                date_revision=session.date_revision,
                recipient_id=person,
                occurrence=_occurrence(kind, number, person, plan),
                due=due,
                useful_until=limit,
            )


def _occurrence(kind: Kind, number: int, person: int, plan: SessionPlan) -> str:
    """ "1"; who was told that she need not come and is named again is invited once more: "1.1"."""
    again = plan.recalled.get(person, 0) if kind is Kind.INVITATION else 0
    return f"{number}.{again}" if again else str(number)


def _instants(rule: Rule, plan: SessionPlan, workdays: Workdays, tz: tzinfo) -> Iterator[datetime]:
    """The instants of a rule's times, quiet hours not looked at.  A deadline counted in calendar days can
    fall on a rest day: what is tied to it is said on the last working day before, still in time."""
    day, deadline = plan.session.date, plan.deadline
    if day is None or deadline is None:
        return
    if rule.anchor is not Anchor.SESSION:
        day = min(workdays.last_workday(deadline), workdays.before(day, 1))
    for when in rule.when:
        yield datetime.combine(workdays.before(day, when.working_days_before), when.hour, tz).astimezone(UTC)


def _recipients(rule: Rule, plan: SessionPlan) -> frozenset[int]:
    told = frozenset[int]().union(*(plan.people(audience) for audience in rule.to))
    return told.difference(*(plan.people(audience) for audience in rule.leave_out))


def _superseded(notice: Notice, days: _Dues, policy: Policy) -> bool:
    """Whether a later time of the same kind, or the kind that stands above it, comes on the same day or
    before: after a stop or a late import nobody is told the lesser thing too."""
    person = notice.recipient_id
    above = [(notice.kind, str(int(notice.occurrence.partition(".")[0]) + 1), person)]
    if (kind := policy.rule(notice.kind).superseded_by) is not None:
        above.append((kind, "1", person))
    own = days[notice.kind, notice.occurrence, person]
    return any(days.get(key, date.max) <= own for key in above)
