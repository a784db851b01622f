"""What is true now about one session and the people in it, each thing read once."""

import datetime as dt
from collections.abc import Callable
from functools import cache, cached_property

from bot.cluster.addressing import by_custom, with_post
from bot.cluster.audience import Invitee, Invitees, everybody
from bot.cluster.delegation import Choices
from bot.cluster.people import Person, Unit
from bot.flows.cluster_scene import ClusterScene
from bot.flows.covers import covered, covering, own_covers
from bot.flows.duty import duty_in
from bot.flows.headcount import headcount
from bot.flows.manners import manner
from bot.flows.own_school import choices, own_school
from bot.flows.session_facts import session_facts, swap_facts
from bot.flows.whole_cluster import ClusterPart, cluster_parts, whole_cluster
from bot.flows.work import Work
from bot.notices.cover_facts import OwnCovers
from bot.notices.facts import Headcount, Manner, OwnSchool, Receiver, SessionFacts, SwapFacts
from bot.notices.notice import Kind
from bot.sessions.acknowledgement import Acknowledgement
from bot.sessions.answers import Answer, Reply
from bot.sessions.cover import Cover
from bot.sessions.covering import Line, lines
from bot.sessions.request import Request
from bot.sessions.rights import Right, require, rights_of
from bot.sessions.session import Session

INVITING = (Kind.INVITATION, Kind.AUTHORITY_INVITATION, Kind.CHANGE, Kind.RESTORED)


class SessionScene:
    """One session in its cluster."""

    def __init__(self, work: Work, around: ClusterScene, session: Session) -> None:
        self._work = work
        self.around = around
        self.session = session

    @cached_property
    def invitees(self) -> Invitees:
        """The cluster's people by the audience phrase, and the authority's."""
        around = self.around
        return everybody(
            self.session.audience,
            self.session.host_ids,
            list(around.people.values()),
            list(around.units.values()),
            self.choices,
        )

    @cached_property
    def choices(self) -> Choices:
        """What the schools, and the lead for all of them, have said about who goes."""
        return choices(self._work.sessions.nominations(self.session.id), self.answers)

    @cached_property
    def cluster_parts(self) -> tuple[ClusterPart, ...]:
        """What the lead can answer: parts that count people of all schools together."""
        people, units = self.around.people, list(self._units.values())
        return cluster_parts(self.session, self.invitees, self.choices, people, units)

    @cached_property
    def invited_ids(self) -> frozenset[int]:
        """The cluster's people whom the audience phrase names, without the authority's."""
        return frozenset(i.person.id for i in self.invitees.people if not i.by_authority)

    @cached_property
    def authority_ids(self) -> frozenset[int]:
        return frozenset(i.person.id for i in self.invitees.people if i.by_authority)

    @cached_property
    def _invitations(self) -> dict[int, Invitee]:
        return {i.person.id: i for i in self.invitees.people}

    @cached_property
    def answers(self) -> dict[int, Answer]:
        return self._work.sessions.answers(self.session)

    @cached_property
    def asked_ids(self) -> frozenset[int]:
        """Who has been asked to come on this day: invited, or told of it as the new one."""
        told = self._work.reports.told(self.session.id, self.session.date_revision)
        return frozenset(person for person, kinds in told.items() if not kinds.isdisjoint(INVITING))

    @cached_property
    def acknowledgements(self) -> dict[int, Acknowledgement]:
        """Of the newest late change, by person."""
        return self._work.sessions.acknowledgements(self.session.id)

    @cached_property
    def silent(self) -> tuple[Person, ...]:
        """Who was told of a late change, has not acknowledged it, nor answered since; school by school."""
        open_ones = {one.person_id for one in self.acknowledgements.values() if one.open}
        found = [p for p in self.around.people.values() if p.id in open_ones]
        units, hosts = list(self._units.values()), self.session.host_ids
        place = {unit.id: (unit.id in hosts, at) for at, unit in enumerate(units)}
        return tuple(sorted(by_custom(found, units, hosts), key=lambda person: place[person.unit_id]))

    @cached_property
    def callers(self) -> frozenset[int]:
        """Who is to phone the silent: the first head of each of their schools who is not silent herself,
        and the lead."""
        quiet = {p.id for p in self.silent}
        schools = {p.unit_id for p in self.silent}
        heads = ([p for p in self.around.heads(unit) if p.id not in quiet] for unit in schools)
        return frozenset([h[0].id for h in heads if h] + [p.id for p in self.around.managers])

    @cached_property
    def covers(self) -> tuple[Cover, ...]:
        """What was said about who covers for those who go, of schools that settle it here."""
        own = self._work.sessions.covers(self.session.id)
        off, people = self.around.not_covering, self.around.people
        return tuple(c for c in own if c.absent_id not in people or people[c.absent_id].unit_id not in off)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Who leaves a class or the kitchen, of schools that settle here who covers."""
        if not self.session.fixed or self.over:
            return ()
        schools = {unit.id for unit in self.around.schools} - self.around.not_covering
        own = (i.person for i in self.invitees.people if not i.by_authority)
        going = (p for p in own if p.unit_id in schools and p.id not in self.declined_ids)
        return lines(going, self.covers)

    @cached_property
    def declined_ids(self) -> frozenset[int]:
        return frozenset(p for p, a in self.answers.items() if a.reply is Reply.DECLINED)

    @cached_property
    def muted_ids(self) -> frozenset[int]:
        """Who does not want to be reminded."""
        return self._work.sessions.muted(self.session.id)

    @cached_property
    def same_day(self) -> tuple["SessionScene", ...]:
        """Other sessions of the cluster on a day of this one."""
        meeting = self._work.sessions.meeting(self.session)
        return tuple(SessionScene(self._work, self.around, s) for s in meeting)

    def clashes(self, person: Person) -> tuple[str, ...]:
        """The other duties of this person on the day: invited elsewhere, or at home as the host."""
        found = (duty_in(o.session, o.facts.hosts, o.answers, o.invitees, person) for o in self.same_day)
        return tuple(words for words in found if words)

    @cached_property
    def deadline(self) -> dt.date | None:
        day = self.session.date
        return self._work.deadline(self.around.cluster, day) if day else None

    @property
    def over(self) -> bool:
        last = self.session.date_end or self.session.date
        return last is not None and last < self._work.today

    @cached_property
    def facts(self) -> SessionFacts:
        return session_facts(
            self._work,
            self.around,
            self.session,
            deadline=self.deadline,
            over=self.over,
            paper_only=not self.authority_ids,
        )

    def swap(self, request: Request) -> SwapFacts | None:
        """What this request is half of, as seen from its own session."""
        return swap_facts(self._work, self.around, request)

    @cached_property
    def unreached(self) -> tuple[Person, ...]:
        """Invited people whom no message has reached by now, in list order (invariant 10)."""
        lost = self._work.reports.unreached(self.session.id, self.session.date_revision, INVITING)
        return tuple(i.person for i in self.invitees.people if i.person.id in lost)

    @cached_property
    def headcount(self) -> Headcount:
        lines = tuple(self.phone_line(person) for person in self.unreached)
        return headcount(self.invitees.people, self.answers, self.asked_ids, lines)

    def phone_line(self, person: Person) -> str:
        """Whom to phone: name, post, school, and the number where the roster has one."""
        line = with_post(person, self._units[person.unit_id], full=False)
        return f"{line} ({person.phone})" if person.phone else line

    def manner(self, person: Person) -> Manner:
        return manner(person, self._units[person.unit_id])

    def receiver(self, person: Person) -> Receiver:
        unit = self._units[person.unit_id]
        invitation = self._invitations.get(person.id)
        asked = None if self.over else self.acknowledgements.get(person.id)
        rights = rights_of(person, unit, self.session)
        return Receiver(
            unit=unit,
            manner=manner(person, unit),
            invited=invitation is not None,
            reason=invitation.reason if invitation else None,
            instead_of=invitation.instead_of if invitation else "",
            answer=self.answers.get(person.id),
            unknown=asked.version if asked is not None and asked.open else None,
            muted=person.id in self.muted_ids,
            rights=rights,
            own=self._own_school(unit) if Right.NAME in rights else None,
            whole=whole_cluster(self.session, self.cluster_parts, self._units)
            if Right.NAME_ALL in rights
            else (),
            clashes=self.clashes(person) if invitation and person.id not in self.declined_ids else (),
            covers=self._own_covers(unit) if Right.COVER in rights else None,
            covered=covered(self.lines, person, self.around),
            covering=covering(self.covers, person, self.around),
        )

    def require(self, right: Right, person: Person) -> None:
        """Raises NotAllowedError with a sentence that says whose business it is."""
        require(right, person, self._units[person.unit_id], self.session)

    @cached_property
    def _own_school(self) -> Callable[[Unit], OwnSchool | None]:
        """The same for all heads of a school."""
        return cache(lambda unit: own_school(self.session, unit, self.invitees, self.choices.instead))

    @cached_property
    def _own_covers(self) -> Callable[[Unit], OwnCovers | None]:
        return cache(lambda unit: own_covers(self.lines, unit, self.around))

    @property
    def _units(self) -> dict[int, Unit]:
        return self.around.units
